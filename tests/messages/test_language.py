"""Whose language counts, and that nobody waits for another."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from cqcrawler.messages import language, translate, translate_word


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh"}, "zh"),
        ({"LANG": "zh_TW.Big5"}, "zh"),
        ({"LANG": "zha_CN"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "C.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:zh"}, "zh"),
        ({"LANGUAGE": "zh_CN"}, "en"),
        ({"LC_ALL": "POSIX", "LANGUAGE": "zh_CN"}, "en"),
    ],
)
def test_the_first_variable_that_is_set_counts(environment: dict[str, str], expected: str) -> None:
    assert language(environment) == expected


def test_other_languages_get_the_message_as_it_is() -> None:
    assert translate("nothing new", "en") == "nothing new"
    assert translate_word("never", "outcome", "en") == "never"


def test_no_english_message_loads_the_catalogue() -> None:
    code = (
        "import sys; from cqcrawler.messages import translate; translate('nothing new', 'en');"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ, capture_output=True, text=True, check=True
    )
    loaded = done.stdout.split()
    assert "cqcrawler.messages" in loaded
    assert not {"cqcrawler.messages.catalogue", "tomllib"} & {*loaded}
