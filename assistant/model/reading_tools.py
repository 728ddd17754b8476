"""The tools by which a model reads the law: what it has read, it may cite. Bounded in articles and in tokens."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from assistant.answer import Hit
from assistant.decide.decision import Evidence
from assistant.model.context import MarkedArticle, entry_of
from assistant.retrieve import Vector, follow, retrieve
from assistant.understand.names import resolve_filter
from assistant.understand.question import understand
from law.errors import FatiaoError
from law.norms.choose import Wish, choose
from law.regulation import Article, Regulation
from prompts import say
from vectorstore.library import Library
from vectorstore.tokens import count_tokens

#: Articles that one call gives at most, and of each city in a comparison; tokens of all that is read.
MOST, EACH, TOKENS = 6, 2, 4000
#: Calls of all tools together.
CALLS = 8
Text = Annotated[str, Field(max_length=200)]
Cities = Annotated[list[str] | None, Field(description=say("model.cities"), max_length=20)]


@dataclass(slots=True)
class Shelves:
    """Where a model reads: `entries` are what it was given and what it has read since, each under its mark."""

    library: Library
    embed: Callable[[str], Vector]
    entries: list[MarkedArticle]
    read: list[str] = field(default_factory=list)  # each call, in words
    calls: int = 0
    _tokens: int = 0

    def search(self, words: Annotated[Text, Field(description="要找的内容，一句短语")], cities: Cities = None) -> str:
        """按意思找条文。"""
        return self._told(f"search {words}", lambda: self._found(words, cities, MOST))

    def article(self, name: Annotated[Text, Field(description="哪部法规第几条，如 武汉第58条")]) -> str:
        """按条号逐字取出条文。"""
        return self._told(f"article {name}", lambda: self._named(name))

    def list_norms(
        self,
        cities: Cities = None,
        actor: Annotated[Text, Field(description="谁来做：企业、市科学技术主管部门、财政部门…")] = "",
        beneficiary: Annotated[Text, Field(description="对谁：企业、科技人员…")] = "",
        means: Annotated[Text, Field(description="手段：资金、补助、奖励、税收、用地、融资、保险、采购、平台…")] = "",
        binding: Annotated[Text, Field(description="约束：应当、可以、不得、鼓励、支持、探索、免除、责任")] = "",
    ) -> str:
        """按主体、对象、手段、约束列出有这样规范的条文。"""
        wish = Wish(actor=actor, beneficiary=beneficiary, means=means, binding=binding)
        said = " ".join(filter(None, (actor, beneficiary, means, binding)))
        return self._told(f"list_norms {said}", lambda: self._listed(wish, cities))

    def compare(self, matter: Annotated[Text, Field(description="要比较的事项")], cities: Cities = None) -> str:
        """几个城市对同一事项各怎么规定：每个城市最相近的条文。"""
        return self._told(f"compare {matter}", lambda: self._found(matter, cities, 0))

    def _told(self, call: str, find: Callable[[], Iterable[tuple[Regulation, Article]]]) -> str:
        """What one call finds, as articles under their marks; a named error, or a bound that is reached, in words."""
        self.calls += 1
        self.read.append(call[:80])
        if self.calls > CALLS:
            return say("reading.enough")
        try:
            return self._given(list(find()))
        except FatiaoError as error:
            return str(error)

    def _given(self, found: Sequence[tuple[Regulation, Article]]) -> str:
        held = {e.article.id: e for e in self.entries}
        texts: list[str] = []
        for regulation, article in found[:MOST]:
            if article.id in held:
                texts.append(say("reading.again", mark=held[article.id].mark))
                continue
            entry = entry_of(f"A{len(self.entries) + 1}", Evidence(regulation, article, ()), article.paragraphs)
            if self._tokens + (cost := count_tokens(entry.text)) > TOKENS:
                texts.append(say("reading.enough"))
                break
            self._tokens += cost
            self.entries.append(entry)
            texts.append(entry.text)
        return "\n\n".join(texts) or say("reading.nothing")

    def _found(self, words: str, cities: Sequence[str] | None, k: int) -> list[tuple[Regulation, Article]]:
        """The best k articles; the best of each city where k is 0."""
        asked = understand(words, self.library.regulations, None, cities)
        found = retrieve(asked, self.library, self.embed(asked.topic), k or MOST, each=k or EACH)
        hits: list[Hit] = list(found.hits[:k]) if k else []
        for id_ in () if k else asked.regulation_ids:
            hits += found.by_regulation.get(id_, ())[:EACH]
        return [self.library.by_id[h.id] for h in hits]

    def _named(self, name: str) -> list[tuple[Regulation, Article]]:
        asked = understand(name, self.library.regulations)
        looked_up = follow(asked, [self.library.regulation(i) for i in asked.regulation_ids])
        return [(x.regulation, a) for x in looked_up for a in x.articles] if asked.references else []

    def _listed(self, wish: Wish, cities: Sequence[str] | None) -> list[tuple[Regulation, Article]]:
        ids = resolve_filter(cities, self.library.regulations) if cities else None
        chosen = choose(self.library.norms(ids), wish)
        return list({c.article.id: (c.regulation, c.article) for c in chosen}.values())


#: The tools by name.
NAMES = ("search", "article", "list_norms", "compare")
