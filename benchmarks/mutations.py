"""Damaged and hostile pages: what a crawler meets in ten years, and worse, from a seed.

Everything is drawn from the `Random` that is handed in, so a failing page can be made again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

MEBI = 1 << 20
# libxml2 gives up above 10 million bytes in one node; this is well past it.
GIANT = 33 * MEBI

TITLE = "示范区召开重点产业项目推进会"
CLOSING = "会议要求各单位逐项对账销号，年底前全部建成投用。"
_SENTENCES = (
    "十二日上午，示范区召开重点产业项目推进会，通报上半年建设进度。",
    "会议指出，二十个新开工项目中已有十六个完成主体施工，计划总投资八十亿元。",
    "会议强调，要把用地、用能、用工的困难解决在现场，不让企业多跑一趟。",
    "几家企业的负责人介绍了设备安装和试生产的安排，并提出了供电方面的建议。",
)
_TAG = re.compile(rb"(<[^<>]*>)")
_NESTABLE = ("div", "span", "font", "b", "ul><li", "table><tr><td", "blockquote", "section", "p")


def notice(before_closing: str = "", head: str = "") -> str:
    """Return a whole small notice; `before_closing` stands before its last paragraph."""
    body = "".join(f"<p>　　{sentence}</p>\n" for sentence in _SENTENCES)
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{TITLE}_示范区网</title>{head}'
        '</head><body><div class="nav"><a href="/">首页</a><a href="/xw/">新闻</a></div>'
        f"<h1>{TITLE}</h1><div>发布时间：2024-06-12 来源：示范区管委会</div>"
        f'<div class="content">{body}{before_closing}<p>　　{CLOSING}</p></div>'
        "<ul>"
        + "".join(f'<li><a href="/xw/{n}.html">往期消息第{n}条</a></li>' for n in range(9))
        + "</ul><div>主办单位：示范区管委会</div></body></html>"
    )


SEEDS = (notice().encode(), notice().replace("utf-8", "gb2312").encode("gb18030"))


@dataclass(frozen=True, slots=True)
class KnownLoss:
    """A page of which a bare lxml parse loses `CLOSING` without an error."""

    name: str
    page: bytes


def known_losses(giant: int = GIANT) -> Iterator[KnownLoss]:
    """Yield pages that libxml2 cuts short; `giant` is the size in bytes of their one large node."""
    for tag in _NESTABLE[:-1]:
        for depth in (300, 5000):
            yield KnownLoss(f"{tag} {depth} deep", notice(f"<{tag}>" * depth).encode())
    for name, before_closing in {
        "giant text": f"<p>{'长' * (giant // 3)}</p>",
        "giant attribute": f'<img src="data:image/png;base64,{"A" * giant}">',
        "giant comment": f"<!--{'x' * giant}-->",
        "giant script": f"<script>{'x' * giant}</script>",
        "early end": "</html>",
        "two documents": "</body></html><html><body>",
    }.items():
        yield KnownLoss(name, notice(before_closing).encode())


def _truncated(page: bytes, random: Random) -> bytes:
    return page[: random.randrange(len(page) + 1)]


def _shuffled_tags(page: bytes, random: Random) -> bytes:
    pieces = _TAG.split(page)
    tags = pieces[1::2]
    random.shuffle(tags)
    pieces[1::2] = tags
    return b"".join(pieces)


def _dropped_tags(page: bytes, random: Random) -> bytes:
    return _TAG.sub(lambda tag: b"" if random.random() < 0.3 else tag[0], page)


def _nested(page: bytes, random: Random) -> bytes:
    tag, depth = random.choice(_NESTABLE), random.choice((300, 5000))
    return _inserted(page, random, f"<{tag}>".encode() * depth)


def _random_bytes(_page: bytes, random: Random) -> bytes:
    return random.randbytes(random.randrange(4096))


def _noise_inside(page: bytes, random: Random) -> bytes:
    return _inserted(page, random, random.randbytes(random.randrange(1, 512)))


def _flipped_bytes(page: bytes, random: Random) -> bytes:
    flipped = bytearray(page)
    for _ in range(min(len(page), random.randrange(1, 200))):
        flipped[random.randrange(len(page))] = random.randrange(256)
    return bytes(flipped)


def _spliced(page: bytes, random: Random) -> bytes:
    start, end = sorted((random.randrange(len(page) + 1), random.randrange(len(page) + 1)))
    return _inserted(page, random, page[start:end])


def _entity_storm(page: bytes, random: Random) -> bytes:
    forms = (b"&nbsp;", b"&#0;", b"&#xD800;", b"&#x110000;", b"&bogus;", b"&#12288", b"&amp;amp;")
    return _inserted(page, random, b"".join(random.choices(forms, k=random.randrange(5000))))


def _attribute_bomb(page: bytes, random: Random) -> bytes:
    attributes = b"".join(b' a%d="%d"' % (n, n) for n in range(random.randrange(2000)))
    return _inserted(page, random, b"<p" + attributes + b' style="' + b"x:y;" * 5000 + b'">')


def _left_open(page: bytes, random: Random) -> bytes:
    opener = random.choice(
        (b"<!--", b"<script>", b"<style>", b"<textarea>", b"<title>", b"<a href='", b"<![CDATA[",
         b"<plaintext>", b"<svg>", b"<template>", b"<noscript>", b"</html>", b"<?php", b"\0", b"<")
    )  # fmt: skip
    return _inserted(page, random, opener)


def _wrong_charset(page: bytes, random: Random) -> bytes:
    names = ("gb2312", "utf-8", "utf-16", "utf-16le", "big5", "latin-1", "utf-7", "unicode", "x")
    text = page.decode("utf-8", "replace").replace("utf-8", random.choice(names))
    return text.encode(random.choice(names[:6]), "replace")


def _control_characters(page: bytes, random: Random) -> bytes:
    for _ in range(random.randrange(1, 20)):
        control = random.choice("\0\x0b\x1b\x85\u200b\u202e\ufeff")
        page = _inserted(page, random, control.encode())
    return page


MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _truncated,
    _shuffled_tags,
    _dropped_tags,
    _nested,
    _random_bytes,
    _noise_inside,
    _flipped_bytes,
    _spliced,
    _entity_storm,
    _attribute_bomb,
    _left_open,
    _wrong_charset,
    _control_characters,
)


def mutated(seeds: Sequence[bytes], count: int, random: Random) -> Iterator[tuple[str, bytes]]:
    """Yield `count` damaged pages with the names of what was done: one to three mutations each."""
    for number in range(count):
        page = random.choice(seeds)
        chosen = [MUTATIONS[number % len(MUTATIONS)]]
        chosen += random.choices(MUTATIONS, k=random.randrange(3))
        for mutate in chosen:
            page = mutate(page, random) if page else page
        yield " + ".join(mutate.__name__.strip("_") for mutate in chosen), page


def _inserted(page: bytes, random: Random, piece: bytes) -> bytes:
    at = random.randrange(len(page) + 1)
    return page[:at] + piece + page[at:]
