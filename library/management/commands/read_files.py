"""`manage.py read_files`: read files that still wait, for instance while no worker ran."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from library.extract import read_file
from library.models import LibraryFile, TextStatus


class Command(BaseCommand):
    """Reads the text of files here and now."""

    help = "Read the text of files that wait for it; with --again, also of those without text."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which files."""
        parser.add_argument("--again", action="store_true", help="also files without text")
        parser.add_argument("--all", action="store_true", help="every file, once more")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read them one by one and say what came of it."""
        files = LibraryFile.objects.order_by("pk")
        if not options["all"]:
            wanted = [TextStatus.PENDING]
            if options["again"]:
                wanted.append(TextStatus.UNAVAILABLE)
            files = files.filter(text_status__in=wanted)
        for file in files.iterator():
            read_file(file, again=options["again"] or options["all"])
            self.stdout.write(f"{file.pk} {file.title}: {file.text_state}")
        self.stdout.write("Done.")
