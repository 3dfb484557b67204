"""The secretariat's desk for the table; all of it is invented."""

from django.utils import timezone

from tests.addresses.rows import MEMBERS, OFFICE, Row, on
from workshops.desk import packs
from workshops.models import AnnualReport, ChairTerm, Contribution, WorkItem

# "member" writes the chapter.
WRITING = OFFICE | {"member"}

DESK = [
    Row("en/desk/", OFFICE),
    Row("en/desk/plan/", OFFICE),
    Row("en/desk/plan/new/", OFFICE, OFFICE),
    Row("en/desk/plan/%(pk)s/", OFFICE, OFFICE, on("work item")),
    Row("en/desk/report/", OFFICE),
    Row("en/desk/report/new/", OFFICE, OFFICE),
    Row("en/desk/report/%(pk)s/", WRITING, WRITING, on("chapter")),
    Row("en/desk/report/%(pk)s/remind/", None, OFFICE, on("chapter")),
    Row("en/desk/figures/", OFFICE, OFFICE),
    Row("en/desk/figures/%(year)s/", OFFICE, None, {"year": "frozen year"}),
    Row(
        "en/desk/figures/%(year)s.%(ending)s",
        OFFICE,
        None,
        {"year": "frozen year", "ending": "table"},
    ),
    Row("en/desk/chair/", MEMBERS, OFFICE),
    Row("en/desk/chair/%(pk)s/end/", None, OFFICE, on("past term")),
]


def desk_things(who):
    """Return the things of these rows by name."""
    report = AnnualReport.objects.create(year=2025, title="Annual report (invented)")
    today = timezone.localdate()
    chapter = Contribution.objects.create(
        report=report, chapter="Invented", deadline=today, owner=who["member"]
    )
    past = ChairTerm.objects.create(user=who["secretariat"], starts="2020-01-01", ends="2020-12-31")
    return {
        "work item": WorkItem.objects.create(title="Invented").pk,
        "chapter": chapter.pk,
        "frozen year": packs.freeze(2025, who["secretariat"]).year,
        "past term": past.pk,
    }
