"""Write the concepts to a SKOS file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vocabulary import records, skos


class Command(BaseCommand):
    """Write all concepts with their labels in every language to FILE."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and its format."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=["turtle", "json-ld", "xml"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say how many concepts it holds."""
        concepts = records.read("concept")
        path: Path = options["file"]
        try:
            text = skos.serialise(concepts.values(), options["format"] or skos.format_of(path))
            path.write_text(text, encoding="utf-8")
        except skos.SkosError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{path}: cannot be written ({error.strerror}).") from error
        self.stdout.write(f"{len(concepts)} concepts written to {path}")
