"""What an answer for a file of a notice comes to."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from cqcrawler.models import Answer, FrontierPage, PageKind, PageResult, ReadFile, Unchanged
from cqcrawler.portals import Portal
from cqcrawler.run.interpret import interpret

AT = datetime(2025, 7, 7, 8, 0, tzinfo=UTC)
PORTAL = Portal("p", "门户", ("http://h/",), region="500000", attachments=True)
URL = "http://h/f/1.pdf"


def read(
    body: bytes | str, media: str = "", status: int = 200, url: str = URL, etag: str | None = None
) -> PageResult:
    page = FrontierPage(URL, PageKind.FILE, etag, None, None, "附件", None)
    plain = body.encode() if isinstance(body, str) else body
    headers = {"content-type": media} if media else {}
    return interpret(Answer(url, status, headers, plain, AT), page, PORTAL)


@pytest.mark.parametrize(
    ("body", "media", "kind"),
    [
        (b"%PDF-1.7", "application/pdf", "application/pdf"),
        (b"%PDF-1.7", "text/html; charset=utf-8", "application/pdf"),
        (b"%PDF-1.7", "", "application/pdf"),
        (b"PK\x03\x04", "application/octet-stream", "application/zip"),
        (b"PK\x03\x04", "application/msword", "application/msword"),
        (b"\x00\x01\x02", "", "application/octet-stream"),
        (b"a,b\n1,2\n", "text/csv", "text/csv"),
        ("<?xml version='1.0'?><a/>", "application/xml", "application/xml"),
    ],
)
def test_a_file_is_what_its_server_or_its_first_bytes_say(
    body: bytes, media: str, kind: str
) -> None:
    result = read(body, media)
    assert isinstance(result, ReadFile)
    plain = body if isinstance(body, bytes) else body.encode()
    assert (result.media_type, result.size) == (kind, len(plain))
    assert result.visit.digest == sha256(plain).hexdigest()


@pytest.mark.parametrize(
    ("answer", "state", "why"),
    [
        (read("<!DOCTYPE html><title>首页</title>"), "rejected", "came in its place: 首页"),
        (read("\ufeff\n<html><title>系统维护</title>", "application/pdf"), "rejected", "系统维护"),
        (read("请先登录后再下载", "text/html"), "rejected", "a page came in its place: http://h/"),
        (read("<html><title>404 Not Found</title></html>"), "gone", "soft 404: 404 Not Found"),
        (read("", "application/pdf"), "rejected", "the answer is empty"),
        (read("<p>gone</p>", "text/html", 404), "gone", "HTTP 404"),
        (read("no", "text/plain", 403), "failed", "blocked: "),
        (read("busy", "text/plain", 500), "failed", "HTTP 500"),
        (read("<title>用户登录</title><input type=password>"), "failed", "blocked: login page"),
        (read("", status=304), "failed", "HTTP 304, which was not asked for"),
    ],
)
def test_what_came_in_place_of_a_file_is_told(answer: PageResult, state: str, why: str) -> None:
    assert (answer.state, answer.visit.kind) == (state, PageKind.FILE)
    assert why in getattr(answer, "error", getattr(answer, "detail", ""))


def test_a_file_may_be_as_it_was() -> None:
    assert isinstance(read("", status=304, etag='"1"'), Unchanged)
