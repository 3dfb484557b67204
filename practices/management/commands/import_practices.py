"""`manage.py import_practices FILE`: many practices from a table, as drafts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from practices.importing.opening import ENDINGS, open_table
from practices.importing.running import Import, Outcome, counted
from practices.word.opening import RefusedError
from users.models import User


class Command(BaseCommand):
    """Each row becomes a draft or a new version of one; running it twice changes nothing."""

    help = "Import practices from CSV, XLSX or JSON as drafts. Nothing is published by it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and how to import it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--user", default="", help="e-mail address of whose drafts they are")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="take changed rows even where the practice was edited on the site since",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import row by row and say what became of each."""
        path: Path = options["file"]
        ending = path.suffix.lower().removeprefix(".")
        if not path.is_file() or ending not in ENDINGS:
            raise CommandError(f"There is no table (.csv, .xlsx, .json) at: {path}")
        try:
            rows, unknown = open_table(path, ending)
        except RefusedError as error:
            raise CommandError(str(error)) from error
        for heading in unknown:
            self.stdout.write(self.style.WARNING(f"The column is not known: {heading}"))
        run = Import(
            user=_user(options["user"]),
            for_real=not options["dry_run"],
            overwrite=options["overwrite"],
            hosts=frozenset({urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc}),
        )
        counts = counted(run.run(rows, self._tell))
        dry = " (dry run: nothing was saved)" if options["dry_run"] else ""
        self.stdout.write(
            f"{counts['new']} new, {counts['changed']} changed, {counts['unchanged']} unchanged, "
            f"{counts['refused']} refused{dry}."
        )

    def _tell(self, outcome: Outcome) -> None:
        name = f"Row {outcome.number} {outcome.external_id}"
        self.stdout.write(f"{name}: {outcome.result} {outcome.title}".rstrip())
        for problem in outcome.problems:
            told = f"  row {outcome.number}, column {problem.column or '-'}: {problem.text}"
            self.stdout.write(self.style.WARNING(told))


def _user(email: str) -> User | None:
    if not email:
        return None
    found = User.objects.filter(email=email.lower(), is_active=True).first()
    if found is None:
        raise CommandError(f"There is no account with the address {email}.")
    return found
