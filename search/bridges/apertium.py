"""Machine translation by Apertium: the programs of its modes as one long-lived chain.

A text goes in between two marks that only this request knows, and an answer counts only if it
comes back between the same two; anything else (a late answer, a lost one, a part of another)
ends the programs and starts new ones. What somebody typed can therefore never reach the answer
of somebody else. https://wiki.apertium.org/wiki/Apertium_stream_format
"""

import contextlib
import logging
import os
import re
import secrets
import select
import shlex
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path

log = logging.getLogger(__name__)
# Programs that a mode may consist of; each knows -z: flush at NUL.
PROGRAMS = frozenset(
    {
        *("lt-proc", "apertium-tagger", "apertium-pretransfer", "lrx-proc", "lsx-proc", "cg-proc"),
        *("apertium-transfer", "apertium-interchunk", "apertium-postchunk", "apertium-anaphora"),
        *("apertium-posttransfer",),
    }
)
# What is special in the stream, and the marks of unknown words: no word needs them.
_SPECIAL = re.compile(r"[\^$/<>{}\[\]@*#\\+~|\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_SPACE = re.compile(r"\s+")
# A long text goes in parts, so that no part outlasts its time.
LONGEST_PART = 3000
# Programs that failed are started anew after so many seconds, not at every query.
RETRY_SECONDS = 30.0
START_SECONDS = 15.0
LEAST_SECONDS = 0.2
ENDING_SECONDS = 2.0
# Programs that nobody needs give back their memory (90 MB for Spanish, 410 MB for French by way
# of Catalan); they start again within a second.
IDLE_SECONDS = 600.0


class TranslationError(RuntimeError):
    """No translation now; the message says why."""


def commands(modes: Sequence[Path]) -> list[list[str]]:
    """Return the programs of these modes as one chain; `TranslationError` if one is no mode."""
    chain = []
    for path in modes:
        try:
            line = path.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise TranslationError(f"The mode {path} cannot be read: {error}.") from error
        for part in line.split("|"):
            chain.append(_command(part, path))
    return chain


def _command(part: str, path: Path) -> list[str]:
    # $1 says what becomes of unknown words (-n: no marks), $2 has options of the tagger.
    try:
        words = [{"$1": "-n", "$2": ""}.get(word, word) for word in shlex.split(part)]
    except ValueError as error:
        raise TranslationError(f"{path} is not a mode of Apertium: {error}.") from error
    words = [word for word in words if word]
    if not words or words[0] not in PROGRAMS:
        raise TranslationError(f"{path} is not a mode of Apertium: {part.strip()[:60]!r}.")
    program = shutil.which(words[0])
    if program is None:
        raise TranslationError(f"The program {words[0]} is not installed.")
    missing = [word for word in words[1:] if word.startswith("/") and not Path(word).is_file()]
    if missing:
        raise TranslationError(f"The file {missing[0]} is missing.")
    return [program, "-z", *words[1:]]


class _Chain:
    """Programs that run, each reading from the one before; they end when their input does."""

    def __init__(self, chain: Sequence[Sequence[str]]) -> None:
        self.owner = os.getpid()
        self._programs: list[subprocess.Popen[bytes]] = []
        try:
            read, self._into = os.pipe()
        except OSError as error:
            raise TranslationError(f"No program can be started: {error}.") from error
        try:
            for command in chain:
                read = self._started(command, read)
        except OSError as error:
            os.close(self._into)
            self._kill()
            raise TranslationError(f"{command[0]} cannot be started: {error}.") from error
        finally:
            self._out_of = read
        os.set_blocking(self._into, False)

    def _started(self, command: Sequence[str], read: int) -> int:
        try:
            program = subprocess.Popen(  # noqa: S603 - from a mode file, checked
                command, stdin=read, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        finally:
            os.close(read)
        self._programs.append(program)
        assert program.stdout is not None  # noqa: S101
        following = os.dup(program.stdout.fileno())
        program.stdout.close()
        return following

    @property
    def pids(self) -> list[int]:
        """Return the process ids, first to last."""
        return [program.pid for program in self._programs]

    def ask(self, request: bytes, seconds: float) -> bytes:
        """Return what comes back up to the NUL; `TranslationError` when it does not in time."""
        ends = time.monotonic() + seconds
        answer = bytearray()
        poll = select.poll()
        poll.register(self._out_of, select.POLLIN)
        poll.register(self._into, select.POLLOUT)
        while not answer.endswith(b"\0"):
            left = ends - time.monotonic()
            events = poll.poll(left * 1000) if left > 0 else []
            if not events:
                raise TranslationError(f"No answer within {seconds:g} seconds.")
            for descriptor, _event in events:
                if descriptor == self._out_of:
                    got = os.read(self._out_of, 65536)
                    if not got:
                        raise TranslationError("A program has ended.")
                    answer += got
                elif request:
                    request = request[self._written(request) :]
                else:
                    poll.unregister(self._into)
        return bytes(answer[:-1])

    def _written(self, request: bytes) -> int:
        try:
            return os.write(self._into, request)
        except BlockingIOError:
            return 0
        except BrokenPipeError as error:
            raise TranslationError("A program has ended.") from error

    def end(self) -> None:
        """End the programs and wait for them."""
        for descriptor in (self._into, self._out_of):
            with contextlib.suppress(OSError):
                os.close(descriptor)
        if self.owner == os.getpid():
            self._kill()

    def _kill(self) -> None:
        for program in self._programs:
            with contextlib.suppress(ProcessLookupError):
                program.send_signal(signal.SIGKILL)
        for program in self._programs:
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.wait(ENDING_SECONDS)


class Translator:
    """Texts of one language into another; safe to use from several threads, one at a time."""

    def __init__(self, modes: Sequence[Path]) -> None:
        self.modes = tuple(modes)
        self._lock = threading.Lock()
        self._chain: _Chain | None = None
        self._used_at = 0.0
        self._failed_at, self._failure = -RETRY_SECONDS, ""

    @property
    def failure(self) -> str:
        """Return why the last attempt failed, "" after one that did not."""
        return self._failure

    @property
    def pids(self) -> list[int]:
        """Return the ids of the programs that run now."""
        return self._chain.pids if self._chain else []

    def translated(self, text: str, seconds: float) -> str:
        """Return the text in the other language, words that are not known as they are.

        Raises `TranslationError` after `seconds`, the time spent waiting for others included
        (and at once within 30 seconds of a failure to start).
        """
        parts = _parts(text)
        if not parts:
            return ""
        ends = time.monotonic() + seconds
        if not self._lock.acquire(timeout=seconds):
            raise TranslationError("The translator is busy.")
        try:
            return " ".join(self._part(part, ends - time.monotonic()) for part in parts)
        finally:
            self._used_at = time.monotonic()
            self._lock.release()

    def _part(self, part: str, seconds: float) -> str:
        # No answer would come in time, and waiting for one in vain ends programs that are well.
        if seconds < LEAST_SECONDS:
            raise TranslationError("The translator is busy.")
        # Programs die (memory, an administrator); new ones get one more try.
        for again in (True, False):
            fresh = self._chain is None or self._chain.owner != os.getpid()
            chain = self._running()
            try:
                return _asked(chain, part, START_SECONDS if fresh else seconds)
            except TranslationError as error:
                self.end()
                if fresh:
                    self._failed_at, self._failure = time.monotonic(), str(error)
                if fresh or not again or "No answer" in str(error):
                    log.warning("Apertium %s: %s", self._names(), error)
                    raise
        raise AssertionError

    def _running(self) -> _Chain:
        # After a fork the programs belong to the parent; two readers would mix up answers.
        if self._chain is not None and self._chain.owner != os.getpid():
            self.end()
        if self._chain is None:
            if time.monotonic() - self._failed_at < RETRY_SECONDS:
                raise TranslationError(self._failure)
            try:
                self._chain = _Chain(commands(self.modes))
            except TranslationError as error:
                self._failed_at, self._failure = time.monotonic(), str(error)
                log.error("Apertium %s cannot be used: %s", self._names(), error)
                raise
            self._failure = ""
            watch = threading.Thread(
                target=self._end_when_idle, args=(self._chain,), name="apertium-idle", daemon=True
            )
            try:
                watch.start()
            except RuntimeError as error:  # no more threads: the programs stay until the end
                log.warning("Apertium %s is not ended when idle: %s", self._names(), error)
        return self._chain

    def _end_when_idle(self, chain: _Chain) -> None:
        """End these programs once nobody has needed them for a while."""
        while True:
            time.sleep(max(self._used_at + IDLE_SECONDS - time.monotonic(), IDLE_SECONDS / 10))
            with self._lock:
                if self._chain is not chain:
                    return
                if time.monotonic() - self._used_at >= IDLE_SECONDS:
                    self.end()
                    return

    def _names(self) -> str:
        return ", ".join(path.stem for path in self.modes)

    def end(self) -> None:
        """End the programs; the next text starts new ones."""
        if self._chain is not None:
            self._chain.end()
            self._chain = None


def _asked(chain: _Chain, part: str, seconds: float) -> str:
    before, after = (f"[{secrets.token_hex(8)}]" for _ in range(2))
    request = f"{before}{part}.[]{after}\0".encode()
    answer = chain.ask(request, seconds).decode("utf-8", "replace")
    if not answer.startswith(before) or not answer.endswith(after):
        raise TranslationError("The answer does not belong to the question.")
    return _plain(answer[len(before) : -len(after)])


def _plain(answer: str) -> str:
    """Return the words of an answer without the marks of the stream."""
    text = answer.removesuffix("[]").removesuffix(".")
    return _SPACE.sub(" ", _SPECIAL.sub(" ", text)).strip()


def _parts(text: str) -> list[str]:
    """Return a text without what is special in the stream, cut between words."""
    clean = _SPECIAL.sub(" ", text.encode("utf-8", "ignore").decode("utf-8"))
    parts, part = [], ""
    for word in clean.split():
        if len(part) + len(word) > LONGEST_PART and part:
            parts.append(part)
            part = ""
        part = f"{part} {word[:LONGEST_PART]}" if part else word[:LONGEST_PART]
    return [*parts, part] if part else parts
