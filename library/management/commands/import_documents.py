"""`manage.py import_documents PATH...`: bring PDF and Word files into the library."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Collection

from library.importing import Details, Outcome, find_files, import_file
from library.models import language_choices

HEAD = ("File", "Result", "Pages", "Sections", "Language")


class Command(BaseCommand):
    """Imports files or folders; a file that cannot be read is kept and named at the end."""

    help = "Import PDF and Word files, or folders of them, and make their text findable."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Paths, and what is known of all the files."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--collection", help="name of the collection; made if missing")
        parser.add_argument("--language", default="", help="en, es, fr, ar...; guessed if left out")
        parser.add_argument("--title", default="", help="the title, for a single file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import everything, then print one table."""
        paths: list[Path] = options["paths"]
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            raise CommandError(f"There is no file or folder at: {', '.join(missing)}")
        if options["language"] and options["language"] not in dict(language_choices()):
            raise CommandError(f"{options['language']} is no language code such as en or fr.")
        files = list(find_files(paths))
        if options["title"] and len(files) != 1:
            raise CommandError(f"--title names one file, but there are {len(files)}.")
        details = Details(
            title=options["title"],
            language=options["language"],
            collection=_collection(options["collection"]),
        )
        outcomes = []
        for number, path in enumerate(files, start=1):
            self.stdout.write(f"[{number}/{len(files)}] {path.name}", ending=" ... ")
            self.stdout.flush()
            outcomes.append(import_file(path, details))
            self.stdout.write(outcomes[-1].result)
        self._print_summary(outcomes)

    def _print_summary(self, outcomes: list[Outcome]) -> None:
        """A table of all files, the reasons below it, and the counts."""
        rows = [HEAD, *(_row(outcome) for outcome in outcomes)]
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
        self.stdout.write("")
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
        for outcome in outcomes:
            if outcome.note:
                self.stdout.write(self.style.WARNING(f"{outcome.path.name}: {outcome.note}"))
        counts = Counter(outcome.result for outcome in outcomes)
        noted = sum(1 for outcome in outcomes if outcome.file and outcome.note)
        self.stdout.write(
            f"{counts['new']} new, {counts['unchanged']} unchanged, {counts['refused']} refused; "
            f"{noted} without text."
        )


def _row(outcome: Outcome) -> tuple[str, ...]:
    file = outcome.file
    if file is None:
        return (outcome.path.name, outcome.result, "", "", "")
    result = outcome.result if not outcome.note else f"{outcome.result}, no text"
    sections = file.sections.count()
    return (
        outcome.path.name,
        result,
        str(file.page_count or ""),
        str(sections or ""),
        file.language,
    )


def _collection(name: str | None) -> Collection | None:
    if not name:
        return None
    found = Collection.objects.filter(name=name).first()
    if found is not None:
        return found
    root = Collection.get_first_root_node()
    if root is None:
        raise CommandError("There is no collection yet: run `manage.py migrate` first.")
    return root.add_child(name=name)
