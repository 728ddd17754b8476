"""One sentence against the articles it cites, without a model."""

from collections.abc import Sequence

from assistant.verify.figures import figures, unstated
from assistant.verify.quotes import misquoted
from assistant.verify.references import blank_references, strange_references
from assistant.verify.source import source_of
from assistant.verify.verdict import Verdict
from vectorstore.regulation import Article, Regulation
from vectorstore.script import plain


def judge(
    sentence: str, articles: Sequence[tuple[Regulation, Article]], *, others: Sequence[Regulation] = ()
) -> Verdict:
    """Whether the cited articles carry every statement of one sentence; Simplified or Traditional.

    `others` are regulations in which the same words may stand better: they help to notice a right fact
    under a wrong article. The regulations of the cited articles are searched for that in any case.
    """
    said = plain(sentence)
    sources = [source_of(a) for _, a in articles]
    reasons = [f"引文「{q}」与所引条文不一致" for q in misquoted(said, [s.text for s in sources])]
    reasons += [
        f"「{r}」不是所引的条款" for r in strange_references(said, [a for _, a in articles], [s.text for s in sources])
    ]
    held = [f for s in sources for f in s.figures]
    for figure, why in unstated(figures(blank_references(said)), held):
        reasons.append(
            f"所引条文没有「{figure.said}」" if why == "number" else f"「{figure.said}」的上下限与所引条文不一致"
        )
    return Verdict(not reasons, tuple(reasons))
