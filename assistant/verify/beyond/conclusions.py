"""What no rule can tell by itself: verdicts and conclusions. Whether they fit their ground, as far as words go."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.verify.beyond.case_figures import NO_CASE, Case, key
from assistant.verify.coverage import told_words
from assistant.verify.verdict import Only, Open, OpenUntold, Untold
from assistant.verify.words import grammar, words
from law.regulation import Regulation
from law.text.figures import figures
from law.text.rules import Rule, load_rules
from law.text.script import plain

#: Characters that an answer of yes or no has at most.
_SHORT = 12
_CLAUSE = re.compile(r"[^,;。]+")
_PART = re.compile(r"([^,;:。]+)[,;:。]?")
#: How much of what is said not to matter a condition says for it to be that.
_WAIVED = 0.6
#: How much of what is told as the only thing the law says, for two cities to be compared by it.
_NARROWED = 0.8


def concludes(clause: str, values: Case = NO_CASE) -> bool:
    """Whether a clause applies a rule to a case or draws a conclusion, so that nothing in it is a hard fact.

    A figure of the case, one of the question's `values` that the articles have not, makes it one.
    """
    if values and any(key(f) in values for f in figures(clause)):
        return True
    return is_opener(clause) or soft_rules()["conclusion"].search(clause) is not None


def is_opener(text: str) -> bool:
    """Whether a plain sentence only answers yes or no: 「可以。」, 「都支持」."""
    bare = text.strip(",;。.!?")
    named = soft_rules()["named_so"].search(bare) is not None  # 不能持有的,是正职领导
    return len(bare) <= _SHORT and not named and soft_rules()["opener"].search(bare) is not None


def only_answers(text: str) -> bool:
    """Whether a plain clause says yes or no and nothing else, not what: 可以."""
    return is_opener(text) and not soft_rules()["bare"].sub("", text.strip(",;。.!?"))


def against_verdict(said: str) -> list[str]:
    """A reason where a sentence begins with a yes or no that its own ground does not have."""
    opener, _, ground = said.partition(",")
    if not ground or not is_opener(opener):
        return []
    rules = soft_rules()
    if len(rules["bare"].sub("", opener)) > 1:
        return []  # 不能转让 is a statement by itself
    if rules["denies"].search(opener):
        fits = rules["limits"].search(ground) is not None and not rules["turns"].search(ground)
    elif rules["demands"].fullmatch(opener):
        marks = {m.lastgroup for m in words().marks.finditer(ground)}
        fits = not marks or bool(marks & {"duty", "need", "ban"})
    else:
        fits = True
    return [] if fits else [Open(f"「{opener}」和后面说的根据对不上")]


def changed_ground(said: str, text: str) -> list[str]:
    """Reasons where something is done by other rules than those of the law: 按照本条例规定 for 按照国家有关规定."""
    held = {m["whose"] for m in soft_rules()["by_law"].finditer(text)}
    if not held:
        return []
    own = {m["whose"]: m[0] for m in soft_rules()["by_law"].finditer(said)}
    strange = [m for whose, m in own.items() if not any(whose in h or h in whose for h in held)]
    return [f"条文没有写「{m}」" for m in strange]


def left_out(said: str, text: str) -> list[str]:
    """Reasons where something is said not to be among what the law names, and it names it."""
    reasons: list[str] = []
    for m in soft_rules()["left_out"].finditer(said):
        named = m["what"] or m["what_not"]
        if words().negated.search(named.rpartition("的")[0]):
            continue  # 未列入目录的产品: left out is what lacks what the law asks for
        things = [named.rpartition("的")[2]] if "的" in named else soft_rules()["listed"].split(named)
        if len(things) > 1 and m["what"] and m.start() and said[m.start() - 1] not in ",;。":
            things = things[1:]  # of the first only the end is seen
        for one in things:
            what = re.escape(one)
            if len(one) > 1 and any(not _excepted(text, at) for at in re.finditer(what, text)):
                reasons.append(f"条文写到了「{one}」")
    return reasons


def ended(said: str, text: str) -> list[str]:
    """Reasons where something is told as ended, and the law ends and denies nothing: 取消了目标考核."""
    if words().takes.search(text):
        return []
    return [f"条文没有写「{m[0]}」" for m in soft_rules()["ends"].finditer(said) if m[0][:2] not in text]


def joined(said: str, text: str) -> tuple[list[str], str]:
    """Reasons where all conditions are told to be needed and the law asks for one of them, or the other way round, and
    the stretch without the clauses that tell no more than that: 三样齐备."""
    rules = soft_rules()
    every, one = rules["all_of_them"].search(said), rules["one_of_them"].search(said)
    if not (every or one):
        return [], said
    reasons = [f"条文只要其中之一,没有写「{every[0]}」"] if every and "之一" in text else []
    if one and not ("之一" in text or "或" in text):
        reasons.append(f"条文没有写「{one[0]}」")
    both = (rules["all_of_them"], rules["one_of_them"])
    rest = _PART.sub(lambda m: "" if len(m[1]) <= _SHORT and any(r.search(m[1]) for r in both) else m[0], said)
    return reasons, rest.strip(",;:。")


def waived(said: str, conditions: Sequence[str]) -> list[str]:
    """Reasons where it is said not to matter what the law makes a condition: 不管有没有实施条件."""
    told = [m["what"] or m["what_not"] for m in soft_rules()["waived"].finditer(said)]
    return [
        f"条文以「{condition}」为条件,不能不论"
        for what in told
        for condition in conditions
        if what not in condition and told_words(what, condition) >= _WAIVED
    ]


def of_this_case(said: str) -> bool:
    """Whether a sentence answers what was asked as it was asked."""
    return is_opener(said.partition(",")[0]) or soft_rules()["this_case"].search(said) is not None


def taken_in(said: str, text: str) -> list[str]:
    """Reasons where the law's exception is told as belonging to the rule."""
    found = soft_rules()["taken_in"].search(said)
    if not found or found[0] in text or not grammar("excepts").search(text):
        return []
    return [f"条文有例外,没有写「{found[0]}」"]


