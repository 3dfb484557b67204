"""Bring the whole index up to date: rows from their sources, vectors from the encoder."""

import argparse
import sys
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm  # type: ignore[import-untyped]

from search import caches, encoders, index, snapshots, sources
from search.encoders import EncoderUnavailableError
from search.encoding import encode_all, waiting
from search.models import Clock, IndexedDocument, Passage
from search.stores import pgvector_table

BATCH = 50


class Command(BaseCommand):
    """Safe to run at any time, twice, and while people search."""

    help = "Re-read every source, withdraw what is gone, encode what is new, write the snapshot."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the names of sources."""
        parser.add_argument("--source", action="append", help="Only this source (repeatable).")
        parser.add_argument(
            "--encode-again", action="store_true", help="Make every vector anew, not only missing."
        )
        parser.add_argument(
            "--forget",
            action="store_true",
            help="Have every process read all rows again (after a backup was put back).",
        )
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="Do nothing if no document came or went and every passage has its vector.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Index and encode; says what it did."""
        names = options["source"] or [source.name for source in sources.every()]
        encoders.export_if_missing(self.stdout.write)
        if options["if_needed"] and not _needed(names):
            self.stdout.write("The search index is up to date.")
            return
        if options["forget"] or _of_another_time():
            # Copies in files and processes hold what this database has never seen.
            Clock.restart()
        started = perf_counter()
        total = sum(self._refresh(name) for name in names)
        self.stdout.write(f"{total} documents read in {perf_counter() - started:.1f} s.")
        if options["encode_again"]:
            Passage.objects.update(fingerprint="")
        encoded = self._encode()
        new = encoded > 0 or pgvector_table.incomplete(encoders.current().fingerprint)
        caches.current().keep_snapshot(always=options["forget"] or new)

    def _refresh(self, name: str) -> int:
        try:
            present, gone = index.stale_ids(name)
        except sources.UnknownSourceError as error:
            raise CommandError(str(error)) from error
        with self._bar(f"Reading {name}", len(present)) as bar:
            for start in range(0, len(present), BATCH):
                batch = present[start : start + BATCH]
                index.refresh(name, batch, thoroughly=True)
                bar.update(len(batch))
        index.withdraw(name, gone)
        return len(present)

    def _encode(self) -> int:
        try:
            missing = waiting(encoders.current().fingerprint)
            started = perf_counter()
            with self._bar("Encoding passages", missing) as bar:
                done = encode_all(bar.update)
        except EncoderUnavailableError as error:
            raise CommandError(f"Words are indexed, meaning is not. {error}") from error
        seconds = perf_counter() - started
        rate = f" ({done / seconds:.0f} a second)" if done else ""
        self.stdout.write(self.style.SUCCESS(f"{done} passages encoded in {seconds:.1f} s{rate}."))
        return done

    def _bar(self, title: str, total: int) -> Any:
        """Return a progress bar on a terminal; elsewhere a line when it begins."""
        terminal = sys.stderr.isatty()
        if not terminal:
            self.stdout.write(f"{title}: {total}")
        return tqdm(desc=title, total=total, disable=not terminal, leave=False)


def _needed(names: list[str]) -> bool:
    """Return whether documents came or went since they were indexed, or passages wait."""
    for name in names:
        present, gone = index.stale_ids(name)
        rows = IndexedDocument.objects.filter(source=name, withdrawn=False)
        if gone or rows.count() < len(present):
            return True
    try:
        fingerprint = encoders.current().fingerprint
        return waiting(fingerprint) > 0 or pgvector_table.incomplete(fingerprint)
    except EncoderUnavailableError:
        return True  # which tells people why


def _of_another_time() -> bool:
    """Return whether the snapshot knows changes that this database has not made yet."""
    epoch, number = Clock.now()
    try:
        manifest = snapshots.check(settings.SEARCH_INDEX_DIR)
    except snapshots.SnapshotError:
        return False
    return manifest.epoch == epoch and manifest.sequence > number
