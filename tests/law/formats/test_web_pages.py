"""Web pages: the document, not the site around it."""

import pytest
from office_support import EXPECTED, LAW, regulation, said

from law.formats.reading import read_bytes

PARAGRAPHS = "".join(f"<p>　　{line}</p>\n" for line in LAW)
BREAKS = "<br>\n".join(f"&nbsp;&nbsp;{line}" for line in LAW)
UNTITLED = "".join(f"<p><span>{line[:5]}</span>{line[5:]}</p>" for line in LAW[1:])


def page(body, *, heading="", charset="utf-8"):
    return f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>{LAW[0]}_某某市人大网</title>
<script>var a = "第九条 假。";</script></head><body>
<div class="nav"><a href="/">首页</a><a href="/a">政务公开</a></div>
<div class="position">您现在的位置：首页 &gt; 法规 &gt; 正文</div>
<table><tr><td><ul><li><a href="/x">关于印发第一条新闻的通知。</a></li></ul></td><td>
<div class="content">{heading}<div class="info">发布时间：2023-03-02　来源：市人大　浏览次数：12</div>
<div id="zoom">{body}</div>
<p>【<a href="#">打印</a>】【<a href="#">关闭</a>】</p><div>上一篇：<a href="/y">某某市规定。</a></div>
</div></td></tr></table>
<div class="foot">版权所有：某某市人大常委会。备案号123。</div></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
@pytest.mark.parametrize(
    ("body", "heading"), [(PARAGRAPHS, ""), (BREAKS, ""), (UNTITLED, f"<h1>{LAW[0]}</h1>"), (UNTITLED, "")]
)
def test_every_article_and_the_title_come_out_of_a_site(body, heading, charset):
    r = regulation(page(body, heading=heading, charset=charset).encode("gb18030" if charset == "gb2312" else "utf-8"))
    assert r.title == LAW[0]
    assert said(r) == EXPECTED
    words = "".join(a.text for a in r.articles)
    assert not [w for w in ("打印", "首页", "版权", "上一篇", "浏览次数") if w in words]


def test_a_table_on_a_page_is_told_row_by_row():
    table = "<table><tr><th>级别</th><th>收费</th></tr><tr><td>一级</td><td>5元</td></tr></table>"
    body = f"<p>某某市规定</p><p>第一条　标准：</p>{table}"
    assert "级别：一级\t收费：5元" in read_bytes(f"<html><body>{body}</body></html>".encode(), "x.html").text


def test_a_title_named_in_the_lines_below_it_and_cut_from_two_site_names_is_still_the_title():
    body = "<p>（2023年3月1日通过的《关于修改〈某某市停车条例〉的决定》修正）</p>" + "".join(
        f"<p>{x}</p>" for x in LAW[2:]
    )
    page = f"<html><head><title>{LAW[0]}-法规规章-某市人大网</title></head><body><div>{body}</div></body></html>"
    assert regulation(page.encode()).title == LAW[0]
