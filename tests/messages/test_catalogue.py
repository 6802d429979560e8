"""The catalogue says all that the code says, nothing else, and says it well."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cache

import click
import pytest

from cqcrawler.commands import main
from cqcrawler.messages.catalogue import (
    HELP,
    HOLE,
    MESSAGES,
    catalogue,
    help_texts,
    is_typed,
    read,
    words,
)
from cqcrawler.models import Outcome
from cqcrawler.site.languages import messages as messages_of_site
from tests.spoken import Message, constants, messages, single_words

# What Click, the system and SQLite say.
OTHERS = "click.toml"
ENTRIES = {
    english: chinese
    for file in MESSAGES
    for part in read(file).values()
    for english, chinese in part.items()
}
# In letters: a text of the code with fewer is to be in the catalogue as it stands.
TELLING = 6


def bare(text: str) -> str:
    """A message with its holes alike."""
    return HOLE.sub("{}", text).strip()


BARE = {bare(english): english for english in ENTRIES}
WORDS = {word for part in words().values() for word in part}


def forms(text: str) -> Iterator[str]:
    """How the catalogue may have a text of the code."""
    text = text.removeprefix("cqcrawler: ")
    yield text.strip()
    # What is filled in is one thing, and may be put together from others or be nothing.
    one = re.sub(r"\{\}(?:: |-|/)?(?=\{\})", "", text.strip())
    yield one
    yield one.removesuffix("{}").removeprefix("{}").strip()
    # What goes before another text.
    yield f"{text.strip()} {{}}"
    yield text.strip("; ")
    # What Click shows in place of a value.
    yield f"({text})"


@cache
def entries_of(text: str) -> frozenset[str]:
    """The entries that say a text of the code, with what may stand where it is filled in."""
    known = {BARE[form] for form in forms(text) if form in BARE}
    if "{}" in text and sum(map(str.isalpha, text)) >= TELLING:
        first, *others = text.strip().split("{}")
        pattern = re.compile(".*".join(map(re.escape, (first, *others))), re.DOTALL)
        longest = max((first, *others), key=len)
        known |= {BARE[form] for form in BARE if longest in form and pattern.fullmatch(form)}
    return frozenset(known)


def is_said(message: Message) -> bool:
    text = message.text.strip()
    if " ".join(text.split()) in help_texts() or text in WORDS or entries_of(message.text):
        return True
    # What is filled in amid a message stands in that.
    is_part = bool(message.within) or message.text.startswith(" ")
    wholes = entries_of(message.within) if message.within else ENTRIES
    return is_part and any(message.text.rstrip() in bare(whole) for whole in wholes)


def commands(command: click.Command, path: str = "cqcrawler") -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, name)


def paragraphs() -> Iterator[str]:
    """What the commands explain of themselves and of their options, each on one line."""
    for command in commands(main):
        for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
            first, *others = paragraph.split("\n")
            yield others[0] if first == "\b" else " ".join(paragraph.split())
        for parameter in command.get_params(click.Context(command)):
            if isinstance(parameter, click.Option):
                yield parameter.help or ""


SPOKEN = messages()
EXPLAINED = {" ".join(text.split()) for text in paragraphs()} - {""}


def test_all_that_the_code_says_is_in_the_catalogue() -> None:
    unsaid = [f"{m.where}: {m.text!r}" for m in SPOKEN if not is_said(m)]
    assert not unsaid, "\n" + "\n".join(unsaid)


def test_all_that_the_catalogue_says_is_in_the_code() -> None:
    """Where it is put together of several texts there, each of them is."""
    said = {entry for message in SPOKEN for entry in entries_of(message.text)}
    others = {english for part in read(OTHERS).values() for english in part}
    code = "\n".join(constants())
    unused = [
        english
        for english in ENTRIES.keys() - said - others
        if not all(literal.strip() in code for literal in HOLE.split(english)[::3])
    ]
    assert not unused, "\n" + "\n".join(sorted(unused))


def test_help_is_in_the_catalogue_and_nothing_else() -> None:
    assert EXPLAINED - help_texts().keys() == set()
    assert help_texts().keys() - EXPLAINED == set()


def test_every_single_word_is_in_the_catalogue() -> None:
    unsaid = {f"{where}: {word}" for word, where in single_words() if word not in catalogue().whole}
    assert unsaid == set()


def test_every_outcome_has_the_word_that_the_site_has() -> None:
    for outcome in Outcome:
        assert words()["outcome"][outcome] == messages_of_site()[f"outcome.{outcome}"]["zh"]


@pytest.mark.parametrize("file", [*MESSAGES, HELP])
def test_no_message_stands_twice(file: str) -> None:
    own = [english for part in read(file).values() for english in part]
    others = [e for each in MESSAGES if each != file for part in read(each).values() for e in part]
    assert len(own) == len({*own})
    assert {*own} & {*others} == set()


def test_both_languages_fill_in_the_same() -> None:
    for english, chinese in ENTRIES.items():
        assert sorted(HOLE.findall(english)) == sorted(HOLE.findall(chinese)), english


CHINESE = [
    *ENTRIES.values(),
    *help_texts().values(),
    *(w for p in words().values() for w in p.values()),
]
HAN = "\u3400-\u9fff"


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (rf"[{HAN}][,;:!?()]|[,;!?()][{HAN}]", "half-width signs beside Chinese"),
        (rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]", "no space between Chinese and Latin"),
        (rf"[{HAN}] [{HAN}]|[，。；：、（）“”] | [，。；：、（）“”]", "space that is not needed"),
        (r"(?<!\])\.\.\.|。。|，，", "signs in a row"),
        (r"您|你", "how nobody is addressed here"),
    ],
)
def test_chinese_is_set_with_care(wrong: str, what: str) -> None:
    found = [text for text in CHINESE if re.search(wrong, text) and not _is_typed(text, wrong)]
    assert not found, f"{what}:\n" + "\n".join(found)


def _is_typed(text: str, wrong: str) -> bool:
    """Whether only amounts and the like are set so, as people type them in Chinese: 10亿."""
    return not re.search(wrong, re.sub(r"\d+(?:亿|万|亿元)|2025H1", "", text))


def test_every_template_is_recognised() -> None:
    """Filled in, each message comes out in Chinese with nothing of its English left."""
    for template in (*catalogue().telling, *catalogue().terse):
        filled = template.english
        for name, kind in template.holes:
            filled = filled.replace(f"{{{name}}}", _example(kind))
        said = _in_chinese(filled)
        for literal in template.literals:
            words_of = re.findall("[a-z]{3,}(?: [a-z]{2,})+", literal)
            left = [each for each in words_of if each in said and each not in template.chinese]
            assert not left, f"{filled}\n{said}"


def _example(kind: str) -> str:
    if kind in words():
        return next(iter(words()[kind]))
    return "7" if kind in ("count", "number") else "某处" if not is_typed(kind) else "甲"


def _in_chinese(text: str) -> str:
    from cqcrawler.messages import translate

    return translate(text, "zh")
