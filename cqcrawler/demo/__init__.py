"""The bundled portal: invented notices in unlike layouts, served on loopback, with their gold."""

from cqcrawler.demo.gold import GoldPage, gold
from cqcrawler.demo.portal import NAME, DemoPortal, Request

__all__ = ["NAME", "DemoPortal", "GoldPage", "Request", "gold"]
