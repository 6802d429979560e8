"""Scrapy settings, each with its reason. `-s NAME=VALUE` overrides any of them."""

from __future__ import annotations

import os

from cqcrawler import __version__

BOT_NAME = "cqcrawler"
SPIDER_LOADER_CLASS = "cqcrawler.spider_loader.PortalLoader"  # Spiders come from portal files.
COMMANDS_MODULE = "cqcrawler.scrapy_commands"  # `scrapy crawl` exits as `cqcrawler crawl` does.
SCHEDULER = "cqcrawler.scheduler.FrontierScheduler"  # Pending pages lie in the archive.

# -- Ours ---------------------------------------------------------------------------------

# Where `scrapy crawl` writes; `cqcrawler crawl --archive` names its own.
CQCRAWLER_ARCHIVE = os.environ.get("CQCRAWLER_ARCHIVE", "data/archive.db")
# How an administrator who finds us in a log reaches the operator: a URL or a mail address.
CQCRAWLER_CONTACT = os.environ.get("CQCRAWLER_CONTACT", "")
# A home page links to everything; this many unknown pages are tried for listings in one run.
CQCRAWLER_MAX_SECTIONS = 200
# The most pages of one run, unless the portal's file says otherwise. A portal this large is
# rare; a calendar that goes on for ever is not.
CQCRAWLER_MAX_PAGES = 100_000
# Of portals whose file says `attachments = true`: the largest file of a notice, in bytes, and the
# most of them in one run. A plan with its maps has a few MB; the first run of a large portal would
# otherwise ask for nothing but files for days.
CQCRAWLER_FILE_MAXSIZE = 20 * 1024 * 1024
CQCRAWLER_MAX_FILES = 1000
# The longest pause that Retry-After gets, in seconds: a server may ask for days.
CQCRAWLER_MAX_RETRY_AFTER = 120
# The longest Crawl-delay, in seconds, that is obeyed; a portal that asks for more is not crawled,
# as a day would bring 700 of its pages at most.
CQCRAWLER_MAX_CRAWL_DELAY = 120
# After so many pages that failed in a row a site gets pauses of 1, 2, 4, ... seconds.
CQCRAWLER_PAUSE_AFTER = 5
CQCRAWLER_MAX_PAUSE = 60  # Long enough for a restart; a longer trouble is for the next run.
# After so many it is not asked again in this run: by then it had some twelve minutes of pauses.
CQCRAWLER_GIVE_UP_AFTER = 20
# True for a portal inside your own network, or behind a VPN that makes up addresses.
CQCRAWLER_PRIVATE_ADDRESSES = False
# A run does not begin, or ends, with less room than this on the disk: what is written in one
# go, such as a copy of the archive, has to fit, and other programs need room too.
CQCRAWLER_LEAST_FREE_MB = 256
# Where to post that a portal is not well any more, or well again; the URL is a secret.
CQCRAWLER_WEBHOOK = os.environ.get("CQCRAWLER_WEBHOOK", "")
CQCRAWLER_WEBHOOK_TEMPLATE = os.environ.get("CQCRAWLER_WEBHOOK_TEMPLATE", "")
# A WARC file that has come to this size is followed by another; tools like them below 1 GB.
CQCRAWLER_WARC_SIZE = 10**9

# -- Manners ------------------------------------------------------------------------------

ROBOTSTXT_OBEY = True  # default False
ROBOTSTXT_USER_AGENT = BOT_NAME  # The name to look for, whatever the contact says.
USER_AGENT = f"{BOT_NAME}/{__version__}" + (f" (+{CQCRAWLER_CONTACT})" if CQCRAWLER_CONTACT else "")
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",  # default en, which some portals answer in English
}
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8: small sites on small machines
DOWNLOAD_DELAY = 1.0  # default 0
AUTOTHROTTLE_ENABLED = True  # default False: slows down with a server that slows down
AUTOTHROTTLE_START_DELAY = 1.0  # default 5: DOWNLOAD_DELAY is slow enough to begin with

# -- Faults -------------------------------------------------------------------------------

DNS_TIMEOUT = 20  # default 60: a name is looked up again with each try
TWISTED_DNS_RESOLVER = "cqcrawler.resolver.Resolver"  # A stop waits for no look-up.
DOWNLOAD_TIMEOUT = 60  # default 180: a page that takes a minute is not coming
# default 1 GB: no page of text is that long. Reading takes some ten times as much memory.
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0  # The maximum is warning enough.
# default 0. Unless the portal's file says otherwise; a run of a day makes the next one late.
CLOSESPIDER_TIMEOUT = 12 * 60 * 60
RETRY_TIMES = 3  # default 2: a server that restarts is away for a few requests
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # default ERROR: the page's error stands in the archive
HTTPERROR_ALLOW_ALL = True  # Errors are results: the spider records them.
METAREFRESH_MAXDELAY = 5  # default 100: pages that reload themselves now and then are no redirects
REDIRECT_MAX_TIMES = 5  # default 20

# -- Components ---------------------------------------------------------------------------

# Portals on one server take turns, and nothing that is under way outlasts the crawl.
DOWNLOAD_HANDLERS = {
    "http": "cqcrawler.downloads.PoliteHandler",
    "https": "cqcrawler.downloads.PoliteHandler",
}
DOWNLOADER_MIDDLEWARES = {
    # Before anything is sent, robots.txt included: redirects must not leave the portal.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "cqcrawler.middlewares.SameSiteMiddleware": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "cqcrawler.middlewares.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "cqcrawler.middlewares.PatientRetryMiddleware": 550,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "cqcrawler.middlewares.MetaRefreshMiddleware": 580,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "cqcrawler.middlewares.RedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "cqcrawler.middlewares.BodyMiddleware": 590,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "cqcrawler.middlewares.CookiesMiddleware": 700,
    # Behind Scrapy's proxy middleware (750): a proxy looks up names itself.
    "cqcrawler.middlewares.PublicAddressMiddleware": 760,
    # The last before the network: the raw archive wants all as it was sent and came.
    "cqcrawler.middlewares.CaptureMiddleware": 1000,
}
ITEM_PIPELINES = {
    "cqcrawler.pipelines.CleaningPipeline": 100,  # what is archived is clean
    "cqcrawler.pipelines.ArchivePipeline": 200,
}
EXTENSIONS = {
    "cqcrawler.extensions.RunRecorder": 0,
    "cqcrawler.extensions.Progress": 0,
    "scrapy.extensions.closespider.CloseSpider": None,
    "cqcrawler.extensions.Deadline": 0,
    # What AUTOTHROTTLE_... says holds for all portals on one server (cqcrawler.run.turns).
    "scrapy.extensions.throttle.AutoThrottle": None,
    "scrapy.extensions.logstats.LogStats": None,  # Progress counts notices, not items.
    # Both let local programs run code in the crawl; nobody needs that here.
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
}

# -- Process ------------------------------------------------------------------------------

CONCURRENT_ITEMS = 1  # default 100: a page gives one item, and each place for one costs a task
LOG_LEVEL = "INFO"  # default DEBUG, which prints every page
LOG_FORMATTER = "cqcrawler.log_file.LogLines"  # Whole pages are in the raw archive.
WARN_ON_GENERATOR_RETURN_VALUE = False  # default True: parses our own source for every page
STATS_DUMP = False  # default True: they are in the archive's `runs`
