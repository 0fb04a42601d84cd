"""Nobody but this machine's own browser, with the token and from the page itself, is answered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from scorecard.serve.guard import LARGE, SMALL, Door
from scorecard.serve.open import listening
from scorecard.serve.place import place
from scorecard.serve.session import Session

TOKEN = "a token"
HOST = "127.0.0.1:8765"
PATHS = ("/", "/report", "/state", "/assets/page.js", "/nowhere")


@pytest.fixture
def stranger(session: Session) -> TestClient:
    """One who knows the address, and no token."""
    return TestClient(place(session, Door(8765, TOKEN)), base_url=f"http://{HOST}", follow_redirects=False)


@pytest.mark.parametrize("path", [*PATHS, "/?token=wrong", "/?token=", "/state?token=a+token"])
def test_without_the_token_nothing_is_told(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "Customer" not in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("cookie", ["wrong", "", "a", "é", '"'])
def test_a_cookie_that_is_not_the_token_opens_nothing(stranger: TestClient, cookie: str) -> None:
    assert stranger.get("/", headers={"cookie": f"scorecard_8765={cookie}".encode()}).status_code == 403


def test_the_token_is_in_the_address_once(stranger: TestClient) -> None:
    answer = stranger.get("/?token=a+token&lang=zh")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?lang=zh")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert stranger.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize("host", ["evil.example:8765", "127.0.0.1", "127.0.0.1:80", "localhost.evil.example:8765", "0.0.0.0:8765", ""])
def test_another_host_is_refused_whatever_it_brings(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 403
    assert client.get("/?token=a+token", headers={"host": host}).status_code == 403


def test_this_machine_may_be_called_by_its_name(client: TestClient) -> None:
    assert client.get("/", headers={"host": "localhost:8765"}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:8765", "http://127.0.0.1:8766", ""])
def test_a_post_of_another_page_is_refused(client: TestClient, session: Session, origin: str) -> None:
    before = session.number
    assert client.post("/text", json={"text": "x"}, headers={"origin": origin}).status_code == 403
    assert session.number == before


def test_a_form_of_another_page_is_no_question(client: TestClient) -> None:
    assert client.post("/text", data={"text": "x"}).status_code == 415
    assert client.put("/text", json={}).status_code == 405


def test_what_is_too_long_is_not_read(client: TestClient, session: Session) -> None:
    assert client.post("/try", json={"numbers": {}, "x": "x" * SMALL}).status_code == 413
    assert client.post("/text", json={"text": "x" * LARGE}).status_code == 413
    assert session.number == 1


def test_what_is_too_long_is_found_out_on_the_way(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(12):
            yield b" " * 100_000

    answer = client.post("/try", content=pieces(), headers={"content-type": "application/json"})
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["-1", "many", "1e3"])
def test_a_length_that_is_none_is_refused(client: TestClient, length: str) -> None:
    answer = client.post("/try", content=b"{}", headers={"content-type": "application/json", "content-length": length})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/text", b"\xff\xfe{"),
        ("/text", b"[]"),
        ("/text", b'{"text": 1}'),
        ("/text", b"{}"),
        ("/text", b'{"text": "\\ud800"}'),
        ("/save", b'{"text": "\\ud800"}'),
        ("/text", b"[" * 100_000),
        ("/try", b'{"numbers": [1]}'),
        ("/try", b'{"numbers": {"weight.rating": "many"}}'),
        ("/entity", b'{"key": 7}'),
        ("/entity", b'{"key": ["a", "b"]}'),
        ("/ranking", b'{"most": "all"}'),
    ],
)
def test_what_is_no_question_is_refused_as_such(client: TestClient, path: str, body: bytes) -> None:
    assert client.post(path, content=body, headers={"content-type": "application/json"}).status_code == 400


@pytest.mark.parametrize(
    "path", ["/assets/", "/assets", "/assets/nothing.js", "/assets/..%2fplace.py", "/assets/../place.py", "/acme.scorecard.yaml"]
)
def test_no_file_is_given_but_what_the_page_loads(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_no_text_can_become_a_script(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert client.get("/report").headers["content-security-policy"].startswith("sandbox allow-scripts")


def test_a_file_is_kept_as_long_as_it_is_the_same(client: TestClient) -> None:
    address = client.get("/").text.split('src="/assets/page.js?v=')[1].split('"')[0]
    assert "immutable" in client.get(f"/assets/page.js?v={address}").headers["cache-control"]
    assert client.get("/assets/page.js?v=old").headers["cache-control"] == "no-cache"


def test_it_listens_to_this_machine_alone() -> None:
    with listening(0) as own:
        assert own.getsockname()[0] == "127.0.0.1"


def test_every_token_is_another_one() -> None:
    assert Door(1).token != Door(1).token
    assert len(Door(1).token) >= 43
