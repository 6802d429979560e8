from __future__ import annotations

import pytest

from cqcrawler.reading.labels.label_lines import with_label_lines
from cqcrawler.reading.page.lines import read_lines


def is_label_line(text: str) -> bool:
    return bool(with_label_lines(read_lines(f"<p>{text}</p>")).label_lines)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05 文/《某某观察》记者 张三 李四 王五 赵六 实习记者 钱七 孙八",
        "2024-03-05 本报记者 张三 李四 王五、赵六 通讯员 钱七 孙八 周九",
        "2024年3月5日 图/记者 张三 李四 王五 赵六 钱七 孙八 周九 吴十",
    ],
)
def test_a_day_with_the_names_of_many_writers_is_a_line_of_labels(text: str) -> None:
    assert is_label_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "2024年3月5日 上午 记者 从市里召开的新闻发布会上获悉了今年的全部招商引资安排",
        "2024年3月5日，记者 张三 李四 王五 赵六 钱七 孙八 来到开发区采访在建的项目",
        "2024年3月5日 张三 李四 王五 赵六 钱七 孙八 周九 吴十 郑一 冯二 陈三",
    ],
)
def test_a_day_above_a_report_or_a_list_of_names_is_none(text: str) -> None:
    assert not is_label_line(text)
