"""JUnit XML, which every build server reads: one test a case, one suite a kind."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from evals.scores.scoring import Score

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def junit(scores: Sequence[Score]) -> bytes:
    """A failed case is a failure, one that ended in an error an error, one that cannot be scored skipped."""
    root = Xml.Element("testsuites", {"name": "fatiao eval"} | _counts(scores))
    for kind in dict.fromkeys(s.case.kind for s in scores):
        mine = [s for s in scores if s.case.kind == kind]
        suite = Xml.SubElement(root, "testsuite", {"name": _clean(kind) or "-"} | _counts(mine))
        for one in mine:
            name = _clean(f"{one.case.id} {one.case.question}")
            took = f"{one.seconds or 0:.4f}"
            case = Xml.SubElement(suite, "testcase", classname=_clean(kind) or "-", name=name, time=took)
            if tag := _outcome(one):
                said = Xml.SubElement(case, tag, message=_clean(one.unscored or one.why))
                said.text = _clean(one.answer.text if one.answer else one.unscored)
    Xml.indent(root)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _outcome(one: Score) -> str:
    if one.unscored:
        return "error" if one.failed else "skipped"
    return "failure" if one.failed else ""


def _counts(scores: Sequence[Score]) -> dict[str, str]:
    tags = [_outcome(s) for s in scores]
    return {
        "tests": str(len(scores)),
        "failures": str(tags.count("failure")),
        "errors": str(tags.count("error")),
        "skipped": str(tags.count("skipped")),
        "time": f"{sum(s.seconds or 0 for s in scores):.3f}",
    }


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("�", text)
