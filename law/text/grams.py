"""Character bigrams: what words are compared by where nobody has cut them."""

import re

from law.text.script import plain

_RUNS = re.compile(r"[一-鿿]+|[a-z0-9]+")


def bigrams(text: str) -> list[str]:
    """Character bigrams of the Chinese runs, and Latin words and numbers whole.

    >>> bigrams("科技保险70%")
    ['科技', '技保', '保险', '70']
    """
    result: list[str] = []
    for run in _RUNS.findall(plain(text)):
        if run[0].isascii() or len(run) == 1:
            result.append(run)
        else:
            result += [run[i : i + 2] for i in range(len(run) - 1)]
    return result
