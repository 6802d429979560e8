"""Cookies of a portal, by a list of public suffixes that nobody has to fetch."""

from __future__ import annotations

# Writes down what is looked up and connected to, and whether the list is cached.
WATCH = """
import sys

def watch(event, arguments):
    if event == "socket.getaddrinfo" or event == "socket.gethostbyname":
        note(arguments[0])
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        note(arguments[1][0])
    elif event in ("open", "os.mkdir") and "python-tldextract" in str(arguments[0]):
        note("cache")  # in the home folder

def note(host):
    with open("asked", "a") as file:
        print(host, file=file)

sys.addaudithook(watch)
"""


def asked(crawl):
    return {line.strip("'b") for line in (crawl.folder / "asked").read_text().split()}


def test_nothing_but_the_portal_is_asked_for_a_cookie(site, crawl, pages):
    site.portal(3)
    listing = pages.listing(range(1, 4))
    cookies = {"Set-Cookie": "session=1; Domain=127.0.0.1"}
    site.pages["/"] = pages.Reply(listing, headers=cookies)
    site.pages[pages.notice_path(1)] = pages.Reply(
        pages.notice(1), headers={"Set-Cookie": "other=2; Domain=com.cn"}
    )
    crawl.prelude = WATCH
    crawled = crawl(site.url)
    assert (crawled.exit, crawled.portal["new"]) == (0, 3)
    assert asked(crawl) == {"127.0.0.1"}
    sent = {request.path: request.headers["Cookie"] for request in site.requests}
    assert sent[pages.notice_path(3)] == "session=1"


def test_cookies_without_end_do_not_fail_the_pages(site, crawl, pages):
    site.portal(30)

    def page(request):
        if len(request.headers.get("Cookie", "")) > 4096:
            return pages.Reply("too large", 400)
        number = int(request.path.split("/")[-1].removesuffix(".html"))
        cookie = f"c{number}={number:0400}; Path=/"
        return pages.Reply(pages.notice(number), headers={"Set-Cookie": cookie})

    for number in range(1, 31):
        site.pages[pages.notice_path(number)] = page
    assert crawl(site.url).portal["new"] == 30
    notices = [request for request in site.requests if "/info/" in request.path]
    sent = [cookie.split("=") for cookie in notices[-1].headers["Cookie"].split("; ")]
    assert 9 <= len(sent) <= 10
    assert all(len(value) == 400 and name == f"c{int(value)}" for name, value in sent)
    # One request is always made before the answer to the last one.
    assert f"c{notices[-3].path.split('/')[-1].removesuffix('.html')}" in dict(sent)


def test_a_cookie_that_is_too_long_is_not_sent(site, crawl, pages):
    site.portal(2)
    long = {"Set-Cookie": f"long={'x' * 6000}"}
    site.pages["/"] = pages.Reply(pages.listing(range(1, 3)), headers=long)
    assert crawl(site.url).portal["new"] == 2
    assert all("Cookie" not in request.headers for request in site.requests)
