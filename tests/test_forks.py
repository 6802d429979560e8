"""Forked processes are like those that `subprocess` starts."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests import processes

LIVES = {
    "an end": "print('重庆'); print('err', file=sys.stderr)",
    "an exit code": "sys.exit(3)",
    "a message": "sys.exit('no')",
    "an error": "raise SystemError",
    "a signal": "os.kill(os.getpid(), 9)",
    "Ctrl-C": "os.kill(os.getpid(), 2)",
    "what is said at the end": "import atexit; atexit.register(print, 'end'); sys.exit(1)",
    "a crowded output": "print('x' * 200_000); print('y' * 200_000, file=sys.stderr)",
    "a full disk": "os.dup2(os.open('/dev/full', 1), 1); print('x' * 99)",
    "its surroundings": "print(os.getcwd(), sorted(os.environ), sys.argv, sys.stdin.read())",
    "modules beside it": "import beside; print(beside.__file__)",
    "open files": "print(os.listdir('/proc/self/fd'))",
    "children": "import subprocess; print(subprocess.run(['sh', '-c', 'exit 7']).returncode)",
    "a warning": "import warnings; warnings.warn('beware', UserWarning)",
    "a deprecation": "import warnings; warnings.warn('beware', DeprecationWarning)",
}


@pytest.mark.parametrize("warnings", ["", "error"])
@pytest.mark.parametrize("life", LIVES)
def test_a_life_is_that_of_a_process(life: str, warnings: str, tmp_path: Path) -> None:
    (tmp_path / "beside.py").touch()
    code = f"import os, sys\n{LIVES[life]}"
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": warnings}
    started = subprocess.run(
        [sys.executable, "-c", code, "an argument"],
        cwd=tmp_path,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
    )
    forked = processes.run("-c", code, "an argument", cwd=tmp_path, env=env)
    assert (forked.returncode, forked.stdout) == (started.returncode, started.stdout)
    # The way to the error is another, its last line is not.
    assert forked.stderr.splitlines()[-1:] == started.stderr.splitlines()[-1:]


def test_a_terminal_is_one() -> None:
    screen, end = pty.openpty()
    code = "import sys; print(sys.stdin.isatty(), sys.stdout.isatty(), sys.stderr.isatty())"
    with processes.start("-c", code, stdout=end, stderr=processes.PIPE):
        assert os.read(screen, 99) == b"False True False\r\n"
    os.close(end)
    os.close(screen)


def test_a_process_is_written_to_and_killed() -> None:
    code = "import sys\nfor line in sys.stdin: print(line, end='', flush=True)"
    process = processes.start("-c", code, stdin=processes.PIPE)
    assert process.stdin
    assert process.stdout
    process.stdin.write("重庆\n")
    process.stdin.flush()
    assert process.stdout.readline() == "重庆\n"
    assert process.poll() is None
    process.kill()
    assert process.communicate() == ("", "")
    assert process.returncode == -9


def test_what_hangs_is_killed() -> None:
    with processes.start("-c", "import time; time.sleep(3600)") as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.communicate(timeout=0.1)
        assert process.wait() == -9


def test_settings_are_read_from_the_environment_of_each(tmp_path: Path) -> None:
    code = "from cqcrawler import settings; print(settings.CQCRAWLER_ARCHIVE)"
    for name in ("a.db", "b.db"):
        env = {**os.environ, "CQCRAWLER_ARCHIVE": name}
        assert processes.run("-c", code, env=env).stdout == f"{name}\n"
