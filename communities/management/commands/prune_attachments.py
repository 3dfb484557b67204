"""`prune_attachments`: delete files of communities that nothing hangs on any more."""

from typing import Any

from django.core.management.base import BaseCommand

from communities.attachments.removing import prune


class Command(BaseCommand):
    """Delete files of posts that were taken back, and files that were stored for no post."""

    help = "Delete files of communities that nothing hangs on any more."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them and say how many."""
        self.stdout.write(f"{prune()} files deleted.")
