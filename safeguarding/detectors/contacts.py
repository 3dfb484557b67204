"""Ways to reach a person: e-mail addresses and telephone numbers that are not an office's.

An address counts as an office's when every word before the @ is of `data/mailboxes.txt`, an
acronym of the domain, a country's code or a number: statistics@, info.migration@,
unicef-data@data.unicef.org. A name, initials or a word that nobody knows may be a person's. A
number counts as an office's when the sentence says whose it is (switchboard, helpline, ministry);
three to six digits are emergency and help lines (116 111).
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from safeguarding.detectors.words import OFFICE
from search.language import fold

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64} ?(?:@|[\[(] ?at ?[\])]|\barroba\b) ?[\w-]{1,63}"
                   r"(?: ?(?:\.|[\[(] ?dot ?[\])]) ?[\w-]{1,63}){1,4}", re.IGNORECASE)  # fmt: skip
_MAILBOXES = Path(__file__).resolve().parent.parent / "data" / "mailboxes.txt"
PHONE = re.compile(
    r"(?<![\w/.@-])(?:\+|00)\d{1,3}(?:[ ./()-]{0,2}\d){6,13}(?!\d)"
    r"|(?:\b(?:tel|teléfono|tél|téléphone|telephone|phone|mobile|móvil|celular|portable|cell"
    r"|whatsapp|fax|call(?: me| her| him)?|llamar al|appeler le|viber|signal)"
    r"|هاتف|جوال|موبايل|تليفون|واتساب)"
    r"[^\d+\n]{0,20}(\+?\d(?:[ ./()-]{0,2}\d){6,14})(?!\d)"
    r"|(?<![\w/.,@-])0\d(?:[ .-]?\d{2,3}){3,4}(?![\w.,-]\d)"
    r"|(?<![\w/.@-])\(\d{2,4}\) ?\d{3,4}[ -]\d{3,4}(?!\d)"
    r"|(?<![\w/.,@-])\d{3}-\d{3}-\d{4}(?![\w-])",
    re.IGNORECASE,
)
FEWEST_DIGITS = 7


def find(text: str) -> Iterator[str]:
    """Yield the e-mail addresses and telephone numbers of persons in a normalised sentence."""
    for match in EMAIL.finditer(text):
        if not is_office(match.group()):
            yield match.group()
    if OFFICE.search(text):
        return
    for match in PHONE.finditer(text):
        number = match.group(1) or match.group()
        if sum(c.isdigit() for c in number) >= FEWEST_DIGITS:
            yield number.strip()


def is_office(address: str) -> bool:
    """Return whether an e-mail address is that of an office, by the words before the @."""
    local, _at, domain = fold(address).replace(" ", "").partition("@")
    hosts = set(re.split(r"[.-]", domain))
    words = [word for word in re.split(r"[._+-]|\d+", local) if word]
    return bool(words) and all(
        word in mailboxes() or word in hosts or (len(word) == 2 and len(words) > 1) or _joined(word)
        for word in words
    )


def _joined(word: str) -> bool:
    """Return whether a word is two of an office written as one: "datainfo", "statshelp"."""
    return any(word[:n] in mailboxes() and word[n:] in mailboxes() for n in range(3, len(word) - 2))


@cache
def mailboxes() -> frozenset[str]:
    """Return the words that say that a mailbox is an office's, folded."""
    lines = _MAILBOXES.read_text("utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())
