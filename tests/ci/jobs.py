"""What a job on a build server has, and how it keeps its repository."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ENVIRONMENT = ("PATH", "HOME", "LANG", "SYSTEMROOT", "TMPDIR")


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=Author", "-c", "user.email=author@example.org", "commit", "--quiet", "--message=Change")


def environment(**more: str) -> dict[str, str]:
    """What a job has: the commands of this interpreter first, and nothing of what these tests run in."""
    kept = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    return {**kept, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}", "LANG": "C.UTF-8", **more}


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, env=environment())
