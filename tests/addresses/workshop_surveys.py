"""Surveys of a workshop for the table; all of it is invented."""

from django.utils import timezone

from tests.addresses.rows import EVERYBODY, OFFICE, Row
from tests.workshops import room
from workshops.models import Survey, SurveyQuestion

DRAFT = {"workshop": "workshop of surveys", "pk": "survey"}
CLOSED = {"workshop": "workshop of surveys", "pk": "closed survey"}
ALL = "en/workshop/%(workshop)s/surveys"
ONE = f"{ALL}/%(pk)s"

SURVEYS = [
    Row("en/workshop/survey/%(token)s/", EVERYBODY, EVERYBODY, {"token": "link to a survey"}),
    Row(f"{ALL}/", OFFICE, None, {"workshop": "workshop of surveys"}),
    Row(f"{ALL}/new/", OFFICE, OFFICE, {"workshop": "workshop of surveys"}),
    Row(f"{ONE}/", OFFICE, None, DRAFT),
    Row(f"{ONE}/step/", None, OFFICE, DRAFT),
    Row(f"{ONE}/questions/new/", OFFICE, OFFICE, DRAFT),
    Row(f"{ONE}/questions/%(question)s/", OFFICE, OFFICE, DRAFT | {"question": "question"}),
    Row(f"{ONE}/questions/%(question)s/change/", None, OFFICE, DRAFT | {"question": "question"}),
    Row(f"{ONE}/results/", OFFICE, None, CLOSED),
    Row(f"{ONE}/results.%(ending)s", OFFICE, None, CLOSED | {"ending": "table"}),
    # Only for a workshop with a public page that somebody may edit; here there is none.
    Row(f"{ONE}/tell/", None, frozenset(), CLOSED),
]


def survey_things():
    """Return the things of these rows by name."""
    workshop, now = room.workshop("GEO"), timezone.now()
    draft, opened, closed = (
        Survey.objects.create(workshop=workshop, title="A survey (invented)", **told)
        for told in (
            {},
            {"opened_at": now, "open_token": "invented-token"},
            {"opened_at": now, "closed_at": now},
        )
    )
    question = SurveyQuestion.objects.create(survey=draft, kind="open", text="Invented?")
    return {
        "workshop of surveys": workshop.pk,
        "survey": draft.pk,
        "closed survey": closed.pk,
        "link to a survey": opened.open_token,
        "question": question.pk,
    }
