"""Which layers of the search are in use: all of them, unless the settings say otherwise."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LAYERS = ("words", "meaning", "vocabulary", "translation", "dictionary")


def on(name: str) -> bool:
    """Return whether this layer may be used; whether it is installed is another question."""
    if name not in LAYERS:
        raise ValueError(f"There is no layer {name!r}; there are: {', '.join(LAYERS)}.")
    return name in settings.SEARCH_LAYERS


def refuse_unknown() -> None:
    """Raise `ImproperlyConfigured` for a layer that does not exist: it would only be missing."""
    if unknown := [name for name in settings.SEARCH_LAYERS if name not in LAYERS]:
        raise ImproperlyConfigured(
            f"SEARCH_LAYERS names {', '.join(map(repr, unknown))}. Set it to some of these, "
            f"separated by commas: {','.join(LAYERS)}."
        )
