"""What may do harm when it is published: each kind has a file, each file a function `find`.

`find` takes one sentence in its normal form (`sentences.normal`) and yields what stands out. The
functions are pure: they read lists of words, never the database. Time grows linearly with text.
"""

from collections.abc import Iterator

from safeguarding.detectors import (
    addresses,
    births,
    contacts,
    counts,
    identifiers,
    names,
    quotations,
)
from safeguarding.detectors.sentences import normal

DETECTORS = {
    "person": names.find,
    "contact": contacts.find,
    "identifier": identifiers.find,
    "address": addresses.find,
    "birth": births.find,
    "count": counts.find,
    "quotation": quotations.find,
}
# Raised when a rule changes, so that what was kept about a file is worked out anew.
VERSION = 1


def find_in(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, what stands out) of a sentence as it is written, each once."""
    text = normal(sentence)
    for kind, find in DETECTORS.items():
        for found in dict.fromkeys(find(text)):
            yield kind, found
