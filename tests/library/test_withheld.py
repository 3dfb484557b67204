"""Pages show and link only the files that everybody may open."""

import pytest
from django.core.files.base import ContentFile
from django.template import Context, Template
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.rich_text import expand_db_html

from core.models import PageSource, SourceDocument
from guidance.models import GuidanceFile, GuidanceIndexPage, GuidancePage
from library.importing import Details, keep
from library.making import markdown_to_pdf
from library.models import LibraryFile
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "## Invented heading\n\nAn invented report."


def collection(closed):
    root = Collection.get_first_root_node()
    if not closed:
        return root.add_child(name="Open")
    above = root.add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=above, restriction_type="login")
    return above.add_child(name="Below the closed one")


@pytest.fixture(params=[False, True], ids=["public", "restricted"])
def closed(request):
    return request.param


@pytest.fixture
def file(closed):
    content = markdown_to_pdf(TEXT, "An invented report")
    file = keep("invented-report.pdf", content, Details(title="A file of this test"))[0]
    file.collection = collection(closed)
    file.save()
    return file


def is_shown(file, text):
    """Whether a page tells of a file; all of it or nothing must be there."""
    told = {file.title in text, file.url in text}
    assert len(told) == 1
    return told.pop()


def text_of(client, page):
    return client.get(page.url).content.decode()


def test_files_of_guidance(client, file, closed):
    page = GuidancePage(title="Invented guidance", slug="invented", locale=factories.locale())
    page.files = [GuidanceFile(file=file, note="Invented note")]
    factories.publish(page, factories.index(GuidanceIndexPage))
    text = text_of(client, page)
    assert is_shown(file, text) is not closed
    assert ('id="files"' in text) is not closed


def test_evidence_of_a_practice(client, file, closed):
    link = ("link", {"title": "Invented link", "url": "https://example.org/"})
    evidence = [("file", {"file": file, "note": "Invented note"})]
    text = text_of(client, factories.practice(evidence=evidence))
    assert is_shown(file, text) is not closed
    assert ('href="#evidence"' in text) is not closed
    assert ('id="evidence"' in text) is not closed
    both = text_of(client, factories.practice("Another invented one", evidence=[*evidence, link]))
    assert "Invented link" in both
    assert is_shown(file, both) is not closed


def test_files_in_a_text(client, file, closed):
    body = [("heading", "Invented heading"), ("download", {"file": file, "note": "Invented note"})]
    text = text_of(client, factories.plain_page(body=body))
    assert "Invented heading" in text
    assert is_shown(file, text) is not closed
    assert ("Invented note" in text) is not closed


def test_a_citation_of_a_withheld_file_leads_to_the_document(client, file, closed):
    document = SourceDocument.objects.create(
        slug="report", title="Invented report", url="https://example.org/report", file=file
    )
    page = factories.practice()
    page.sources = [PageSource(document=document, place="Invented heading", page_number=1)]
    page.save_revision().publish()
    text = text_of(client, page)
    assert (f'<a href="{file.url}#page=1">' in text) is not closed
    assert file.url not in text or not closed
    assert text.count('<a href="https://example.org/report">') == (2 if closed else 1)


def test_links_in_a_text_are_plain_words_where_the_file_is_withheld(file, closed):
    html = expand_db_html(f'<a linktype="document" id="{file.pk}">words</a>')
    assert html == ("<a>words</a>" if closed else f'<a href="{file.url}">words</a>')


def test_many_links_to_files_need_one_query(file, django_assert_num_queries):
    link = f'<a linktype="document" id="{file.pk}">words</a>'
    expand_db_html(link)
    with django_assert_num_queries(1):
        expand_db_html(link * 5 + '<a linktype="document" id="999999">gone</a>')


def test_many_files_need_one_query(add_file, django_assert_num_queries):
    content = markdown_to_pdf(TEXT, "An invented report")
    files = [add_file(f"report-{number}.pdf", content) for number in range(3)]
    rows = [GuidanceFile(file=file) for file in files]
    template = Template("{% load library_tags %}{% with_public_files rows as r %}{{ r|length }}")
    with django_assert_num_queries(1):
        assert template.render(Context({"rows": rows})) == "3"
    with django_assert_num_queries(0):
        assert template.render(Context({"rows": []})) == "0"


def test_a_file_is_tied_to_its_source_only_if_readers_may_open_it(closed):
    document = SourceDocument.objects.create(slug="invented-report", title="Invented report")
    content = markdown_to_pdf(TEXT, "An invented report")
    LibraryFile.objects.create(
        title="x",
        file=ContentFile(content, name="invented-report.pdf"),
        collection=collection(closed),
    )
    document.refresh_from_db()
    assert (document.file is None) is closed
