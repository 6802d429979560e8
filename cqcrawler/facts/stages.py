"""How far what a notice tells of has come: the stage of its main event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cqcrawler.facts.first_letters import letters_of
from cqcrawler.facts.model import Field, Stage
from cqcrawler.facts.sentences import Sentence, narrowed, split_sentences
from cqcrawler.facts.vocabulary import WordFinder, any_of, words_of
from cqcrawler.text.headline_tag import without_tags

_FILE = "stages"
_GROUPS = {
    "talks": Stage.TALKS,
    "signed": Stage.SIGNED,
    "started": Stage.STARTED,
    "building": Stage.UNDER_CONSTRUCTION,
    "completed": Stage.COMPLETED,
    "producing": Stage.IN_PRODUCTION,
}
# Longer words that hold those of another stage come first: 主体完工 is building, 达产 production.
_ORDER = ("building", "producing", "started", "completed", "signed", "talks")
_WORD = re.compile(
    f"(?=[{''.join(sorted(letters_of(words_of(_FILE, *_ORDER))))}])"
    f"(?:{'|'.join(f'(?P<{name}>{any_of(_FILE, name)})' for name in _ORDER)})"
)
# A plain pair of letters that every word of a stage holds, for most sentences have none.
_TRIGGERS = WordFinder({"triggers": words_of(_FILE, "triggers")})
_NOT_YET = re.compile(any_of(_FILE, "not_yet"))
_LAST_WORD = 2
_RUNNING = re.compile(rf"{any_of(_FILE, 'running')}\Z")
_MADE = "下线"
_AFTER = re.compile(any_of(_FILE, "after"))
_OF_A_NOUN = re.compile(any_of(_FILE, "of_a_noun"))
_BACKGROUND = re.compile(any_of(_FILE, "background"))
_NO_EVENT = re.compile(any_of(_FILE, "no_event"))
_ROUNDUP = re.compile(any_of(_FILE, "roundup"))
_ASKS = re.compile(any_of(_FILE, "asks"))
_OFFERS = re.compile(any_of(_FILE, "offers"))
_PROFILE = re.compile(any_of(_FILE, "profile"))
_PERFORMANCE = re.compile(any_of(_FILE, "performance"))
_VISIT = re.compile(any_of(_FILE, "visit"))
_OCCASION = re.compile(any_of(_FILE, "occasion"))
_SO_FAR = re.compile(any_of(_FILE, "so_far"))
_GOES_ON = re.compile(any_of(_FILE, "goes_on"))
# 记者：……, 答：……: who speaks, at the beginning of a line.
_SPEAKER = re.compile(r"^(?:记者|主持人|问|答|Q|A)\s?[:：]", re.MULTILINE)
# Lines of a list that goes from place to place: 渝北区：8月5日，……
_OF_A_PLACE = re.compile(r"^[一-鿿]{1,6}[省市区县州](?:[:：]|\d{1,2}月\d)", re.MULTILINE)
_BEGINNING = 1000
_UP_TO_CLAUSE = re.compile(".*[,;:，：；、]", re.DOTALL)
# So many letters of a clause before a word are looked at, and so many sentences for the event:
# what comes later is told beside it.
_LOOK_BACK, _SENTENCES = 40, 4
# In so many sentences a tally may go on.
_TALLY, _ROUNDUP_SENTENCES = 4, 8
# 竣工 directly before 投产 is one event, the later.
_JOINED = 2
_ORDER_OF_EVENTS = list(Stage)
_ONE_CLAUSE_AFTER = re.compile("[,;，；]")
_COUNT = re.compile(r"[\d一二三四五六七八九十百](?:余|多)?[个项宗]")
_COUNTED_BEHIND = re.compile(r"(?:项目)?\d+(?:余|多)?[个项宗家]")
_NEAR = 8


class _Event(NamedTuple):
    """A stage that a sentence asserts; `background` when it tells of earlier times."""

    stage: Stage
    start: int
    stop: int
    background: bool


def read_stage(title: str, body: str) -> Stage | None:
    """Return the stage of the main event: the title's, or that of the first sentence that has one.

    None where there is none, or where several stages stand side by side (签约、开工、投产各若干).
    """
    headline = narrowed(without_tags(title))
    if _ASKS.search(headline):
        return None
    if events := list(_events(headline)):
        return _main(events, headline)
    if _NO_EVENT.search(headline) or _PERFORMANCE.search(headline):
        return None
    if _lines_that_begin(_SPEAKER, body) > 1:
        return None
    sentences = split_sentences(body, Field.BODY)
    if _ROUNDUP.search(headline) or _lines_that_begin(_OF_A_PLACE, body) > 1:
        told = sentences[:_ROUNDUP_SENTENCES]
        return _only([event for each in told for event in _events(each.plain)])
    return _of_body(headline, sentences)


def _lines_that_begin(pattern: re.Pattern[str], body: str) -> int:
    """Return how many of a body's first lines begin with a pattern, if there are several lines."""
    beginning = body[:_BEGINNING]
    return len(pattern.findall(beginning)) if "\n" in beginning else 0


