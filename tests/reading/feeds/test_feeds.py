"""Feeds and sitemaps, written as the systems of portals write them."""

from __future__ import annotations

import gzip
import json

import pytest

from cqcrawler import read_listing
from cqcrawler.models import FeedKind, Link, Listing, ListingForm, Page
from cqcrawler.reading.feeds.feeds import is_feed, read_feed
from cqcrawler.reading.feeds.offers import offered_feeds, sitemaps_in
from cqcrawler.reading.page.document import open_page
from cqcrawler.reading.page.ending import BREAKS_OFF

HERE = "http://zs.example.gov.cn/zsdt/rss.xml"
TITLE = "渝北区集成电路项目集中签约"


def read(body: bytes | str, url: str = HERE, content_type: str = "") -> Listing:
    listing = read_feed(open_page(Page(url, body, content_type)))
    assert listing is not None
    return listing


def rss(item: str, *, head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>招商动态</title>'
        f"<link>http://zs.example.gov.cn/</link>{head}<item>{item}</item></channel></rss>"
    )


def row(item: str) -> Link:
    (link,) = read(rss(item)).rows
    return link


RSS_2 = rss(
    f"<title>{TITLE}</title><link>http://zs.example.gov.cn/zsdt/1.html</link>"
    "<pubDate>Wed, 30 Sep 2026 08:00:00 +0800</pubDate>"
    "<description>&lt;p&gt;文&lt;/p&gt;</description>"
)
RSS_091 = f"""<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://n.test/rss-0.91.dtd">
<rss version="0.91"><channel><image><url>http://zs.example.gov.cn/logo.gif</url>
<link>http://zs.example.gov.cn/</link></image>
<item><title>{TITLE}</title><link>/zsdt/1.html</link><pubDate>2026-09-30 08:00</pubDate></item>
</channel></rss>"""
RDF = f"""<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://zs.example.gov.cn/">
<items><rdf:Seq><rdf:li rdf:resource="http://zs.example.gov.cn/zsdt/1.html"/></rdf:Seq></items>
</channel><item rdf:about="http://zs.example.gov.cn/zsdt/1.html"><title>{TITLE}</title>
<dc:date>2026-09-30T00:00:00Z</dc:date></item></rdf:RDF>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://zs.example.gov.cn/">
<title>招商动态</title>
<link rel="self" href="zsdt/atom.xml"/><link rel="next" href="zsdt/atom2.xml"/>
<entry><title type="html">&lt;b&gt;{TITLE}&lt;/b&gt;</title><id>urn:uuid:1</id>
<link rel="enclosure" href="zsdt/1.pdf"/><link type="application/json" href="zsdt/1.json"/>
<link rel="alternate" type="text/html" href="zsdt/1.html"/><author><name>招商局</name></author>
<published>2026-09-29T16:00:00Z</published><updated>2026-10-02T08:00:00+08:00</updated>
<source><title>别处</title></source></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "next_url": "feed2.json",
        "items": [
            {"id": "1", "url": "/zsdt/1.html", "title": TITLE, "date_published": "2026-09-30"},
            {"id": "2", "title": "没有地址"},
            "3",
        ],
    }
)


@pytest.mark.parametrize(
    "body", [RSS_2, RSS_091, RDF, ATOM, JSON_FEED], ids=["rss2", "rss091", "rdf", "atom", "json"]
)
def test_a_feed_is_a_listing(body):
    listing = read(body.encode())
    assert listing.rows == (Link("http://zs.example.gov.cn/zsdt/1.html", TITLE, "2026-09-30"),)
    assert (listing.feed, listing.form) == (FeedKind.FEED, ListingForm.ANSWER)
    assert (listing.declared_total, listing.beyond) == (None, "")
    assert read_listing(body, HERE) == listing


def test_paged_feeds_lead_on():
    assert read(ATOM).next_urls == ("http://zs.example.gov.cn/zsdt/atom2.xml",)
    assert read(JSON_FEED).next_urls == ("http://zs.example.gov.cn/zsdt/feed2.json",)
    assert read(RSS_2).next_urls == ()


def test_what_was_changed_is_not_what_was_published():
    assert read(ATOM).changed == {"http://zs.example.gov.cn/zsdt/1.html": "2026-10-02T00:00:00Z"}


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("Wed, 30 Sep 2026 08:00:00 GMT", "2026-09-30"),
        ("Wed, 30 Sep 2026 17:00:00 GMT", "2026-10-01"),
        ("星期三, 30 九月 2026 08:00:00 +0800", "2026-09-30"),
        ("周三，30 9月 2026 23:30:00 CST", "2026-09-30"),
        ("30 Sep 26 08:00 +0800", "2026-09-30"),
        ("2026-09-30 08:00", "2026-09-30"),
        ("2026-09-29T16:00:00.000Z", "2026-09-30"),
        ("2026年9月30日", "2026-09-30"),
        ("Wed, 30 Sep 2026", "2026-09-30"),
        ("Wed, 31 Sep 2026 08:00:00 GMT", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("昨天", None),
    ],
)
def test_days_are_those_of_beijing(stated, published):
    assert row(f"<link>/1.html</link><pubDate>{stated}</pubDate>").published == published


@pytest.mark.parametrize(
    ("title", "reads"),
    [
        ("<![CDATA[<b>渝北区</b>&nbsp;签约]]>", "渝北区 签约"),
        ("渝北区&nbsp;签约&amp;nbsp;落地", "渝北区 签约 落地"),
        ("&lt;font color=red&gt;渝北区&lt;/font&gt;签约", "渝北区签约"),
        ("A&B <b>签约</b>\x0b", "A&B 签约"),
        ("&#28189;北区 &undefined; 签约", "渝北区 &undefined; 签约"),
    ],
)
def test_titles_are_read_as_they_show(title, reads):
    assert row(f"<title>{title}</title><link>/1.html</link>").title == reads


@pytest.mark.parametrize(
    "link",
    [
        "<link>/info.jsp?id=1&cid=2</link>",
        "<link>/info.jsp?id=1&amp;amp;cid=2</link>",
        "<link><![CDATA[ /info.jsp?id=1&cid=2 ]]></link>",
        "<atom:link href='/info.jsp?id=1&amp;cid=2'/>",
        "<link>javascript:void(0)</link><guid>http://zs.example.gov.cn/info.jsp?id=1&amp;cid=2</guid>",
    ],
)
def test_links_are_read_however_they_are_written(link):
    assert row(link).url == "http://zs.example.gov.cn/info.jsp?id=1&cid=2"


def test_what_is_no_address_leads_nowhere():
    assert read(rss("<title>无</title><guid isPermaLink='false'>http://x.test/1</guid>")).rows == ()


@pytest.mark.parametrize(
    "body",
    [
        RSS_2.encode("gb18030"),  # declared as UTF-8
        RSS_2.replace("UTF-8", "GB2312").encode("gb18030"),
        RSS_2.replace("UTF-8", "UTF-16").encode("utf-16"),
        b"\xef\xbb\xbf\r\n" + RSS_2.encode(),
        b"<br />\n<b>Warning</b>: date() in /www/rss.php on line 3<br />" + RSS_2.encode(),
        gzip.compress(RSS_2.encode()),
        RSS_2.replace("</item>", "").encode(),
        RSS_2.replace("<title>", "<media:title>图</media:title><x a=1 b><title>").encode(),
    ],
)
def test_feeds_are_read_leniently(body):
    assert [link.title for link in read(body).rows] == [TITLE]


def test_one_broken_entry_costs_no_other():
    broken = "<title>坏<</title><link>/0.html</link><description><br><img src=a></description>"
    text = RSS_2.replace("<item>", f"<item>{broken}</item><item>", 1)
    assert read(text).rows[-1].title == TITLE


def test_a_feed_that_breaks_off_gives_whole_entries_and_says_so():
    cut = read(RSS_2.replace("</item></channel></rss>", "</item><item><link>http://zs.example.g"))
    assert (len(cut.rows), cut.beyond) == (1, BREAKS_OFF)


@pytest.mark.parametrize(
    "body",
    [
        f"<html><head><title>{TITLE}</title></head><body><pre><rss></rss></pre></body></html>",
        "<!DOCTYPE html><html><body>404</body></html>",
        '{"items": [{"url": "/1.html"}]}',
        "<?xml version='1.0'?><datastore><recordset/></datastore>",
        "见 http://zs.example.gov.cn/1.html",
        "",
    ],
)
def test_anything_else_is_no_feed(body):
    document = open_page(Page(HERE, body))
    assert read_feed(document) is None
    assert not is_feed(document)


SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>http://zs.example.gov.cn/</loc><changefreq>daily</changefreq></url>
<url><loc> http://zs.example.gov.cn/info.jsp?id=1&amp;c=2 </loc><lastmod>2026-09-30</lastmod></url>
<url><loc>/info/2.html</loc><lastmod>2026-09-30T08:00:00+08:00</lastmod>
 <news:news><news:publication><news:name>渝北招商</news:name></news:publication>
 <news:publication_date>2026-09-29T20:00:00Z</news:publication_date>
 <news:title>渝北区&amp;两江新区签约</news:title></news:news></url></urlset>"""


