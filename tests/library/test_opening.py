"""Opening a file: PDF files at a page, Word files as text, restricted ones not at all."""

import pytest
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from library.making import markdown_to_docx, markdown_to_pdf
from library.models import LibraryFile
from library.searchable import FileSource
from search.models import IndexedDocument
from search.viewer import ANYONE
from tests.members.people import superuser

pytestmark = pytest.mark.django_db


@pytest.fixture
def pdf(add_file, guide):
    return add_file("guide.pdf", markdown_to_pdf(guide, "Guide"), title="The guide")


@pytest.fixture
def word(add_file, guide):
    return add_file("guide.docx", markdown_to_docx(guide, "Guide"), title="The guide in Word")


@pytest.fixture
def closed_collection():
    collection = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection.add_child(name="Below the closed one")


def reading_url(file):
    return reverse("library:file", args=[file.pk])


def card(file):
    return FileSource().shown([str(file.pk)], ANYONE, "en").get(str(file.pk))


def audiences(file):
    row = IndexedDocument.objects.get(key=f"file:{file.pk}")
    return None if row.withdrawn else row.audiences


def test_a_pdf_opens_in_the_browser_and_runs_nothing(client, pdf):
    response = client.get(pdf.url)
    assert response["Content-Type"] == "application/pdf"
    assert response.get("Content-Disposition", "inline").startswith("inline")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_word_file_is_downloaded(client, word):
    response = client.get(word.url)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_hit_in_a_pdf_opens_the_file_and_in_word_the_reading_view(pdf, word):
    assert card(pdf).url == pdf.url
    assert card(word).url == reading_url(word)


def test_the_sections_of_a_pdf_have_pages_and_those_of_word_anchors(pdf, word):
    found = FileSource().documents([str(pdf.pk), str(word.pk)])
    documents = {document.key: document for document in found}
    assert {section.anchor for section in documents[f"file:{pdf.pk}"].sections} == {""}
    assert documents[f"file:{pdf.pk}"].sections[0].page == 1
    assert documents[f"file:{word.pk}"].sections[1].anchor == "section-2"


@pytest.mark.parametrize("kind", ["pdf", "word"])
def test_the_reading_view_shows_the_text_section_by_section(client, request, kind):
    file = request.getfixturevalue(kind)
    page = client.get(reading_url(file)).content.decode()
    assert "Two ministries share one identifier." in page
    assert 'id="section-2"' in page
    assert '<h3 dir="auto">Agree on the key</h3>' in page
    assert file.url in page
    assert ('id="page-2"' in page) == (kind == "pdf")


def test_text_of_a_file_is_never_markup(client, add_file):
    file = add_file("x.docx", markdown_to_docx("`<script>alert(1)</script>`", "T"), title="<b>x")
    page = client.get(reading_url(file)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_restricted_file_is_as_missing_as_one_that_never_was(client, pdf, closed_collection):
    assert client.get(reading_url(pdf)).status_code == 200
    pdf.collection = closed_collection
    pdf.save()
    restricted = client.get(reading_url(pdf))
    missing = client.get(reverse("library:file", args=[999_999]))
    assert (restricted.status_code, missing.status_code) == (404, 404)
    # The addresses of the other languages name the number that was asked for.
    same = restricted.content.replace(f"/files/{pdf.pk}/".encode(), b"/files/999999/")
    assert same == missing.content
    assert client.get(pdf.url).status_code == 404
    assert card(pdf) is None
    assert audiences(pdf) == ["signed-in"]


def test_restricting_and_opening_a_collection_shows_at_once(pdf):
    collection = Collection.get_first_root_node().add_child(name="Reports")
    pdf.collection = collection
    pdf.save()
    assert audiences(pdf) == ["public"]
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="login"
    )
    assert (audiences(pdf), card(pdf)) == (["signed-in"], None)
    restriction.delete()
    assert audiences(pdf) == ["public"]
    assert card(pdf) is not None


def test_a_collection_that_moves_takes_its_files_along(
    admin_client, pdf, closed_collection, django_capture_on_commit_callbacks
):
    collection = Collection.get_first_root_node().add_child(name="Reports")
    LibraryFile.objects.filter(pk=pdf.pk).update(collection=collection)
    url = reverse("wagtailadmin_collections:edit", args=[collection.pk])
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(url, {"name": "Reports", "parent": closed_collection.pk})
    assert (audiences(pdf), card(pdf)) == (["signed-in"], None)


def test_files_moved_together_are_hidden_at_once(admin_client, pdf, closed_collection):
    url = reverse("wagtail_bulk_action", args=["library", "libraryfile", "add_to_collection"])
    admin_client.post(f"{url}?id={pdf.pk}", {"collection": closed_collection.pk})
    assert (audiences(pdf), card(pdf)) == (["signed-in"], None)


def test_a_deleted_file_is_not_found(pdf):
    key = f"file:{pdf.pk}"
    pdf.delete()
    assert IndexedDocument.objects.get(key=key).withdrawn


@pytest.mark.parametrize("name", ["program.pdf", "macros.docx", "bomb.docx"])
def test_an_unsafe_file_is_handed_to_its_editors_only(client, add_file, bad_files, name):
    file = add_file(name, bad_files[name][0])
    assert client.get(file.url).status_code == 404
    assert client.get(reading_url(file)).status_code == 404
    assert card(file) is None
    client.force_login(superuser("editor@example.org"))
    response = client.get(file.url)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")


def test_a_scan_is_found_by_its_title(client, add_file, bad_files):
    file = add_file("scan.pdf", bad_files["scan.pdf"][0], title="A scanned decree")
    assert audiences(file) == ["public"]
    assert card(file).title == "A scanned decree"
    assert client.get(reading_url(file)).status_code == 200


def test_an_empty_file_is_not_offered(add_file):
    file = add_file("empty.pdf", b"")
    assert card(file) is None


def test_cards_cost_the_same_for_one_file_and_for_many(
    add_file, pdf, word, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert len(FileSource().shown([str(pdf.pk)], ANYONE, "en")) == 1
    with django_assert_num_queries(1):
        assert len(FileSource().shown([str(pdf.pk), str(word.pk)], ANYONE, "en")) == 2
