"""The registry: what we ship, what the operator adds, and portals made up from a URL."""

from __future__ import annotations

from pathlib import Path

import pytest

from cqcrawler import portals
from cqcrawler.exceptions import PortalError
from cqcrawler.portals import Portal
from cqcrawler.text import regions

SHIPPED = sorted(path.stem for path in Path(portals.__file__).parent.glob("*.toml"))


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Write portal files of the operator's own."""
    monkeypatch.setenv("CQCRAWLER_PORTALS", str(tmp_path))

    def write(name, url, title="我的"):
        (tmp_path / f"{name}.toml").write_text(
            f'name = "{name}"\ntitle = "{title}"\nplatform = "generic"\nregion = "500000"\n'
            f'start_urls = ["{url}"]\n'
        )

    return write


@pytest.mark.parametrize(
    ("name", "title", "province"),
    [
        ("chongqing", "重庆招商网", "重庆市"),
        ("sc", "四川招商网", "四川省"),
        ("js", "江苏招商网", "江苏省"),
    ],
)
def test_ships_the_010b_family(name, title, province):
    portal = portals.load(name)
    assert (portal.title, portal.start_urls) == (title, (f"http://{name}.010b.com/",))
    place = regions.find(portal.region)
    assert place is not None
    assert place.province == province


def test_what_we_ship_has_no_faults():
    assert portals.problems() == []


def test_what_nobody_here_has_reached_is_never_due_by_itself():
    shipped = [portals.load(name) for name in SHIPPED]
    unreached = [portal for portal in shipped if not portal.verified]
    assert len(unreached) >= 10
    places = [regions.find(portal.region) for portal in unreached]
    assert len({place.province for place in places if place}) >= 10
    for portal in unreached:
        assert (portal.is_enabled, portal.interval) == (False, 0), portal.name
        assert portal.note


def test_the_operators_files_add_and_override(own):
    own("mine", "http://mine.example.cn/")
    own("sc", "http://sc.example.cn/", title="别的")
    assert {portal.name for portal in portals.all_portals()} == {*SHIPPED, "mine"}
    assert portals.load("sc").title == "别的"


def test_a_broken_file_of_another_portal_is_no_obstacle(own, tmp_path):
    (tmp_path / "broken.toml").write_text("[")
    assert portals.load("sc").name == "sc"
    with pytest.raises(PortalError, match="no portal is called 'nowhere'"):
        portals.load("nowhere")


def test_a_folder_that_is_not_there_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setenv("CQCRAWLER_PORTALS", str(tmp_path / "nowhere"))
    with pytest.raises(PortalError, match=r"CQCRAWLER_PORTALS is .*nowhere.*, which is no folder"):
        portals.load("sc")


def test_two_portals_cannot_share_a_site(own):
    own("mine", "https://sc.010b.com/other/")
    assert portals.problems() == ["sc.010b.com: claimed by mine, sc"]


def test_a_url_makes_a_portal_named_after_its_host():
    assert portals.for_urls(["http://Example.cn:8080/list"]) == [
        Portal("example.cn-8080", "example.cn:8080", ("http://example.cn:8080/list",))
    ]


def test_a_url_of_a_registered_portal_is_that_portal():
    (portal,) = portals.for_urls(["http://chongqing.010b.com/info/list"])
    assert (portal.name, portal.region) == ("chongqing", "500000")
    assert portal.start_urls == ("http://chongqing.010b.com/info/list",)


def test_urls_of_one_site_are_one_portal():
    found = portals.for_urls(["http://a.cn/1", "http://b.cn/", "https://a.cn/2", "http://a.cn/1#x"])
    assert [portal.start_urls for portal in found] == [
        ("http://a.cn/1", "https://a.cn/2"),
        ("http://b.cn/",),
    ]


def test_a_page_that_only_others_lead_to_is_no_start() -> None:
    page = "http://a.cn/List.aspx?cid=12#postback:3"
    with pytest.raises(PortalError, match=r"page 3, so begin at http://a\.cn/List\.aspx\?cid=12$"):
        portals.for_urls([page])


def test_an_address_of_a_portal_that_moved_is_one_of_its_own(own, tmp_path):
    own("mine", "http://mine.example.cn/")
    file = tmp_path / "mine.toml"
    file.write_text(file.read_text() + 'formerly = ["old.example.cn"]\n')
    portal = portals.ad_hoc("http://old.example.cn/list/")
    assert (portal.name, portal.start_urls) == ("mine", ("http://mine.example.cn/list/",))
    assert portals.address_of("http://old.example.cn/1.html") == "http://mine.example.cn/1.html"
    assert portals.address_of("http://other.example.cn/1") == "http://other.example.cn/1"
    own("other", "http://old.example.cn/")
    assert portals.problems() == ["old.example.cn: claimed by mine, other"]
