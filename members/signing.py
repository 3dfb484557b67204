"""In whose name somebody speaks: their institution and country, from their roles alone."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members.roles import country_of, institution_of
from members.signed import Signed
from vocabulary.labels import label


def sign(said: Signed, user: Any) -> None:
    """Put somebody's name, institution and country of today under what they said."""
    said.author = user
    said.institution = institution_of(user)
    said.country = country_of(user)


def signature(said: Signed) -> str:
    """Return the institution and the country under what was said, in the reader's language."""
    institution = said.institution
    parts = [
        (institution.acronym or institution.name) if institution else "",
        label("country", said.country, get_language() or "en") if said.country else "",
    ]
    return ", ".join(filter(None, parts)) or _("Secretariat of the Alliance")


def adapter_name(said: Signed) -> str:
    """Return the short name of who adapted: the country, else the institution."""
    if said.country:
        return label("country", said.country, get_language() or "en")
    return signature(said)
