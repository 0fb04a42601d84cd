"""Private database servers for tests: in a folder of their own, on a free port of this computer, run as a user without rights."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import sqlalchemy as sql

LONGEST_START = 60
PASSWORD = "s3cret-w0rd"
_PLACES = ("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/usr/bin")


class NoServerError(Exception):
    """A program that the server needs is not on this computer."""


def program(*names: str, also: str = "") -> str:
    """The path of the first of some programs that is there; `also` is a pattern of folders, of which the last is tried first."""
    places = [*sorted((str(each) for each in Path("/").glob(also.lstrip("/"))), reverse=True), *_PLACES] if also else list(_PLACES)
    for name in names:
        if found := shutil.which(name, path=os.pathsep.join([*places, os.environ.get("PATH", "")])):
            return found
    raise NoServerError(f"there is no {' or '.join(names)} on this computer")


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL server; gives the url of its superuser."""
    binaries = "/usr/lib/postgresql/*/bin"
    initdb, postgres = program("initdb", also=binaries), program("postgres", also=binaries)
    with _home("postgres") as (home, user):
        data, port = home / "data", _free_port()
        _run(
            [initdb, "-D", str(data), "-U", "tester", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync", *_password(home)],
            user,
        )
        fast = [
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            f"unix_socket_directories={home}",
            "listen_addresses=127.0.0.1",
        ]
        settings = [part for setting in fast for part in ("-c", setting)]
        url = f"postgresql+psycopg://tester:{PASSWORD}@127.0.0.1:{port}/postgres"
        with _served([postgres, "-D", str(data), "-p", str(port), *settings], user, home, url):
            yield url


@contextmanager
def mariadb() -> Iterator[str]:
    """A MariaDB or MySQL server; gives the url of a user who may do anything."""
    server, install = program("mariadbd", "mysqld"), program("mariadb-install-db", "mysql_install_db")
    with _home("mysql") as (home, user):
        data, port = home / "data", _free_port()
        alone = ["--no-defaults", f"--datadir={data}"]
        small = ["--innodb-use-native-aio=0", "--innodb-buffer-pool-size=32M", f"--tmpdir={home}"]  # many may run beside each other
        _run([install, *alone, "--auth-root-authentication-method=normal", "--skip-test-db", *small], user)
        setup = home / "setup.sql"
        setup.write_text(
            "create database test character set utf8mb4;\n"
            f"create user tester@'%' identified by '{PASSWORD}';\ngrant all on *.* to tester@'%' with grant option;\n"
        )
        setup.chmod(0o644)
        files = [f"--socket={home / 'socket'}", f"--pid-file={home / 'pid'}", f"--init-file={setup}"]
        fast = ["--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync", "--skip-log-bin", "--skip-name-resolve"]
        command = [server, *alone, *small, "--bind-address=127.0.0.1", f"--port={port}", *files, *fast]
        url = f"mysql+pymysql://tester:{PASSWORD}@127.0.0.1:{port}/test"
        with _served(command, user, home, url):
            yield url


def _password(home: Path) -> list[str]:
    file = home / "password"
    file.write_text(PASSWORD)
    file.chmod(0o644)
    return [f"--pwfile={file}"]


@contextmanager
def _home(preferred: str) -> Iterator[tuple[Path, pwd.struct_passwd | None]]:
    """A short path, as sockets need it, that belongs to the user who runs the server; the user is None where it is ours."""
    home = Path(mkdtemp(prefix="sc-", dir="/tmp"))
    user = _unprivileged(preferred) if os.geteuid() == 0 else None
    try:
        if user is not None:
            os.chown(home, user.pw_uid, user.pw_gid)
        yield home, user
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _unprivileged(preferred: str) -> pwd.struct_passwd:
    for name in (preferred, "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServerError("there is no user without rights to run the server")


def _as(user: pwd.struct_passwd | None) -> dict[str, Any]:
    return {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _run(command: Sequence[str], user: pwd.struct_passwd | None) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd="/tmp", check=False, **_as(user))
    assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}"


@contextmanager
def _served(command: Sequence[str], user: pwd.struct_passwd | None, home: Path, url: str) -> Iterator[None]:
    """The server, until the end; only the process that was started here is stopped."""
    log = home / "log"
    with log.open("wb") as stream:
        server = subprocess.Popen(command, stdout=stream, stderr=stream, cwd="/tmp", **_as(user))
    try:
        _await(server, url, log)
        yield
    finally:
        server.send_signal(signal.SIGINT if "postgres" in command[0] else signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _await(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Returns when the server lets its user in, which is when it has set itself up."""
    engine = sql.create_engine(url, poolclass=sql.pool.NullPool)
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text(errors="replace")
        try:
            engine.connect().close()
        except sql.exc.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the server did not start: {log.read_text(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
