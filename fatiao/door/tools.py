"""What other programs can do: each tool a typed method with a short description in Chinese."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from assistant.errors import QuestionError
from assistant.retrieve import follow
from assistant.understand.names import resolve_filter
from assistant.understand.question import understand
from fatiao.batch import cited_by
from fatiao.door.results import (
    AnswerResult,
    ArticleText,
    CheckedCitation,
    CheckedText,
    CityResult,
    ComparisonResult,
    NormResult,
    Quote,
    Ranked,
    RegulationResult,
    SentenceResult,
)
from law.norms.choose import Wish, choose

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.assistant import Assistant

Question = Annotated[str, Field(description="要问的话，最多 2000 字", max_length=2000)]
Cities = Annotated[list[str] | None, Field(description="只查这些城市，如 武汉、常州；空为全部")]
#: Norms that one call gives at most.
MOST_RULES = 200


class Tools:
    """The tools over one assistant. Every method raises FatiaoError with words that say what to do."""

    def __init__(self, helper: "Assistant") -> None:
        self._helper = helper

    def ask(self, question: Question, cities: Cities = None) -> AnswerResult:
        """依据收录的法规回答一个问题，每一句都注明城市和条号；条文没有规定的，说没有。"""
        return AnswerResult.of(self._answer(question, cities))

    def search(
        self,
        words: Annotated[str, Field(description="要找的内容", max_length=2000)],
        k: Annotated[int, Field(description="条数", ge=1, le=50)] = 5,
        cities: Cities = None,
    ) -> list[Ranked]:
        """按相关程度列出条文全文，不作回答。"""
        hits = self._helper.search(words, k=k, cities=cities)
        library = self._helper.library()
        return [Ranked.of(h, library.by_id[h.id][1].text) for h in hits if h.id in library.by_id]

    def article(
        self, name: Annotated[str, Field(description="哪部法规第几条，任何写法：武汉第58条、常州条例第二十条第三款")]
    ) -> list[ArticleText]:
        """按名称和条号逐字取出条文。"""
        library = self._helper.library()
        question = understand(name, library.regulations)
        if not question.references:
            raise QuestionError(f"「{name[:60]}」里没有条号，请写如「武汉第58条」。")
        followed = follow(question, [library.regulation(i) for i in question.regulation_ids])
        found = [ArticleText.of(x.regulation, a) for x in followed for a in x.articles]
        if not found:
            counts = "；".join(f"《{x.regulation.title}》共{len(x.regulation.numbered)}条" for x in followed)
            raise QuestionError(f"没有「{name[:60]}」这一条。{counts}")
        return found

    def list_norms(
        self,
        cities: Cities = None,
        actor: Annotated[str, Field(description="谁：企业、市科学技术主管部门、财政部门…")] = "",
        beneficiary: Annotated[str, Field(description="对谁：企业、科技人员…")] = "",
        means: Annotated[str, Field(description="手段：资金、补助、奖励、税收、用地、融资、保险、采购、平台…")] = "",
        words: Annotated[list[str] | None, Field(description="条文里都有的字")] = None,
        binding: Annotated[str, Field(description="约束：应当、可以、不得、鼓励、支持、探索、免除、责任")] = "",
    ) -> list[NormResult]:
        """列出符合条件的规范：谁应当、可以或不得做什么，对谁，用什么手段，逐条附原文。"""
        library = self._helper.library()
        ids = resolve_filter(cities, library.regulations) if cities else None
        wish = Wish(actor=actor, beneficiary=beneficiary, means=means, words=tuple(words or ()), binding=binding)
        return [NormResult.of(c) for c in choose(library.norms(ids), wish)[:MOST_RULES]]

    def compare(
        self,
        matter: Annotated[str, Field(description="要比较的事项，如 科技保险补助", max_length=500)],
        cities: Cities = None,
    ) -> ComparisonResult:
        """几个城市对同一事项各怎么规定；没有规定的城市写明没有。"""
        library = self._helper.library()
        ids = resolve_filter(cities, library.regulations) or tuple(r.id for r in library.regulations)
        regulations = [library.regulation(i) for i in ids]
        places = "、".join(dict.fromkeys(r.place for r in regulations)) if cities else "各城市"
        answer = self._answer(f"{places}对{matter}各怎么规定？", [r.id for r in regulations] if cities else None)
        cited = {(b.city, b.title): b.citations for b in answer.blocks}
        sides = [
            CityResult(
                city=r.place, regulation=r.title, quotes=[Quote.of(c) for c in cited.get((r.place, r.title), ())]
            )
            for r in regulations
        ]
        return ComparisonResult(text=answer.text, sides=sides, notices=list(answer.notices))

    def regulations(self) -> list[RegulationResult]:
        """收录了哪些法规：名称、城市、效力状态、日期、条数。"""
        return [RegulationResult.of(r) for r in self._helper.regulations()]

    def check_citations(
        self, text: Annotated[str, Field(description="一段文字或整篇稿子", max_length=100_000)]
    ) -> CheckedText:
        """核稿：文中每处法规引用是否存在、引文是否一字不差、条文是否支持那句话、文本是否现行。"""
        from assistant.check.judging import review

        found = review(text.splitlines(), self._helper.regulations())
        rows = [CheckedCitation(**c.as_json()) for c in found.citations]
        return CheckedText(citations=rows, uncited=[u.sentence for u in found.uncited])

    def verify_sentence(
        self,
        sentence: Annotated[str, Field(description="一句话", max_length=2000)],
        articles: Annotated[list[str], Field(description='所引条文的编号，如 ["changzhou/20"]', max_length=20)],
    ) -> SentenceResult:
        """一句话是否被它所引的条文支持：数字及上下限、应当／可以／不得、主体、条件、引文。"""
        from assistant.verify import judge

        held = self._helper.regulations()
        cited = [c for i in articles for c in cited_by(i, held)]
        verdict = judge(sentence, cited, others=held, looking=self._helper.looking())
        return SentenceResult(supported=verdict.supported, reasons=list(verdict.reasons))

    def _answer(self, question: str, cities: Sequence[str] | None) -> "Answer":
        return self._helper.ask(question, cities=cities)


#: The tools by name, in the order in which clients list them.
NAMES = ("ask", "search", "article", "list_norms", "compare", "regulations", "check_citations", "verify_sentence")
