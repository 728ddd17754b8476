"""One parser for any regulation: lines become chapters, articles, paragraphs and items.

The order of work: cut into lines → set aside what is no text → walk the lines once, deciding for
each article number whether it opens an article → report what looks wrong. Nothing is guessed
silently: each decision that is not plain becomes a `Finding`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from law.errors import DocumentError
from law.parsing import lines as kinds
from law.parsing.annexes import annexes_of
from law.parsing.chapters import Titles
from law.parsing.findings import MOST_MISSING, numbering, textual_findings
from law.parsing.headings import Headings, State, heading_of
from law.parsing.layout import ALONE, layout_of, read_lines
from law.parsing.lines import Line, is_title, marks, numbered_too_high, squeeze, unread_label
from law.parsing.paragraphs import ParagraphBuilder
from law.parsing.provisions import provisions_of
from law.parsing.titles import title_rules
from law.parsing.whole import outside, with_ids
from law.regulation import NUMBER_INFERRED, Article, Finding
from law.text.numerals import MOST, article_label


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a document is made of: article 0 first where there is one, then the articles."""

    articles: tuple[Article, ...]
    findings: tuple[Finding, ...]
    headline: str = ""  # what markup sets apart above the first article


@dataclass(slots=True)
class _OpenArticle:
    """An article being read."""

    number: int
    suffix: int
    heading: str
    chapter: str
    section: str
    line: int
    start: int
    body: ParagraphBuilder
    flags: list[str] = field(default_factory=list)


def parse(text: str, declared: Mapping[int, str] | None = None) -> Parsed:
    """Parse a regulation.

    `declared` maps an article number to the first words of an article whose own heading is
    missing from the source (an erratum). Article ids are bare here (`20`, `55-2`, `10.1`).
    Raises DocumentError for more than MOST articles.
    """
    return _ArticleReader(text, dict(declared or {})).read()


