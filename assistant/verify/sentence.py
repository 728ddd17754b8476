"""One sentence against the articles it cites, without a model."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.verify.against_clauses import against_clauses
from assistant.verify.against_norms import opposed
from assistant.verify.amounts import against_figures, of_case
from assistant.verify.beyond.applied import applied
from assistant.verify.beyond.article_silent import Lookup, said_stated, silences
from assistant.verify.beyond.case_facts import facts, is_told_case, of_the_rule, speaks_to_asker, told_case
from assistant.verify.beyond.conclusions import (
    against_verdict,
    already_done,
    changed_ground,
    concludes,
    draft_or_not,
    ended,
    is_opener,
    joined,
    left_out,
    narrowed,
    of_this_case,
    soft_rules,
    taken_in,
    waived,
    without_meta,
)
from assistant.verify.beyond.lead_in import spared, without_lead
from assistant.verify.beyond.needs import needs
from assistant.verify.beyond.text_status import standings
from assistant.verify.beyond.turned import turned
from assistant.verify.beyond.wording import only_of_text, wording
from assistant.verify.clauses import unbounded
from assistant.verify.coverage import bigrams, cut, told, told_words
from assistant.verify.one_rule.mixed import mixed_up
from assistant.verify.quotes import misquoted, strange_references, unquoted
from assistant.verify.scope import Cited, parts_of, strange_places, uncited_cities
from assistant.verify.source import NEAR, Source, best_elsewhere, neighbours_of, source_of, sources_of
from assistant.verify.verdict import Only, Open, Untold, Verdict
from assistant.verify.words import T, grammar, words
from law.regulation import Article, Regulation
from law.text.figures import endless, figures
from law.text.references import blank_references
from law.text.script import plain

if TYPE_CHECKING:
    from assistant.decide.stated.absent import Looking

#: What is longer, or has more clauses, is no sentence.
MOST_CHARACTERS, MOST_CLAUSES = 2000, 250
#: Of the words of a sentence, as many in one article are a part that it carries, though others carry it too.
_ITS_PART = 0.6
#: A clause is looked for so far back from a word of it.
_LONGEST_CLAUSE = 200
_SENTENCE = re.compile(r"[^。\n]+")
#: Said of one article, silence is that of this article alone.
_ARTICLE = re.compile(r"第[0-9零一二三四五六七八九十百]+条")


def judge(
    sentence: str,
    articles: Sequence[tuple[Regulation, Article]],
    *,
    others: Sequence[Regulation] = (),
    before: str = "",
    asked: str = "",
    least: float = 0.0,
    looking: "Looking | None" = None,
) -> Verdict:
    """Whether the cited articles carry every statement of one sentence; Simplified or Traditional.

    `others` are regulations in which the same words may stand better: they help to notice a right fact
    under a wrong article. The regulations of the cited articles are searched for that in any case. `before` is the
    sentence next to it, which may tell a condition; `asked` the question, whose figures may be those of a case. `least`
    is the share of its words that the articles must have in some words, what is said about the text itself aside.
    With `looking` what is called unstated is looked for by its meaning too.
    """
    if len(sentence) > MOST_CHARACTERS:
        return Verdict(False, (f"句子有 {len(sentence)} 个字，超过 {MOST_CHARACTERS} 个字，没有核对",))
    said = plain(sentence.encode("utf-8", "replace").decode())  # half characters are none that a law has
    if (clauses := sum(map(said.count, ",;。:!?"))) > MOST_CLAUSES:
        return Verdict(False, (f"句子有 {clauses} 个分句，超过 {MOST_CLAUSES} 个，没有核对",))
    if number := endless(said):
        return Verdict(False, (f"「{number[:20]}…」不是条文里的数",))
    if not articles:
        bare = "".join(w for w, _, _ in told(cut(said), ""))
        return Verdict(True) if len(bare) <= 2 else Verdict(False, (f"没有引用条文,却说到「{bare[:20]}」",))
    cited = tuple(articles)
    sources = sources_of(cited)
    asked = asked or told_case(said)
    quotable = [*(s.known + s.raw for s in sources), plain(asked)]
    reasons = [f"引文「{q}」与所引条文不一致" for q in misquoted(said, quotable)]
    said = without_lead(said)
    known = [s.raw + s.later for s in sources]
    reasons += [f"「{r}」不是所引的条款" for r in strange_references(said, [a for _, a in cited], known)]
    places = [p for p in strange_places(unquoted(said), cited) if p not in plain(asked)]
    reasons += [f"所引条文没有提到「{p}」" for p in places]
    reasons += [f"说的是「{p}」,引用的条文没有这么多地方的" for p in uncited_cities(unquoted(said), cited)]
    reasons += draft_or_not(said, [r for r, _ in cited]) + against_verdict(unquoted(said))
    ruled: dict[str, None] = {}  # what is told as the law's own
    for part in parts_of(said, cited):
        for group in part.groups:
            rest = frozenset(a.id for g in part.groups for _, a in g)
            beside = ",".join(filter(None, (part.beside, plain(before))))
            text = unquoted(wording(part.text, sources_of(group)))
            against, own = _against(text, unquoted(beside), group, others, rest, asked, looking)
            reasons += against
            ruled[own] = None
    own = without_meta(",".join(ruled))
    own = own if is_opener(said) else of_the_rule(own)
    all_known = "\n".join(s.known for s in sources)
    if not reasons and max(told_words(own, all_known), told_words(unbounded(own), all_known)) < least:
        reasons = [Open("所标的条文没有说到这些")]
    if len({r.id for r, _ in cited}) > 1 and not words().absolute.search(said):
        # a comparison need not tell every condition, and may tell the one by what it alone does
        reasons = [r for r in reasons if not isinstance(r, Untold | Only)]
    return Verdict(not reasons, tuple(dict.fromkeys(reasons)))


def left_to_judge(clause: str, cited: Sequence[Cited]) -> str:
    """What a clause says beside the standing of its text and what the law is said not to state."""
    own = "".join(p.text for p in parts_of(plain(clause), cited))
    return silences(standings(unquoted(own).strip(",;。"), cited)[1], sources_of(cited))[1]


def superfluous(
    sentence: str, groups: Sequence[Sequence[Cited]], *, others: Sequence[Regulation] = ()
) -> list[Sequence[Cited]]:
    """The groups without which the rest still carries the sentence, and that hold too little of it themselves.

    A group is what one id names, several where a number repeats; together the groups carry the sentence.
    """
    if len(groups) < 2:
        return []
    said, extra = plain(sentence), []
    for group in groups:
        rest = [one for other in groups if other is not group for one in other]
        if max(told_words(said, source_of(a).known) for _, a in group) >= _ITS_PART:
            continue
        if judge(sentence, rest, others=others).supported:
            extra.append(group)
    return extra


def _against(
    text: str,
    beside: str,
    group: tuple[Cited, ...],
    others: Sequence[Regulation],
    told_together: frozenset[str],
    asked: str,
    looking: "Looking | None" = None,
) -> tuple[list[str], str]:
    """Reasons against a stretch, and what is left of it when what is no wording of the law is taken away."""
    sources = sources_of(group)
    near = neighbours_of(group[0][0])
    bare = re.sub(r"\|+", "", blank_references(_without_version(text, group))).strip(",;。")
    false, bare = standings(bare, group)
    unneeded, bare = needs(bare, sources, plain(asked))
    excepted, bare = spared(bare, sources)
    otherwise, bare = joined(bare, "\n".join(s.text for s in sources))
    lookup = Lookup(looking, group[0][0].id, tuple(a.id for _, a in group)) if looking else None
    reasons, said = silences(bare, sources, None if _ARTICLE.search(text) else near, plain(asked), lookup)
    reasons = false + unneeded + excepted + otherwise + reasons
    whole, unreckoned = said == bare, said
    case = plain(asked) if of_this_case(text) else ""
    beside = f"{beside},{said},{case}"  # what is reckoned or known of the case tells conditions too
    reckoned, said = applied(said, sources, asked)
    false, said = facts(said, sources, asked)
    reasons += reckoned + false
    if not said:
        return reasons, ""
    reasons += against_figures(said, sources, asked)
    case = plain(asked) if speaks_to_asker(text) else ""
    values = of_case(asked, sources)
    reasons += against_clauses(said, sources, near, conditions=whole, beside=beside, values=values, case=case)
    held = "\n".join(s.text for s in sources)
    reasons += opposed(said, held) + changed_ground(said, held) + left_out(said, held) + ended(said, held)
    reasons += turned(said, held) + mixed_up(unreckoned, sources)
    if whole:  # beside what is called unstated, 只 says that nothing else is written
        reasons += narrowed(said, held)
    reasons += taken_in(said, held)
    reasons += waived(said, [c for s in sources for n in s.norms for c in n.conditions])
    reasons += said_stated(said, sources) + already_done(said, held, draft=group[0][0].status == "draft")
    reasons += _added(said, sources, asked)
    reasons += _untold(said, sources, plain(asked))
    if not is_told_case(unreckoned, plain(asked)):
        reasons += _elsewhere(unreckoned, group, others, told_together)
    # beside what is called unstated, what neither binds nor narrows only names the matter
    rules = whole or any(words().marks.finditer(said)) or grammar("only").search(without_meta(said))
    return reasons, said if rules else ""


def _without_version(said: str, group: Sequence[Cited]) -> str:
    """Without the name of the text that is cited: 洛阳条例(2015年文本)."""
    years = {
        y
        for r, _ in group
        for d in r.dates.values()
        for one in (d if isinstance(d, list) else [d or ""])
        for y in re.findall(r"^\d{4}", one)
    }
    return grammar("version").sub(lambda m: "" if m["year"] in years else m[0], said)


def _added(said: str, sources: Sequence[Source], asked: str) -> list[str]:
    text = "\n".join(s.known for s in sources)
    reasons: list[str] = []
    values = of_case(asked, sources)
    weighed: dict[str, bool] = {}  # a clause that holds many such words is read once
    for kind, pattern in words().added:
        for m in pattern.finditer(said):
            excuse = words().excuse.get(m[0])
            known = m[0] in text or (excuse and excuse.search(text)) or (len(m[0]) > 4 and told_words(m[0], text) > 0.6)
            if not known:
                reason = f"所引条文没有「{m[0]}」这一{kind}"
                clause = _clause_around(said, m.start())
                before = clause[: max(0, clause.find(m[0]))]
                if soft_rules()["rules_out"].search(before) or soft_rules()["none_of_it"].search(before):
                    continue  # 不是强制要求, 没有强制
                ruled = clause + said[m.end() :].partition(",")[2]  # 不论哪一级, of what stands behind it
                if words().extent.fullmatch(m[0]) and not _leaves_room(ruled, text):
                    continue
                if clause not in weighed:
                    weighed[clause] = concludes(clause, values)
                case = m[0] in plain(asked) or weighed[clause]
                reasons.append(Open(reason) if case else reason)
    return reasons


def _leaves_room(clause: str, text: str) -> bool:
    """Whether a sentence of the law that a clause may tell leaves room, so that 一律 says more than it."""
    told_by = {s: told_words(clause, s) for s in _SENTENCE.findall(text)}
    least = NEAR * max(told_by.values())
    return any(share >= least and words().room.search(s) for s, share in told_by.items())


def _clause_around(said: str, at: int) -> str:
    begin = max(0, at - _LONGEST_CLAUSE)
    start = max(begin, *(said.rfind(c, begin, at) + 1 for c in ",;。"))
    return re.split(r"[,;。]", said[start : at + _LONGEST_CLAUSE], maxsplit=1)[0]


def _untold(said: str, sources: Sequence[Source], asked: str) -> list[str]:
    text = "\n".join(s.known for s in sources)
    reasons: list[str] = []
    total = found = 0.0
    blank = _without_figures(said)
    for stretch in re.finditer(r"[^,;:。]+", said):
        clause = stretch[0]
        rules_out = soft_rules()["rules_out"].search(clause) is not None
        held = text + asked if rules_out else text
        weighed = [(len(w), share, w) for w, share, _ in told(cut(blank[slice(*stretch.span())]), held)]
        size = sum(n for n, _, _ in weighed)
        kept = sum(n * s for n, s, _ in weighed)
        heads = said[stretch.end() : stretch.end() + 1] == ":" and soft_rules()["heads"].search(clause)
        if is_opener(clause) or heads or only_of_text(clause) or (rules_out and not kept):
            continue  # what is ruled out the law need not name
        total, found = total + size, found + kept
        if size >= 4 and 1 - kept / size > T.untold_clause:
            reasons.append(Open(f"所引条文没有说到「{clause}」"))
    if total >= 4 and 1 - found / total > T.untold:
        reasons.append(Open(f"所引条文只说到这句话的 {found / total:.0%}"))
    return reasons


def _without_figures(text: str) -> str:
    kept, at = [], 0
    for figure in figures(text):
        kept += [text[at : figure.start], " " * (figure.end - figure.start)]
        at = figure.end
    return "".join([*kept, text[at:]])


def _elsewhere(
    said: str, group: tuple[Cited, ...], others: Sequence[Regulation], told_together: frozenset[str]
) -> list[str]:
    pairs = bigrams(said)
    if len(pairs) < 4:
        return []
    text = "\n".join(source_of(a).known for _, a in group)
    share = told_words(said, text)
    # what two cities are told to have in common may be nearer to the words of one of them
    own, best, where = best_elsewhere(pairs, group, others, told_together if share >= T.told_of_each else frozenset())
    if share >= T.told or (len(pairs) < T.short and own >= T.short_told):
        return []
    if best - own > T.elsewhere and best > T.elsewhere_ratio * own:
        return [Open(f"这句话更像{where}的内容,不是所引条文的")]
    return []
