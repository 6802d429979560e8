from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcrawler.reading.page.decoding import LARGEST, decode
from cqcrawler.reading.page.encodings import codec_of
from cqcrawler.settings import DOWNLOAD_MAXSIZE

CHINESE = (
    "<html><head><meta charset='{}'></head><p>重庆两江新区招商项目集中签约，总投资超百亿元。</p>"
)


@pytest.mark.parametrize(
    "header", ["", "text/html", "text/html; charset=utf-8", "text/html; charset=ISO-8859-1"]
)
@pytest.mark.parametrize("meta", ["gb2312", "gbk", "utf-8", "no-such-code"])
def test_gb18030_is_read_whatever_is_declared(header: str, meta: str) -> None:
    text = CHINESE.format(meta)
    assert decode(text.encode("gb18030"), header).text == text


@pytest.mark.parametrize("header", ["", "text/html; charset=gbk", "text/html; charset=gb2312"])
@pytest.mark.parametrize("meta", ["gb2312", "utf-8", "hex"])
def test_utf8_is_read_whatever_is_declared(header: str, meta: str) -> None:
    text = CHINESE.format(meta)
    decoded = decode(text.encode(), header)
    assert (decoded.text, decoded.encoding) == (text, "utf-8")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides(mark: bytes, encoding: str) -> None:
    text = CHINESE.format("gbk")
    decoded = decode(mark + text.encode(encoding), "text/html; charset=gbk")
    assert (decoded.text, decoded.encoding, decoded.why) == (text, encoding, "byte order mark")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_shows_in_its_zero_bytes(encoding: str) -> None:
    text = CHINESE.format("utf-16")
    decoded = decode(text.encode(encoding), "text/html; charset=utf-8")
    assert (decoded.text, decoded.encoding) == (text, encoding)


def test_the_declaration_decides_between_encodings_that_both_decode() -> None:
    text = "<p>重慶市政府公告，招商引資說明會將於下週舉行。</p>"
    decoded = decode(text.encode("big5"), "text/html; charset=big5")
    assert (decoded.text, decoded.why) == (text, "header")


def test_stray_bytes_are_counted_in_a_warning() -> None:
    body = "<p>重庆市招商投资局今日发布公告。</p>".encode() * 20 + b"\xff\xfe<p>end</p>"
    decoded = decode(body)
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("重庆市招商投资局") == 20
    assert "could not be decoded as utf-8" in decoded.warnings[0]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("declared", ["utf-8", "gbk", "big5", "no-such-code"])
@pytest.mark.parametrize("header", ["", "text/html; charset=ISO-8859-1"])
def test_stray_bytes_change_nothing_around_them(encoding: str, declared: str, header: str) -> None:
    text = CHINESE.format(declared)
    decoded = decode(text.encode(encoding) + b"\xff" + text.encode(encoding), header)
    assert decoded.text == f"{text}\ufffd{text}"
    assert decoded.warnings == (f"1 bytes or sequences could not be decoded as {encoding}",)


def test_the_declaration_is_named_as_the_reason_in_spite_of_stray_bytes() -> None:
    body = CHINESE.format("gbk").encode("gbk") + b"\xff"
    assert decode(body + b"<p>").why == "meta"


def test_an_include_in_gb2312_is_read_in_a_page_of_utf8() -> None:
    text, foot = CHINESE.format("utf-8"), "<div>重庆市招商投资促进局</div>"
    decoded = decode(text.encode() + foot.encode("gbk") + text.encode())
    assert (decoded.text, decoded.encoding) == (text + foot + text, "utf-8")
    assert decoded.warnings


@pytest.mark.parametrize("hidden", ["<!-- {} -->", "<script>var a = '{}'</script>"])
def test_a_declaration_that_is_none_does_not_mislead(hidden: str) -> None:
    text = hidden.format("<meta charset=gbk>") + CHINESE.format("big5")
    text = text.replace(
        "重庆两江新区招商项目集中签约", "重慶市政府公告，招商引資說明會將於下週舉行"
    )
    text = text.replace("总投资超百亿元", "總投資逾百億元")
    assert decode(text.encode("big5")).text == text


@pytest.mark.parametrize(
    "label", ["x-gbk", "unicode", "utf8mb4", "utf-8;", "gb_2312-80", "gb2312,utf-8", "GBK2312", ""]
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_odd_labels_do_no_harm(label: str, encoding: str) -> None:
    text = CHINESE.format(label)
    assert decode(text.encode(encoding), f"text/html;charset={label}").text == text


@pytest.mark.parametrize(
    "label",
    [
        *("undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "charmap"),
        *("base64", "rot13", "hex", "uu", "zlib", "bz2", "quopri", "utf-7", "utf-8-sig"),
        *("mbcs", "oem", "palmos", "cp037", "hz", "iso2022_kr", "x-user-defined", "replacement"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_only_encodings_of_the_web_are_encodings(label: str, encoding: str) -> None:
    assert codec_of(label) is None
    text = CHINESE.format(label)
    for body in (text.encode(encoding), text.encode(encoding) + b"\xff"):
        decoded = decode(body, f"text/html; charset={label}")
        assert (decoded.text.rstrip("\ufffd"), decoded.encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        (" GB2312 ", "gb18030"),
        ("x-gbk", "gb18030"),
        ("Big5", "big5hkscs"),
        ("ISO-8859-1", "cp1252"),
        ("utf8", "utf-8"),
        ("unicode", "utf-16-le"),
        ("shift_jis", "cp932"),
    ],
)
def test_a_label_means_what_browsers_take_it_for(label: str, codec: str) -> None:
    assert codec_of(label) == codec
    assert "".encode(codec) == b""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_character_cut_at_the_end_changes_nothing_before_it(encoding: str) -> None:
    text = "<p>重庆市招商投资局今日发布公告，多个项目签约。</p>公"
    decoded = decode(text.encode(encoding)[:-1])
    assert (decoded.text, decoded.encoding) == (text[:-1], encoding)


def test_a_short_chinese_text_is_not_taken_for_a_western_one() -> None:
    assert decode("<p>联通</p>".encode("gbk")).text == "<p>联通</p>"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"PK\x03\x04....", "a ZIP archive or Office document"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (bytes(range(256)) * 8, "binary data"),
    ],
)
def test_what_is_no_text_is_named(body: bytes, kind: str) -> None:
    decoded = decode(body)
    assert decoded.text == ""
    assert decoded.warnings == (f"not a text page: {kind}",)


@settings(max_examples=300)
@given(st.binary(max_size=400), st.sampled_from(["", "text/html; charset=gbk", "charset=utf-16"]))
def test_no_bytes_raise(body: bytes, content_type: str) -> None:
    decode(body, content_type)


def test_what_is_read_is_what_a_crawl_takes() -> None:
    assert LARGEST == DOWNLOAD_MAXSIZE
