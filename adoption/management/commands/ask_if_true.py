"""Ask those who did a practice, once a year, whether it is still so."""

from typing import Any

from django.core.management.base import BaseCommand

from adoption.truth import run


class Command(BaseCommand):
    """Run it daily; a second run on the same day does nothing."""

    help = "Ask by mail whether practices are still true, and remind once after thirty days."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is due today and print how much it was."""
        done = run()
        self.stdout.write(
            f"{done.asked} asked, {done.reminded} reminded, "
            f"{done.closed} closed (not public any more)"
        )
