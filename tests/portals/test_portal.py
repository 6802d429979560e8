"""Portal files: what is read from them, and what is refused."""

from __future__ import annotations

import pytest

from cqcrawler.exceptions import PortalError
from cqcrawler.portals import Portal, read_portal, site_of

GOOD = {
    "name": '"cq"',
    "title": '"重庆招商网"',
    "platform": '"generic"',
    "region": '"500000"',
    "start_urls": '["http://CQ.example.cn:80", "https://cq.example.cn/list/"]',
}


def write(folder, **changes):
    path = folder / "cq.toml"
    fields = {key: value for key, value in (GOOD | changes).items() if value}
    path.write_text("\n".join(f"{key} = {value}" for key, value in fields.items()))
    return path


def test_reads_a_portal(tmp_path):
    delay = '{ seconds = 2.5, reason = "throttles bursts" }'
    assert read_portal(write(tmp_path, delay=delay)) == Portal(
        name="cq",
        title="重庆招商网",
        start_urls=("http://cq.example.cn/", "https://cq.example.cn/list/"),
        platform="generic",
        region="500000",
        delay=2.5,
        interval=24.0,
    )


def test_reads_its_bounds(tmp_path):
    portal = read_portal(write(tmp_path, deadline_minutes="90", max_pages="500"))
    assert (portal.deadline, portal.max_pages) == (90, 500)


@pytest.mark.parametrize(("hours", "interval"), [("6", 6.0), ("0.5", 0.5), ("0", 0.0)])
def test_reads_its_interval(tmp_path, hours, interval):
    assert read_portal(write(tmp_path, interval_hours=hours)).interval == interval


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": '"other"'}, "name: is 'other', but the file is called cq.toml"),
        ({"name": '"Big Name"'}, "name: 'Big Name' is not lower-case"),
        ({"name": "7"}, "name: 7 is not lower-case"),
        ({"title": '" "'}, "title: must be a text"),
        ({"platform": '"wordpress"'}, "platform: unknown platform 'wordpress'"),
        ({"platform": "[]"}, "platform: unknown platform"),
        ({"region": '"四川北路"'}, "region: no region is called '四川北路'"),
        ({"region": "500000"}, "region: 500000 is no text: write it in quotes"),
        ({"start_urls": "[]"}, "start_urls: must be a list of at least one URL"),
        ({"start_urls": '"http://a.cn/"'}, "start_urls: must be a list"),
        ({"start_urls": '["ftp://a.cn/"]'}, "start_urls: 'ftp://a.cn/' is no http or https URL"),
        ({"start_urls": '["http://a.cn:port/"]'}, "is no http or https URL"),
        ({"title": ""}, "missing title"),
        ({"start_url": '"x"'}, "unknown key 'start_url' (did you mean 'start_urls'?)"),
        ({"colour": '"x"'}, "unknown key 'colour'"),
        ({"delay": "2"}, 'delay: must be written { seconds = 2.0, reason = "why" }'),
        ({"delay": "{ seconds = 2 }"}, "delay: must be written"),
        ({"delay": '{ seconds = 0, reason = "r" }'}, "delay: wants seconds between"),
        ({"delay": '{ seconds = 2, reason = "" }'}, "and a reason"),
        ({"deadline_minutes": "0"}, "deadline_minutes: 0 is no number of minutes up to 527040"),
        ({"deadline_minutes": "true"}, "deadline_minutes: True is no number"),
        ({"deadline_minutes": "nan"}, "deadline_minutes: nan is no number"),
        ({"max_pages": "0"}, "max_pages: 0 is no number of pages"),
        ({"max_pages": "2.5"}, "max_pages: 2.5 is no number of pages"),
        ({"max_page": "5"}, "unknown key 'max_page' (did you mean 'max_pages'?)"),
        ({"interval_hours": "-1"}, "interval_hours: -1 is no number of hours up to 8784"),
        ({"interval_hours": "nan"}, "interval_hours: nan is no number"),
        ({"interval_hours": "9000"}, "interval_hours: 9000 is no number"),
        ({"interval_hours": "true"}, "interval_hours: True is no number"),
        ({"interval_hours": '"daily"'}, "interval_hours: 'daily' is no number"),
        ({"verified": '"no"'}, "verified: must be true or false"),
        ({"verified": "false"}, "note: say why nobody has reached the portal"),
        ({"verified": "false", "note": '""'}, "note: must be a text"),
        ({"formerly": '"old.cn"'}, 'formerly: must be a list of hosts, such as ["old.example.cn"]'),
        ({"formerly": "[]"}, "formerly: must be a list of hosts"),
        ({"formerly": '["http://old.cn/"]'}, "formerly: 'http://old.cn/' is no host"),
        ({"formerly": '["old.cn/a"]'}, "formerly: 'old.cn/a' is no host"),
        ({"formerly": "[7]"}, "formerly: 7 is no host"),
        ({"formerly": '["CQ.example.cn"]'}, "formerly: CQ.example.cn is where its start_urls are"),
        ({"attachments": '"yes"'}, "attachments: must be true or false"),
        ({"title": "[[["}, "cannot be read as TOML"),
    ],
)
def test_refuses_what_is_wrong_and_names_it(tmp_path, changes, message):
    with pytest.raises(PortalError) as caught:
        read_portal(write(tmp_path, **changes))
    assert message in str(caught.value)
    assert "cq.toml" in str(caught.value)


def test_names_every_fault_of_a_file(tmp_path):
    with pytest.raises(PortalError) as caught:
        read_portal(write(tmp_path, title="", region='"x"', colour='"y"'))
    for message in ("missing title", "no region is called 'x'", "unknown key 'colour'"):
        assert message in str(caught.value)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("http://A.cn/x", "a.cn"),
        ("https://a.cn/", "a.cn"),
        ("http://a.cn:80/", "a.cn"),
        ("http://a.cn:443/", "a.cn:443"),
        ("http://a.cn:8080/", "a.cn:8080"),
        ("http://user@a.cn/", "a.cn"),
        ("http://127.0.0.1:8000/", "127.0.0.1:8000"),
        ("ftp://a.cn/", ""),
        ("a.cn/x", ""),
        ("http://", ""),
        ("http://a.cn:99999999/", ""),
        ("mailto:x@a.cn", ""),
    ],
)
def test_site(url, site):
    assert site_of(url) == site


def test_a_page_is_known_by_its_address_of_today(tmp_path):
    portal = read_portal(write(tmp_path, formerly='["Old.example.cn", "b.cn:8080"]'))
    known = {
        "http://old.example.cn/1.html?b=2&a=1": "http://cq.example.cn/1.html?a=1&b=2",
        "https://old.example.cn/": "http://cq.example.cn/",
        "http://b.cn:8080/list.do#post:n=2": "http://cq.example.cn/list.do#post:n=2",
        "http://b.cn/1.html": "http://b.cn/1.html",
        "https://cq.example.cn/1.html": "https://cq.example.cn/1.html",
    }
    assert {url: portal.address(url) for url in known} == known
    assert portal.sites == {"cq.example.cn"}
    assert "http://b.cn:8080/1.html" in portal.former.before("http://cq.example.cn/1.html")
    assert portal.former.before("http://b.cn/1.html") == set()


def test_what_changes_reading_changes_the_digest(tmp_path):
    plain, moved = (read_portal(write(tmp_path, formerly=hosts)) for hosts in ("", '["old.cn"]'))
    assert plain.digest == ""
    assert moved.digest
