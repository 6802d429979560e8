"""Seven notices whose sums are easily counted by hand, and an archive of them.

20 亿元 are promised in 渝北 in May 2025, told three times: a copy, and the start in August count no
more. 5 亿元 are promised in 成都 in June, 3 亿美元 in July, and 2 亿元 are spent there in July. One
notice tells of no money.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from cqcrawler.archive import Archive
from cqcrawler.models import Article, PageKind, Place, ReadNotice, Visit

YUBEI = Place("500112", "重庆市", None, "渝北区")
CHENGDU = Place("510100", "四川省", "成都市")
SEEN = datetime(2025, 9, 1, tzinfo=UTC)

_SIGNED = "5月8日，远航储能科技有限公司与渝北区签订投资协议，建设远航储能电池基地，总投资20亿元。"
NOTICES = (
    ("远航储能电池基地签约落户渝北区", YUBEI, "2025-05-10", "渝北招商", _SIGNED),
    ("远航储能电池基地签约落户渝北区", YUBEI, "2025-05-11", "重庆日报", _SIGNED),
    (
        "远航储能电池基地在渝北区开工",
        YUBEI,
        "2025-08-02",
        "渝北招商",
        "8月1日，远航储能科技有限公司投资建设的远航储能电池基地在渝北区开工，总投资20亿元。",
    ),
    (
        "青禾基因单抗药物项目签约成都",
        CHENGDU,
        "2025-06-03",
        "成都招商",
        "6月2日，青禾基因科技有限公司与成都市签约，投资建设单抗药物生产基地，计划总投资5亿元，"
        "从事生物医药研发生产。",
    ),
    (
        "成都市发布招商政策",
        CHENGDU,
        "2025-06-10",
        "成都招商",
        "成都市对生物医药企业给予支持。",
    ),
    (
        "海湾集团物流园项目签约",
        CHENGDU,
        "2025-07-01",
        "成都招商",
        "海湾集团与成都市签约，投资3亿美元建设现代物流园项目。",
    ),
    (
        "松间康养温泉酒店项目加快建设",
        CHENGDU,
        "2025-07-09",
        "成都招商",
        "松间康养集团温泉酒店项目正在建设，截至目前已完成投资2亿元。",
    ),
)


def fill(path: Path) -> None:
    """Make an archive of these notices, numbered from 1 in their order."""
    with Archive(path) as archive:
        run_id = archive.runs.begin("chongqing", scope="full", version="1.0", at=SEEN)
        for number, (title, place, published, source, *paragraphs) in enumerate(NOTICES, 1):
            url = f"http://h/{number}"
            article = Article(
                url,
                title,
                place=place,
                published=published,
                source=source,
                paragraphs=tuple(paragraphs),
            )
            visit = Visit(url, "chongqing", PageKind.NOTICE, SEEN)
            archive.save(ReadNotice(visit, article), run_id)
        archive.index_all()
