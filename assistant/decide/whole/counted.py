"""A number of something is asked for (几个, 多少家): which articles state a figure with that counter."""

from dataclasses import dataclass

from law.text.figures import figures
from law.text.rules import Rule, load_rules
from law.text.script import plain
from prompts import say


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure that is asked for by its counter (分 of 打多少分); `alike` are the counters that answer it as well."""

    counter: str
    alike: frozenset[str]

    def stated_in(self, text: str) -> bool:
        """Whether a text states any figure so counted.

        >>> counted_in("委员有几名").stated_in("设委员九人"), counted_in("打多少分").stated_in("连续两次考核不合格")
        (True, False)
        """
        return any(f.kind in self.alike for f in figures(plain(text))) or _stated(self.alike, plain(text))


def counted_in(question: str) -> Counted | None:
    """The counter of a figure that is asked for; None where none is, or where aspects are counted."""
    rules = _rules()
    found = rules["asked"].search(question)
    if not found:
        return None
    counter = found["counter"]
    alike = next((rule for name, rule in rules.items() if name.startswith("alike_") and rule.search(counter)), None)
    return Counted(
        counter, frozenset(c for c in rules["one"].written.strip("[]") if alike and alike.search(c)) | {counter}
    )


def measured_in(question: str) -> tuple[str, ...]:
    """What a number asked for by its counter is called, and a day asked for as the last.

    >>> measured_in("要买几台"), measured_in("几个工作日办完"), measured_in("最晚什么时候还")
    (('台数',), ('天数、时限',), ('期限',))
    """
    rules = _rules()
    text = plain(question)
    named: list[str] = []
    if found := rules["measured"].search(text):
        counter = found["counter"]
        of = next((n for n in ("people", "times", "days", "lessons") if rules[f"alike_{n}"].search(counter)), "other")
        named.append(say(f"kind.of_{of}", counter=counter) if of == "other" else say(f"kind.of_{of}"))
    return (*named, say("kind.deadline")) if rules["deadline"].search(text) else tuple(named)


def elapsed(question: str) -> bool:
    """Whether a length of time only says when: 两年期满以后.

    >>> elapsed("两年期满能不能再用"), elapsed("借两年行不行")
    (True, False)
    """
    return _rules()["elapsed"].search(plain(question)) is not None


def _stated(alike: frozenset[str], text: str) -> bool:
    return any(m["counter"] in alike for m in _rules()["stated"].finditer(text))


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.decide.whole", "counted.toml")
