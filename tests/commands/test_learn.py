"""What `portals learn --write` says where it cannot write."""

from __future__ import annotations

from click.testing import CliRunner

from cqcrawler.archive import Archive
from cqcrawler.commands import main
from cqcrawler.commands.learn import _Learnt, _write
from cqcrawler.learn import Kind, Shared


def test_a_portal_without_a_file_does_not_keep_others_from_theirs(tmp_path, monkeypatch, capsys):
    file = tmp_path / "here.toml"
    starts = 'start_urls = ["http://zs.example.gov.cn/"]'
    file.write_text(
        f'name = "here"\ntitle = "渝北"\nplatform = "generic"\nregion = "500112"\n{starts}\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("CQCRAWLER_PORTALS", str(tmp_path))
    line = Shared("投资渝北，共享未来！", Kind.PROPOSED, 20, 20, "below the text", (1,))
    assert [_write(_Learnt(name, 20, [line])) for name in ("127.0.0.1-8000", "here")] == [2, 0]
    said = capsys.readouterr().err
    assert "127.0.0.1-8000 has no portal file" in said
    assert f"written: {file}" in said


def test_an_empty_archive_is_no_silence(tmp_path):
    path = tmp_path / "archive.db"
    Archive(path).close()
    learnt = CliRunner().invoke(main, ["portals", "learn", "--archive", str(path)])
    assert (learnt.exit_code, learnt.stderr) == (0, "no portal has been read yet\n")
