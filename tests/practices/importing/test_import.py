"""Practices from a table: twice changes nothing, bad rows stop nobody, nothing is published."""

import csv
import io
import json
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Revision

from core.models import PageSource, SourceDocument
from practices.importing.exporting import export
from practices.models import PracticeIndexPage, PracticePage
from practices.word.pages import fields_of
from tests import factories
from tests.members.people import member, person, representative, secretariat
from tests.practices.word.files import upload, with_parts
from tests.practices.word.test_round_trip import FULL
from users.models import Institution

pytestmark = pytest.mark.django_db

HEAD = ["external_id", "language", "title", "countries", "themes", "year_from", "problem"]
ROWS = [
    [
        "inv-1",
        "en",
        "Counting (invented)",
        "Georgia; MAR",
        "transit",
        "2019",
        "Nobody knew.\n- one",
    ],
    ["inv-2", "", "Linking (invented)", "", "", "", ""],
]


@pytest.fixture(autouse=True)
def place(vocabulary):
    return factories.index(PracticeIndexPage)


def as_csv(rows, head=HEAD):
    output = StringIO()
    csv.writer(output).writerows([head, *rows])
    return output.getvalue().encode()


@pytest.fixture
def run(tmp_path):
    def run(content, *arguments, name="table.csv", **options):
        path = tmp_path / name
        path.write_bytes(content)
        output = StringIO()
        call_command("import_practices", str(path), *arguments, stdout=output, **options)
        return output.getvalue()

    return run


def newest(external_id):
    return PracticePage.objects.get(external_id=external_id).get_latest_revision_as_object()


def test_rows_become_drafts(run):
    output = run(as_csv(ROWS))
    assert "2 new, 0 changed, 0 unchanged, 0 refused." in output
    page = newest("inv-1")
    assert not page.live
    fields = fields_of(page)
    assert (fields.countries, fields.themes, fields.year_from) == (
        ("GEO", "MAR"),
        ("transit",),
        2019,
    )
    assert page.problem == "<p>Nobody knew.</p><ul><li>one</li></ul>"
    assert not PracticePage.objects.filter(live=True).exists()


def test_a_second_run_changes_nothing(run):
    run(as_csv(ROWS))
    before = list(Revision.objects.values())
    assert "0 new, 0 changed, 2 unchanged, 0 refused." in run(as_csv(ROWS))
    assert list(Revision.objects.values()) == before


def test_a_dry_run_writes_nothing(run):
    output = run(as_csv(ROWS), "--dry-run")
    assert "2 new" in output
    assert "nothing was saved" in output
    assert not PracticePage.objects.exists()


def test_a_changed_row_is_a_new_version_and_what_is_public_stays(run):
    run(as_csv(ROWS))
    page = PracticePage.objects.get(external_id="inv-1")
    PracticePage.objects.filter(pk=page.pk).update(live=True)
    before = page.revisions.count()
    changed = [[*ROWS[0][:2], "Counting again (invented)", *ROWS[0][3:]], ROWS[1]]
    assert "0 new, 1 changed, 1 unchanged" in run(as_csv(changed))
    page.refresh_from_db()
    assert page.title == "Counting (invented)"
    assert page.revisions.count() == before + 1
    assert newest("inv-1").title == "Counting again (invented)"


def test_what_was_edited_here_is_not_overwritten_unless_asked(run):
    run(as_csv(ROWS))
    page = newest("inv-1")
    page.title = "Edited here"
    page.save_revision()
    assert "2 unchanged" in run(as_csv(ROWS))
    changed = [[*ROWS[0][:2], "From the table", *ROWS[0][3:]], ROWS[1]]
    assert "edited the practice here" in run(as_csv(changed))
    assert newest("inv-1").title == "Edited here"
    assert "1 changed" in run(as_csv(changed), "--overwrite")
    assert newest("inv-1").title == "From the table"


def test_bad_rows_are_listed_with_row_and_column_and_stop_nobody(run):
    bad = [
        ["", "en", "No name", "", "", "", ""],
        ["inv-3", "de", "Unknown language", "", "", "", ""],
        ["inv-4", "en", "", "", "", "", ""],
        ["inv-5", "en", "Bad year", "", "", "soon", ""],
        ["inv-6", "en", "Bad country", "Atlantis", "", "", ""],
        ["inv-1", "en", "Twice", "", "", "", ""],
    ]
    output = run(as_csv([ROWS[0], *bad, ROWS[1]]))
    for place in (
        "row 3, column external_id",
        "row 4, column language",
        "row 5, column title",
        "row 6, column year_from",
        "row 7, column countries",
        "row 8, column external_id",
    ):
        assert place in output
    assert "2 new, 0 changed, 0 unchanged, 6 refused." in output
    assert PracticePage.objects.count() == 2


def test_unknown_columns_and_missing_files_are_told(run, tmp_path):
    assert "not known: Colour" in run(as_csv([["inv-1", "A title", "red"]], ["external_id", "title", "Colour"]))  # noqa: E501  # fmt: skip
    with pytest.raises(CommandError, match="no table"):
        call_command("import_practices", str(tmp_path / "nothing.csv"))
    with pytest.raises(CommandError, match="no account"):
        run(as_csv(ROWS), "--user", "nobody@example.org")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", b"\xff\xfe\x00a"),
        ("a.xlsx", b"external_id,title"),
        ("a.xlsx", b"PK\x03\x04" + bytes(200)),
        ("a.json", b"[1, 2]"),
    ],
)
def test_what_is_no_table_is_refused(run, name, content):
    with pytest.raises(CommandError):
        run(content, name=name)


