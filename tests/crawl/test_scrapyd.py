"""A real scrapyd on 127.0.0.1: deploy an egg, schedule a portal, look into the archive."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from urllib.error import URLError
from urllib.parse import urlencode

import pytest

from cqcrawler import portals
from cqcrawler.archive import Archive
from tests.processes import PATIENCE, ROOT

pytest.importorskip("scrapyd")

SPIDERS = sorted([*portals.portal_files(), "mine"])


class Scrapyd:
    """Asks the daemon, whose address is `url`."""

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}"

    def get(self, path):
        return self._open(f"{self.url}/{path}")

    def post(self, path, **fields):
        return self._open(f"{self.url}/{path}", urlencode(fields, doseq=True).encode())

    def deploy(self, egg):
        """Send a form as `curl -F` does."""
        parts = {b'name="project"': b"cqcrawler", b'name="version"': b"1"}
        parts[b'name="egg"; filename="cq.egg"'] = egg
        body = b"".join(
            b"--BOUND\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % part
            for part in parts.items()
        )
        headers = {"Content-Type": "multipart/form-data; boundary=BOUND"}
        url = f"{self.url}/addversion.json"
        return self._open(urllib.request.Request(url, body + b"--BOUND--\r\n", headers))

    def _open(self, *request):
        with urllib.request.urlopen(*request, timeout=PATIENCE) as answer:
            return json.load(answer)


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return found


@pytest.fixture
def scrapyd(site, tmp_path):
    """A daemon whose jobs know one portal, and put it into an archive of their own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "scrapyd.conf").write_text(
        f"[scrapyd]\nhttp_port = {port}\npoll_interval = 0.2\nmax_proc = 1\n"
    )
    portals = tmp_path / "portals"
    portals.mkdir()
    (portals / "mine.toml").write_text(
        'name = "mine"\ntitle = "我的"\nplatform = "generic"\nregion = "500000"\n'
        f'start_urls = ["{site.url}/"]\n'
    )
    env = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        "CQCRAWLER_PORTALS": str(portals),
        "CQCRAWLER_ARCHIVE": str(tmp_path / "archive" / "archive.db"),
    }
    with (tmp_path / "scrapyd.log").open("wb") as log:
        command = [sys.executable, "-m", "scrapyd"]
        daemon = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=log, stderr=log)
        client = Scrapyd(port)

        def answers():
            assert daemon.poll() is None, (tmp_path / "scrapyd.log").read_text()
            try:
                return client.get("daemonstatus.json")
            except URLError:
                return None

        try:
            until(answers)
            yield client
        finally:
            daemon.terminate()
            daemon.wait(PATIENCE)


def test_a_deployed_egg_crawls_into_the_archive(scrapyd, site, tmp_path):
    site.portal(5)
    egg = tmp_path / "dist" / "cqcrawler.egg"
    build = [sys.executable, str(ROOT / "scripts/build_egg.py"), str(egg)]
    subprocess.run(build, check=True, timeout=PATIENCE)
    deployed = scrapyd.deploy(egg.read_bytes())
    assert (deployed["status"], deployed["spiders"]) == ("ok", len(SPIDERS)), deployed
    spiders = scrapyd.get("listspiders.json?project=cqcrawler")["spiders"]
    assert spiders == SPIDERS
    quick = ["DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False"]
    scheduled = scrapyd.post("schedule.json", project="cqcrawler", spider="mine", setting=quick)
    job = scheduled["jobid"]

    def finished():
        jobs = scrapyd.get("listjobs.json?project=cqcrawler")["finished"]
        return [found["id"] for found in jobs] == [job]

    until(finished)
    log = (tmp_path / "logs" / "cqcrawler" / "mine" / f"{job}.log").read_text()
    with Archive(tmp_path / "archive" / "archive.db", must_exist=True) as archive:
        (run,) = archive.runs.latest()
        assert (run.portal, run.outcome, archive.count()) == ("mine", "ok", 5), log
