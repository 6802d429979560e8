"""Every reader that is measured, ours and the peers', behind one call.

A factory imports and sets up; what it returns reads one page. Each peer runs as its own
documentation advises for Chinese pages, and gets its text decoded as well as we know how.
"""
# mypy: disable-error-code="import-not-found,import-untyped"

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

Reader = Callable[[bytes, str], dict[str, Any]]


def cqcrawler() -> Reader:
    from cqcrawler import read_article

    def read(body: bytes, url: str) -> dict[str, Any]:
        article = read_article(body, url)
        return {
            "title": article.title,
            "date": article.published,
            "body": article.body,
            "region": article.region,
            "source": article.source,
            "author": article.author,
        }

    return read


def magic_html() -> Reader:
    from magic_html import GeneralExtractor

    extractor = GeneralExtractor()

    def read(body: bytes, url: str) -> dict[str, Any]:
        found = extractor.extract(_decode(body), base_url=url)
        return {"title": found["title"], "body": _text(found["html"])}

    return read


def readability() -> Reader:
    from readability import Document

    def read(body: bytes, url: str) -> dict[str, Any]:
        document = Document(_decode(body), url=url)
        return {"title": document.short_title(), "body": _text(document.summary())}

    return read


def trafilatura() -> Reader:
    from trafilatura import bare_extraction

    def read(body: bytes, url: str) -> dict[str, Any]:
        found = bare_extraction(
            _decode(body), url=url or None, with_metadata=True, include_comments=False
        )
        if found is None:
            return {}
        return {"title": found.title, "date": found.date, "body": found.text}

    return read


def newspaper4k() -> Reader:
    from newspaper import Article

    def read(body: bytes, url: str) -> dict[str, Any]:
        article = Article(url or "http://localhost/", language="zh", fetch_images=False)
        article.download(input_html=_decode(body))
        article.parse()
        date = article.publish_date
        return {"title": article.title, "date": date and str(date), "body": article.text}

    return read


def gne() -> Reader:
    from gne import GeneralNewsExtractor

    extractor = GeneralNewsExtractor()

    def read(body: bytes, url: str) -> dict[str, Any]:
        found = extractor.extract(_decode(body), host=url)
        return {"title": found["title"], "date": found["publish_time"], "body": found["content"]}

    return read


def goose3() -> Reader:
    from goose3 import Goose
    from goose3.text import StopWordsChinese

    goose = Goose({"stopwords_class": StopWordsChinese})

    def read(body: bytes, url: str) -> dict[str, Any]:
        article = goose.extract(raw_html=_decode(body))
        date = article.publish_date
        return {"title": article.title, "date": date and str(date), "body": article.cleaned_text}

    return read


def resiliparse() -> Reader:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def read(body: bytes, url: str) -> dict[str, Any]:
        tree = HTMLTree.parse(_decode(body))
        return {"title": tree.title, "body": extract_plain_text(tree, main_content=True)}

    return read


def boilerpy3() -> Reader:
    from boilerpy3.extractors import ArticleExtractor

    extractor = ArticleExtractor()

    def read(body: bytes, url: str) -> dict[str, Any]:
        document = extractor.get_doc(_decode(body))
        return {"title": document.title, "body": document.content}

    return read


def htmldate() -> Reader:
    from htmldate import find_date

    def read(body: bytes, url: str) -> dict[str, Any]:
        return {"date": find_date(_decode(body), url=url or None, original_date=True)}

    return read


def defuddle() -> Reader:
    script = Path(__file__).parent / "defuddle" / "read.mjs"

    def read(body: bytes, url: str) -> dict[str, Any]:
        command = ["node", str(script), url]
        answer = subprocess.run(
            command, input=_decode(body).encode(), capture_output=True, check=True, timeout=100
        )
        found = json.loads(answer.stdout)
        return {
            "title": found["title"],
            "date": found["published"],
            "body": _text(found["content"]),
        }

    read(b"<p>", "")  # without Node or the package it cannot be set up
    return read


OURS = "cqcrawler"
# Their CPU is another process's, so that its cost is not measured.
ELSEWHERE = frozenset({"defuddle"})
READERS: dict[str, Callable[[], Reader]] = {
    factory.__name__: factory
    for factory in (
        cqcrawler,
        magic_html,
        readability,
        trafilatura,
        newspaper4k,
        gne,
        goose3,
        resiliparse,
        boilerpy3,
        htmldate,
        defuddle,
    )
}


def _decode(body: bytes) -> str:
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    encoding = detect_encoding(body, from_html_meta=True) or "utf-8"
    return str(bytes_to_str(body, encoding))


def _text(html: str) -> str:
    from lxml.html import document_fromstring

    return str(document_fromstring(html).xpath("string()")) if html and html.strip() else ""
