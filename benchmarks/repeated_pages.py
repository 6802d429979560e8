"""Invented pages that print lines twice, by mistake or because they belong there twice.

Each says what its body is, so that cleaning can be measured by itself. Everything is drawn from
numbers, so a page can be made again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain
from random import Random

from cqcrawler import read_article
from cqcrawler.demo.compose import notices
from cqcrawler.text.normalize import comparison_key

# A line of its own, the rows of a table, or the items of a list.
Block = str | list[list[str]] | tuple[str, ...]

VARIANTS = 12
_TITLE = "云岭县招商引资工作专题通报"


@dataclass(frozen=True, slots=True)
class TwofoldPage:
    """A page: what it prints, and the lines of its right body."""

    kind: str
    blocks: Sequence[Block]
    body: Sequence[str]

    @property
    def html(self) -> str:
        blocks = "\n".join(map(_markup, self.blocks))
        return (
            f'<html><head><meta charset="utf-8"><title>{_TITLE}</title></head><body>'
            f"<h1>{_TITLE}</h1><p>发布日期：2024-03-05</p><div class='text'>{blocks}</div>"
            "</body></html>"
        )


@dataclass(slots=True)
class Score:
    """What cleaning did to lines that stand twice: took rightly, took wrongly, and left."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    kept: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)


def score_page(page: TwofoldPage) -> Score:
    """Read a page and compare what cleaning took out with what it should have, line by line."""
    article = read_article(page.html)
    printed, body, taken = (
        Counter(map(comparison_key, lines))
        for lines in (
            chain.from_iterable(map(_lines, page.blocks)),
            page.body,
            (line.text for line in article.removed if line not in article.left_out),
        )
    )
    mistakes = printed - body
    wrong, missed = (taken - mistakes).total(), (mistakes - taken).total()
    twice = sum(count - 1 for count in body.values())
    return Score(taken.total() - wrong, wrong, missed, twice - wrong)


def _markup(block: Block) -> str:
    if isinstance(block, str):
        return f"<p>{escape(block)}</p>"
    if isinstance(block, tuple):
        return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in block) + "</ul>"
    rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _lines(block: Block) -> Sequence[str]:
    if isinstance(block, str):
        return [block]
    return block if isinstance(block, tuple) else list(chain.from_iterable(block))


# By mistake: what portals do to a text. Each gives the lines printed and those that are right.

Text = Sequence[str]
Printed = tuple[Text, Text]
_SIGNED = ("云岭县投资促进局", "2024年3月5日")
_NAMES = ("食品", "建材", "轴承", "纺织", "医药", "农机", "家具", "电子")
_PHOTO, _MORE = "（图为签约仪式现场）", "更多消息请关注县投资促进局公众号后续发布。"


def _whole(text: Text, draw: Random) -> Printed:
    return [*text, *text], text


def _three_times(text: Text, draw: Random) -> Printed:
    return [*text, *text, *text], text


def _all_but_lead(text: Text, draw: Random) -> Printed:
    return [*text, *text[1:]], text


def _line_more_in_first(text: Text, draw: Random) -> Printed:
    at = draw.randint(1, len(text) - 1)
    first = [*text[:at], _PHOTO, *text[at:]]
    return [*first, *text], first


def _line_more_in_second(text: Text, draw: Random) -> Printed:
    at = draw.randint(1, len(text) - 1)
    return [*text, *text[:at], _MORE, *text[at:]], [*text, _MORE]


def _line_missing_in_second(text: Text, draw: Random) -> Printed:
    at = draw.randint(1, len(text) - 1)
    return [*text, *text[:at], *text[at + 1 :]], text


def _line_missing_in_first(text: Text, draw: Random) -> Printed:
    at = draw.randint(1, len(text) - 1)
    return [*text[:at], *text[at + 1 :], *text], [*text[:at], *text[at + 1 :], text[at]]


def _line_changed(text: Text, draw: Random) -> Printed:
    at = draw.randint(0, len(text) - 1)
    changed = text[at] + "（更正）"
    return [*text, *text[:at], changed, *text[at + 1 :]], [*text, changed]


def _signature_missing(text: Text, draw: Random) -> Printed:
    first = [*text, "云岭县投资促进局", "2024年3月4日"]
    return [*first, *text], first


def _photo_between(text: Text, draw: Random) -> Printed:
    return [*text, _PHOTO, *text], [*text, _PHOTO]


def _title_between(text: Text, draw: Random) -> Printed:
    return [*text, _TITLE, "发布日期：2024-03-05", *text], text


