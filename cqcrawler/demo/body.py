"""The paragraphs of a notice in the forms that real ones take."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from cqcrawler.demo.draw import draw, pick, shuffled
from cqcrawler.demo.resources import material
from cqcrawler.demo.story import Story, lead_of, published_on

# What stands above a list of projects, and before the sum of each.
LISTED, LISTED_SUM = "其中重点推介以下项目：", "总投资："
_MARKERS = (
    ("一、", "二、", "三、", "四、"),
    ("（一）", "（二）", "（三）", "（四）"),
    ("1.", "2.", "3.", "4."),
    ("一是", "二是", "三是", "四是"),
)


def compose_body(story: Story) -> list[str]:
    """Return the paragraphs of a notice: its lead, headed parts, and what its kind adds.

    Notices of one kind take the forms in turn; one in ten is a single sentence or two.
    """
    event, number = story.event, story.number
    lead = story.tell(event["leads"][lead_of(story)])
    turn = number // 8
    if turn % 10 == 9:
        return [lead]
    body = [lead, *_parts(story, turn % 5)]
    if event.get("projects") and turn % 3 == 0:
        body += _projects(story)
    body.append(story.tell(pick(event["closings"], number, "closing")))
    if event.get("contacts") and turn % 2 == 0:
        body += _contacts(story)
    if event.get("signed") and turn % 3 == 1:
        day = published_on(number)
        body += [story.place["office"], f"{day.year}年{day.month}月{day.day}日"]
    return body


def _parts(story: Story, form: int) -> list[str]:
    """Two to four parts: with the heading as a line of its own, in the paragraph, or without."""
    number = story.number
    count = draw(2, 4, number, "parts")
    points = [*story.event["points"], *material("common")["points"]]
    headings = shuffled(points, number, "points")[:count]
    sentences = _sentences(story)
    paragraphs: list[str] = []
    for marker, heading in zip(pick(_MARKERS, number, "marker"), headings, strict=False):
        text = "。".join(islice(sentences, draw(3, 5, number, heading))) + "。"
        if form == 1:
            paragraphs += [marker + heading, text]
        else:
            paragraphs.append(text if form == 2 else f"{marker}{heading}。{text}")
    return paragraphs


def _sentences(story: Story) -> Iterator[str]:
    if story.is_of_all_industries:
        own = [*story.event["sentences"], *story.place["sentences"]]
        return map(story.tell, shuffled(own, story.number, "pool"))
    pool = [
        *shuffled(story.event["sentences"], story.number, "event"),
        *story.industry["sentences"],
        *story.place["sentences"],
        *shuffled(material("common")["sentences"], story.number, "common")[:6],
    ]
    return map(story.tell, shuffled(pool, story.number, "pool"))


def _projects(story: Story) -> list[str]:
    """A list of projects whose short lines rightly recur from one project to the next."""
    contact = pick(material("common")["contacts"], story.number, "contact")
    lines = [LISTED]
    for mark, what in zip("一二三", ("product", "product2", "industry"), strict=True):
        lines += [
            f"项目{mark}：{story.facts[what]}配套项目",
            f"{LISTED_SUM}{draw(2, 40, story.number, mark)}000万元",
            "合作方式：独资、合资",
            f"联系人：{contact}",
        ]
    return lines


def _contacts(story: Story) -> list[str]:
    """Contact lines of the notice itself; local numbers that begin with 0 exist nowhere."""
    common, number = material("common"), story.number
    street = pick(common["streets"], number, "street")
    first, second = shuffled(common["contacts"], number, "contacts")[:2]
    return [
        "联系方式",
        f"联系人：{first}、{second}",
        f"联系电话：0{draw(20, 89, number, 'area')}-0000{draw(1000, 9999, number, 'phone')}",
        f"地址：{street}{draw(1, 199, number, 'street')}号{story.place['office']}三楼",
    ]
