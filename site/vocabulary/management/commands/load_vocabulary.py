"""Load countries, regions and terms from the project's files."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vocabulary import files, writing
from vocabulary.kinds import KINDS
from vocabulary.skos import SkosError


class Command(BaseCommand):
    """Bring the database up to the files of `vocabulary/data/`; safe to run at any time.

    The files win where a row is new or still is what was loaded last. What an editor changed or
    deleted stays so, unless `--reset` is given. Terms that left the files stay: pages use them.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--reset`."""
        parser.add_argument(
            "--reset",
            action="store_true",
            help="Take the files' version of every term, also where an editor changed it.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load every kind and say what changed."""
        for kind in KINDS:
            try:
                records = files.READERS[kind]()
            except (files.FileError, SkosError) as error:
                raise CommandError(str(error)) from error
            written = writing.load(kind, records, reset=options["reset"])
            if options["verbosity"] > 0:
                self.stdout.write(self._sentence(kind, written))

    def _sentence(self, kind: str, written: writing.Written) -> str:
        counts = {
            "new": written.created,
            "updated": written.updated,
            "unchanged": written.unchanged,
            "kept as edited": written.kept,
            "left deleted": written.left_deleted,
        }
        parts = ", ".join(f"{len(keys)} {what}" for what, keys in counts.items() if keys)
        return f"{KINDS[kind]._meta.verbose_name_plural}: {parts or 'none'}"
