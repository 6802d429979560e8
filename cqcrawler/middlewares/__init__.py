"""Downloader middlewares: staying on the portal, robots.txt, whole bodies, patience, raw pages."""

from __future__ import annotations

from cqcrawler.middlewares.addresses import PublicAddressMiddleware
from cqcrawler.middlewares.bodies import BodyMiddleware
from cqcrawler.middlewares.budget import BudgetMiddleware
from cqcrawler.middlewares.capture import CaptureMiddleware
from cqcrawler.middlewares.cookies import CookiesMiddleware
from cqcrawler.middlewares.patience import PatientRetryMiddleware
from cqcrawler.middlewares.redirects import MetaRefreshMiddleware, RedirectMiddleware
from cqcrawler.middlewares.robots import RobotsMiddleware
from cqcrawler.middlewares.sites import SameSiteMiddleware

__all__ = [
    "BodyMiddleware",
    "BudgetMiddleware",
    "CaptureMiddleware",
    "CookiesMiddleware",
    "MetaRefreshMiddleware",
    "PatientRetryMiddleware",
    "PublicAddressMiddleware",
    "RedirectMiddleware",
    "RobotsMiddleware",
    "SameSiteMiddleware",
]
