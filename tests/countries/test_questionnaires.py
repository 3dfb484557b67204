"""Questionnaires: loaded once, complete in four languages, never changed once published."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from countries.models import Choice, Module, Question, Questionnaire, QuestionnaireVersion
from countries.questionnaires.kinds import checked, in_words
from countries.questionnaires.loading import files, load
from countries.questionnaires.versions import draft_of, missing, publish
from tests.countries import asked

pytestmark = pytest.mark.django_db


def test_loading_twice_changes_nothing(capsys):
    call_command("load_questionnaires")
    before = [list(model.objects.values_list()) for model in (Module, Question, Choice)]
    assert capsys.readouterr().out.count("Questionnaire loaded") == 2
    call_command("load_questionnaires")
    assert capsys.readouterr().out == ""
    assert before == [list(model.objects.values_list()) for model in (Module, Question, Choice)]


def test_what_comes_with_the_product_is_published_and_complete():
    call_command("load_questionnaires")
    slugs = set(Questionnaire.objects.values_list("slug", flat=True))
    assert slugs == {"rapid-assessment", "ideas"}
    for version in QuestionnaireVersion.objects.all():
        assert version.is_published
        assert list(missing(version)) == []
    # The parts that the documents name.
    ideas = Module.objects.filter(version__questionnaire__slug="ideas")
    parts = list(dict.fromkeys(module.part for module in ideas))
    assert [part.partition(":")[0] for part in parts] == [
        "Part one",
        "Part two",
        "Modules on children",
    ]


def test_loading_leaves_what_editors_made_of_a_questionnaire():
    path = files()[0]
    own = draft_of(load(path))
    own.modules.first().questions.first().delete()
    publish(own)
    count = own.questions.count()
    assert load(path) is None
    assert own.questions.count() == count
    assert own.questionnaire.newest() == own


def test_a_published_version_does_not_change_and_a_draft_does():
    question = asked.question("census", choices=("one", "two"), kind="one-of")
    question.text_en = "Written better (invented)?"
    question.save()
    publish(question.version)
    stale = Question.objects.get(pk=question.pk)
    stale.text_en = "Changed after publication (invented)?"
    frozen = (
        stale.save,
        stale.delete,
        stale.module.save,
        stale.module.delete,
        stale.choices.first().save,
        stale.choices.first().delete,
        stale.version.save,
        stale.version.delete,
        Question(module=stale.module, code="more", kind="text", text_en="More?").save,
        Choice(question=stale, code="three", title_en="Three").save,
        lambda: publish(stale.version),
    )
    for change in frozen:
        with pytest.raises(ValidationError):
            change()
    assert Question.objects.get().text_en == "Written better (invented)?"


def test_a_new_version_is_a_copy_that_can_be_changed():
    question = asked.question("census", choices=("one", "two"), kind="one-of")
    publish(question.version)
    draft = draft_of(question.version)
    assert (draft.number, draft.is_published) == (2, False)
    assert draft_of(question.version) == draft  # there is one draft at a time
    copy = draft.questions.get()
    assert (copy.code, copy.kind, copy.text_ar) == (question.code, "one-of", question.text_ar)
    assert [choice.code for choice in copy.choices.all()] == ["one", "two"]
    copy.text_en = "Changed (invented)?"
    copy.save()
    question.refresh_from_db()
    assert question.text_en != copy.text_en


def test_an_incomplete_draft_is_not_published_and_the_reasons_are_told():
    question = asked.question("census", kind="one-of")
    question.text_ar = ""
    question.save()
    with pytest.raises(ValidationError) as refused:
        publish(question.version)
    assert len(refused.value.messages) == 2
    assert "ar" in refused.value.messages[0]
    assert not QuestionnaireVersion.objects.get().is_published


def test_a_code_stands_once_in_a_version():
    question = asked.question("census")
    twin = Question(module=question.module, code="census", kind="text", text_en="Twin?")
    with pytest.raises(ValidationError, match="has this code"):
        twin.full_clean()
    draft_of(question.version)  # the same code in another version is what is wanted


@pytest.mark.parametrize(
    ("kind", "value", "stored", "words"),
    [
        ("yes-no-partly", "partly", "partly", "Partly"),
        ("one-of", "two", "two", "Two"),
        ("several-of", ["two", "one"], ["one", "two"], "One and Two"),
        ("number", 1234.0, 1234, "1,234"),
        ("number", 0, 0, "0"),
        ("text", " Words ", "Words", "Words"),
        ("year", 2020, 2020, "2020"),
        ("text", "", None, ""),
        ("several-of", [], None, ""),
    ],
)
def test_a_value_is_stored_as_its_kind_says(kind, value, stored, words):
    question = asked.question("census", kind=kind, choices=("one", "two"))
    assert checked(question, value) == stored
    assert in_words(question, stored) == words


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("yes-no-partly", "maybe"),
        ("one-of", "three"),
        ("several-of", ["one", "three"]),
        ("several-of", "one"),
        ("number", -1),
        ("number", float("nan")),
        ("number", float("inf")),
        ("number", True),
        ("number", "12"),
        ("text", 5),
        ("text", "x" * 5001),
        ("year", 20),
        ("year", 2020.5),
    ],
)
def test_any_other_value_is_refused(kind, value):
    question = asked.question("census", kind=kind, choices=("one", "two"))
    with pytest.raises(ValidationError):
        checked(question, value)
