"""Folders and documents become regulations.

A corpus folder holds `source.txt` (never edited), `regulation.toml` (who it is, what is wrong
in it, what became of it) and, where somebody wrote them, `questions.jsonl`. A bare document is
read as it is, its identity taken from its own text.
"""

import hashlib
import json
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from law.bundled import bundled_folder, is_bundled
from law.declaration import Declaration, Erratum, Later, read_declaration
from law.errors import CorpusError
from law.formats.document import Document
from law.formats.extracted import Progress
from law.formats.reading import read_document
from law.parsing.identity import Identity, identify
from law.parsing.naming import short_names_of, without_nation
from law.parsing.parser import Parsed, parse
from law.parsing.standing import LOCAL, NATIONAL, is_regulation
from law.regulation import TEXT_DAMAGED, Article, Finding, LikelyQuestion, Note, Regulation
from law.text.places import gazetteer, short_name
from law.text.script import script_of
from law.text.sounds import romanised, sound_alikes
from law.versions import base_title, chain_of, text_date

DECLARATION, SOURCE, QUESTIONS = "regulation.toml", "source.txt", "questions.jsonl"


def load_corpus(folder: Path | None = None) -> tuple[Regulation, ...]:
    """Every regulation below a folder, in order of id. Raises CorpusError, DocumentError."""
    folder = folder or bundled_folder()
    if not folder.is_dir():
        raise CorpusError(f"语料文件夹「{folder}」不存在，请检查路径。")
    inner = [p for p in sorted(folder.iterdir()) if p.is_dir() and not p.name.startswith((".", "_"))]
    if not inner:
        raise CorpusError(f"语料文件夹「{folder}」里没有法规，每部法规应是一个含 {DECLARATION} 的子文件夹。")
    return tuple(load_folder(p) for p in inner)


def load_path(path: Path, *, new_id: str = "", city: str = "", progress: Progress | None = None) -> Regulation:
    """A corpus folder with its declaration, or a bare document; `progress` as in `read_document`."""
    return load_folder(path) if path.is_dir() else load_document(path, new_id=new_id, city=city, progress=progress)


def load_folder(folder: Path) -> Regulation:
    """One regulation with its declared errata and its likely questions."""
    if not (folder / DECLARATION).is_file():
        raise CorpusError(
            f"「{folder}」里没有 {DECLARATION}，请写明 id、标题、城市和状态(可照 corpus/changzhou 的样子)。"
        )
    said = read_declaration(folder / DECLARATION)
    document = read_document(folder / SOURCE)
    parsed = parse(document.text, {e.article: e.begins for e in said.errata if e.begins})
    _check_errata(said, parsed, folder)
    articles = tuple(_flagged(_prefixed(a, said.id), said) for a in parsed.articles)
    return Regulation(
        id=said.id,
        title=said.title,
        city=said.city,
        province=said.province,
        status=said.status,
        dates=said.dates.as_dict(),
        script=script_of(document.text),
        sha256=document.sha256,
        articles=articles,
        source=str(folder.name),
        notes=tuple(said.notes),
        article_notes=tuple(_notes(said)),
        short_names=tuple(said.short_names),
        sound_alikes=sound_alikes(short_name(said.city)),
        questions=read_questions(folder / QUESTIONS, articles),
        findings=parsed.findings,
        level=said.level or (LOCAL if is_regulation(said.title) else ""),
    )


def load_document(path: Path, *, new_id: str = "", city: str = "", progress: Progress | None = None) -> Regulation:
    """A bare document of any format; `city` and `new_id` override what its own text says."""
    return regulation_of(read_document(path, progress), new_id=new_id, city=city)


def regulation_of(document: Document, *, new_id: str = "", city: str = "") -> Regulation:
    """A decoded document as a regulation. Raises CorpusError for an impossible id."""
    parsed = parse(document.text)
    who = identify(parsed.articles, headline=parsed.headline)
    place, province, findings = who.city, who.province, list(who.findings)
    if city:
        known = gazetteer().get(city) or gazetteer().get(f"{city}市")
        place = known.name if known and known.level == "city" else ("" if known else city)
        province = known.province if known else province
        findings = [f for f in findings if f.kind != "no_place"]
    national = who.level in NATIONAL and not city
    title = who.title or f"{place or province or Path(document.name).stem}(未印标题的规定)"
    own_id = new_id or _own_id(title, place or province, national=national)
    if not own_id.replace("-", "").replace("_", "").isalnum() or not own_id.isascii():
        raise CorpusError(f"编号「{own_id}」只能用英文字母、数字和连字符，例如 --id qingdao。")
    encoding = (
        []
        if document.encoding == "utf-8"
        else [Finding(0, "encoding", f"文件编码是 {document.encoding}，已按此读入。")]
    )
    return Regulation(
        id=own_id,
        title=title,
        city=place,
        province=province,
        status=who.status,
        dates=who.dates,
        script=script_of(document.text),
        sha256=document.sha256,
        articles=tuple(_prefixed(a, own_id) for a in parsed.articles),
        source=Path(document.name).name,
        sound_alikes=sound_alikes(short_name(place)) if place else (),
        level=who.level,
        notes=_said_of(who),
        short_names=short_names_of(title, place or province, national=national),
        findings=(*encoding, *document.findings, *findings, *_doubtful(document, parsed), *parsed.findings),
    )