def _each_twice(text: Text, draw: Random) -> Printed:
    return [line for line in text for _ in range(2)], text


def _one_twice_in_a_row(text: Text, draw: Random) -> Printed:
    at = text.index(max(text, key=len))
    return [*text[: at + 1], *text[at:]], text


def _one_again_at_the_end(text: Text, draw: Random) -> Printed:
    return [*text, max(text[:-1], key=len)], text


def _lead_again(text: Text, draw: Random) -> Printed:
    return [text[0], *text], text


def _last_of_page_again(text: Text, draw: Random) -> Printed:
    """Two pages put together: the last two paragraphs of one open the next."""
    at = min(3, len(text) - 1)
    return [*text[:at], *text[max(at - 2, 0) :]], text


def _summary(text: Text, draw: Random) -> Printed:
    heading = draw.choice(["内容提要", "【摘要】", "导读：", "本文导读", "核心提示", "摘 要"])
    return [heading, text[0], *text], text


def _later_paragraph_as_summary(text: Text, draw: Random) -> Printed:
    return ["导读", max(text[1:], key=len), *text], text


def _summary_cut(text: Text, draw: Random) -> Printed:
    start = text[0][: draw.randint(24, 40)]
    return ["内容提要", start + draw.choice(["…", "……", "..."]), *text], text


def _contacts(text: Text, draw: Random) -> Printed:
    contacts = [
        f"联系人：{draw.choice('张王李赵')}主任",
        f"联系电话：0{draw.randint(100, 999)}-{draw.randint(1000000, 9999999)}",
        "通讯地址：云岭县工业园区创业路一号",
        "电子邮箱：zs@yunling.example.cn",
    ]
    return [*text, *contacts, *contacts], [*text, *contacts]


def _attachments(text: Text, draw: Random) -> Printed:
    first = [*text, "特此公告。", "云岭县投资促进局", "附件：", "1.报名登记表", "2.项目清单"]
    again = [*text, "特此公告。", "附件：", "1.报名登记表", "2.项目清单"]
    return [*first, *again], first


def _block_again_below(text: Text, draw: Random) -> Printed:
    return [*text, _PHOTO, *text[1:3]], [*text, _PHOTO]


def _signed_twice(text: Text, draw: Random) -> Printed:
    first = [*text, *_SIGNED]
    return [*first, *text[1:], *_SIGNED], first


def _excerpt_first(text: Text, draw: Random) -> Printed:
    return [text[0], text[2], *text], [text[0], *text[1:]]


def _two_lines_missing(text: Text, draw: Random) -> Printed:
    at = draw.randint(1, len(text) - 2)
    return [*text, *text[:at], *text[at + 2 :]], text


def _short_lines(text: Text, draw: Random) -> Printed:
    short = [f"各乡镇：{draw.choice(_NAMES)}", "请按要求报送材料。", "逾期不再受理。", "特此通知。"]
    short += [f"联系电话：0595-{draw.randint(1000000, 9999999)}", "云岭县投资促进局"]
    return [*short, "2024年3月4日", *short], [*short, "2024年3月4日"]


def _questions_again(text: Text, draw: Random) -> Printed:
    asked = [f"{mark}：{line}" for line in text for mark in ("问", "答")]
    asked = [line[:60] + "？" if line.startswith("问") else line for line in asked]
    return [*asked, *asked[2:]], asked


def _other_width(text: Text, draw: Random) -> Printed:
    wide = str.maketrans("，：；（）", ",:;()")
    return [*text, *(line.translate(wide) for line in text[1:])], text


MISTAKES: dict[str, Callable[[Text, Random], Printed]] = {
    "whole text": _whole,
    "three times": _three_times,
    "all but the lead": _all_but_lead,
    "a line more in the first": _line_more_in_first,
    "a line more in the second": _line_more_in_second,
    "a line missing in the second": _line_missing_in_second,
    "a line missing in the first": _line_missing_in_first,
    "a line changed": _line_changed,
    "signature missing": _signature_missing,
    "a photo between": _photo_between,
    "title between": _title_between,
    "each line twice": _each_twice,
    "one twice in a row": _one_twice_in_a_row,
    "one again at the end": _one_again_at_the_end,
    "the lead again": _lead_again,
    "two pages put together": _last_of_page_again,
    "summary": _summary,
    "a later paragraph as summary": _later_paragraph_as_summary,
    "summary cut short": _summary_cut,
    "contacts": _contacts,
    "attachments": _attachments,
    "other width": _other_width,
    "a block again below": _block_again_below,
    "signed twice": _signed_twice,
    "excerpt first": _excerpt_first,
    "two lines missing": _two_lines_missing,
    "short lines": _short_lines,
    "questions again": _questions_again,
}


