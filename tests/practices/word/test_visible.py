"""A Word file of a practice names no file that its reader could not open."""

import pytest
from django.core.files.base import ContentFile

from core.visibility import EVERYBODY
from library.making import markdown_to_docx
from library.models import LibraryFile
from practices.word.pages import fields_of
from practices.word.visible import only_visible
from tests import factories
from tests.kept import kept
from tests.members.people import representative

pytestmark = pytest.mark.django_db


@kept
def file_of_another(vocabulary):
    """A file that belongs to a practice which is not public yet."""
    owner = representative("GEO")
    page = factories.practice("Not public yet (invented)", draft=True, owner=owner)
    law = ContentFile(markdown_to_docx("A law (invented).", "A law"), name="law.docx")
    return LibraryFile.attach(page, owner, law, title="A law (invented)")


def named(file, **state):
    """What of this file a practice that names it shows to everybody, once the file is so."""
    evidence = [("file", {"file": file, "note": ""})]
    page = factories.practice("Public (invented)", evidence=evidence)
    page.refresh_from_db()
    LibraryFile.objects.update(**state)
    shown = only_visible(fields_of(page), EVERYBODY)
    return [each.file.pk for each in shown.evidence]


def test_a_file_of_a_page_that_is_not_public_is_left_out(file_of_another):
    assert named(file_of_another, shown=False) == []


def test_a_withheld_file_is_left_out(file_of_another):
    assert named(file_of_another, page=None, withheld="signed") == []


def test_an_open_file_is_named(file_of_another):
    assert named(file_of_another, page=None) == [file_of_another.pk]