def _said_of(who: Identity) -> tuple[str, ...]:
    """Where it is read that a text is no longer in force."""
    return (f"依据原文：「{who.evidence[:120]}」。",) if who.status == "repealed" and who.evidence != who.title else ()


def _own_id(title: str, place: str, *, national: bool) -> str:
    if national:
        return romanised(without_nation(title))[:40]
    return romanised(short_name(place) if place else title)


def _doubtful(document: Document, parsed: Parsed) -> list[Finding]:
    """The articles in which words were recognised without certainty."""
    found: list[Finding] = []
    for article in parsed.articles:
        words = [document.text[d.start : d.end] for d in document.doubts if article.start <= d.start < article.end]
        if words:
            shown = "、".join(f"「{w[:30]}」" for w in words[:3])
            message = f"{article.label}有 {len(words)} 处识别没有把握，请对照原件：{shown}。"
            found.append(Finding(article.line, "low_confidence", message))
    return found


def without_clash(new: Regulation, held: Iterable[Regulation]) -> Regulation:
    """Give a regulation an id of its own where another text already has that id.

    A text of the same title and the same day replaces the one that is held; of another day it is a version beside it.
    """
    known = list(held)
    taken = {r.id: r for r in known}
    same = [r for r in known if chain_of(r) == chain_of(new)]
    for rival in same:
        if rival.sha256 == new.sha256:
            return new.with_id(rival.id) if is_bundled(rival) else replace(new.with_id(rival.id), title=rival.title)
        if not is_bundled(rival) and text_date(rival) == text_date(new):
            return replace(new.with_id(rival.id), title=rival.title)
    if not same and new.id not in taken:
        return new
    if not same:
        return new.with_id(_free(f"{new.id}-{hashlib.sha256(new.title.encode()).hexdigest()[:6]}", taken))
    stem = min((r.id for r in same), key=len)
    named = new.with_id(_free(f"{stem}-{text_date(new)[:4]}" if text_date(new) else f"{stem}-2", taken))
    version = _version(new)
    return replace(named, title=f"{base_title(new)}（{version}）") if version else named


def _free(wanted: str, taken: Container[str]) -> str:
    return next(name for n in count(1) if (name := wanted if n == 1 else f"{wanted}-{n}") not in taken)


def _version(regulation: Regulation) -> str:
    """What tells a text from another of the same title: the year of its last change."""
    amended = regulation.dates.get("amended")
    if isinstance(amended, list) and amended:
        return f"{max(amended)[:4]}年修正文本"
    adopted = regulation.dates.get("adopted")
    return f"{adopted[:4]}年文本" if isinstance(adopted, str) else ""


def read_questions(path: Path, articles: Sequence[Article]) -> tuple[LikelyQuestion, ...]:
    """The likely questions of a regulation; none where there is no file. Raises CorpusError."""
    if not path.exists():
        return ()
    known = {a.id: a for a in articles}
    result: list[LikelyQuestion] = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            article = known[row["article"]]
            result += [_question(article, q["text"], q.get("paragraphs", [])) for q in row["questions"]]
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path.name} 第 {number} 行读不懂:{error!r}。") from error
    return tuple(result)


def _question(article: Article, text: str, paragraphs: Sequence[int]) -> LikelyQuestion:
    if any(not 1 <= n <= len(article.paragraphs) for n in paragraphs):
        raise ValueError(f"{article.id} 没有第 {list(paragraphs)} 款，问题是「{text}」")
    return LikelyQuestion(article.id, text, tuple(paragraphs))


def _prefixed(article: Article, regulation: str) -> Article:
    return replace(article, id=f"{regulation}/{article.id}")


def _flagged(article: Article, said: Declaration) -> Article:
    mine = [e for e in said.errata if (e.article, e.suffix) == (article.number, article.suffix)]
    if not any(e.damaged for e in mine) or TEXT_DAMAGED in article.flags:
        return article
    return replace(article, flags=(*article.flags, TEXT_DAMAGED))


def _notes(said: Declaration) -> list[Note]:
    errata = [Note(e.article, "erratum", e.text, e.suffix) for e in said.errata]
    return errata + [Note(x.article, "later", x.text, x.suffix) for x in said.later]


def _check_errata(said: Declaration, parsed: Parsed, folder: Path) -> None:
    held = {(a.number, a.suffix) for a in parsed.articles}
    noted: list[Erratum | Later] = [*said.errata, *said.later]
    for note in noted:
        if (note.article, note.suffix) not in held:
            raise CorpusError(
                f"{folder.name}/{DECLARATION} 提到第 {note.article} 条，但原文里找不到它，请核对条号或 begins。"
            )
