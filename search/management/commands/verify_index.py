"""Tell whether the index is what its sources, encoder and snapshot say it should be."""

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand

from search.verification import problems, repair


class Command(BaseCommand):
    """Changes nothing unless asked to; exit code 1 when something is not in order."""

    help = "Compare the index with its sources, vectors and snapshot; say how to mend it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take whether to mend."""
        parser.add_argument(
            "--repair", action="store_true", help="Mend what can be mended while the site runs."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every problem (that is left), or that there is none."""
        if options["repair"]:
            self.stdout.write(f"{repair()} documents and vectors mended.")
        found = list(problems())
        for problem in found:
            self.stderr.write(self.style.ERROR(problem))
        if found:
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS("The index is in order."))
