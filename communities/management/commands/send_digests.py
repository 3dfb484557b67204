"""Send everybody the digest of what is new for them, as often as they want it."""

from typing import Any

from django.core.management.base import BaseCommand

from communities.mailing.digesting import run


class Command(BaseCommand):
    """Run it daily; a second run on the same day does nothing."""

    help = "Queue the digests that are due today: daily ones, and weekly ones on Monday."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is due today and print how much it was."""
        done = run()
        self.stdout.write(f"{done.due} due, {done.queued} queued; the others have nothing new")
