"""The report: one file that stands alone, shows every failed case, and lets no text become markup."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant import Answer, Assistant
from evals.evaluation import Evaluation, evaluate
from evals.questions.case import Case, DatasetError, Gold
from evals.reporting.junit import junit
from evals.reporting.report import write_report
from evals.scores.bars import check
from evals.scores.compare import compare
from evals.scores.results import as_dict

SCRIPT = "<script>alert('1')</script>"


class Page(HTMLParser):
    """The tags, their attributes and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def nasty(helper: Assistant) -> Evaluation:
    """A failed case whose every text is markup."""

    def ask(question: str, **rest: object) -> Answer:
        return replace(helper.ask("武汉第五十八条"), text=f"]]> {SCRIPT} \x01 & <img src=x>")

    case = Case("<i>", "<kind>", f"{SCRIPT}？", history=({"role": "user", "content": SCRIPT},),
                gold=(Gold("常州", 20),), must_contain=(), note=f'"{SCRIPT}')  # fmt: skip
    return evaluate(ask, [case], regulations=helper.regulations())


def test_the_page_stands_alone(worse: Evaluation, run: Evaluation, tmp_path: Path) -> None:
    held = check(worse.figures, {"": {"cited": 1.0, "invented": 0.0}})
    write_report(tmp_path, worse, held, compare(as_dict(run), as_dict(worse)))
    html = (tmp_path / "report.html").read_text("utf-8")
    page = Page(html)
    names = {t for t, _ in page.tags}
    assert not names & {"script", "link", "iframe", "img", "object"}
    assert not [a for _, attrs in page.tags for a in attrs if a in ("src", "href", "onclick", "onload")]
    assert "url(" not in html
    assert "@import" not in html
    assert "svg" in names
    assert "1 条未达及格线" in page.text


def test_a_failed_case_shows_what_was_asked_expected_got_found_and_why(worse: Evaluation, tmp_path: Path) -> None:
    write_report(tmp_path, worse)
    text = Page((tmp_path / "report.html").read_text("utf-8")).text
    said = json.loads((tmp_path / "report.json").read_text("utf-8"))
    (bad,) = [c for c in said["cases"] if c["failed"]]
    assert bad["question"] == "常州第二十条"
    assert bad["expected"]["gold"] == ["常州20"]
    assert bad["got"]["retrieved"][0]["place"].startswith("常州20")
    assert bad["values"]["cited"] == 0
    for word in ("常州第二十条", "没引常州20（排第 1）", "多引武汉20", "武汉20", "<b>注</b>", *bad["why"].split("；")):
        assert word in text
    assert "武汉第五十八条第二款" not in text  # what is right is in the JSON


def test_no_text_becomes_markup(nasty: Evaluation, tmp_path: Path) -> None:
    write_report(tmp_path, nasty)
    page = Page((tmp_path / "report.html").read_text("utf-8"))
    assert not {"script", "img", "i", "kind"} & {t for t, _ in page.tags}
    assert page.text.count(SCRIPT) >= 4


def test_junit_counts_and_is_xml_whatever_the_texts(
    run: Evaluation, worse: Evaluation, nasty: Evaluation, helper: Assistant
) -> None:
    def broken(question: str, **rest: object) -> Answer:
        raise OSError("gone")

    mislabelled = evaluate(helper, [Case("x", "k", "q", gold=(Gold("北京", 1),))])
    failing = evaluate(broken, [Case("y", "k", "q", gold=(Gold("武汉", 1),))])
    scores = (*run.scores, *worse.scores, *nasty.scores, *mislabelled.scores, *failing.scores)
    root = ElementTree.fromstring(junit(scores))
    assert {k: root.get(k) for k in ("tests", "failures", "errors", "skipped")} == {
        "tests": "9", "failures": "2", "errors": "1", "skipped": "1",
    }  # fmt: skip
    messages = [e.get("message") for e in root.iter("failure")]
    assert any("没引常州20" in m for m in messages)
    assert len(list(root.iter("testcase"))) == 9


def test_a_measured_growth_is_drawn(run: Evaluation, tmp_path: Path) -> None:
    points = [
        {"series": s, "articles": n, "p50": 0.001, "p95": 0.002 * n**0.1, "bytes": 1000 * n}
        for s in ("不提城市", "写明城市")
        for n in (200, 2000, 20000)
    ]
    rows = [{"name": "ask / embedding <p50>", "value": "1.21", "limit": "≤ 1.3", "ok": True}]
    bench = {"made_at": "2026-01-01", "rows": rows, "growth": points}
    (tmp_path / "bench.json").write_text(json.dumps(bench), "utf-8")
    write_report(tmp_path, run)
    html = (tmp_path / "report.html").read_text("utf-8")
    assert len(re.findall("<polyline", html)) == 2
    assert "20,000" in html
    assert "ask / embedding &lt;p50&gt;" in html
    (tmp_path / "bench.json").write_text("{", "utf-8")
    with pytest.raises(DatasetError, match=r"bench\.json"):
        write_report(tmp_path, run)
