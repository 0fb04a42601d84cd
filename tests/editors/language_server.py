"""A YAML language server, spoken to as an editor speaks to it: JSON-RPC over its stdin and stdout."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

HERE = Path(__file__).parent
SERVER = HERE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"


def missing() -> str | None:
    """Why there is no server to speak to; None where there is one."""
    if shutil.which("node") is None:
        return "needs node"
    return None if SERVER.exists() else "needs `npm ci` in tests/editors"


class Server:
    """One session with the server. Documents are known by the name of their file."""

    def __init__(self, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self._stdin = stdin
        self._stdout = stdout
        self._asked = 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": _CAPABILITIES})
        self.tell("initialized", {})
        settings = {"yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}
        self.tell("workspace/didChangeConfiguration", {"settings": settings})

    def open(self, path: Path) -> list[dict[str, Any]]:
        """Shows a file to the server; what it finds wrong with it."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": path.read_text("utf-8")}
        self._diagnostics.pop(path.as_uri(), None)
        self.tell("textDocument/didOpen", {"textDocument": document})
        while path.as_uri() not in self._diagnostics:
            self._take(self._read())
        return self._diagnostics[path.as_uri()]

    def completions(self, path: Path, line: int, column: int) -> dict[str, dict[str, Any]]:
        """What the server offers at a place, lines and columns from 0, by label."""
        found = self.ask("textDocument/completion", _at(path, line, column))
        items = found["items"] if isinstance(found, dict) else found or []
        return {item["label"]: item for item in items}

    def hover(self, path: Path, line: int, column: int) -> str:
        found = self.ask("textDocument/hover", _at(path, line, column))
        return "" if found is None else str(found["contents"]["value"])

    def ask(self, method: str, params: Mapping[str, Any]) -> Any:
        self._asked += 1
        number = self._asked
        self._write({"id": number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                if "error" in message:
                    raise AssertionError(message["error"])
                return message["result"]
            self._take(message)

    def tell(self, method: str, params: Mapping[str, Any]) -> None:
        self._write({"method": method, "params": params})

    def _take(self, message: Mapping[str, Any]) -> None:
        """Keeps diagnostics, and answers what the server asks: there is nothing to configure but what it was told."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message and "method" in message:
            items = message["params"].get("items", []) if isinstance(message.get("params"), dict) else []
            self._write({"id": message["id"], "result": [None for _ in items] if message["method"] == "workspace/configuration" else None})

    def _write(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._stdin.flush()

    def _read(self) -> dict[str, Any]:
        length = 0
        while line := self._stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            raise AssertionError("the language server has ended")
        found: dict[str, Any] = json.loads(self._stdout.read(length))
        return found


_CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": False}},
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {},
    },
    "workspace": {"configuration": False},
}


def _at(path: Path, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": column}}


@contextmanager
def running() -> Iterator[Server]:
    command = ["node", str(SERVER), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Server(process.stdin, process.stdout)
        finally:
            process.kill()