def test_a_sitemap_is_a_listing_of_addresses():
    listing = read(SITEMAP, "http://zs.example.gov.cn/sitemap.xml")
    assert listing.rows == (
        Link("http://zs.example.gov.cn/"),
        Link("http://zs.example.gov.cn/info.jsp?id=1&c=2"),
        Link("http://zs.example.gov.cn/info/2.html", "渝北区&两江新区签约", "2026-09-30"),
    )
    assert listing.feed is FeedKind.SITEMAP
    assert listing.changed == {
        "http://zs.example.gov.cn/info.jsp?id=1&c=2": "2026-09-30",
        "http://zs.example.gov.cn/info/2.html": "2026-09-30T00:00:00Z",
    }


def test_an_index_leads_to_its_sitemaps():
    listing = read(
        "<sitemapindex><sitemap><loc>http://zs.example.gov.cn/1.xml.gz</loc>"
        "<lastmod>2026-09-30</lastmod></sitemap></sitemapindex>"
    )
    assert (listing.rows, listing.form) == ((), ListingForm.SHELL)
    assert listing.next_urls == ("http://zs.example.gov.cn/1.xml.gz",)
    assert listing.changed == {"http://zs.example.gov.cn/1.xml.gz": "2026-09-30"}


def test_a_sitemap_may_be_lines_of_addresses():
    listing = read(
        "\ufeffhttp://zs.example.gov.cn/1.html\r\n\r\nhttps://zs.example.gov.cn/2.html\n"
    )
    assert [link.url[-6:] for link in listing.rows] == ["1.html", "2.html"]
    assert listing.feed is FeedKind.SITEMAP


