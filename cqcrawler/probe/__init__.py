"""Looking at a site before it is crawled: what it runs on, how its pages read, what it costs.

At most four requests are sent, by the crawl's own downloader (`cqcrawler.probing`), and a saved
page takes none. Everything here is about what came: no network, no clock.
"""
