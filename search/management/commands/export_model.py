"""Export the model for OpenVINO, so that web processes need no torch."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import encoders
from search.encoders import EncoderUnavailableError
from search.encoders.export import ENOUGH, ExportError, Manifest, RefusedError


class Command(BaseCommand):
    """Safe to run at every start and from several processes: what is there and whole stays."""

    help = "Export the configured model once, to run faster and without torch."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Offer to do it again."""
        parser.add_argument(
            "--again", action="store_true", help="Make a new export even if one is in order."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Export and say what came out; a model that cannot be exported is no failure."""
        self.new = False
        try:
            made = encoders.export_configured(self._say, options["again"])
        except RefusedError as error:
            self.stdout.write(
                self.style.WARNING(
                    f"The model is not exported: {error}. sentence-transformers runs it, slower."
                )
            )
        except (ExportError, EncoderUnavailableError, OSError) as error:
            raise CommandError(f"The model was not exported: {error}") from error
        else:
            self._tell(made)

    def _say(self, line: str) -> None:
        self.new = True
        self.stdout.write(line)

    def _tell(self, made: Manifest) -> None:
        if not self.new:
            self.stdout.write(f"The export of {made.name} is in order ({made.runtime}).")
            return
        cosines = ", ".join(f"{name} {value:.4f}" for name, value in made.cosine.items())
        self.stdout.write(f"{made.name} by {made.runtime}, {made.bytes / 1e6:.0f} MB.")
        self.stdout.write(f"Mean cosine to the model itself (needed: {ENOUGH}): {cosines}.")
        (was, query), (slow, fast) = made.query_ms, made.passages_per_second
        self.stdout.write(
            self.style.SUCCESS(
                f"At its export: a question in {query:.1f} ms instead of {was:.1f}, "
                f"{fast:.0f} passages a second instead of {slow:.0f}."
            )
        )