def _of_body(headline: str, sentences: Sequence[Sentence]) -> Stage | None:
    """Return the stage that the first of the sentences tells of that tells of any."""
    first = sentences[0].plain if sentences else ""
    is_visit = bool(_VISIT.search(headline) or _VISIT.search(first))
    for i, sentence in enumerate(sentences[: 1 if _OFFERS.search(headline) else _SENTENCES]):
        events = list(_events(sentence.plain, is_first=i == 0))
        if told := [event for event in events if not event.background]:
            if _is_tally(sentence.plain, told):
                stage = _of_tally(sentences[i : i + _TALLY])
            else:
                stage = _main(told, sentence.plain)
            # What a visit leads to is signed; what else is told behind it is others'.
            return Stage.TALKS if is_visit and i and stage is not Stage.SIGNED else stage
        if i == 0 and (_PROFILE.search(first) or _PERFORMANCE.search(first)):
            return None
    if _GOES_ON.search(first):
        return Stage.UNDER_CONSTRUCTION
    return Stage.TALKS if is_visit else None


def _is_tally(plain: str, events: Sequence[_Event]) -> bool:
    """Whether stages are those of numbers of things over a time, not on one occasion."""
    return not _OCCASION.search(plain) and any(_is_counted(plain, event) for event in events)


def _of_tally(sentences: Sequence[Sentence]) -> Stage | None:
    """Return the stage of a tally: None where its sentences count things of several."""
    first, *others = sentences
    events = list(_events(first.plain))
    told = [event for event in events if not event.background or _counts_behind(first.plain, event)]
    stage = _main(told, first.plain)
    for sentence in others:
        for event in _events(sentence.plain, is_first=False):
            is_other = event.stage is not stage and not event.background
            if is_other and _counts_behind(sentence.plain, event):
                return None
    return stage


def _only(events: Sequence[_Event]) -> Stage | None:
    """Return the stage of events that are told side by side, if they have but one."""
    stages = {event.stage for event in events}
    return stages.pop() if len(stages) == 1 else None


def _events(plain: str, *, is_first: bool = True) -> Iterator[_Event]:
    """Yield the stages that a sentence says have come, in order.

    What has come so far (已有6家投产) is news only in the first sentence.
    """
    if not _TRIGGERS.is_in(plain):
        return
    is_background = bool(_BACKGROUND.match(plain.lstrip()))
    for match in _WORD.finditer(plain):
        start, stop = match.span()
        if _AFTER.match(plain, stop) or _OF_A_NOUN.match(plain, stop):
            continue
        begins = max(start - _LOOK_BACK, 0)
        others = _UP_TO_CLAUSE.match(plain, begins, start)
        clause = plain[others.end() if others else begins : start]
        if _NOT_YET.search(clause) or (match[0] == _MADE and _RUNNING.search(clause)):
            continue
        stage = _GROUPS[match.lastgroup or ""]
        # 二期视订单启动: what is between the words of a start says as much.
        if stage is Stage.STARTED and _NOT_YET.search(match[0][:-_LAST_WORD]):
            continue
        is_earlier = (
            is_background
            or bool(_BACKGROUND.search(clause + match[0]))
            or (not is_first and bool(_SO_FAR.search(clause)))
        )
        yield _Event(stage, start, stop, is_earlier)


def _main(events: Sequence[_Event], plain: str) -> Stage | None:
    """Return the one stage of events of a sentence, or None where they stand side by side.

    What is told one after the other, in clauses of their own, has come as far as the last.
    """
    joined = _joined(events)
    if len({event.stage for event in joined}) == 1:
        return joined[0].stage
    first, last = joined[0], joined[-1]
    is_story = _ORDER_OF_EVENTS.index(last.stage) > _ORDER_OF_EVENTS.index(first.stage)
    if is_story and _ONE_CLAUSE_AFTER.search(plain, joined[-2].stop, last.start):
        return None if any(_is_counted(plain, event) for event in joined) else last.stage
    return None


def _is_counted(plain: str, event: _Event) -> bool:
    """Whether a stage is one of a number of things: 签约项目15个, 12个项目开工."""
    around = plain[max(event.start - _NEAR, 0) : event.stop + _NEAR]
    return _COUNT.search(around) is not None


def _counts_behind(plain: str, event: _Event) -> bool:
    """Whether a number of things stands directly behind a stage: 已建成投产74个."""
    return _COUNTED_BEHIND.match(plain, event.stop) is not None


def _joined(events: Sequence[_Event]) -> list[_Event]:
    """建成投产 as 投产: of two stages that stand next to each other, both of an end, the later."""
    kept: list[_Event] = []
    for event in events:
        if (
            kept
            and event.start - kept[-1].stop <= _JOINED
            and kept[-1].stage in (Stage.COMPLETED, Stage.UNDER_CONSTRUCTION)
        ):
            kept.pop()
        kept.append(event)
    return kept
