"""Work on many files by several processes, where that is possible and pays."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
MANY = 48
"""files from which on several processes are done sooner, their beginning included"""
AT_ONCE = 8
"""files that a process is handed at a time"""

_work: Callable[[str], object]


def each(files: Sequence[str], work: Callable[[str], T]) -> list[T]:
    """What the work gives for every file, in their order.

    The processes are copies of this one, so that they have all that was read before; where the system has no such copies, or other
    threads are running, one file is done after the other.
    """
    if len(files) < MANY:
        return [work(file) for file in files]
    import multiprocessing
    import signal
    import threading
    from concurrent.futures import ProcessPoolExecutor

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores == 1 or "fork" not in multiprocessing.get_all_start_methods() or threading.active_count() > 1:
        return [work(file) for file in files]
    global _work  # noqa: PLW0603 - a copy of this process finds the work here, which could not be sent to it
    _work = work
    pool = ProcessPoolExecutor(cores, multiprocessing.get_context("fork"), signal.signal, (signal.SIGINT, signal.SIG_IGN))
    try:
        return list(pool.map(_done, files, chunksize=AT_ONCE))  # type: ignore[arg-type]
    finally:
        pool.shutdown(cancel_futures=True)


def _done(file: str) -> object:
    return _work(file)