def test_a_spreadsheet_that_is_a_bomb_is_refused(run, place):
    content = with_parts(export("xlsx", "https://x.example.org/"), {"xl/a.bin": bytes(60_000_000)})
    with pytest.raises(CommandError, match="unpacks"):
        run(content, name="a.xlsx")


# --- Export
def published():
    page = factories.practice(
        "=HYPERLINK(0) counting", countries=["GEO"], external_id="inv-9", contact="+1 office"
    )
    body = Institution.objects.create(
        slug="inv", name="Invented Ministry", acronym="IM", kind="ministry"
    )
    document = SourceDocument.objects.create(slug="a-report", title="A report", year=2019)
    page.lead_institution = body
    page.sources = [PageSource(document=document, place="Chapter 2", page_number=12)]
    page.problem = "<p>Nobody <b>knew</b> | really</p>"
    page.save_revision().publish()
    return PracticePage.objects.get(pk=page.pk)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_an_export_imports_again_without_any_change(run, ending):
    page = published()
    factories.practice("Another, without a name of its own")
    before = list(Revision.objects.values())
    output = run(export(ending, "http://testserver/"), name=f"export.{ending}")
    assert "0 new, 0 changed, 2 unchanged, 0 refused." in output
    assert list(Revision.objects.values()) == before
    assert page.live


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_an_export_makes_the_same_practices_elsewhere(run, ending):
    page = published()
    fields, content = fields_of(page), export(ending, "http://testserver/")
    page.delete()
    assert "1 new" in run(content, name=f"export.{ending}")
    assert fields_of(newest("inv-9")) == fields


def test_an_export_tells_only_what_is_public_and_no_cell_is_a_formula(client):
    published()
    factories.practice("A hidden invention", draft=True)
    answer = client.get(reverse("contribute-export", args=["csv"]))
    text = answer.content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["title"] == "'=HYPERLINK(0) counting"
    assert row["contact"] == "'+1 office"
    assert row["exported_from"] == "http://testserver/"
    assert "hidden" not in text
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    sheet = openpyxl.load_workbook(io.BytesIO(export("xlsx", "http://x.example.org/"))).active
    assert not [cell for line in sheet for cell in line if cell.data_type == "f"]
    assert len(json.loads(export("json", "http://x.example.org/"))["practices"]) == 1


def test_an_export_asks_the_same_few_questions_however_many_practices(
    client, django_assert_max_num_queries
):
    for number in range(12):
        factories.practice(f"Invention {number}", countries=["GEO", "MAR"], themes=["transit"])
    with django_assert_max_num_queries(25):
        assert client.get(reverse("contribute-export", args=["csv"])).status_code == 200
    assert client.get("/en/contribute/import/practices.exe").status_code == 404


def test_the_template_is_for_everybody_and_imports_as_nothing(client, run):
    for ending in ("csv", "xlsx"):
        content = client.get(reverse("contribute-import-template", args=[ending])).content
        assert "0 new, 0 changed, 0 unchanged, 0 refused." in run(content, name=f"t.{ending}")
    assert client.get("/en/contribute/import/template.json").status_code == 404
    assert FULL.title


# --- The page of the secretariat
def test_only_the_secretariat_sees_the_page_and_imports(client):
    url = reverse("contribute-import")
    assert client.get(url).status_code == 302
    for user in (person(), member("GEO"), representative("GEO")):
        client.force_login(user)
        assert client.get(url).status_code == 404
        assert client.post(url, {"file": upload(as_csv(ROWS), "a.csv")}).status_code == 404
    client.force_login(secretariat())
    assert client.get(url).status_code == 200
    assert not PracticePage.objects.exists()


def checked(client, content=None, name="a.csv"):
    return client.post(
        reverse("contribute-import"), {"file": upload(content or as_csv(ROWS), name)}
    )


def held(answer):
    return answer.content.decode().split('name="held" value="')[1].split('"')[0]


def test_a_table_is_looked_at_first_and_then_imported(client):
    client.force_login(secretariat())
    look = checked(client)
    assert "Counting (invented)" in look.content.decode()
    assert not PracticePage.objects.exists()
    done = client.post(reverse("contribute-import"), {"held": held(look)})
    assert "2 new" in done.content.decode()
    assert PracticePage.objects.filter(live=False).count() == 2
    again = client.post(reverse("contribute-import"), {"held": held(look)})
    assert "2 unchanged" in again.content.decode()


def test_a_table_that_cannot_be_taken_is_answered_with_a_sentence(client):
    client.force_login(secretariat())
    url = reverse("contribute-import")
    assert client.post(url).status_code == 400
    assert checked(client, b"<html>", "a.html").status_code == 400
    assert checked(client, b"<html>", "a.xlsx").status_code == 400
    long = as_csv([[f"inv-{n}", "en", "x", "", "", "", ""] for n in range(201)])
    assert checked(client, long).status_code == 413
    assert client.post(url, {"held": "forged"}).status_code == 400
    assert not PracticePage.objects.exists()


def test_what_another_has_checked_is_not_imported(client):
    client.force_login(secretariat())
    look = held(checked(client))
    client.force_login(secretariat(email="second@example.org"))
    assert client.post(reverse("contribute-import"), {"held": look}).status_code == 400
    assert not PracticePage.objects.exists()
