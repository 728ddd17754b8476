"""Is a case itself right? A wrong label is reported as such, and its case is not scored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant import Article, Regulation
from assistant.answer import REASONS
from evals.questions.case import Case, Gold
from law.text.dates import printed_date
from law.text.script import plain


class Labels:
    """What the cases are checked against: the regulations of an index or of the corpus."""

    def __init__(self, regulations: Iterable[Regulation]) -> None:
        regulations = tuple(regulations)
        self._held: Mapping[str, Regulation] = {r.place.removesuffix("市"): r for r in regulations}
        self._city_of = {r.id: r.place.removesuffix("市") for r in regulations}

    def by_city(self, cases: Sequence[Case]) -> list[Case]:
        """The cases, a label by the program's own id (wuhan/58) as one by its city."""
        return [replace(c, gold=self._placed(c.gold), also_ok=self._placed(c.also_ok)) for c in cases]

    def _placed(self, golds: tuple[Gold, ...]) -> tuple[Gold, ...]:
        return tuple(replace(g, city=self._city_of.get(g.city, g.city)) for g in golds)

    def articles(self, gold: Gold) -> list[Article]:
        """The articles that a label names; the heading tells apart those of one number."""
        regulation = self._held.get(gold.city)
        found = regulation.find(gold.article, gold.suffix) if regulation else ()
        return [a for a in found if gold.heading in ("", a.heading) or not gold.article]

    def faults(self, case: Case) -> list[str]:
        """What is wrong with a case, in words; nothing where it can be scored."""
        said = [f"标注的{g.city}{g.article}不在索引里" for g in (*case.gold, *case.also_ok) if not self.articles(g)]
        if case.refuse and case.gold:
            said.append("既标注拒答又标注条文")
        if not case.refuse and not case.gold:
            said.append("既没有标注条文，也没有标注拒答")
        if case.refuse and case.reason and case.reason not in REASONS:
            said.append(f"没有「{case.reason}」这种拒答理由")
        if not said and not case.refuse:
            sayable = self._sayable(case)
            said += [f"要点「{m}」不在标注的条文里" for m in case.must_contain if plain(m) not in sayable]
        both = [m for m in case.must_not_contain if any(plain(m) in plain(x) for x in case.must_contain)]
        return said + [f"「{m}」既要说又不许说" for m in both]

    def _sayable(self, case: Case) -> str:
        """The words of the labelled articles, and the titles and dates that their regulations declare."""
        parts: list[str] = []
        for gold in (*case.gold, *case.also_ok):
            parts += [a.text + a.heading + a.label for a in self.articles(gold)]
            parts.append(self._held[gold.city].title)
            for day in self._held[gold.city].dates.values():
                parts += [printed_date(d) for d in ([day] if isinstance(day, str) else day or [])]
        return plain("\n".join(parts))
