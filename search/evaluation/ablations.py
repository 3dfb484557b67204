"""The same questions with parts of the search switched off, by the setting operators have."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from search.layers import LAYERS

ABLATIONS = {
    "lexical only": ("meaning",),
    "dense only": ("words",),
    "without vocabulary": ("vocabulary",),
    "without translation": ("translation",),
}
# These leave their mark in the passages (the shadow): what differs is indexed again.
IN_THE_INDEX = {"vocabulary", "translation", "dictionary"}


@contextmanager
def without(layers: tuple[str, ...]) -> Iterator[None]:
    """Switch these layers off for a while."""
    before = settings.SEARCH_LAYERS
    settings.SEARCH_LAYERS = [name for name in before if name not in layers]
    try:
        yield
    finally:
        settings.SEARCH_LAYERS = before


def active() -> dict[str, bool]:
    """Return which layers the settings allow."""
    return {name: name in settings.SEARCH_LAYERS for name in LAYERS}
