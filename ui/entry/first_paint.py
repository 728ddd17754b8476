"""The HTML that every visit begins with: Streamlit's own, made to say in Chinese at once what is being opened, and to
fetch with the first scripts those that the page is certain to ask for later.

What a version of Streamlit writes otherwise is left as it is.
"""

import re
from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.types import Message, Scope, Send

from prompts import say

#: Scripts that Streamlit fetches one after the other while it draws, each when it first meets what it is for.
_CERTAIN = ("Html", "Button", "ButtonGroup", "BidiComponent", "ChatInput", "wavesurfer.esm")
_USED = re.compile(rb'(?:from|import)"\./([^"]+\.js)"')
_STYLE = (
    "<style>#opening{position:fixed;inset:0;display:grid;place-content:center;text-align:center;"
    'font:1rem/1.8 system-ui,"Noto Sans CJK SC",sans-serif;background:light-dark(#fff,#16181c);'
    "color:light-dark(#4d4a45,#c8c6c2)}#opening b{font-size:2rem;color:light-dark(#1f1f1f,#ececec)}"
    ":root{color-scheme:light dark}</style>"
)


#: Headers by which Streamlit would send its page packed, in part or not at all; that it changes is not known to it.
_UNFIT = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
_ABOUT_ITS_OWN = (b"content-length", b"etag", b"last-modified")


def asked_whole(scope: Scope) -> Scope:
    """The request for a page, so put that all of it comes."""
    return {**scope, "headers": [h for h in scope["headers"] if h[0].lower() not in _UNFIT]}


def painting(send: Send) -> Send:
    """Sends a page on with what `with_first_paint` adds, anything else as it is."""
    began: Message | None = None
    parts: list[bytes] = []

    async def sending(message: Message) -> None:
        nonlocal began
        if message["type"] == "http.response.start" and message["status"] == 200 and _is_page(message):
            began = message
        elif began is None:
            await send(message)
        else:
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                body = with_first_paint(b"".join(parts))
                kept = [h for h in began["headers"] if h[0].lower() not in _ABOUT_ITS_OWN]
                await send({**began, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
                await send({"type": "http.response.body", "body": body})

    return sending


def _is_page(message: Message) -> bool:
    held = {key.lower(): value for key, value in message.get("headers", ())}
    return held.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in held


def with_first_paint(html: bytes) -> bytes:
    """Streamlit's page with a title to be read until its scripts draw: they replace what stands in their root."""
    said = html.decode("utf-8", "replace")
    said = said.replace('<html lang="en">', '<html lang="zh-CN">').replace("<title>Streamlit<", "<title>法条助手<")
    said = re.sub(r"<noscript>.*?</noscript>", f"<noscript><p>{say('page.no_script')}</p></noscript>", said, flags=re.S)
    words = f'<div id="opening" role="status"><b>法条助手</b>{say("page.opening")}</div>'
    said = said.replace('<div id="root"></div>', f'<div id="root">{words}</div>')
    return said.replace("</head>", _STYLE + _fetched_along(said) + "</head>").encode()


def _fetched_along(html: str) -> str:
    links = (f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in _certain_scripts())
    return "".join(link for link in links if link not in html)


@lru_cache(maxsize=1)
def _certain_scripts() -> tuple[str, ...]:
    """Those of this version of Streamlit, each with what it is made of."""
    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    wanted = [file.name for name in _CERTAIN for file in folder.glob(f"{name}.*.js")]
    known: dict[str, None] = {}
    while wanted:
        name = wanted.pop()
        if name not in known and (folder / name).is_file():
            known[name] = None
            wanted += (used.decode() for used in _USED.findall((folder / name).read_bytes()))
    return tuple(known)
