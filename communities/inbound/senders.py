"""Who a mail comes from, read so that no reading of another program can differ."""

import re

from allauth.account.models import EmailAddress

from communities.inbound.mails import Mail
from users.models import User

_BETWEEN = re.compile(r"[\s<>()\[\],;:\"\\]+")
_LONGEST = 2000


def is_from(mail: Mail, user: User) -> bool:
    """Return whether a mail names this person's confirmed addresses as its sender, and no other.

    Everything in `From` that looks like an address counts, wherever it stands: a name that is
    another address, a second sender or a second header makes the mail somebody else's.
    """
    named = _addresses(mail)
    if not named:
        return False
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    return named <= {address.lower() for address in confirmed.values_list("email", flat=True)}


def names_of(user: User) -> list[str]:
    """Return the names by which somebody may sign."""
    first, last = user.first_name.strip(), user.last_name.strip()
    return [f"{first} {last}", f"{last} {first}"] if first and last else [first or last]


def failed_its_domain(mail: Mail) -> bool:
    """Return whether the server that took the mail says that its domain did not send it (DMARC).

    Only a failure counts: whoever writes a mail can claim success, but nobody claims failure.
    """
    told = " ".join(mail.values("Authentication-Results")).lower()
    return bool(re.search(r"\bdmarc\s?=\s?fail\b", told))


def _addresses(mail: Mail) -> set[str]:
    readings = [*mail.values("From"), mail.header("From")]
    found = set()
    for reading in readings:
        for word in _BETWEEN.split(reading[:_LONGEST]):
            if "@" in word:
                found.add(word.strip("'").lower() if word.isascii() else "")
    return found
