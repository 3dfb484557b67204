"""The facts that a profile can hold, by kind: their codes, their words, what excludes what."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from countries.models import ProfileEntry
from vocabulary.labels import labels

Kind = ProfileEntry.Kind
Words = Mapping[str, "str | Promise"]

ROLES: Words = {
    "origin": _("Country of origin"),
    "transit": _("Country of transit"),
    "destination": _("Country of destination"),
    "return": _("Country of return"),
}
# After the coordination of ministries and the statistical office that the Alliance's documents
# describe: who leads, on what legal basis, what is shared, what the registers have in common.
SET_UP: Words = {
    "lead-statistical-office": _("The national statistical office leads"),
    "lead-migration-authority": _("The interior ministry or migration authority leads"),
    "lead-child-protection": _("The child protection authority leads"),
    "lead-interministerial": _("A body of several ministries leads"),
    "law-on-sharing": _("A law says how data are shared"),
    "no-law-on-sharing": _("No law says how data are shared"),
    "agreements-on-sharing": _("Institutions share data by agreement"),
    "data-in-several-ministries": _("The data are held by several ministries"),
    "data-in-one-place": _("The data are held in one place"),
    "population-register": _("There is a population register"),
    "no-population-register": _("There is no population register"),
    "unique-identifier": _("Registers use one identifier"),
    "no-unique-identifier": _("Registers use no common identifier"),
}
# What cannot hold at once.
OPPOSITES = (
    ("law-on-sharing", "no-law-on-sharing"),
    ("data-in-several-ministries", "data-in-one-place"),
    ("population-register", "no-population-register"),
    ("unique-identifier", "no-unique-identifier"),
)


def words_of(kind: str) -> dict[str, str]:
    """Return {code: words in the reader's language} of a kind of facts, in their order."""
    if kind == Kind.POPULATION:
        return labels("population", get_language() or "en")
    fixed = {Kind.ROLE.value: ROLES, Kind.SET_UP.value: SET_UP}[kind]
    return {code: str(words) for code, words in fixed.items()}


def word_of(kind: str, code: str) -> str:
    """Return what a fact says in the reader's language, or its code if there is no such fact."""
    return words_of(kind).get(code, code)


def excluded_by(codes: set[str]) -> set[str]:
    """Return the codes that cannot hold beside these."""
    pairs = [*OPPOSITES, *((second, first) for first, second in OPPOSITES)]
    return {second for first, second in pairs if first in codes}
