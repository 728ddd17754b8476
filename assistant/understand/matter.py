"""What a question is about: what is left of it without the words that only ask."""

from law.text.rules import load_rules


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
    """Words in a row without those at either end that only ask; nothing is taken out from between them.

    >>> matter_at_hand("研发中心"), matter_at_hand("在研发中心的")
    ('研发中心', '研发中心')
    """
    spans = [m.span() for m in load_rules("assistant.understand", "parts.toml")["empty"].finditer(run)]
    begin, end = 0, len(run)
    for at, until in spans:
        begin = until if at == begin else begin
    for at, until in reversed(spans):
        end = at if until == end else end
    return run[begin:end]