class _ArticleReader:
    def __init__(self, text: str, declared: dict[int, str]) -> None:
        self.text = text
        self.declared = declared
        self.lines, self.findings = read_lines(text)
        self.layout = layout_of(self.lines)
        self.headings = Headings(self.lines, text)
        self.titles = Titles()
        self.open: _OpenArticle | None = None
        self.done: list[Article] = []
        self.before: list[Line] = []
        self.after: list[Line] = []
        self.ended = False
        self.awaiting_title = ""
        self.titled = -1  # the line of the last title
        self.announced = ""

    def read(self) -> Parsed:
        for at, line in enumerate(self.lines):
            self._take(at, line)
        self._close()
        if not self.done:
            self._without_articles()
        below = annexes_of(self.after, self.layout)
        self.after = list(below.rest)
        numbered, repeated = with_ids(self.done)
        self.findings += repeated
        articles = outside(self.before, self.after) + numbered + list(below.annexes)
        if self.layout.width:
            self._find(0, "hard_wrapped", "全文按固定宽度折行，已按缩进、空行和句末标点重新接成段落。")
        self.findings += textual_findings(self.text, articles)
        findings = tuple(sorted(set(self.findings), key=lambda f: (f.line, f.kind, f.message)))
        headline = next((n.text for n in self.before[:3] if n.strong and n.strong == n.text), "")
        return Parsed(tuple(articles), findings, headline)

    def _without_articles(self) -> None:
        """No 条: the provisions are numbered otherwise, or the whole is one text."""
        self.findings = [f for f in self.findings if f.kind not in ("annex", "trailer", "outside_articles")]
        read = provisions_of(self.lines, self.layout)
        if read is None:
            self.before = [n for n in self.lines if n.kind not in kinds.EMPTY]
            self._find(0, "no_articles", "没有找到「第…条」，全文作为一个整体(题注)保留。")
            return
        self.done, self.before, self.after = list(read.articles), list(read.before), list(read.after)
        self.findings += read.findings
        self._find(
            0, "provisions", f"没有「第…条」，按「{read.articles[0].label}」一类的序号读作 {len(self.done)} 段。"
        )

    def _find(self, line: int, kind: str, message: str) -> None:
        self.findings.append(Finding(line, kind, message))

    # one line --------------------------------------------------------------------------

    def _take(self, at: int, line: Line) -> None:
        if line.kind in kinds.EMPTY:
            if self.open and line.kind == kinds.BLANK:
                self.open.body.blank()
            return
        unit, self.awaiting_title = self.awaiting_title, ""
        self._refuse_beyond(line)
        if number := next((n for n, begins in self.declared.items() if line.text.startswith(begins)), 0):
            self._begin(replace(line, value=number, suffix=0, rest=line.text, title=""), inferred=True)
        elif self.ended:
            self.after.append(line)
        elif line.kind == kinds.CHAPTER and not self._mid_sentence(line):
            self._enter(line)
        elif line.kind == kinds.ARTICLE and self._opens(at, line):
            self._begin(line)
        elif (label := unread_label(line)) and (known := self._counted(at, line, label)):
            self._begin(known, inferred=True)
        elif unit and is_title(line.text) and not line.inline:
            self.titles.names[unit] += f" {squeeze(line.text)}"
        elif self._announces(at, line) or self._names_chapter(at, line):
            return
        elif self.open and not self._ends_text(at, line):
            self.open.body.add(line)
        else:
            self._keep_outside(line)

    def _refuse_beyond(self, line: Line) -> None:
        """Articles that cannot be numbered would all become paragraphs of the last one that can."""
        if self.open and self.open.number > MOST - MOST_MISSING and numbered_too_high(line.text):
            raise DocumentError(
                f"第 {line.number} 行的「{line.text[:12]}」超过第一万条，本程序读不到那么多条。"
                "请按编或章拆成几个文件，再分别读入。"
            )

    def _keep_outside(self, line: Line) -> None:
        if not self.done and not self.open:
            self.before.append(line)
            return
        if not self.ended:
            self._find(line.number, "outside_articles", f"「{line.text[:20]}」不属于任何一条，收入题注。")
        self.after.append(line)

    @property
    def _state(self) -> State:
        now = self.open
        if now:
            return State(now.number, now.suffix, now.body.text, now.body.unfinished)
        last = self.done[-1] if self.done else None
        said = "".join(n.text for n in self.before)
        return State(last.number if last else 0, last.suffix if last else 0, said, unfinished=False)

    def _opens(self, at: int, line: Line) -> bool:
        opens, doubt = self.headings.opens(at, line, self._state)
        if doubt:
            self._find(line.number, "doubtful_heading", doubt)
        return opens

    def _counted(self, at: int, line: Line, label: str) -> Line | None:
        """「第二十〇条　…」 has the number that is missing where it stands; nothing where none is."""
        number = self._state.number + 1
        if self._state.unfinished or self.headings.comes_later(at, number):
            self._find(line.number, "unread_number", f"看不懂条号「{label}」，这一行按正文保留。")
            return None
        self._find(line.number, "unread_number", f"看不懂条号「{label}」，按次序读作{article_label(number)}。")
        return replace(
            line, kind=kinds.ARTICLE, value=number, suffix=0, rest=line.text[len(label) :].lstrip("\u3000 \t")
        )

    def _mid_sentence(self, line: Line) -> bool:
        """「…依照本条例\\n第六章规定…」 continues a sentence."""
        if self.open is None or not self.open.body.unfinished or line.marked:
            return False
        return not line.rest or line.value != self.titles.counts[line.unit] + 1

    # chapters and sections -----------------------------------------------------------------

    def _enter(self, line: Line) -> None:
        self._close()
        self.findings += self.titles.enter(line)
        self.titled = line.number
        self.awaiting_title = "" if line.rest else line.unit

    def _announces(self, at: int, line: Line) -> bool:
        """「（适用范围）」 on the line above its article."""
        if self.layout.headings != "above" or not ALONE.match(line.text) or not self._precedes_article(at):
            return False
        self.announced = line.text[1:-1]
        return True

    def _names_chapter(self, at: int, line: Line) -> bool:
        """A title without its number, alone between a finished article, or a chapter title, and the next article."""
        title = squeeze(line.text)
        if line.kind != kinds.TEXT or line.inline or not is_title(title) or not self._precedes_article(at):
            return False
        if self.open and (self.open.body.unfinished or marks()["signature"].match(title)):
            return False
        if line.number == self.titled + 1 and not line.marked:
            self._find(line.number, "title_wrapped", f"「{title}」紧接在标题之下，读作标题的后半。")
            self.titles.go_on(title)
            return True
        unit = "章" if self.open or not self.titles.names["章"] else "节"
        if not self.open and unit == "章" and not title_rules()["opening_chapter"].match(title):
            return False
        if title_rules()["closing_chapter"].match(title) and self.titles.names["编"]:
            unit = "编"  # 附则 below the last 编 is a part of its own
        message = f"「{title}」单独成行，下面就是新的一条，读作缺了序号的{unit}名。"
        self._find(line.number, "title_without_number", message)
        self._close()
        self.titles.name(unit, title)
        self.titles.counts[unit] += 1
        return True

    def _precedes_article(self, at: int) -> bool:
        number, _ = self._state.last
        return self.headings.next_content_opens(at, number + 1)

    def _ends_text(self, at: int, line: Line) -> bool:
        """An annex, a signature or a date below the last article."""
        if self.open is None or self.open.body.unfinished or line.inline:
            return False
        annex = marks()["annex"].match(line.text)
        if not (annex or marks()["signature"].match(line.text)) or self.headings.comes_later(at, self.open.number + 1):
            return False
        if not annex and self.headings.any_later(at):
            return False
        kind = "annex" if annex else "trailer"
        kept = "单独列出" if annex else "收入题注"
        self._find(line.number, kind, f"最后一条之后的「{line.text[:20]}」及以下内容不属于任何一条，{kept}。")
        self.ended = True
        if annex and self.headings.any_later(at):
            self._find(line.number, "annex_articles", "附件里还有「第…条」字样，没有读作条文。")
        return True

    # articles -------------------------------------------------------------------------------

    def _begin(self, line: Line, *, inferred: bool = False) -> None:
        self._close()
        last = self.done[-1].number if self.done else 0
        announced, self.announced = self.announced, ""
        heading, rest = heading_of(line, announced, self.layout.headings)
        self.open = _OpenArticle(
            line.value,
            line.suffix,
            heading,
            self.titles.chapter,
            self.titles.names["节"],
            line.number,
            line.start,
            ParagraphBuilder(self.layout),
        )
        label = article_label(line.value, line.suffix)
        if inferred:
            self.open.flags.append(NUMBER_INFERRED)
        elif not line.has_di:
            self._find(line.number, "heading_without_di", f"「{line.text[:20]}」缺「第」字，读作{label}。")
        self.findings += numbering(line, last)
        if rest:
            self.open.body.add(replace(line, kind=kinds.TEXT, text=rest))

    def _close(self) -> None:
        if not self.open:
            return
        now, self.open = self.open, None
        label = article_label(now.number, now.suffix)
        paragraphs, findings = now.body.finish(label)
        self.findings += findings
        if not paragraphs:
            self._find(now.line, "empty_article", f"{label}没有正文。")
        end = max(now.start, paragraphs[-1].end if paragraphs else now.start)
        self.done.append(
            Article(
                "",
                now.number,
                now.suffix,
                label,
                now.heading,
                now.chapter,
                now.section,
                tuple(paragraphs),
                now.start,
                end,
                now.line,
                tuple(now.flags),
            )
        )
