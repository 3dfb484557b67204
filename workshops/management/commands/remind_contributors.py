"""Remind those who write a chapter of the annual report."""

from typing import Any

from django.core.management.base import BaseCommand

from workshops.desk.reminding import remind_all


class Command(BaseCommand):
    """Run it daily; a second run on the same day does nothing."""

    help = "Reminds of chapters of the annual report: two weeks and three days before, then weekly."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remind them and say how many."""
        self.stdout.write(f"{remind_all()} reminded.")
