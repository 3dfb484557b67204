"""Tell whether the index is what its sources, encoder and snapshot say it should be."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from search.verification import problems


class Command(BaseCommand):
    """Changes nothing; exit code 1 when something is not in order."""

    help = "Compare the index with its sources, vectors and snapshot; say how to mend it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every problem, or that there is none."""
        found = list(problems())
        for problem in found:
            self.stderr.write(self.style.ERROR(problem))
        if found:
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS("The index is in order."))