# Rightly: what people write twice.

_SAID = (
    "逾期未提交年度投资进度报表且未作书面说明的，按照管理办法扣减相应分值",
    "入驻企业前两年免收租金，第三年减半收取，期满后按市场价格执行。",
    "项目单位应当在每季度首月十日前报送进度，并对数据的真实性负责。",
    "申请材料齐全且符合法定形式的，窗口当场受理，三个工作日内办结。",
    "由县投资促进局牵头，县自然资源局、县生态环境局配合，年底前完成。",
    "具有本科及以上学历，熟悉招商引资政策，能够适应经常出差的工作，有两年以上相关工作经验者优先。",
    "竞得人应当在成交之日起十个工作日内签订合同，并一次性付清成交价款；逾期不签的，保证金不予退还，"
    "并依法承担赔偿责任。",
    "投标人须为在中华人民共和国境内注册的独立法人，具有有效的营业执照和相应的资质，近三年内没有重大"
    "违法记录，未被列入失信被执行人名单，本次招标不接受联合体投标。",
)
_INTRO = "云岭县今年前三季度引进项目四十二个，合同资金超过一百二十亿元，其中亿元以上十五个。"
_HAN, _RINGS = "一二三四五六七八九", "①②③④⑤⑥"

# What a page says of one thing after another: of which, by its number and name, in which words, and
# which of these are the same for all.
Part = Callable[[int, str, Sequence[str]], list[Block]]


def _about(n: int, name: str) -> str:
    """A paragraph of a part's own, and none like another's."""
    return (
        f"{name}园去年新增企业{n + 7}家，检测中心对外开放。",
        f"县里把{name}放在首位，道路已经修通，三万平方米厂房封顶。",
        f"来自沿海的{name}商会两次到访，双方商定派员常驻，合作建设培训基地。",
        f"围绕{name}，主管部门列出清单，逐月调度，欠账都已补齐。",
    )[n]


def _table(said: Sequence[str], names: Sequence[str]) -> list[Block]:
    rows = [[str(n), f"云岭{name}加工园", said[0], "建设中"] for n, name in enumerate(names, 1)]
    return [[["序号", "项目", "事项", "状态"], *rows]]


def _grid(said: Sequence[str], names: Sequence[str]) -> list[Block]:
    rows = ([str(n), f"云岭{name}加工园", said[0]] for n, name in enumerate(names, 1))
    return ["序号", "项目", "事项", *chain(*rows)]


def _contents(said: Sequence[str], names: Sequence[str]) -> list[Block]:
    lines = [
        f"（{_HAN[n]}）支持{name}企业做大做强，加快转型升级步伐" for n, name in enumerate(names)
    ]
    texts = (_about(n, name) for n, name in enumerate(names))
    return ["目录", *lines, *chain(*zip(lines, texts, strict=True))]


WHOLE: dict[str, Callable[[Sequence[str], Sequence[str]], list[Block]]] = {
    "cells of a table": _table,
    "cells without a table": _grid,
    "table of contents": _contents,
}

