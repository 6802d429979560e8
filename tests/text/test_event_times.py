from __future__ import annotations

import pytest

from cqcrawler.text.event_times import dates_event, day_label, states_event

DAY = "2024年3月15日"


@pytest.mark.parametrize(
    "label",
    [
        "报名时间：",
        "开标时间:",
        "活动日期 ",
        "施行日期：",
        "公示期限：",
        "会期：",
        "有效期至",
        "报名截止：",
        "竞价开始时间：",
        "会 议 时 间：",
        "【展览时间】",
        "1、领取时间：",
        "報名時間：",
        "公示期：自",
        "会议时间定于",
        "递交文件截止时间为",
        "报名截止到",
        "截至",
        "自",
    ],
)
def test_labels_that_date_no_notice(label: str) -> None:
    assert dates_event(label + DAY, len(label))


@pytest.mark.parametrize(
    "label",
    [
        "",
        "时间：",
        "日　期：",
        "发布时间：",
        "发 布 日 期：",
        "挂网时间：",
        "公告日期：",
        "推送时间 ",
        "信息时间：",
        "江城区统计局发布日期：",
        "江城日报 时间：",
        "来信时间：",
        "成文日期：",
        "發佈日期：",
        "我们的时间来源",
        "发布于",
        "上稿时间：",
    ],
)
def test_labels_that_date_a_notice_or_may_do_so(label: str) -> None:
    assert not dates_event(label + DAY, len(label))


@pytest.mark.parametrize(
    "lines",
    [
        (f"时间：{DAY}下午14:30",),
        (f"时间：{DAY}（星期五）上午9时",),
        (f"日期：{DAY}至3月17日",),
        (f"时间：{DAY}9:00—11:30",),
        (f"一、时间：{DAY}",),
        (f"（2）时间：{DAY} 14:30",),
        (f"时间：{DAY} 地点：区政务中心",),
        ("时间：2024-03-15 14:30", "地点：区政务中心"),
        ("主办单位：区投资促进局", "时间：2024-03-15 14:30"),
        (f"时　　间：{DAY}", "地　　点：区政务中心"),
        ("时间", "2024-03-15", "地点", "区政务中心"),
        ("时间：待定",),
        ("时间：3月15日下午2点",),
        ("公告时间：2024-03-11 09:00 至 2024-03-18 17:00",),
        ("公告日期：2024年3月11日至3月18日",),
        (f"报名时间：{DAY}",),
        ("报名时间", "2024-03-15"),
    ],
)
def test_lines_that_say_when_something_happens(lines: tuple[str, ...]) -> None:
    dated = next(i for i, line in enumerate(lines) if day_label(line))
    assert states_event(lines, dated)
    if "时间" in lines:
        assert states_event(lines, dated + 1)


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (("时间", "内容", "2024-03-15", "开幕式", "2024-03-16 09:00", "闭幕式"), [2, 4]),
        (("序号", "日期", "事项", "1", DAY, "开幕式"), [4]),
        (("2024年3月15日（星期五）上午9:30", "地点：区政务中心"), [0]),
        (("发布日期", "来源", "2024-03-15", "区政府办"), []),
        (("时间", "内容", "发布日期", "2024-03-15"), []),
        ((DAY, "江城区投资促进局"), []),
    ],
)
def test_days_in_columns_and_before_hours(lines: tuple[str, ...], days: list[int]) -> None:
    assert [i for i, line in enumerate(lines) if "2024" in line and states_event(lines, i)] == days


@pytest.mark.parametrize(
    "lines",
    [
        ("时间：2024-03-15 14:30",),
        ("日期：2024年3月15日 星期五",),
        ("时间：2024/3/15 下午2:30:10",),
        ("时间：3天前",),
        ("时间：昨天 10:20",),
        ("时间：",),
        ("时间：2024-03-15 10:20 - 128次浏览",),
        ("日期：字号：大 中 小",),
        (f"时间：{DAY}", "江城区现将有关事项通知如下："),
        ("时间：2024-03-15 来源：区政府办", "地点：区政务中心"),
        ("发布时间：2024-03-15", "地点：区政务中心"),
        ("日期", "2024-03-15", "来源", "区政府办"),
        ("截止时间：2024-03-15 发布时间：2024-03-01",),
        ("2024-03-15",),
    ],
)
def test_lines_that_may_date_the_notice(lines: tuple[str, ...]) -> None:
    assert not any(states_event(lines, i) for i in range(len(lines)))
