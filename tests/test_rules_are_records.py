"""What the program knows of language stands in records (`law.text.rules`), not in the code: the rest may only shrink.

Counted are the patterns given to `re`, the constants of a module that hold Chinese words, and the words that a text is
compared with inside a function (`==`, `in`, `endswith` and their like). Structure is exempt:
punctuation, digits, markup, and the signs that number a law and its pages (第, 条, 款, 之, 页, numerals with their
point and sign, 年月日): its grammar, no vocabulary. So are, in a constant, the values of closed vocabularies
(`law.norms.norm`, the kinds of figures, the levels of a text): types, with which nothing is read. Rooms that show words
to people (`ui`, `fatiao`, `records`, `evals`) are not counted. Inside a function so are signs of one character: the
particles (的, 由, 对) that a parse asks for beside what a rule has already found.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from assistant.verify.actors import GOV
from law.norms.norm import BINDINGS, CLASSES, DEPARTMENT, MEANS, Bound, Level
from law.parsing.standing import LEVELS

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("assistant", "law", "vectorstore")
STRUCTURE = frozenset(
    "零〇一二两兩俩三四五六七八九十百千万萬亿億廿卅卌壹贰貳叁參肆伍陆陸柒捌玖拾佰仟第之条條款项項目章节節编編篇页頁年月日号號点负\u9fff"
)
CLOSED = frozenset(
    {*BINDINGS, *MEANS, *CLASSES, DEPARTMENT, GOV, *get_args(Bound), *get_args(Level), *LEVELS, "倍", "摄氏度", "届"}
)
#: Methods of a text that look for a word in it.
LOOKS = frozenset(("startswith", "endswith", "removeprefix", "removesuffix", "replace")) | frozenset(
    ("split", "partition", "rpartition", "find", "rfind", "index", "count")
)
#: Places left, by room. A room that is not named has none.
LEFT: dict[str, int] = {}


def is_language(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" and c not in STRUCTURE for c in text)


def texts(node: ast.AST) -> Iterator[str]:
    yield from (n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def asks_re(node: ast.AST) -> bool:
    """Whether a node is a call of the module `re`."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    )


def compared(node: ast.AST) -> Iterator[str]:
    """The texts that a comparison, or a method that looks into a text, asks for; not the signs of `sign in "区县"`."""
    if isinstance(node, ast.Compare):
        signs = isinstance(node.ops[0], ast.In | ast.NotIn)
        asked: list[ast.AST] = [
            node.left,
            *(c for c in node.comparators if not signs or not isinstance(c, ast.Constant)),
        ]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOOKS:
        asked = [*node.args]
    else:
        return
    for one in asked:
        parts = one.elts if isinstance(one, ast.Tuple | ast.List | ast.Set) else [one]
        yield from (p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str))


def is_word(text: str) -> bool:
    """Whether a text holds a word of the language of more than one character."""
    return text not in CLOSED and len(text) > 1 and text.isalpha() and is_language(text)


def inline(path: Path) -> Iterator[int]:
    """The lines of a module where words stand that no record holds."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and asks_re(node) and node.args and is_language("".join(texts(node.args[0]))):
            yield node.lineno
        yield from (node.lineno for text in compared(node) if is_word(text))
    for node in tree.body:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        if value is not None and not asks_re(value) and any(is_language(t) and t not in CLOSED for t in texts(value)):
            yield node.lineno


def test_words_of_the_language_stand_in_records() -> None:
    found: Counter[str] = Counter()
    for path in sorted(p for room in ROOMS for p in (ROOT / room).rglob("*.py")):
        found[str(path.parent.relative_to(ROOT))] += len([*inline(path)])
    grown = {room: n for room, n in found.items() if n > LEFT.get(room, 0)}
    assert not grown
