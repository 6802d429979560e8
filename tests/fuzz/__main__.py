"""Run one target for long: `python -m tests.fuzz TARGET [--seconds N]`.

Guided by which lines and comparisons an input reaches, by atheris (libFuzzer), which is not among
the requirements: `pip install atheris` has wheels for Linux. What it keeps, and what breaks the
target, is written to `data/fuzz/TARGET`, from where a later run goes on.
"""

from __future__ import annotations

import argparse
import sys
from hashlib import sha1
from pathlib import Path


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.fuzz")
    options.add_argument("target")
    options.add_argument("--seconds", type=int, default=600)
    options.add_argument("--folder", type=Path, default=Path("data/fuzz"))
    given = options.parse_args()
    try:
        import atheris
    except ImportError:
        sys.exit("python -m tests.fuzz wants atheris: pip install atheris")
    with atheris.instrument_imports(include=["cqcrawler"]):
        from tests.fuzz.targets import TARGETS
    if given.target not in TARGETS:
        options.error(f"no target {given.target!r}: it is one of {', '.join(TARGETS)}")
    run, seeds = TARGETS[given.target]
    corpus = given.folder / given.target
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds():
        (corpus / f"seed-{sha1(seed).hexdigest()}").write_bytes(seed)
    libfuzzer = ["-max_len=20000", "-timeout=60", f"-max_total_time={given.seconds}"]
    atheris.Setup([sys.argv[0], *libfuzzer, f"-artifact_prefix={corpus}/", str(corpus)], run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
