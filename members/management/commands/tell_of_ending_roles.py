"""Tell people, and the secretariat, which roles end soon."""

from typing import Any

from django.core.management.base import BaseCommand

from members.ending import run


class Command(BaseCommand):
    """Run it daily; a second run on the same day does nothing."""

    help = "Tell by mail, a month and a week before, that a role ends: its person and the office."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell of what is due today and print how much it was."""
        told = run()
        self.stdout.write(f"{told.people} told of {told.roles} roles that end")
