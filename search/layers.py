"""Which layers of the search are in use: all of them, unless the settings say otherwise."""

from django.conf import settings

LAYERS = ("words", "meaning", "vocabulary", "translation", "dictionary")


def on(name: str) -> bool:
    """Return whether this layer may be used; whether it is installed is another question."""
    if name not in LAYERS:
        raise ValueError(f"There is no layer {name!r}; there are: {', '.join(LAYERS)}.")
    return name in settings.SEARCH_LAYERS
