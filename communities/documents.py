"""What the documents of communities have in common: what they are about, their language."""

import re
from collections.abc import Sequence

from communities.models import Community
from search.language import detect, is_arabic
from vocabulary.labels import region_path, regions_of

LONGEST_SUMMARY = 240
# Shorter texts are read in the language of their place: a greeting proves nothing.
FEWEST_WORDS = 6
_WORD = re.compile(r"[^\W\d_]+")


def numbers_in(ids: Sequence[str]) -> list[int]:
    """Return the ids that may be those of rows."""
    return [int(each) for each in ids if each.isdecimal()]


def facets_of(community: Community, country: str) -> dict[str, tuple[str, ...]]:
    """Return what a text is about: the country that speaks, the region and topics of its group."""
    regions = (*regions_of(country), *region_path(community.region))
    return {
        "country": (country,) if country else (),
        "region": tuple(dict.fromkeys(regions)),
        "theme": tuple(community.themes),
    }


def beginning(text: str) -> str:
    """Return the first words of a text as they stand in it: they are not read a second time."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SUMMARY else line[:LONGEST_SUMMARY].rpartition(" ")[0]


def language_of(text: str, otherwise: str) -> str:
    """Return the language that a text is written in, of those of the site."""
    told = _WORD.findall(text)
    if len(told) < FEWEST_WORDS:
        return otherwise
    arabic = [word for word in told if is_arabic(word)]
    if 2 * len(arabic) > len(told):
        return "ar"
    others = " ".join(word for word in told if not is_arabic(word))
    return detect(others, otherwise if otherwise != "ar" else "en")
