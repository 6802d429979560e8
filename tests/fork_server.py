"""The process that `tests.processes` forks all others from.

It has imported what a crawl needs, which takes Python twice as long as a small crawl, and stays
as it was after that: no thread, no event loop, no reactor, no open file. It never reads
`cqcrawler.settings`, which look at the environment when they are imported. Each request forks a
child that takes the environment, the folder and the streams of the request, and then runs a
module or a piece of code as Python's `-m` and `-c` do. Warnings are errors while it imports, and
in the children that have PYTHONWARNINGS=error; other values, and what else Python reads only as
it starts (PYTHONUTF8, PYTHONIOENCODING), have no effect.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import signal
import socket
import struct
import sys
import warnings
from importlib import import_module

OURS = (
    "cqcrawler.archive.articles.projects",
    "cqcrawler.archive.articles.stories",
    "cqcrawler.archive.file.schema",  # and sqlite-utils, which whoever writes loads when it does
    "cqcrawler.commands.crawl",
    "cqcrawler.crawling",
    "cqcrawler.extensions",
    "cqcrawler.middlewares",
    "cqcrawler.pipelines",
    "cqcrawler.resolver",
    "cqcrawler.scheduler",
    "cqcrawler.spider_loader",
)
SCRAPYS = (
    "scrapy.cmdline",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.logformatter",
    "scrapy.resolver",
    "scrapy.statscollectors",
    "scrapy.utils.engine",
)
COMPONENTS = ("DOWNLOADER_MIDDLEWARES_BASE", "SPIDER_MIDDLEWARES_BASE", "EXTENSIONS_BASE")


def preload() -> None:
    """Import what a crawl needs, and have it read its data."""
    for name in (*OURS, *SCRAPYS):
        import_module(name)
    from scrapy.settings import Settings

    from cqcrawler import read_article, read_listing
    from cqcrawler.facts.read import read_facts
    from cqcrawler.facts.version import facts_version

    for setting in COMPONENTS:
        for path in Settings()[setting]:
            import_module(path.rpartition(".")[0])
    # Tables of regions and rules, and many patterns, are made when they are first needed.
    read_article("<h1>【渝北区招商】项目签约</h1><p>发布日期:2025-07-07</p><p>三家企业落户。</p>")
    read_listing("<ul><li><a href=1.html>项目签约</a> 2025-07-07</ul>", "http://x.test/")
    stated = "7月2日，渝北区与甲储能有限公司签约，总投资30亿元，年产1万吨，年底投产。"
    read_facts("储能项目签约", stated, published="2025-07-07", region="重庆")
    facts_version()
    assert "cqcrawler.settings" not in sys.modules
    assert "twisted.internet.reactor" not in sys.modules
    gc.freeze()  # What is never looked at again need not be copied into each child.


def serve(control: socket.socket) -> list[str]:
    """Fork for each request; return, in the child, the arguments that it has for Python."""
    reports: dict[int, int] = {}

    def reap(*_: object) -> None:
        for pid in list(reports):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                report = reports.pop(pid)
                os.write(report, struct.pack("i", os.waitstatus_to_exitcode(status)))
                os.close(report)

    signal.signal(signal.SIGCHLD, reap)
    while True:
        message, fds, *_ = socket.recv_fds(control, 1 << 20, 4)
        if not message:
            sys.exit()  # Nobody will ask for more.
        *streams, report = fds
        # A child that ends at once is reaped only after it has been entered.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        pid = os.fork()
        if pid:
            reports[pid] = report
            os.write(report, struct.pack("i", pid))
            for fd in streams:
                os.close(fd)
        else:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for fd in (report, *reports.values()):
                os.close(fd)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        if not pid:
            return become(streams, **json.loads(message))


def become(
    streams: list[int], arguments: list[str], folder: str, environment: dict[str, str]
) -> list[str]:
    """Make this the process that was asked for."""
    for standard, fd in enumerate(streams):
        os.dup2(fd, standard)
        os.close(fd)
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.__stdout__ = _output(1, "strict")
    sys.stderr = sys.__stderr__ = _output(2, "backslashreplace")
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[0] = folder
    if environment.get("PYTHONWARNINGS") != "error":
        sys.warnoptions.remove("error")
        warnings.filters.remove(("error", None, Warning, None, 0))  # type: ignore[attr-defined]
    return arguments


def _output(fd: int, errors: str) -> object:
    by_line = 1 if fd == 2 or os.isatty(fd) else -1
    return open(fd, "w", buffering=by_line, encoding="utf-8", errors=errors, closefd=False)


def main() -> None:
    preload()
    with socket.socket(fileno=int(sys.argv[1])) as control:
        option, what, *rest = serve(control)
    sys.argv = [option, *rest]
    if option == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})


if __name__ == "__main__":
    main()
