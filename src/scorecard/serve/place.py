"""The place itself: one page, what it asks for, and nothing else. Every answer is made from one session."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from functools import cached_property
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from scorecard.errors import ScorecardError
from scorecard.language.words import known
from scorecard.report.charts.bundle import bundle
from scorecard.serve.answers import Answers, NoQuestionError
from scorecard.serve.guard import APART, Door, Guard, TooLargeError
from scorecard.serve.session import Session

_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_CHARTS = "vega.js"
_FOREVER = "private, max-age=31536000, immutable"
Asked = Mapping[str, Any]


def place(session: Session, door: Door, language: str = "en") -> ASGIApp:
    """The application that shows a session to whoever has the token of the door."""
    here = Place(session, language)
    posts: dict[str, Callable[[Answers, Asked], Any]] = {
        "/text": Answers.text,
        "/try": Answers.tried,
        "/ranking": Answers.ranking,
        "/entity": Answers.entity,
        "/patch": Answers.patch,
        "/diff": Answers.diff,
        "/save": Answers.save,
        "/again": Answers.again,
    }
    routes = [
        Route("/", here.page),
        Route("/report", here.report),
        Route("/state", here.state),
        Route("/assets/{name}", here.asset),
        *(Route(path, here.answering(answer), methods=["POST"]) for path, answer in posts.items()),
    ]
    return Guard(Starlette(routes=routes, exception_handlers={TooLargeError: _too_large}), door, large=("/text", "/diff", "/save"))


class Place:
    """Pages and answers."""

    def __init__(self, session: Session, language: str) -> None:
        self.session = session
        self.language = language
        self.assets = Assets()

    def answers(self, request: Request) -> Answers:
        return Answers(self.session, known(request.query_params.get("lang", "")) or self.language)

    async def page(self, request: Request) -> Response:
        answers = self.answers(request)
        text = await run_in_threadpool(answers.page, self.assets.versions)
        return Response(text, media_type="text/html; charset=utf-8")

    async def report(self, request: Request) -> Response:
        text = await run_in_threadpool(self.answers(request).report)
        return Response(text, media_type="text/html; charset=utf-8", headers={"content-security-policy": APART})

    async def state(self, request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(self.answers(request).state))

    async def asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        content = await run_in_threadpool(self.assets.content, name)
        if content is None:
            return Response(status_code=404)
        cache = _FOREVER if request.query_params.get("v") == self.assets.versions.get(name) else "no-cache"
        return Response(content, media_type=_TYPES["." + name.rpartition(".")[2]], headers={"cache-control": cache})

    def answering(self, answer: Callable[[Answers, Asked], Any]) -> Callable[[Request], Awaitable[Response]]:
        """What a path answers to JSON; what is wrong with what was asked is said in the same form."""

        async def answered(request: Request) -> Response:
            try:
                asked = json.loads(await request.body())
            except (ValueError, RecursionError):
                asked = None
            if not isinstance(asked, dict):
                return Response(status_code=400)
            answers = self.answers(request)
            try:
                return JSONResponse(await run_in_threadpool(answer, answers, asked))
            except ScorecardError as error:
                return JSONResponse({"error": answers.sentences(error.issues)}, status_code=409)
            except NoQuestionError:
                return Response(status_code=400)

        return answered


class Assets:
    """What the page loads: the files of this package by name, and the drawing of charts, all kept in memory."""

    def __init__(self) -> None:
        folder = files(__package__) / "assets"
        self._files = {one.name: one.read_bytes() for one in folder.iterdir() if "." + one.name.rpartition(".")[2] in _TYPES}

    def content(self, name: str) -> bytes | None:
        """Nothing but what is listed is given; no name is looked up in a folder."""
        return self._charts if name == _CHARTS else self._files.get(name)

    @cached_property
    def versions(self) -> dict[str, str]:
        """By name, what an address carries so that a browser keeps a file until it is another one."""
        from importlib.metadata import version

        all = hashlib.sha256(b"".join(self._files[name] for name in sorted(self._files))).hexdigest()[:12]
        return {**dict.fromkeys(self._files, all), _CHARTS: version("vl-convert-python")}

    @cached_property
    def _charts(self) -> bytes:
        return bundle().encode()


async def _too_large(request: Request, error: Exception) -> Response:
    return Response(status_code=413)
