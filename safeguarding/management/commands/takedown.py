"""`manage.py takedown ID`: out of the public at once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page

from safeguarding.takedown import take_down


class Command(BaseCommand):
    """Takes a page and its translations off the site, the files, the index and the mail queue."""

    help = "Take a page out of the public at once, with its translations and what only it uses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the number that stands in its permalink, /p/<number>/."""
        parser.add_argument("page", type=int, metavar="ID", help="The number in /p/<number>/.")
        parser.add_argument("--reason", default="", help="Kept in the log.")
        parser.add_argument("--by", default="", help="Who decided it; kept in the log.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it down and say what was done; safe to run again."""
        page = Page.objects.filter(pk=options["page"], depth__gt=1).first()
        if page is None:
            raise CommandError(f"There is no page {options['page']}.")
        done = take_down(page.specific, options["reason"], options["by"]).report
        self.stdout.write(
            f"Taken down: {page.title!r}. Pages: {done['pages']}, files closed: {done['files']}, "
            f"pictures whose copies are deleted: {done['pictures']}, mails stopped: "
            f"{done['mails']}. Text, files and originals are kept."
        )