def already_done(said: str, text: str, *, draft: bool) -> list[str]:
    """Reasons where the law's plan or task, or anything that a draft has, is told as done."""
    if "已" in text:
        return []
    other = ("conclusion", "rules_out")  # 不等于已经建成
    clauses = [m[0] for m in _CLAUSE.finditer(said) if not any(soft_rules()[name].search(m[0]) for name in other)]
    done = [c for c in clauses if soft_rules()["done"].search(c) or (draft and soft_rules()["by_now"].search(c))]
    told = [c for c in done if not (grammar("if").search(c) or soft_rules()["presupposes"].search(c))]
    return [Open(f"条文没有说已经做成:「{c}」") for c in told]


def draft_or_not(said: str, cited: Sequence[Regulation]) -> list[str]:
    """Reasons where a law in force is called a draft: 常州草案."""
    return [
        f"《{r.title}》不是草案"
        for r in cited
        if r.status != "draft" and _draft_of(plain(r.place).removesuffix("市"), said)
    ]


def narrowed(said: str, text: str) -> list[str]:
    """A reason where a rule is told as holding for something only, and the law has no such word."""
    if grammar("only").search(text):
        return []
    return [
        (Only if told_words(said[m.end() :], text) >= _NARROWED else Open)(f"条文没有写「{m[0]}」")
        for m in soft_rules()["narrows"].finditer(said)
    ]


def loosened(reasons: Sequence[str], clause: str, values: Case = NO_CASE) -> list[str]:
    """The reasons against a clause, none of them hard where it only concludes."""
    return (
        [OpenUntold(r) if isinstance(r, Untold) else Open(r) for r in reasons]
        if concludes(clause, values)
        else list(reasons)
    )


def without_meta(text: str) -> str:
    """A plain text without what it says of a text as a text: 2015年文本, 还写明."""
    return soft_rules()["meta"].sub(",", text)


@lru_cache(maxsize=1)
def soft_rules() -> dict[str, Rule]:
    """The rules of `conclusions.toml`."""
    return load_rules("assistant.verify.beyond", "conclusions.toml")


def _excepted(text: str, at: re.Match[str]) -> bool:
    """Whether a thing that stands there is excepted."""
    before, after = text[max(0, at.start() - 31) : at.start()], text[at.end() : at.end() + 15]
    return bool(grammar("excepted_before").search(before) or grammar("excepted_after").search(after))


def _draft_of(city: str, said: str) -> bool:
    """Whether the draft of a city is spoken of."""
    return re.search(re.escape(city) + grammar("draft_of").written, said) is not None
