from __future__ import annotations

from ipaddress import ip_address

import pytest

from cqcrawler.middlewares.addresses import is_private_host, is_public


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("1.1.1.1", True),
        ("223.5.5.5", True),
        ("2400:3200::1", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("198.18.0.7", False),
        ("224.0.0.251", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:1.1.1.1", True),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b::1.1.1.1", True),
        ("64:ff9b:1::1.1.1.1", False),
        ("64:ff9b:1:a00:0:100::", False),
        ("2002:7f00:1::", False),
        ("2002:a9fe:a9fe::1", False),
        ("2002:101:101::1", True),
        ("2001:0:4136:e378:8000:63bf:f5ff:fffe", False),
        ("::10.0.0.1", False),
        ("::169.254.169.254", False),
        ("::ffff:0:192.168.1.1", False),
        ("2400:3200::5efe:10.0.0.1", False),
        ("2400:3200::200:5efe:127.0.0.1", False),
        ("2400:3200::5efe:1.1.1.1", True),
        ("::", False),
    ],
)
def test_public_addresses(address, public):
    assert is_public(ip_address(address)) is public


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("portal", True),
        ("portal.local", True),
        ("a.b.internal.", True),
        ("::1", True),
        ("", True),
        ("223.5.5.5", False),
        ("js.010b.com", False),
        ("local.example.com", False),
    ],
)
def test_hosts_that_name_themselves_private(host, private):
    assert is_private_host(host) is private
