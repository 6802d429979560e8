"""The proxy of docs/site.md, as it stands there but for names and ports."""

from __future__ import annotations

import base64
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

NGINX = shutil.which("nginx")
OPENSSL = shutil.which("openssl")
DOCS = Path(__file__).parents[2] / "docs/site.md"

pytestmark = pytest.mark.skipif(not (NGINX and OPENSSL), reason="there is no nginx, or no openssl")


def run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def proxy(address: str, tmp_path: Path) -> Iterator[str]:
    key, certificate = tmp_path / "archive.key", tmp_path / "archive.pem"
    made = ("-keyout", key, "-out", certificate, "-subj", "/CN=localhost")
    run(OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *made)
    # nginx may answer as another user.
    tmp_path.chmod(0o755)
    password = run(OPENSSL, "passwd", "-apr1", "secret")
    (tmp_path / "archive.htpasswd").write_text(f"analyst:{password}\n")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (server,) = re.findall(r"```nginx\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    server = server.replace("listen 443", f"listen 127.0.0.1:{port}")
    server = server.replace("http://127.0.0.1:8001", address)
    server = re.sub(r"/etc/(?:ssl|nginx)/", f"{tmp_path}/", server)
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"daemon off; user root; pid {tmp_path}/pid; error_log stderr;\n"
        f"events {{}}\nhttp {{ access_log off; {server} }}\n"
    )
    with subprocess.Popen(
        [NGINX, "-c", config, "-e", "stderr"], stderr=subprocess.DEVNULL
    ) as nginx:
        _wait_for(port, nginx)
        yield f"https://127.0.0.1:{port}/"
        nginx.terminate()


def _wait_for(port: int, nginx: subprocess.Popen[bytes]) -> None:
    while nginx.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail("nginx did not start")


def test_a_password_is_asked_for(proxy: str) -> None:
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trusting)
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        opener.open(proxy)
    refused.value.close()
    assert refused.value.code == 401
    credentials = base64.b64encode(b"analyst:secret").decode()
    opener.addheaders = [("Authorization", f"Basic {credentials}")]
    with opener.open(f"{proxy}search?q=%E5%8C%BB%E8%8D%AF") as answer:
        assert b"<mark>" in answer.read()
    with opener.open(f"{proxy}search.csv") as answer:
        assert answer.read().count(b"\n") > 33
    named = urllib.request.Request(proxy, headers={"Host": "archive.example.org"})
    with opener.open(named) as answer:
        assert answer.status == 200
    with pytest.raises(urllib.error.HTTPError) as unknown:
        opener.open(urllib.request.Request(proxy, headers={"Host": "evil.example"}))
    unknown.value.close()
    assert unknown.value.code == 421
