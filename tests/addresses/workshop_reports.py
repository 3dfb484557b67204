"""Reports of workshops for the table; all of it is invented."""

from tests import factories
from tests.addresses.rows import EVERYBODY, OFFICE, Row
from tests.workshops import room
from tests.workshops.report.made import page_of_workshop
from workshops.models import ReportPage, Suggestion

REPORT = {"pk": "draft report"}
ONE = {"workshop": "workshop of a report"}
BASE = "en/workshop/%(workshop)s/report"
FILES = "en/workshop/reports"

REPORTS = [
    Row(f"{FILES}/upload/", OFFICE, OFFICE),
    Row(f"{FILES}/%(pk)s/check/", OFFICE, None, REPORT),
    Row(
        f"{FILES}/%(pk)s/suggestions/%(suggestion)s/",
        None,
        OFFICE,
        REPORT | {"suggestion": "suggestion"},
    ),
    Row(
        f"{FILES}/%(pk)s/report.%(ending)s",
        EVERYBODY,
        None,
        {"pk": "published report", "ending": "ending of Word"},
    ),
    Row(f"{BASE}/", OFFICE, OFFICE, ONE),
    Row(f"{BASE}/cards/%(card)s/", OFFICE, OFFICE, ONE | {"card": "name of a card"}),
]


def report_things(who):
    """Return the things of these rows by name."""
    place = page_of_workshop()
    workshop = room.workshop("GEO", page=place)
    card = room.challenge(workshop, who["author"])
    draft, public = (
        ReportPage(title=f"A report, {name} (invented)", slug=name, locale=factories.locale())
        for name in ("draft", "public")
    )
    draft.live = False
    place.add_child(instance=draft)
    draft.save_revision()
    factories.publish(public, place)
    told = {"kind": "country", "code": "GEO", "passage": "Georgia (invented)."}
    return {
        "draft report": draft.pk,
        "published report": public.pk,
        "suggestion": Suggestion.objects.create(page=draft, **told).pk,
        "ending of Word": "docx",
        "workshop of a report": workshop.pk,
        "name of a card": f"challenge-{card.pk}",
    }
