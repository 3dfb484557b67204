"""How much a file may cost: the numbers, and how a process binds itself to them."""

import contextlib
import resource
from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Memory and sizes in bytes, times in seconds, text in characters."""

    memory: int = 1024 * MEGABYTE
    cpu_seconds: int = 30
    wall_seconds: int = 60
    output: int = 64 * MEGABYTE
    file_size: int = 100 * MEGABYTE
    pages: int = 5_000
    text: int = 8_000_000
    unpacked: int = 250 * MEGABYTE
    unpack_ratio: int = 200
    entries: int = 5_000


def bind_this_process(limits: Limits) -> None:
    """Limit this process for good: neither it nor what it starts can lift the limits again."""
    for name, value in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.output),
        (resource.RLIMIT_CORE, 0),
    ):
        # macOS refuses to limit the address space; the time limits still hold there.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(name, (value, value))
