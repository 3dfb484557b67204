"""How headings, labels and terms are compared: without case, accents, numbers and signs."""

import re

from vocabulary.words import fold

DIRECTIONS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
NUMBER = re.compile(r"^\s*\d{1,2}\s*[.)\u066b-]\s*")


def key(text: object) -> str:
    """Return a text as it is compared: "2. Who and when:" is "who and when"."""
    plain = DIRECTIONS.sub("", str(text)).replace("\u2019", "'")
    plain = " ".join(NUMBER.sub("", plain).split())
    return fold(plain.rstrip(" :\uff1a*")).strip()
