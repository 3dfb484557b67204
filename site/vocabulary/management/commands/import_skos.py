"""Take the concepts of a SKOS file over."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vocabulary import records, skos, writing


class Command(BaseCommand):
    """Take the concepts of FILE over, known by their codes; concepts not in it stay.

    Nothing is written unless the whole file is right; a second run changes nothing.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and its format."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=["turtle", "json-ld", "xml"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check and write; say what changed."""
        try:
            found = skos.parse(options["file"], options["format"])
        except skos.SkosError as error:
            raise CommandError(str(error)) from error
        present = records.read("concept")
        # SKOS knows no order: a concept keeps the place it has here.
        placed = [
            replace(record, sort_order=present[record.code].sort_order)
            if record.code in present
            else record
            for record in found
        ]
        written = writing.overwrite("concept", placed)
        self.stdout.write(
            f"{len(found)} concepts read; rows: {len(written.created)} new, "
            f"{len(written.updated)} updated, {len(written.unchanged)} unchanged"
        )
