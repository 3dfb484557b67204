"""Files that a real word processor has saved: no field is lost, whatever way they have gone.

They lie in `golden/`, with what each of them says; its README tells how they were made.
"""

import dataclasses
import datetime
import json
from pathlib import Path

import pytest
from django.test import Client

from practices.models import PracticePage
from practices.word.fields import Evidence, Named, PracticeFields, Source
from practices.word.opening import outline_of
from practices.word.prose import Piece, to_html
from tests import factories
from tests.members.people import member
from tests.practices.word.files import upload

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).with_name("golden")
# What is on the site and named in the files: the practice knew it before.
ON_THE_SITE = PracticeFields(
    lead_institution=Named(7, "Invented Ministry (IM)"),
    indicators=(Named(31, "Children in transit", "/p/31/"),),
    guidance=(Named(32, "An invented guidance", "/p/32/"),),
    evidence=(
        Evidence(
            "A file",
            "/documents/5/a-file.pdf",
            file=Named(5, "A file", "/documents/5/a-file.pdf"),
        ),
    ),
    sources=(Source(Named(9, "A report (2019)")),),
)


def said(name):
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def plain(value):
    """A value as the files beside hold it: text as HTML, and nothing that is empty."""
    if isinstance(value, tuple) and value and isinstance(value[0], Piece):
        return to_html(value)
    if dataclasses.is_dataclass(value):
        each = {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
        return {name: plain(one) for name, one in each.items() if one}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
def test_a_full_practice_that_was_saved_again_comes_back_whole(read_back, language):
    again = read_back((GOLDEN / f"full-{language}.docx").read_bytes(), ON_THE_SITE)
    assert plain(again.fields) == said("full")
    assert again.problems == again.left_over == ()
    assert (again.page, again.revision) == (12, 34)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_form_that_somebody_filled_in_is_understood(read_back, language):
    filled = read_back((GOLDEN / f"typed-{language}.docx").read_bytes())
    assert plain(filled.fields) == said(f"typed-{language}")
    assert [each.text for each in filled.problems] == [
        "The table is kept. On the page it stands below the text of its section."
    ]
    assert filled.left_over == ()
    assert filled.language == language


def test_what_was_typed_in_other_places_than_meant_is_understood_as_well(read_back):
    edited = read_back((GOLDEN / "edited-en.docx").read_bytes())
    assert plain(edited.fields) == said("edited-en")
    assert edited.problems == edited.left_over == ()


def test_remarks_and_what_was_deleted_are_seen():
    outline = outline_of(GOLDEN / "edited-en.docx")
    assert outline.comments == ["Is this so? (invented)"]
    assert outline.deleted == ["Many"]
    assert outline.inserted == 1


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLDEN.glob("*.docx")))
def test_every_file_is_as_the_word_processor_left_it(name):
    import docx

    properties = docx.Document(str(GOLDEN / f"{name}.docx")).core_properties
    assert (properties.author, properties.last_modified_by) == ("", "")


def test_it_is_uploaded_and_becomes_a_draft(vocabulary):
    from practices.models import PracticeIndexPage

    factories.index(PracticeIndexPage)
    client = Client()
    client.force_login(member("GEO"))
    file = upload((GOLDEN / "typed-en.docx").read_bytes())
    shown = client.post("/en/contribute/word/upload/", {"file": file})
    assert shown.status_code == 200
    saved = client.post(
        "/en/contribute/word/save/", {"held": shown.context["held"], "language": "en"}
    )
    page = PracticePage.objects.get()
    assert saved.url == f"/en/contribute/{page.pk}/"
    assert page.title == said("typed-en")["title"]
    assert page.problem == said("typed-en")["problem"]
    assert [step.value["title"] for step in page.steps] == [
        step["title"] for step in said("typed-en")["steps"]
    ]
    assert {tag.term.code for tag in page.countries.all()} == {"GEO", "MAR"}
