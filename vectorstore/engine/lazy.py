"""Regulations whose articles are read when somebody looks at them, and then kept for a while."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from law.regulation import Article, LikelyQuestion, Regulation

Key = TypeVar("Key")
Value = TypeVar("Value")


class Whole(NamedTuple):
    """A regulation as it was read: its articles, their likely questions, and the packed norms of each article."""

    articles: tuple[Article, ...]
    questions: tuple[LikelyQuestion, ...]
    norms: tuple[str | None, ...]


class Kept(Generic[Key, Value]):
    """The values used lately, at most so many. Safe to share between threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def peek(self, key: Key) -> Value | None:
        """The value of a key where it is held."""
        with self._lock:
            return self._held.get(key)

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of a key, made where it is not held."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = make()
        with self._lock:
            self._held[key] = made
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return made


class StoredRegulation(Regulation):
    """A regulation that says at once what it is; its articles and likely questions are read by `read`; `peek` tells
    them where they have been read already, `has` whether one of some words may stand in them.

    `digest` is that of all it was made from; a changed copy (`dataclasses.replace`) has none and holds its articles.
    """

    __slots__ = ("_given", "_has", "_peek", "_read", "digest", "size")
    digest: str
    size: int

    def __init__(
        self,
        *,
        read: Callable[[], Whole] | None = None,
        peek: Callable[[], Whole | None] = lambda: None,
        has: Callable[[Sequence[str]], bool] | None = None,
        digest: str = "",
        size: int = 0,
        **fields: Any,
    ) -> None:
        put = object.__setattr__
        put(self, "_read", read)
        put(self, "_peek", peek)
        put(self, "_has", has)
        put(self, "digest", digest)
        put(self, "size", size)
        put(self, "_given", {})
        super().__init__(**({"articles": ()} | fields))

    @property
    def at_hand(self) -> Whole | None:
        """What was read of it lately, without reading."""
        return self._peek()  # type: ignore[attr-defined,no-any-return]

    def may_say(self, words: Sequence[str]) -> bool:
        """See `Regulation`."""
        has = None if self.at_hand else self._has  # type: ignore[attr-defined]
        return has is None or has(words)

    def __eq__(self, other: object) -> bool:
        """Of one volume: the same id and digest; else compared as what they hold."""
        if isinstance(other, StoredRegulation) and self.digest and other.digest:
            return (self.id, self.digest) == (other.id, other.digest)
        return NotImplemented if not isinstance(other, Regulation) else _plain(self) == _plain(other)

    def __hash__(self) -> int:
        """By its id."""
        return hash(self.id)


def _lazy(name: str, place: int) -> property:
    def get(self: StoredRegulation) -> Any:
        return self._given[name] if self._read is None else self._read()[place]  # type: ignore[attr-defined]

    def put(self: StoredRegulation, value: Any) -> None:
        self._given[name] = value  # type: ignore[attr-defined]

    return property(get, put)


StoredRegulation.articles = _lazy("articles", 0)  # type: ignore[assignment, misc]
StoredRegulation.questions = _lazy("questions", 1)  # type: ignore[assignment, misc]


def _plain(regulation: Regulation) -> list[Any]:
    return [getattr(regulation, name) for name in Regulation.__dataclass_fields__ if name != "findings"]


class LazyMapping(Mapping[str, Value]):
    """A mapping that looks each key up; `look` raises KeyError."""

    def __init__(self, look: Callable[[str], Value], keys: Callable[[], Iterator[str]], size: int) -> None:
        self._look, self._keys, self._size = look, keys, size

    def __getitem__(self, key: str) -> Value:
        return self._look(key)

    def __iter__(self) -> Iterator[str]:
        return self._keys()

    def __len__(self) -> int:
        return self._size
