"""Two rounds side by side, and what is taken home: each reader gets what they may see."""

import csv
from io import BytesIO, StringIO

import docx
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from countries.assessing.public import public_answers
from countries.assessing.rounds import compared, round_before
from countries.questionnaires.versions import draft_of, publish
from tests.countries import asked
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
SECRET = "Only for the team (invented)"


@kept
def team():
    return people.representative("GEO")


@kept
def answered(team):
    """One public answer, one private, one that looks like a formula, one that is not known."""
    questions = [
        asked.question("open", may_be_public=True),
        asked.question("secret", kind="text"),
        asked.question("formula", kind="text"),
        asked.question("unknown", kind="number"),
        asked.question("empty", kind="year"),
    ]
    assessment = asked.assessment(*questions)
    open_one, secret, formula, unknown, _empty = questions
    asked.answer(assessment, open_one, "yes", by=team, public=True, source="Law (invented)")
    asked.answer(assessment, secret, SECRET, by=team, note="A note (invented)")
    asked.answer(assessment, formula, "=1+1", by=team)
    asked.answer(assessment, unknown, not_known=True, by=team)
    return assessment


def table(answer):
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def cells(answer):
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    return [
        ["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)
    ]


def words(answer):
    return [each.text for each in docx.Document(BytesIO(answer.content)).paragraphs]


def export(client, assessment, ending, language="en"):
    return client.get(f"/{language}/country/GEO/assessments/{assessment.pk}.{ending}")


def test_the_team_takes_everything_home(client, team, answered):
    client.force_login(team)
    in_csv = table(export(client, answered, "csv"))
    assert in_csv == cells(export(client, answered, "xlsx"))
    by_code = {row[1]: row for row in in_csv}
    assert by_code["open"][3:7] == ["Yes", "Law (invented)", "", "Yes"]
    assert by_code["secret"][3:7] == [SECRET, "", "A note (invented)", "No"]
    assert by_code["unknown"][3] == "Not known"
    assert by_code["empty"][3] == ""
    assert not by_code["formula"][3].startswith("=")
    told = words(export(client, answered, "docx"))
    assert SECRET in told
    assert "Not known" in told
    assert "Note: A note (invented)" in told


def test_others_get_what_is_public_and_no_word_more(client, answered):
    for user in (None, people.member("GEO"), people.representative("CHL")):
        client.force_login(user) if user else client.logout()
        in_csv = table(export(client, answered, "csv"))
        assert [row[1] for row in in_csv[1:]] == ["open"]
        assert in_csv == cells(export(client, answered, "xlsx"))
        assert in_csv[0] == ["Module", "Code", "Question", "Answer", "Source"]
        told = "\n".join(words(export(client, answered, "docx")))
        assert "Question open (invented)?" in told
        for word in (SECRET, "secret", "A note", "unknown", "Statistical office"):
            assert word not in told


def test_without_a_public_answer_others_learn_nothing_of_it(client, team, answered):
    answered.answers.update(public=False)
    for ending in ("csv", "xlsx", "docx"):
        assert export(client, answered, ending).status_code == 404
    client.force_login(team)
    for ending in ("csv", "xlsx", "docx"):
        assert export(client, answered, ending).status_code == 200
    assert export(client, answered, "pdf").status_code == 404


def test_a_word_file_in_arabic_runs_from_right_to_left(client, team, answered):
    client.force_login(team)
    document = docx.Document(BytesIO(export(client, answered, "docx", "ar").content))
    assert "(ar)" in "".join(each.text for each in document.paragraphs)
    assert all("w:bidi" in each._p.xml for each in document.paragraphs)


def states(now, before):
    return {line.code: line.state for module in compared(now, before) for line in module.lines}


def test_rounds_are_compared_by_code_across_versions(client, team):
    questions = [
        asked.question(code, kind="one-of", choices=("one", "two"))
        for code in ("same", "changed", "begun", "lost", "nothing", "gone")
    ]
    before = asked.assessment(*questions, days=-1)
    for question, value in zip(questions, ("one", "one", None, "one", None, "two"), strict=True):
        if value:
            asked.answer(before, question, value)
    draft = draft_of(before.version)
    draft.questions.get(code="gone").delete()
    asked.question("new", within="sources")
    publish(draft)
    now = asked.assessment(*draft.questions.all())
    by_code = {question.code: question for question in draft.questions.all()}
    for code, value in {"same": "one", "changed": "two", "begun": "two"}.items():
        asked.answer(now, by_code[code], value)
    assert (round_before(now), round_before(before)) == (before, None)
    assert states(now, before) == {
        "same": "same",
        "changed": "changed",
        "begun": "begun",
        "lost": "lost",
        "nothing": "nothing",
        "new": "new",
        "gone": "gone",
    }
    client.force_login(team)
    address = f"/en/country/GEO/assessments/{now.pk}/compared/"
    assert "No longer asked" in client.get(address).content.decode()
    assert client.get(address.replace(str(now.pk), str(before.pk))).status_code == 404


def test_rounds_of_other_countries_and_questionnaires_are_not_compared():
    before = asked.assessment(asked.question("census"), about="CHL", days=-1)
    other = asked.assessment(asked.question("census", slug="other"), slug="other", number=2)
    now = asked.assessment(*before.version.questions.all(), number=2)
    assert round_before(now) is None
    assert round_before(other) is None


def test_public_answers_come_from_the_newest_round_in_the_language_of_the_reader(team):
    question = asked.question("census", kind="one-of", choices=("one", "two"), may_be_public=True)
    first = asked.assessment(question, days=-1)
    second = asked.assessment(question)
    asked.answer(first, question, "one", public=True)
    private = asked.answer(second, question, "two")
    assert [(each.round, each.words) for each in public_answers("GEO")] == [(1, "One")]
    private.public = True
    private.save()
    assert [(each.round, each.words) for each in public_answers("GEO")] == [(2, "Two")]
    with override("ar"):
        assert public_answers("GEO")[0].words == "Two (ar)"


def test_pages_cost_few_queries_at_200_answers(client, team):
    questions = [
        asked.question(
            f"q{number}", kind="several-of", choices=("one", "two"), may_be_public=True,
            within=f"m{number % 10}",
        )
        for number in range(200)
    ]  # fmt: skip
    before = asked.assessment(*questions, days=-1)
    now = asked.assessment(*questions)
    for assessment in (before, now):
        for question in questions:
            asked.answer(assessment, question, ["one"], by=team, public=True)
    client.force_login(team)
    base = f"/en/country/GEO/assessments/{now.pk}"
    pages = ("/", "/compared/", "/modules/m3/", ".csv", ".xlsx", ".docx")
    for page in pages:
        client.get(base + page)  # what a process keeps for good
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            assert client.get(base + page).status_code == 200
        assert len(asked_for) <= 25, page
    with CaptureQueriesContext(connection) as asked_for:
        assert len(public_answers("GEO")) == 200
    assert len(asked_for) <= 3
