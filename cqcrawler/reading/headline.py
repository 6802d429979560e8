"""Which line is the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from operator import attrgetter
from typing import NamedTuple

from cqcrawler.reading.blocks import Blocks
from cqcrawler.reading.metadata import Metadata
from cqcrawler.reading.prose import is_sentence
from cqcrawler.text.boilerplate import Scope, line_key, match_line
from cqcrawler.text.normalize import comparison_key

# The weights of the kinds of support; a title tag counts a line's length, as far as this.
_HEADINGS = {"h1": 22.0, "h2": 19.0, "h3": 16.0, "h4": 13.0, "ucaptitle": 22.0}
BESIDE_WEIGHT, _SHORT_WEIGHT, _NAMED_WEIGHT = 15.0, 6.0, 22.0
# Less than this says nothing: the heading of a list of links, the name of a site.
WEAK = 5.0
_FULL_LENGTH, _LEAST_WHOLE = 40.0, 7.0
_LINKED = _SITE = 0.3
_SITE_NAME = re.compile("(?:网|网站|门户|平台|首页)$")
_OWNER_NAME = re.compile(
    "(?:网|网站|门户|平台|首页|政府|信息公开(?:专栏|目录)?|委员会|[局厅院委])$"
)
_HEADLINE_TAG = re.compile("【[^】]{2,12}】")
# What heads a list of other notices or of comments.
_OF_LIST = re.compile(
    "(?:相关|热门|热点|推荐|最新|精[彩选]|猜[您你]|延伸|更多|网友|全部|发表|大家|[为给][您你])"
    "(?:喜欢|推荐|新闻|阅读|文章|资讯|内容|排行|评论|回应|留言|在看|都在看).{0,4}|(?:评论|留言|跟[帖贴]).{0,4}"
)
_PAPER = re.compile("(?:报|报纸|电子版|数字版|网络版|电子报刊|论坛|社区|博客|财经|在线)$")
# Who wrote a text, on a line of its own.
_BY = re.compile("[□■◆◎○●▲△]|本[报刊]|记者|通讯员|作者|文[/／|｜]")
# What heads the answer to a letter, above labels of its own.
_REPLY = re.compile("(?:回复|答复|办理|处理)")
# A shorter heading may be the name of a column.
_HEADING_LENGTH = 8
_PART = 5
_SHORTEST, _LONGEST, _MOST_LINES = 4, 120, 4
_SEPARATOR = re.compile(r"\s*[_|｜]+\s*|\s+[-–—]+\s+|--+|(?<![-–—])[-–—]++(?=[^-–—]{2,20}$)")
# Sentences, labels, breadcrumbs, menus in one line, addresses, subtitles, headings of sections,
# times, numbers of documents, and what has no word in it.
_NO_TITLE = re.compile(
    r"。|[；：:，]$|位置\s*[:：]|首\s?页|[>＞»]|[|｜].*[|｜]|^【?(?:字[体号]|打印|关闭|分享)"
    r"|^(?:[（(]?[一二三四五六七八九十]{1,3}[、)）]|第[一二三四五六七八九十]{1,3}[章节条])"
    r"|^第?\s?\w{1,4}版|^[【\[]?(?:名\s?称|标\s?题)\s?[】\]:：]"
    r"|^(?:https?:|www\.|[—－]|--)|^[\W\d_]*$|^[^\u4e00-\u9fff]*\d{4}[^\u4e00-\u9fff]*$"
    r"|^.{0,6}(?:时间|日期)\s?[:：]"
    r"|[〔\[（(]\d{4}[〕\]）)]\s*第?\d+号$"
)
# So ends the summary of another notice above.
_CUT = ("…", "...")
_FURNITURE, _LONGEST_TOOL = (Scope.LINE, Scope.FOOT), 20
_NAME_LABEL = re.compile(
    r"[【\[]?\s?(?:(?:信息|文件|公文)?名\s*称|(?:信息|文件|信件|来信|留言)?标\s*题)\s?[】\]:：]+\s?"
)
# How far above the labels of a notice its title may stand: tags and a share bar lie between.
_ABOVE = 8
_TAG_LENGTH, _SHORT_TITLE = 7, 12
# A line so few lines above the text is its title if nothing else says which line is.
_CLOSE = 3
# Lists of other notices carry dates too; only the first groups of labels are the notice's own.
_GROUPS = 3
# A headline this many characters above the body counts half. A link between them counts for as
# many more as here: above the menus of a page stands the name of its site.
_GAP = 200.0
_LINK_BETWEEN = 30
# A date and a source may share the line of the title.
_REST = re.compile(r"\s|[（(【\[]|(?:19|20)\d\d(?:[-/.]|年\d\d?月)|来源|发布|时间|日期|作者")
_POSTED = re.compile(r"(?:19|20)\d\d[-/.年]|来源|发布|时间|作者")
_BESIDE_TITLE = 80
# So many links without a sentence between two copies of a title are the menus of the page.
_MENU = 5


class Headline(NamedTuple):
    """A line that may be the title: the blocks `start` to `end` (exclusive) and how well the
    page supports it (`weight`, comparable within a page only)."""

    text: str
    start: int
    end: int
    weight: float
    origin: str


def find_headlines(blocks: Blocks, metadata: Metadata, bylines: Set[int]) -> list[Headline]:
    """Return the lines that may be the title, in page order.

    A line may be the title because the head of the page states it, because it is a heading, or
    because it stands beside lines of labels (`bylines`, their indices). A link is seldom the
    title of the page that it stands on, unless it is a heading and just what the head states.
    """
    candidates: dict[int, Headline] = {}
    headings = [line for line in _heading_lines(blocks, bylines) if line.start not in bylines]
    stated = stated_title(metadata)
    own = {line.start for line in headings if line.text == stated}
    for line in (
        *_beside_bylines(blocks, bylines, {stated, *_SEPARATOR.split(metadata.title_tag)}),
        *headings,
        *_stated_lines(blocks, metadata.title_tag, stated, bylines),
        *_words_before_site(blocks, metadata.title_tag, bylines),
    ):
        # What speaks for a single line of a title of several speaks for all of it.
        known = [candidates.pop(i) for i in range(line.start, line.end) if i in candidates]
        is_link = line.start not in own and blocks.is_link(line.start)
        weight = line.weight * (_LINKED if is_link else 1)
        names = _OWNER_NAME if line.origin == "title tag" else _SITE_NAME
        weight *= _SITE if names.search(line.text) else 1
        weight += sum(other.weight for other in known)
        text = next((h.text for h in known if _goes_on(h, line)), line.text)
        candidates[line.start] = Headline(text, line.start, line.end, weight, line.origin)
    if not stated or _PAPER.search(stated):
        for line in _opening_lines(blocks, bylines):
            candidates.setdefault(line.start, line)
    if not stated or _OWNER_NAME.search(stated) or _PAPER.search(stated):
        for line in (*_named_lines(blocks), *_short_lines(blocks, bylines)):
            rival = candidates.get(line.start, line)
            if rival.text.endswith(line.text):  # but for its label
                candidates[line.start] = line._replace(weight=max(line.weight, rival.weight))
    return _without_bar(blocks, [candidates[start] for start in sorted(candidates)], bylines)


def _without_bar(blocks: Blocks, headlines: list[Headline], bylines: Set[int]) -> list[Headline]:
    """Leave out a title that a bar above the menus of the page shows too, far from its text."""
    last = {headline.text: headline for headline in headlines if _is_labelled(headline, bylines)}
    return [
        headline
        for headline in headlines
        if (copy := last.get(headline.text, headline)).start <= headline.start
        or not _are_menus(blocks, range(headline.end, copy.start))
    ]


def _is_labelled(headline: Headline, bylines: Set[int]) -> bool:
    return any(i in bylines for i in range(headline.end, headline.end + _CLOSE))


def _are_menus(blocks: Blocks, lines: range) -> bool:
    links = sum(map(blocks.is_link, lines))
    return links >= _MENU and not any(is_sentence(blocks.texts[i]) for i in lines)


def _goes_on(heading: Headline, line: Headline) -> bool:
    """Say whether a heading begins like a title that the head states shorter: what follows is
    part of it, unless something parts them, and so is the tag of a place before it."""
    rest = len(line.text)
    if heading.text.endswith(line.text) and _HEADLINE_TAG.fullmatch(heading.text[:-rest]):
        return True
    longer = heading.start == line.start and heading.text.startswith(line.text)
    parts = _REST.match(heading.text, rest) or _SEPARATOR.match(heading.text, rest)
    return longer and rest < len(heading.text) and not parts


def likeliest(headlines: Sequence[Headline]) -> Headline | None:
    """Return the headline with the best support, wherever it stands."""
    return max(headlines, key=attrgetter("weight"), default=None)


def choose_headline(
    blocks: Blocks, headlines: Sequence[Headline], bylines: Set[int], first: int | None
) -> Headline | None:
    """Return the headline with the best support that stands closest above the line `first`.

    Without any support it is the next line above that looks like one.
    """
    texts = blocks.texts
    best, best_score = None, 0.0
    gap, top = 0, first
    for headline in reversed(headlines):
        score = headline.weight
        if top is not None:
            if headline.start >= top:
                continue
            between = range(headline.end, top)
            gap += sum(len(texts[i]) + _LINK_BETWEEN * blocks.is_link(i) for i in between)
            top = min(top, headline.end)
            score /= 1 + gap / _GAP
        if score and score >= best_score:
            best, best_score = headline, score
    if best and best.weight > WEAK:
        return _first_copy(headlines, best)
    return _line_above(blocks, bylines, first or 0) or best


def _line_above(blocks: Blocks, bylines: Set[int], first: int) -> Headline | None:
    for i in range(first - 1, max(first - _CLOSE, 0) - 1, -1):
        if i not in bylines and _may_be_title(blocks, i):
            return Headline(blocks.texts[i], i, i + 1, 0.0, "above text")
    return None


def _first_copy(headlines: Sequence[Headline], best: Headline) -> Headline:
    """Where a title is printed twice, tags and labels stand between the copies."""
    copies = (h for h in headlines if h.text == best.text and 0 <= best.start - h.end < _ABOVE)
    return next(copies, best)


def stated_title(metadata: Metadata) -> str:
    """Return the title that the head states, without the name of the site or its software."""
    for _, title in metadata.values.get("title", ()):
        return title
    parts = _SEPARATOR.split(metadata.title_tag)
    return max(parts, key=lambda part: len(part.encode(errors="replace"))).strip()


def _stated_lines(
    blocks: Blocks, title_tag: str, title: str, bylines: Set[int]
) -> Iterator[Headline]:
    texts = blocks.texts
    head = "\n".join((title_tag, title))
    key = "\n".join(map(comparison_key, (title_tag, title)))
    shortest = min(_SHORTEST, len(title) or _SHORTEST)
    lines = [
        i for i, text in enumerate(texts) if shortest <= len(text) <= _LONGEST and i not in bylines
    ]
    stem = title.rstrip(".…")
    is_cut = stem != title
    found = [i for i in lines if texts[i] in head or (is_cut and texts[i].startswith(stem))]
    if _longest(texts, found) * 2 < len(title):
        found = [i for i in lines if comparison_key(texts[i]) in key]
    title_key = comparison_key(title)
    for i in found:
        text, end = _joined(texts, i, key)
        whole = comparison_key(text) == title_key or (is_cut and text.startswith(stem))
        length = min(len(text), len(title) if is_cut else _LONGEST, _FULL_LENGTH)
        # A long part of what the head states is the title, but for the name of the site.
        part = _PART if len(text) >= _HEADING_LENGTH else 0
        weight = max(length * 1.5, _LEAST_WHOLE) if whole else length + part
        yield Headline(text, i, end, weight, "title tag")
    if _longest(texts, found) * 2 < len(title) >= _SHORTEST:
        for i in blocks.plain:
            if text := _within(texts[i], title, head):
                yield Headline(text, i, i + 1, min(len(text), _FULL_LENGTH), "title tag")


def _words_before_site(blocks: Blocks, title_tag: str, bylines: Set[int]) -> Iterator[Headline]:
    """A title of a word or two, right above labels, that the head states before other names."""
    first = _SEPARATOR.split(title_tag, maxsplit=1)[0].strip()
    if 2 <= len(first) < _SHORTEST:
        for i, text in enumerate(blocks.texts):
            if text == first and not bylines.isdisjoint((i - 1, i + 1, i + 2)):
                yield Headline(text, i, i + 1, BESIDE_WEIGHT, "title tag")


def _within(line: str, title: str, head: str) -> str:
    """Return the title that shares its line with a date or a source, not with a sentence, or else
    nothing."""
    if "。" in line:
        return ""
    if title in line and len(line) <= len(title) + _BESIDE_TITLE:
        return line if _is_cut(line, title) else title
    end = _HEADING_LENGTH
    if line[:end] not in head or len(line) > _LONGEST + _BESIDE_TITLE:
        return ""
    while end < len(line) and line[: end + 1] in head:
        end += 1
    return line[:end].strip() if _REST.match(line, end) else ""


def _is_cut(line: str, title: str) -> bool:
    """Say whether a title goes on in the middle of a word, where the head states but so much."""
    longer = line.startswith(title) and _HEADING_LENGTH <= len(title) < len(line) <= _LONGEST
    parts = _REST.match(line, len(title)) or _SEPARATOR.match(line, len(title))
    return longer and not parts and not _POSTED.search(line, len(title)) and "。" not in line


def _longest(texts: Sequence[str], lines: Sequence[int]) -> int:
    return max((len(texts[i]) for i in lines), default=0)


def _joined(texts: Sequence[str], start: int, key: str) -> tuple[str, int]:
    """Put together a title that a line break cuts in two but the head states in one piece."""
    text, end = texts[start], start + 1
    while end < min(len(texts), start + _MOST_LINES) and 2 <= len(texts[end]) <= _LONGEST:
        longer = f"{text} {texts[end]}"
        if comparison_key(longer) not in key:
            break
        text, end = longer, end + 1
    return text, end


def _heading_lines(blocks: Blocks, bylines: Set[int]) -> Iterator[Headline]:
    for tag, start, end in blocks.headings:
        if end - start <= 3:
            text = " ".join(blocks.texts[start:end])
            if _SHORTEST <= len(text) <= _LONGEST and not _OF_LIST.fullmatch(text):
                weight = _HEADINGS[tag] * min(len(text) / _HEADING_LENGTH, 1)
                is_reply = _REPLY.match(text) is not None
                if len(text) < _HEADING_LENGTH and end in bylines and not is_reply:
                    weight += BESIDE_WEIGHT  # other short lines above labels may be tags
                below = range(end, end + 2)
                if below.stop <= len(blocks.texts) and all(map(blocks.is_link, below)):
                    weight *= _LINKED  # it heads a list of links
                yield Headline(text, start, end, weight, "heading")


def _beside_bylines(blocks: Blocks, bylines: Set[int], stated: Set[str]) -> Iterator[Headline]:
    """The next long line above each group of labels, over tags and tools, or else below it."""
    group_end = -1
    for first, last in _groups(bylines):
        above = _upward(blocks, first, max(first - _ABOVE - 1, group_end, -1))
        group_end = last
        among, below = range(first + 1, last), range(last + 1, min(last + 2, len(blocks.texts)))
        found = False
        for origin, lines in (("above", above), ("among", among), ("below", below)):
            beside = (i for i in lines if i not in bylines and _may_be_title(blocks, i))
            i = next(beside, None)
            # Below a text such a line of labels is its date, and the foot of the page follows.
            if lines is below and (found or _has_stop(blocks, first)):
                continue
            if i is not None:
                i -= _is_subtitle(blocks, i, stated)
                yield Headline(blocks.texts[i], i, i + 1, BESIDE_WEIGHT, f"{origin} labels")
                found = True


def _is_subtitle(blocks: Blocks, line: int, stated: Set[str]) -> bool:
    """Say whether a line is a heading right below a long one of a higher rank, or any line right
    below one that the head states."""
    above = blocks.texts[line - 1] if line else ""
    if not above or _OWNER_NAME.search(above):
        return False
    ranks = {start: tag for tag, start, end in blocks.headings if end == start + 1}
    is_lower = ranks.get(line - 1, "z") < ranks.get(line, "")
    return above in stated or (is_lower and len(above) >= _HEADING_LENGTH)


def _has_stop(blocks: Blocks, line: int) -> bool:
    """Say whether one of the lines right above is a sentence."""
    return any("。" in text for text in blocks.texts[max(line - _CLOSE, 0) : line])


def _upward(blocks: Blocks, first: int, end: int) -> Iterator[int]:
    """The lines from `first` (exclusive) up to `end` (exclusive), as far as the second sentence:
    labels may stand below a short text, but its title is above all of a longer one."""
    sentences = 0
    for i in range(first - 1, end, -1):
        sentences += is_sentence(blocks.texts[i]) and "。" in blocks.texts[i]
        if sentences > 1:
            return
        yield i


def _short_lines(blocks: Blocks, bylines: Set[int]) -> Iterator[Headline]:
    """Short lines right above labels; where nothing else is known they are no mere tags."""
    for first, _ in _groups(bylines):
        text = blocks.texts[first - 1] if first else ""
        if 2 <= len(text) <= _SHORT_TITLE and not blocks.is_link(first - 1):
            yield Headline(text, first - 1, first, _SHORT_WEIGHT, "above labels")


def _opening_lines(blocks: Blocks, bylines: Set[int]) -> Iterator[Headline]:
    """The longest of the lines between links and a text, on the page of a newspaper that states
    but its own name: another may be the name of a column, or of the author."""
    texts = blocks.texts
    for i in blocks.plain:
        if i and blocks.is_link(i - 1):
            opening = range(i, min(i + 1 + _CLOSE, len(texts)))
            first = next((j for j in opening if is_sentence(texts[j])), i)
            lines = [j for j in range(i, first) if j not in bylines and _may_name(texts[j])]
            if best := max(lines, key=lambda j: len(texts[j]), default=None):
                yield Headline(texts[best], best, best + 1, _SHORT_WEIGHT, "above text")


def _may_name(text: str) -> bool:
    return _SHORTEST <= len(text) <= _LONGEST and not (_BY.match(text) or _NO_TITLE.search(text))


def _named_lines(blocks: Blocks) -> Iterator[Headline]:
    """The lines that say again what a table of particulars gives for the name of the document, or
    else the line of that name."""
    texts = blocks.texts
    for i, text in enumerate(texts):
        if label := _NAME_LABEL.match(text):
            at = i if label.end() < len(text) else i + 1
            name = text[label.end() :] if at == i else "".join(texts[at : at + 1])
            if _SHORTEST <= len(name) <= _LONGEST:
                again = name in texts[at + 1 :]
                start = texts.index(name, at + 1) if again else at
                is_sure = again or "题" in label[0]
                weight = _NAMED_WEIGHT if is_sure else _SHORT_WEIGHT
                yield Headline(name, start, start + 1, weight, "named by a label")
            return


def _groups(bylines: Set[int]) -> list[tuple[int, int]]:
    """The first and last line of the first groups of labels; lists of other notices follow."""
    groups: list[tuple[int, int]] = []
    for i in bylines:
        if groups and i - groups[-1][1] <= 2:
            groups[-1] = (groups[-1][0], i)
        else:
            groups.append((i, i))
    return groups[:_GROUPS]


def _may_be_title(blocks: Blocks, i: int) -> bool:
    text = blocks.texts[i]
    linked = blocks.is_link(i) or blocks.linked[i] > _TAG_LENGTH
    if linked or len(text) > _LONGEST or _NO_TITLE.search(text):
        return False
    above = blocks.texts[i - 1] if i else ""
    if "。" in above and not above.endswith(_CUT):
        return False  # it heads a section or signs the text
    words = blocks.spaced.get(i, text).split(" ")
    if max(map(len, words)) <= _TAG_LENGTH and not text.startswith("【"):
        return False
    rule = match_line(line_key(text)) if len(text) <= _LONGEST_TOOL else None
    return rule is None or rule.scope not in _FURNITURE