PARTS: dict[str, Part] = {
    "cells of several tables": lambda n, name, said: [
        f"{name}产业",
        [["事项", "要求"], ["政策", said[0]], ["规模", f"{n + 3}千亩"]],
    ],
    "rows as lines": lambda n, name, said: [f"{name}产业园：云岭{name}有限公司", said[0]],
    "items under numbered ones": lambda n, name, said: [
        f"（{n + 1}）{name}企业提交：",
        *(_RINGS[k] + text for k, text in enumerate(said)),
        *([f"④{name}产品检验报告，原件一份。"] if n % 2 else []),
    ],
    "numbered items under headings": lambda n, name, said: [
        f"{_HAN[n]}、{name}产业",
        *(f"{k}.{text}" for k, text in enumerate(said, 1)),
    ],
    "numbered items between others": lambda n, name, said: [
        f"{_HAN[n]}、{name}产业",
        f"1.{_about(n, name)}",
        *(f"{k}.{text}" for k, text in enumerate(said, 2)),
        f"5.{name}企业另须提供产品检验报告，原件一份。",
    ],
    "numbered items under bare headings": lambda n, name, said: [
        f"{name}企业",
        *(f"（{_HAN[k]}）{text}" for k, text in enumerate(said)),
    ],
    "numbered items under sentences": lambda n, name, said: [
        _about(n, name),
        *(f"{k}.{text}" for k, text in enumerate(said, 1)),
    ],
    "items under a colon": lambda n, name, said: [f"对于{name}企业，要求如下：", *said],
    "bullets": lambda n, name, said: [f"{name}类", *(f"● {text}" for text in said)],
    "sentence under numbered headings": lambda n, name, said: [f"{n + 1}.{name}园区", said[0]],
    "sentence under bare headings": lambda n, name, said: [f"{name}园区", said[0]],
    "sentence at the end of parts": lambda n, name, said: [
        f"{name}园区",
        _about(n, name),
        said[0],
    ],
    "items of lists": lambda n, name, said: [f"{name}产业", (*said, f"{name}类企业优先")],
    "parts in parts": lambda n, name, said: [
        f"{_HAN[n]}、{name}园",
        "（一）位置",
        _about(n, name),
        "（二）政策",
        *said,
    ],
    "numbered parts in parts": lambda n, name, said: [
        f"{_HAN[n]}、{name}园",
        f"1.位置。{_about(n, name)}",
        "2.政策",
        *(f"（{k}）{text}" for k, text in enumerate(said, 1)),
    ],
    "articles of a law": lambda n, name, said: [
        f"第{_HAN[n]}条 {name}企业应当按照本办法的规定申报，由主管部门审核。",
        said[0],
        f"（一）{name}产品目录，应当附有检验报告；",
        "（二）项目备案证明原件，以及加盖公章的复印件；",
    ],
    "articles far apart": lambda n, name, said: [
        f"第{_HAN[2 * n]}条 {_about(n, name)}",
        *([f"前款所称{name}企业，包括其分支机构。"] if n % 2 else []),
        said[0],
        f"第{_HAN[2 * n + 1]}条 {name}企业的扶持办法另行规定，报县政府批准。",
    ],
    "parties": lambda n, name, said: [
        f"{'甲乙丙丁'[n]}方（盖章）：",
        "法定代表人或者授权代表人（签字）：",
        "联系地址及邮政编码（以营业执照登记的为准）：",
        "签订日期：    年    月    日",
    ],
    "duties of parties": lambda n, name, said: [
        f"{_HAN[n]}、{'甲乙丙丁'[n]}方的权利和义务",
        f"（一）{_about(n, name)}",
        f"（二）{said[0]}",
    ],
    "equal answers": lambda n, name, said: [
        f"问：{name}企业怎样申请补助，要带哪些材料？",
        f"答：{said[0]}",
    ],
    "equal questions": lambda n, name, said: [
        "问：您认为当前县里营商环境最需要改进的是哪一方面，为什么？",
        f"答：{_about(n, name)}",
    ],
    "dialogue": lambda n, name, said: [
        f"{name}企业代表：{_about(n, name)}",
        "主持人：好的，谢谢您的介绍，下面请继续回答网友的提问，大家可以留言。",
    ],
    "letters": lambda n, name, said: [
        f"关于{name}的来信",
        _about(n, name),
        "感谢您对我们工作的关心和支持，如有疑问请致电0595-0001234咨询。",
    ],
    "refrain of a speech": lambda n, name, said: [
        _about(n, name),
        "同志们，让我们携起手来，为建设富裕美丽的新云岭而努力奋斗！",
    ],
    "refrain of a song": lambda n, name, said: [
        f"那一年我们种下了{name}的梦想，",
        "啊，云岭，你的山高水又长，",
        "我们走过一道道山，我们跨过一道道梁，我们唱着歌，",
        "唱响在春风里，唱响在大路上！",
    ],
    "projects": lambda n, name, said: [
        f"项目{_HAN[n]}：云岭{name}加工项目",
        f"建设内容：年产{name}{n + 3}万件",
        said[0],
        "合作方式：独资、合资或者合作，也可以由园区代建厂房，企业租用",
        "联系人：县投资促进局张主任",
    ],
    "tasks": lambda n, name, said: [
        f"（{_HAN[n]}）建设{name}园。",
        _about(n, name),
        "牵头单位是县投资促进局，配合单位是县自然资源局、县生态环境局。",
    ],
    "agenda": lambda n, name, said: [
        f"3月{n + 5}日",
        "上午在县会展中心举行项目推介，下午分组考察园区，晚上自由洽谈。",
    ],
    "jobs": lambda n, name, said: [f"岗位{_HAN[n]}：{name}招商专员（{n + 1}名）", *said],
    "lots of a tender": lambda n, name, said: [
        f"第{_HAN[n]}标段",
        f"采购内容：{name}设备一批",
        *(f"{k}、{text}" for k, text in enumerate(said, 1)),
    ],
    "bare lots of a tender": lambda n, name, said: [f"标段{_HAN[n]}", "投标人资格", *said],
    "sections": lambda n, name, said: [
        f"{_HAN[n]}、{name}园",
        _about(n, name),
        "扶持政策",
        said[0],
        "联系方式",
        f"{name}园管委会办公室",
    ],
    "notices on one page": lambda n, name, said: [
        f"公示{_HAN[n]}：{name}项目",
        f"经评审，拟对云岭{name}有限公司给予补助{n + 3}0万元，现予公示。",
        "任何单位和个人对公示内容有异议的，可以在公示期内以书面形式反映。",
    ],
    "people": lambda n, name, said: [
        f"{'张李王赵'[n]}某，云岭{name}公司总经理",
        "曾获省级劳动模范、五一劳动奖章，现为县政协委员。",
    ],
    "declarations": lambda n, name, said: [
        f"{('申请人', '推荐人', '担保人', '见证人')[n]}承诺",
        "以上情况属实，如有虚假，愿意承担一切法律责任。",
        "签字：",
    ],
    "duties of offices": lambda n, name, said: [
        f"（{_HAN[n]}）{name}股",
        *(f"负责{name}企业的{what}。" for what in ("服务", "统计", "协调", "培训")[: n + 1]),
        "完成局领导交办的其他任务，配合其他股室做好相关工作。",
    ],
    "cases": lambda n, name, said: [
        f"案例{_HAN[n]}",
        f"当事人：云岭{name}公司",
        f"违法事实：{name}产量数据不实",
        "处罚依据：《中华人民共和国统计法》第四十一条第一款第三项，以及《中华人民共和国统计法实施"
        "条例》第四十一条的规定。",
        "处罚机关：县统计局",
    ],
    "notes below tables": lambda n, name, said: [
        f"表{n + 1} {name}产业",
        [["年份", "产值"], ["2022", f"{n + 2}亿元"], ["2023", f"{n + 4}亿元"]],
        "注：本表数据为初步统计数，最终数据以年报为准，单位为万元。",
    ],
}


