"""The spider of every registered portal can be made, offline."""

from __future__ import annotations

import pytest

from cqcrawler import portals
from cqcrawler.crawling import load_settings
from cqcrawler.portals import Portal
from cqcrawler.spider_loader import PortalLoader
from cqcrawler.spiders import spider_class


@pytest.mark.parametrize("name", sorted(portals.portal_files()))
def test_the_loader_makes_a_spider_for_each_portal(name):
    loader = PortalLoader.from_settings(load_settings({}))
    assert name in loader.list()
    assert loader.load(name).name == name


def test_the_delay_of_a_portal_outranks_ours_and_the_command_line_outranks_both():
    spider = spider_class(Portal("p", "门户", ("http://h/",), delay=7.0))
    for overrides, delay in (({}, 7.0), ({"DOWNLOAD_DELAY": "0.5"}, 0.5)):
        settings = load_settings(overrides)
        spider.update_settings(settings)
        assert settings.getfloat("DOWNLOAD_DELAY") == delay
