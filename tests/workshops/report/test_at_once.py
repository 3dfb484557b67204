"""Two editors at the same moment: one report, one decision on what is suggested (G07)."""

import pytest

from library.clean import CleanFile
from library.cleaning.result import Cleaned
from tests import factories
from tests.adoption.conftest import own_database  # noqa: F401 - a fixture
from tests.adoption.test_at_once import at_once
from tests.members import people
from tests.workshops import room
from tests.workshops.report import made
from workshops.models import ReportPage, Suggestion
from workshops.report import drafting, making, suggesting
from workshops.report.parts import Part, Report

pytestmark = pytest.mark.usefixtures("own_database")
TIMES = 2


def test_what_is_pressed_at_once_is_done_once():
    office, place = people.secretariat(), made.page_of_workshop()
    factories.country("GEO")
    workshop = room.workshop("GEO", page=place)
    room.challenge(workshop, people.representative("GEO"))
    report = Report("A report (invented)", [Part("Said (invented)")])

    def upload():
        file = CleanFile(b"Invented", "report.docx", Cleaned())
        return making.from_file(report, file, place, report.title, office, "form").pk

    def draft():
        return drafting.draft(workshop, place, office).pk

    answers = at_once(*[upload] * TIMES, *[draft] * TIMES)
    assert sorted(answers) == sorted([*ReportPage.objects.values_list("pk", flat=True)] * TIMES)
    assert len(set(answers)) == 2
    page = ReportPage.objects.filter(original=None).get()
    told = {"kind": "country", "code": "COL", "passage": "Colombia (invented)."}
    factories.country("COL")
    one = Suggestion.objects.create(page=page, **told)
    decisions = [lambda yes=yes: suggesting.decide(page, one.pk, yes, office).state
                 for yes in (True, False, True)]  # fmt: skip
    states = set(at_once(*decisions))
    one.refresh_from_db()
    assert states == {one.state}
    newest = ReportPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    codes = [row.term.code for row in newest.countries.all()]
    assert codes.count("COL") == (1 if one.state == "accepted" else 0)
