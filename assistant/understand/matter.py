"""What a question is about: what is left of it without the words that only ask."""

from itertools import dropwhile

from law.text.rules import load_rules, read_once


@read_once(256)
def matter_in(text: str) -> str:
    """The characters of a question that name its matter.

    >>> matter_in("一个人多少钱"), matter_in("科技保险补不补")
    ('', '科技保险')
    >>> matter_in("政府贴不贴钱")
    '政府'
    """
    rules = load_rules("assistant.understand", "parts.toml")
    return rules["empty"].sub("", rules["whether"].sub("", text))


def matter_at_hand(run: str) -> str:
    """Words in a row without those at either end that only ask and name nothing; nothing is taken out from between.

    >>> matter_at_hand("在研发中心的"), matter_at_hand("科技人才"), matter_at_hand("新型研发机构")
    ('研发中心', '科技人才', '新型研发机构')
    """
    import rjieba

    empty = load_rules("assistant.understand", "parts.toml")["empty"]
    words = [(w, not kind.startswith("n") and empty.fullmatch(w) is not None) for w, kind in rjieba.tag(run)]
    while words and words[-1][1]:
        words.pop()
    return "".join(w for w, _ in dropwhile(lambda word: word[1], words))
