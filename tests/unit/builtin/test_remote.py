"""Files at addresses: fetched whole or refused, and no message tells a secret."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest

from scorecard.builtin.reading.address import Address
from scorecard.hooks.contracts import SourceError
from scorecard.model.formula import Kind
from scorecard.standin import Answer, StandIn, half, lost

fsspec = pytest.importorskip("fsspec")
CSV = "id,n\n007,1\n8,2\n"


def read(data, **kinds):
    return data.read(kinds or dict.fromkeys(data.columns, Kind.ANY)).to_pydict()


def web(**files):
    """Serves texts by their paths; the folder itself is a page with links, as servers show folders."""

    def answer(request):
        if request.path == "/":
            links = "".join(f'<a href="/{name}">{name}</a>' for name in files)
            return Answer(body=f"<html>{links}</html>".encode(), headers={"Content-Type": "text/html"})
        text = files.get(request.path.strip("/"))
        return Answer(404) if text is None else Answer(body=text.encode(), headers={"Content-Type": "text/csv"})

    return answer


@pytest.fixture
def memory():
    system = fsspec.filesystem("memory")
    yield lambda name, text: system.pipe(name, text if isinstance(text, bytes) else text.encode())
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def test_each_file_source_reads_an_address(opened, memory, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    import pyarrow as pa
    from pyarrow import parquet

    book = openpyxl.Workbook()
    for row in (["id", "n"], ["007", 1], ["8", 2]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    parquet.write_table(pa.table({"id": ["007", "8"], "n": [1.0, 2.0]}), tmp_path / "a.parquet")
    for name in ("a.xlsx", "a.parquet"):
        memory(f"/in/{name}", (tmp_path / name).read_bytes())
    memory("/in/a.csv", CSV)
    memory("/in/a.json", '[{"id": "007", "n": 1}, {"id": "8", "n": 2}]')
    memory("/in/a.jsonl", '{"id": "007", "n": 1}\n{"id": "8", "n": 2}\n')
    for type, suffix in {"csv": "csv", "excel": "xlsx", "parquet": "parquet", "json": "json", "jsonl": "jsonl"}.items():
        data = opened(type, path=f"memory://in/a.{suffix}")
        assert read(data, id=Kind.TEXT, n=Kind.NUMBER) == {"id": ["007", "8"], "n": [1.0, 2.0]}
        assert data.origin.startswith(f"memory://in/a.{suffix}")


def test_a_pattern_names_several(opened, memory):
    memory("/in/b.csv", "id\n2\n")
    memory("/in/a.csv", "id\n1\n")
    memory("/in/sub/c.csv", "id\n3\n")
    memory("/in/.hidden.csv", "id\n9\n")
    assert read(opened("csv", path="memory://in/?.csv")) == {"id": ["1", "2"]}
    data = opened("csv", path="memory://in/**/*.csv")
    assert read(data) == {"id": ["1", "2", "3"]}
    assert data.locate(2) == "memory://in/sub/c.csv, row 2"


def test_an_archive_lies_beside_the_definition(opened, tmp_path):
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.writestr("a.csv", CSV)
        archive.writestr("sub/b.csv", "id,n\n9,3\n")
    data = opened("csv", path="zip://a.csv::archive.zip")
    assert (read(data)["id"], data.origin) == (["007", "8"], "zip://a.csv::archive.zip")
    several = opened("csv", path="zip://**/*.csv::archive.zip")
    assert (read(several)["id"], several.locate(2)) == (["007", "8", "9"], "zip://sub/b.csv::archive.zip, row 2")


def test_an_archive_that_is_replaced_is_read_anew(opened, tmp_path):
    for cell in ("1", "2"):
        with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
            archive.writestr("a.csv", f"id\n{cell}\n")
        assert read(opened("csv", path="zip://a.csv::archive.zip")) == {"id": [cell]}


def test_the_web(opened):
    pytest.importorskip("aiohttp")
    with StandIn(web(**{"a.csv": CSV, "b.csv": "id,n\n9,3\n"})) as api:
        assert read(opened("csv", path=f"{api.url}/a.csv?key=s3cret"))["id"] == ["007", "8"]
        assert read(opened("csv", path=f"{api.url}/*.csv"))["id"] == ["007", "8", "9"]


@pytest.mark.parametrize("fault", [half, lost, Answer(500), Answer(403)])
def test_trap_18_half_a_file_is_none(opened, fault):
    pytest.importorskip("aiohttp")
    with StandIn(web(**{"a.csv": CSV}), dict.fromkeys(range(1, 9), fault)) as api, pytest.raises(SourceError) as refused:
        opened("csv", path=f"{api.url}/a.csv")
    assert refused.value.code == "SC643"


def test_half_a_file_of_another_system_is_none(opened, memory, monkeypatch):
    memory("/a.csv", CSV)
    monkeypatch.setattr(type(fsspec.filesystem("memory")), "info", lambda self, path: {"size": 99, "type": "file"})
    with pytest.raises(SourceError) as refused:
        opened("csv", path="memory://a.csv")
    assert refused.value.values["problem"] == f"{len(CSV)} of 99 bytes arrived"


def test_what_is_not_there_is_said(opened, memory, tmp_path):
    memory("/in/a.csv", CSV)
    for path, code in {
        "memory://in/b.csv": "SC620",
        "memory://in": "SC620",
        "memory://in/*.txt": "SC621",
        "zip://a.csv::none.zip": "SC620",
        "nosuch://a.csv": "SC643",
    }.items():
        with pytest.raises(SourceError) as refused:
            opened("csv", path=path)
        assert refused.value.code == code
    with StandIn(web()) as api, pytest.raises(SourceError) as refused:
        opened("csv", path=f"{api.url}/a.csv")
    assert refused.value.code == "SC620"


def test_what_was_fetched_goes_with_the_source(opened, memory, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    memory("/a.csv", CSV)
    data = opened("csv", path="memory://a.csv")
    assert read(data)["id"] == ["007", "8"]
    del data
    assert not list(tmp_path.glob("scorecard-*"))


def test_the_fingerprint_is_of_the_content_alone(opened, memory):
    memory("/a.csv", CSV)
    memory("/b.csv", CSV)
    a, b = (opened("csv", path=f"memory://{name}.csv").fingerprint() for name in "ab")
    memory("/b.csv", CSV + "9,3\n")
    assert a == b != opened("csv", path="memory://b.csv").fingerprint()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://u:s3cret@host:8443/a.csv?sig=s3cret&x=1#s3cret", "https://host:8443/a.csv"),
        ("s3://key:s3cret@bucket/a?.csv", "s3://bucket/a?.csv"),
        ("s3://bucket/a.csv?token=s3cret", "s3://bucket/a.csv"),
        ("zip://a.csv::https://u:s3cret@host/b.zip", "zip://a.csv::https://host/b.zip"),
    ],
)
def test_trap_34_an_address_is_shown_without_secrets(written, shown):
    address = Address(written)
    assert address.shown == shown
    assert "s3cret" not in address.hide(f"GET {written} failed with s3cret, 's3cret'")


def test_an_address_without_secrets_is_shown_as_it_is():
    assert Address("zip://**/*.csv::archive.zip").shown == "zip://**/*.csv::archive.zip"


@pytest.mark.parametrize(
    "path", ["http://user:s3cret@127.0.0.1:1/a.csv?key=s3cret2", "nosuch://s3cret@b/x", "s3://k:s3cret@nosuch-bucket/x"]
)
def test_trap_34_no_message_holds_a_secret(opened, path, monkeypatch):
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(SourceError) as refused:
        opened("csv", path=path)
    assert "s3cret" not in str(refused.value.values)


def test_a_path_without_a_scheme_needs_no_fsspec(tmp_path):
    (tmp_path / "a.csv").write_text(CSV)
    code = f"""
import sys
from scorecard.builtin.reading.csv import open_csv
from scorecard.hooks.contracts import SourceRequest
open_csv(SourceRequest(settings={{"path": "a.csv"}}, folder={str(tmp_path)!r}))
sys.exit("fsspec" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
