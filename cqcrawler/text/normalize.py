"""White space and width: what may change in printed text, and what counts as the same text."""

from __future__ import annotations

import re
import unicodedata

# Zero-width and directional characters, the soft hyphen, the byte order mark and C0 controls
# other than white space: invisible to a reader, so never part of the text.
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]"
)

# Chinese text is printed with either width, and either shape, of these. Those in the first line
# are what Unicode NFKC makes of full-width punctuation; it leaves the others alone.
_PUNCTUATION = dict(
    zip(
        "，：；！？（）“”„‟‘’‚‛《》〈〉【】「」『』〔〕—–―－·•・‧～。、",
        ',:;!?()""""\'\'\'\'<><>[]""""[]----····~.,',
        strict=True,
    )
)
_ANY_PUNCTUATION = re.compile(f"[{''.join(_PUNCTUATION)}]")
# Text of nothing but these needs no NFKC, which is most text and most of the cost.
_UNUSUAL = re.compile("[^\u4e00-\u9fff\x20-\x7e，：；！？（）“”‘’《》【】「」—·。、　]")
_NOT_HAN = re.compile("[^\u4e00-\u9fff]+")


def count_han(text: str) -> int:
    """Return how many characters of `text` are Chinese ones, U+4E00 to U+9FFF."""
    return len(_NOT_HAN.sub("", text))


def strip_invisible(text: str) -> str:
    """Return `text` without the characters that a reader cannot see."""
    # What is printable has none of them, and is far quicker to tell.
    return text if text.isprintable() else _INVISIBLE.sub("", text)


def collapse(text: str) -> str:
    """Return `text` on one line: white space runs become one space, invisible characters go."""
    return " ".join(strip_invisible(text).split())


def comparison_key(text: str) -> str:
    """Return what two copies of the same text share, whatever their spacing, width and case.

    White space goes, full-width forms are folded (Unicode NFKC), punctuation that is printed
    in several widths or shapes becomes one, letters are case-folded.
    """
    if _UNUSUAL.search(text):
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    if not text.isalnum():
        text = _ANY_PUNCTUATION.sub(lambda sign: _PUNCTUATION[sign[0]], text)
        text = "".join(text.split())
    return text.casefold()
