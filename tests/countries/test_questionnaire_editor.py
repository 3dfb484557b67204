"""Questionnaires in the editor: the secretariat writes drafts; what is published only opens."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from countries.models import Module, Question, Questionnaire, QuestionnaireVersion
from countries.questionnaires.versions import publish
from tests.countries import asked
from tests.members import people

pytestmark = pytest.mark.django_db
MODEL = "wagtailsnippets_countries_question:"


@pytest.fixture
def office(client):
    client.force_login(people.secretariat())
    return client


def test_the_secretariat_publishes_a_draft_and_others_do_not(office, client):
    version = asked.question("census").version
    address = reverse("questionnaire_versions:publish", args=[version.pk])
    assert office.get(address).status_code == 200
    editor = people.person(name="Editor of pages")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    for user in (people.representative("GEO"), editor):
        client.force_login(user)
        assert client.post(address).status_code in (302, 403)
        version.refresh_from_db()
        assert not version.is_published
    client.force_login(Group.objects.get(name="Secretariat").user_set.first())
    client.post(address)
    version.refresh_from_db()
    assert version.is_published


def test_an_incomplete_draft_is_told_what_it_lacks(office):
    version = asked.draft()
    answer = office.post(reverse("questionnaire_versions:publish", args=[version.pk]))
    assert answer.status_code == 400
    assert "There is no module yet." in answer.content.decode()


def test_what_is_published_is_read_and_copied_but_not_changed(office):
    question = asked.question("census")
    version = question.version
    pages = [
        reverse("questionnaire_versions:edit", args=[version.pk]),
        reverse("questionnaire_versions:delete", args=[version.pk]),
        reverse(f"{MODEL}edit", args=[question.pk]),
        reverse(f"{MODEL}delete", args=[question.pk]),
    ]
    for address in pages:
        assert office.get(address).status_code == 200  # a draft
    publish(version)
    for address in pages:
        assert office.get(address).status_code == 302
        office.post(address)
    assert Question.objects.get().version == version
    for name in ("questionnaire_versions:list", f"{MODEL}list"):
        assert office.get(reverse(name)).status_code == 200
    assert (
        office.get(reverse("questionnaire_versions:inspect", args=[version.pk])).status_code == 200
    )
    answer = office.post(reverse("questionnaire_versions:new", args=[version.pk]))
    draft = QuestionnaireVersion.objects.get(number=2)
    assert answer.url == reverse("questionnaire_versions:edit", args=[draft.pk])
    assert office.get(answer.url).status_code == 200


def inline(prefix, *rows):
    sent = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    sent |= {f"{prefix}-MIN_NUM_FORMS": 0, f"{prefix}-MAX_NUM_FORMS": 1000}
    for number, row in enumerate(rows):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
        sent |= {f"{prefix}-{number}-ORDER": number + 1, f"{prefix}-{number}-id": ""}
    return sent


def test_a_questionnaire_is_written_from_nothing(office):
    title = asked.worded("title", "New one (invented)")
    made = office.post(
        reverse("wagtailsnippets_countries_questionnaire:add"), {"slug": "new-one", **title}
    )
    assert made.status_code == 302
    questionnaire = Questionnaire.objects.get()
    module = {"code": "first", **asked.worded("title", "First (invented)")}
    sent = {"questionnaire": questionnaire.pk, **inline("modules", module)}
    assert office.post(reverse("questionnaire_versions:add"), sent).status_code == 302
    twice = {"questionnaire": questionnaire.pk, **inline("modules", module, module)}
    assert office.post(reverse("questionnaire_versions:add"), twice).status_code == 200
    assert QuestionnaireVersion.objects.count() == 1
    question = {
        "module": Module.objects.get().pk,
        "code": "which",
        "kind": "one-of",
        "order": 1,
        **asked.worded("text", "Which (invented)?"),
        **inline(
            "choices",
            {"code": "one", **asked.worded("title", "One")},
            {"code": "two", **asked.worded("title", "Two")},
        ),
    }
    assert office.post(reverse(f"{MODEL}add"), question).status_code == 302
    # A code that is taken is told at its field.
    assert "has this code" in office.post(reverse(f"{MODEL}add"), question).content.decode()
    version = QuestionnaireVersion.objects.get()
    assert version.number == 1
    publish(version)
    assert questionnaire.newest() == version


def test_many_at_once_are_deleted_only_as_long_as_they_are_drafts(office):
    question = asked.question("census")
    other = asked.question("other", slug="draft")
    publish(question.version)
    address = reverse("wagtail_bulk_action", args=["countries", "question", "delete"])
    office.post(f"{address}?id={question.pk}&id={other.pk}")
    assert list(Question.objects.all()) == [question]
