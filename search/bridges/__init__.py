"""Bridges between the site's languages: each is used where it is installed and switched on.

Documents get an English shadow from the worker, questions an English form when they are asked:
`translation` by Apertium for Spanish and French, `glossary` by FreeDict for Arabic, `names` for
what no dictionary knows. Where there is none of it the vocabulary alone bridges.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from search import layers
from search.bridges import glossary, translation
from search.bridges.freedict import DictionaryError

ACTIVE, MISSING, OFF, BROKEN = "active", "not installed", "switched off", "broken"
DICTIONARIES = ("dict-freedict-ara-eng", "dict-freedict-eng-ara")


@dataclass(frozen=True)
class LayerState:
    """What one language layer is on this machine, and what to do about it."""

    layer: str  # of search.layers.LAYERS
    pair: str
    state: str  # ACTIVE, MISSING, OFF or BROKEN
    told: str = ""


def states() -> Iterator[LayerState]:
    """Yield the state of each language layer and pair."""
    vocabulary = ACTIVE if layers.on("vocabulary") else OFF
    yield LayerState("vocabulary", "en, es, fr, ar", vocabulary, "labels of the vocabulary")
    for language in translation.ROUTES:
        yield _translation(language)
    yield _dictionary()


def _translation(language: str) -> LayerState:
    pair = f"{language} - en"
    routes = translation.ROUTES[language]
    if not layers.on("translation"):
        return LayerState("translation", pair, OFF, "SEARCH_LAYERS leaves it out")
    way = translation.route(language)
    if way is not None:
        told = f"Apertium {', '.join(way.modes)}"
        if failure := translation.failure(way):
            return LayerState("translation", pair, BROKEN, f"{told}: {failure}")
        return LayerState("translation", pair, ACTIVE, told)
    problems = [translation.problem(each) for each in routes]
    broken = [each for each in problems if each != translation.NOT_INSTALLED]
    if broken:
        again = f"apt-get install --reinstall {' '.join(routes[0].packages)}"
        return LayerState("translation", pair, BROKEN, f"{broken[0]} Run `{again}`.")
    return LayerState(
        "translation", pair, MISSING, f"apt-get install {' '.join(routes[0].packages)}"
    )


def _dictionary() -> LayerState:
    pair, install = "ar - en", f"apt-get install {' '.join(DICTIONARIES)}"
    if not layers.on("dictionary"):
        return LayerState("dictionary", pair, OFF, "SEARCH_LAYERS leaves it out")
    present = glossary.files(settings.FREEDICT_DIR)
    if not present:
        return LayerState("dictionary", pair, MISSING, install)
    try:
        glossary.opened(settings.FREEDICT_DIR)
    except DictionaryError as error:
        return LayerState("dictionary", pair, BROKEN, f"{error} Run `{install} --reinstall`.")
    told = f"FreeDict {', '.join(path.stem.removeprefix('freedict-') for path in present)}"
    if len(present) == 1:
        told += f"; better with both: {install}"
    return LayerState("dictionary", pair, ACTIVE, told)
