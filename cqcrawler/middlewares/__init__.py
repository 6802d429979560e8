"""Downloader middlewares: staying on the portal, robots.txt, and patience."""

from __future__ import annotations

from cqcrawler.middlewares.patience import PatientRetryMiddleware
from cqcrawler.middlewares.robots import RobotsMiddleware
from cqcrawler.middlewares.sites import SameSiteMiddleware

__all__ = ["PatientRetryMiddleware", "RobotsMiddleware", "SameSiteMiddleware"]
