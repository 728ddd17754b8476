"""A regulation on three kinds of government sites, with the site around it."""

import html
import random

from evals.files.sample import CHAPTER, NOTE, SECTION, Sample, note_of

_HEAD = (
    '<div class="top"><a href="/">首页</a> | <a href="/zwgk">政务公开</a> | <a href="/fw">办事服务</a></div>'
    '<ul class="menu"><li><a href="/a">领导之窗</a></li><li><a href="/b">法规规章</a></li>'
    '<li><a href="/c">互动交流</a></li></ul>'
    '<div class="bread">当前位置：<a href="/">首页</a> &gt; <a href="/zc">政策文件</a> &gt; 正文</div>'
)
_FOOT = (
    '<div class="tools">【<a href="javascript:print()">打印</a>】【<a href="javascript:close()">关闭</a>】</div>'
    '<div>分享到：<a>微信</a> <a>微博</a></div><div>上一篇：<a href="/1">某市停车条例</a></div>'
    '<div>下一篇：<a href="/2">某市养犬条例</a></div>'
    '<div id="footer">主办：某市人民代表大会常务委员会 版权所有 ICP备12345678号 网站标识码4100000001</div>'
)
_META = "<p>发布时间：2023-06-01 09:30　　来源：某市人大常委会办公室　　浏览次数：1024　　字体：[大 中 小]</p>"


def site_page(sample: Sample, seed: int) -> bytes:
    """One page of a site."""
    rng = random.Random(f"{sample.name}html{seed}")
    title = html.escape(sample.title)
    notes = note_of(sample.lines, rng)
    body = [html.escape(line.printed(rng.choice(("　", " ", "&nbsp;&nbsp;"))))
            .replace("&amp;nbsp;", "&nbsp;") for line in sample.lines[1:] if line.kind != NOTE]  # fmt: skip
    units = [line.kind in (CHAPTER, SECTION) for line in sample.lines[1:] if line.kind != NOTE]
    inner = _inner(rng, [html.escape(n) for n in notes], body, units)
    suffix = rng.choice(("_某市人民政府门户网站", "-法规规章-某市人大网", ""))
    wrap = rng.choice(('<div class="content" id="zoom">{}</div>',
                       '<td class="bg"><div class="TRS_Editor">{}</div></td>',
                       '<article>{}</article>', '<div id="print"><div class="con">{}</div></div>'))  # fmt: skip
    inside = wrap.format(inner)
    if inside.startswith("<td"):
        inside = f"<table><tr>{inside}</tr></table>"
    heading = rng.choice((f"<h1>{title}</h1>", f'<div class="title">{title}</div>', f"<h2>{title}</h2>"))
    charset = rng.choice(("utf-8", "gb2312"))
    page = (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}{suffix}</title>'
        f"<style>p{{text-indent:2em}}</style><script>var a='第一条';</script></head><body>{_HEAD}{heading}"
        f"{_META if rng.random() < 0.8 else ''}{inside}{_FOOT}</body></html>"
    )
    return page.encode("gb18030" if charset == "gb2312" else "utf-8", "xmlcharrefreplace")


def _inner(rng: random.Random, notes: list[str], body: list[str], units: list[bool]) -> str:
    manner = rng.choice(("p", "br", "div", "span"))
    lines = [f"<center>{n}</center>" if manner == "p" else n for n in notes]
    for text, unit in zip(body, units, strict=True):
        lines.append(f"<strong>{text}</strong>" if unit else f"　　{text}" if rng.random() < 0.5 else text)
    if manner == "br":
        return "<br/>\n".join(lines)
    if manner == "span":
        return "".join(f'<p style="line-height:2"><span style="font-family:仿宋">{x[:7]}</span><span>{x[7:]}</span></p>'
                       if "<" not in x and "&" not in x[:14] else f"<p>{x}</p>" for x in lines)  # fmt: skip
    return "\n".join(f"<{manner}>{x}</{manner}>" for x in lines)
