"""Messages in the reader's language.

Code, archive and JSON say everything in English, where it is said. What a person reads is
translated at the last moment, by a catalogue that recognises the English; so what an archive says
of years ago is translated, too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

ENGLISH, CHINESE = "en", "zh"
# Which of them counts, the first that is set (POSIX, Environment Variables, 8.2).
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
# A locale without a language, for which GNU gettext leaves LANGUAGE aside.
_PLAIN = re.compile(r"(?:C|POSIX)(?:\..*)?")
_END_OF_NAME = re.compile("[-_.@]")


def language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language of the reader's locale that we know: Chinese, or else English."""
    locale = next(filter(None, (environment.get(name) for name in _LOCALE)), "C")
    if _PLAIN.fullmatch(locale):
        return ENGLISH
    for wish in (*environment.get("LANGUAGE", "").split(":"), locale):
        name = _END_OF_NAME.split(wish.lower())[0]
        if name in (ENGLISH, CHINESE):
            return name
    return ENGLISH


def in_brackets(remark: str, to: str) -> str:
    """Return a remark as it stands behind what it is about, in a language."""
    return f"（{remark}）" if to == CHINESE else f" ({remark})"


# Whoever reads English does not wait for the catalogue.


def translate(text: str, to: str) -> str:
    """Return a message in a language; what is no message of ours stays as it is."""
    if to != CHINESE:
        return text
    from cqcrawler.messages.translation import in_chinese

    return in_chinese(text)


def translate_word(word: str, part: str, to: str) -> str:
    """Return a word of a part of `words.toml` in a language, or as it is if it is none of them."""
    if to != CHINESE:
        return word
    from cqcrawler.messages.catalogue import words

    return words()[part].get(word, word)
