"""Where the CPU of reading goes, by module of the package."""

from __future__ import annotations

import signal
from collections import defaultdict
from time import process_time
from types import FrameType

from benchmarks.corpus import GoldPage
from benchmarks.report import table

INTERVAL = 0.0005
LISTED = 12


def profile(gold: list[GoldPage], passes: int = 5) -> str:
    """Return a table of the modules' shares of the CPU, by samples of the running stack.

    A sample counts for the innermost function of the package, so the time of a C library
    belongs to the one that called it; its weight is the CPU since the sample before, as the
    signal waits for C code to return.
    """
    from cqcrawler import read_article

    bodies = [(page.path.read_bytes(), page.url) for page in gold]
    read_article(*bodies[0])  # the first page compiles the patterns
    sampler = _Sampler()
    signal.signal(signal.SIGPROF, sampler.sample)
    signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
    try:
        for _ in range(passes):
            for body, url in bodies:
                read_article(body, url)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    total = sum(sampler.modules.values())
    heaviest = sorted(sampler.modules.items(), key=lambda item: -item[1])[:LISTED]
    rows = [
        [name, f"{100 * seconds / total:.0f} %", sampler.busiest(name)]
        for name, seconds in heaviest
    ]
    return table(["module", "share of CPU", "busiest function"], rows)


class _Sampler:
    """Adds up seconds by module, and by function within it."""

    def __init__(self) -> None:
        self.modules: defaultdict[str, float] = defaultdict(float)
        self._functions: defaultdict[tuple[str, str], float] = defaultdict(float)
        self._last = process_time()

    def sample(self, _signal: int, frame: FrameType | None) -> None:
        now = process_time()
        seconds, self._last = now - self._last, now
        while frame and not frame.f_globals.get("__name__", "").startswith("cqcrawler."):
            frame = frame.f_back
        if frame:
            module = frame.f_globals["__name__"].removeprefix("cqcrawler.")
            self.modules[module] += seconds
            self._functions[module, frame.f_code.co_name] += seconds

    def busiest(self, module: str) -> str:
        of_module = {name: s for (owner, name), s in self._functions.items() if owner == module}
        return f"`{max(of_module, key=lambda name: of_module[name])}`"