def test_the_day_on_which_a_sitemap_was_made_is_no_change():
    def changed(days: list[int]) -> int:
        urls = "".join(
            f"<url><loc>http://x.test/{n}</loc><lastmod>2026-09-{day:02}</lastmod></url>"
            for n, day in enumerate(days)
        )
        return len(read(f"<urlset>{urls}</urlset>").changed)

    assert changed([1] * 6 + [2] * 4) == 10
    assert changed([1] * 11 + [2] * 4) == 0


def test_no_file_takes_more_than_its_length():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = RSS_2.replace("<rss", f'<!DOCTYPE rss [<!ENTITY l0 "哈">{laughs}]><rss')
    assert read(bomb.replace(TITLE, "&l11;")).rows[0].title == "&l11;"
    outside = RSS_2.replace("<rss", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss')
    assert read(outside.replace(TITLE, "&x;")).rows[0].title == "&x;"
    deep = RSS_2.replace("<description>", "<a>" * 100_000)
    assert [link.title for link in read(deep).rows] == [TITLE]
    open_end = RSS_2.replace("</link>", f"</link>{'<![CDATA[&' * 200_000}")
    assert [link.title for link in read(open_end).rows] == [TITLE]


def test_as_many_addresses_as_a_sitemap_may_have():
    urls = "".join(
        f"<url><loc>http://x.test/{n}.html</loc><changefreq>daily</changefreq><priority>0.5</priority>"
        f"<lastmod>2026-{n % 12 + 1:02}-01</lastmod><!--{'x' * 250}--></url>\n"
        for n in range(50_000)
    )
    listing = read(f"<urlset>{urls}</urlset>")  # of 20 MB
    assert len(listing.rows) == 50_000


def test_where_feeds_and_sitemaps_are_said_to_be():
    page = open_page(
        Page(
            "http://x.test/list/",
            "<html><head>"
            '<link rel="alternate" type="application/rss+xml; charset=utf-8" href="a.xml">'
            '<link rel="alternate" type="application/feed+json" href="/b.json">'
            '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
            '<link rel="alternate" type="text/html" href="/en/"></head></html>',
        )
    )
    assert offered_feeds(page) == ("http://x.test/list/a.xml", "http://x.test/b.json")
    robots = "User-agent: *\nDisallow: /x\nSITEMAP: http://x.test/s.xml # all\nSitemap:/t.xml\n"
    assert sitemaps_in(robots) == ["http://x.test/s.xml"]
