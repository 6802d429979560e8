"""The date of a row is the one printed for it, not one of what the notice tells."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cqcrawler.reading.listing.row_dates import printed_date

BASE = datetime(2025, 9, 10, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["2025-07-09"], "2025-07-09"),
        (["[2025/7/9 10:30]"], "2025-07-09"),
        (["所属地区:重庆", "发布日期:2025年07月09日 浏览:33"], "2025-07-09"),
        (["截止日期：2026-01-01", "2025-07-09"], "2025-07-09"),
        (["截止日期：", "2026-01-01", "发布日期：", "2025-07-09"], "2025-07-09"),
        (["更新 2025-07-10", "2025-07-09"], "2025-07-10"),
        (["活动", "2025-07-09"], "2025-07-09"),
        (["09", "2025-07"], "2025-07-09"),
        (["07-09", "2025"], "2025-07-09"),
        (["2025", "07/09"], "2025-07-09"),
        (["2025年07月", "09"], "2025-07-09"),
        (["(07-09)"], "2025-07-09"),
        (["3天前"], "2025-09-07"),
        (["2023年5月6日，" + "两地联合主办了产业对接会，" * 5], None),
        (["今天是2025年9月10日 星期三"], None),
        (["1056", "0233621J/2026-00150"], None),
        ([], None),
    ],
)
def test_printed_date(texts: list[str], expected: str | None) -> None:
    assert printed_date(texts, BASE) == expected


def test_dates_without_a_year_need_a_base() -> None:
    assert printed_date(["07-09"], None) is None
