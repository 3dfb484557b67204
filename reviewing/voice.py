"""In whose name a practice speaks, and whether it may: personal, cleared, public.

    personal   the author's own view. Public at once, except where the country demands that the
               institution clears what its officials say.
    cleared    in the institution's name: public only while exactly this text, said in its name,
               is cleared. A changed word asks for clearance again.
    public     from a published document: it has to cite one. Where the country demands it, this
               needs clearance, too.

`PracticePage.voice` is what the author asks for; the records of `Clearance` are what is true.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.publication import Reason
from members.roles import countries_of
from practices.models import PracticePage
from reviewing.digest import text_digest
from reviewing.models import Clearance, ClearanceRule
from reviewing.signing import is_contributed, original_of, says_the_same_already

Voice = PracticePage.Voice


@dataclass(frozen=True)
class Standing:
    """The voice of a text: what it is, who cleared this very text, and what is missing."""

    voice: str
    clearance: Clearance | None
    needed: bool
    missing: str | Promise = ""


def countries_concerned(page: PracticePage) -> set[str]:
    """Return the codes of the countries whose rules hold: those told of, and the author's."""
    codes = {tag.term.code for tag in page.countries.all()}
    institution = page.lead_institution
    if institution and institution.country:
        codes.add(institution.country.code)
    return codes | countries_of(page.owner)


def country_demands(page: PracticePage) -> bool:
    """Return whether a country concerned lets nothing be public without clearance."""
    rules = ClearanceRule.objects.filter(required=True).values_list("country", flat=True)
    demanding = set(rules)
    return bool(demanding) and bool(demanding & countries_concerned(page))


def clearance_of(page: PracticePage) -> Clearance | None:
    """Return the newest clearance of exactly this text, if it is good for its voice."""
    pk = original_of(page)
    if pk is None:
        return None
    given = list(Clearance.objects.filter(page_id=pk))
    if not given:
        return None  # before the whole text is read: most practices have none
    digest = text_digest(page)
    good = {Voice.INSTITUTION} if page.voice == Voice.INSTITUTION else set(Voice.values)
    return next((each for each in given if each.digest == digest and each.voice in good), None)


def standing_of(page: PracticePage) -> Standing:
    """Return the voice of a text as it is in memory, a draft or what is public."""
    demanded = country_demands(page)
    needed = demanded or page.voice == Voice.INSTITUTION
    clearance = clearance_of(page)
    missing: str | Promise = ""
    if needed and clearance is None:
        missing = (
            _("A country concerned demands clearance, and this text has none.")
            if demanded
            else _("It speaks in the institution's name, which has not cleared this text.")
        )
    elif page.voice == Voice.PUBLIC and not page.sources.all():
        missing = _("It is said to come from a published document, but cites none.")
    return Standing(page.voice, clearance, needed, missing)


def missing_clearance(page: PracticePage) -> bool:
    """Return whether this text has to be cleared, and is not."""
    standing = standing_of(page)
    return standing.needed and standing.clearance is None


def cleared(page: Any) -> Iterable[Reason]:
    """Condition of publication: nothing speaks in a voice that it does not have."""
    if not isinstance(page, PracticePage):
        return
    standing = standing_of(page)
    if not standing.missing or says_the_same_already(page):
        return
    if not standing.needed and not is_contributed(page):
        return
    url = reverse("review-practice", args=[original_of(page)]) if original_of(page) else ""
    yield Reason(standing.missing, url=url, link=_("See its review"))