def all_pages() -> Iterator[TwofoldPage]:
    """All pages, by kind: `VARIANTS` of each."""
    texts = [list(n.paragraphs) for n in notices() if len(n.paragraphs) > 3]
    texts = [text for text in texts if len(set(text)) == len(text)]
    for k, (kind, mistake) in enumerate(MISTAKES.items()):
        for n in range(VARIANTS):
            printed, body = mistake(texts[(k * VARIANTS + n) % len(texts)], Random(n))
            yield TwofoldPage(kind, list(printed), list(body))
    for kind in (*WHOLE, *PARTS):
        for n in range(VARIANTS):
            blocks = _rightly(kind, Random(n))
            yield TwofoldPage(kind, blocks, list(chain.from_iterable(map(_lines, blocks))))


def _rightly(kind: str, draw: Random) -> list[Block]:
    names = draw.sample(_NAMES, draw.randint(2, 4))
    said = draw.sample(_SAID, draw.randint(1, 3))
    if kind in WHOLE:
        parts = [WHOLE[kind](said, names)]
    else:
        parts = [PARTS[kind](n, name, said) for n, name in enumerate(names)]
    return [_INTRO, *chain(*parts), *_SIGNED]


def measure(pages: Iterator[TwofoldPage]) -> dict[str, Score]:
    """Return the scores by kind, and of all of them as `all`."""
    scores: dict[str, Score] = {}
    for page in pages:
        own = score_page(page)
        for kind in (page.kind, "all"):
            score = scores.setdefault(kind, Score())
            score.right += own.right
            score.wrong += own.wrong
            score.missed += own.missed
            score.kept += own.kept
    return scores


def main() -> None:
    """Print what cleaning takes rightly, takes wrongly, misses and keeps, by kind of page."""
    scores = measure(all_pages())
    print(
        "| kind | taken rightly | taken wrongly | missed | kept rightly |\n| --- |" + " --: |" * 4
    )
    for kind, score in scores.items():
        print(f"| {kind} | {score.right} | {score.wrong} | {score.missed} | {score.kept} |")
    print(f"\nprecision {scores['all'].precision:.4f}, recall {scores['all'].recall:.4f}")


if __name__ == "__main__":
    main()
