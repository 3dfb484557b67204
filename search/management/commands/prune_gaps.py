"""`prune_gaps`: forget old questions without an answer."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.gaps import prune


class Command(BaseCommand):
    """Delete questions without an answer that are older than SEARCH_GAP_MONTHS, or --months."""

    help = "Delete questions without an answer that are older than SEARCH_GAP_MONTHS."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --months."""
        parser.add_argument(
            "--months", type=int, default=settings.SEARCH_GAP_MONTHS, help="keep so many months"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them and say how many."""
        if options["months"] < 1:
            raise CommandError("Give --months 1 or more.")
        count = prune(options["months"])
        self.stdout.write(f"{count} deleted that were older than {options['months']} months.")
