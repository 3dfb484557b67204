#!/usr/bin/env python
"""Run administrative tasks of Practice Exchange."""

import os
import sys
from pathlib import Path

# `site` is the name of a standard-library module, so our `site/` folder can never be a
# package: its packages (config, core, users, vocabulary) are found by this path instead.
sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))


def main() -> None:
    """Hand the command line to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
