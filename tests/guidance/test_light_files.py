"""What changed between versions, what still applies an earlier one, and light files."""

import io
import re

import docx
import pypdf
import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from core import printing
from guidance.models import (
    GuidanceIndexPage,
    GuidanceIndicator,
    GuidancePage,
    IndicatorIndexPage,
    IndicatorPage,
)
from library.extract import read_file
from library.making import markdown_to_docx
from library.models import LibraryFile
from practices.models import PracticeGuidance
from tests import factories

pytestmark = pytest.mark.django_db


def guidance(version, supersedes=None, **fields):
    body = fields.pop("body", [("heading", "Ages"), ("text", "<p>Count by <b>age</b>.</p>")])
    page = GuidancePage(
        title=f"Invented guidance {version}",
        slug=f"invented-{version}",
        version=str(version),
        supersedes=supersedes,
        locale=factories.locale(),
        body=body,
        **fields,
    )
    return factories.publish(page, factories.index(GuidanceIndexPage))


def two_versions():
    first = guidance(1)
    body = [("heading", "Ages"), ("text", "<p>Count by <b>age and sex</b>.</p>")]
    return first, guidance(2, first, body=body, changed="Sex is invented anew.")


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_changed_is_told_in_words_and_word_by_word(client):
    first, second = two_versions()
    shown = text_of(client, second.url)
    assert "Sex is invented anew." in shown
    assert f"/en/guidance-versions/{second.pk}/" in shown
    compared = text_of(client, f"/en/guidance-versions/{second.pk}/")
    assert "<ins>" in compared
    assert "and sex" in compared.split("<ins>", 2)[2]
    assert "Count by" in compared
    # Neither a label nor what is read aloud decides in which direction a text runs.
    assert "Version: \u2068" in compared
    assert "<ins><bdi" in compared
    # From the older one the same is shown: what came, not what went.
    older = text_of(client, f"/en/guidance-versions/{first.pk}/?old={second.pk}")
    assert "and sex" in older.split("<ins>", 2)[2]
    assert client.get(f"/en/guidance-versions/{second.pk}/?old=x").status_code == 404


def test_a_version_that_is_closed_is_not_shown_nor_compared_nor_handed_out(client, admin_client):
    first, second = two_versions()
    PageViewRestriction.objects.create(page=second, restriction_type="login")
    assert "Versions" not in text_of(client, first.url)
    addresses = [f"/en/guidance-versions/{second.pk}/", f"/en/guidance-versions/{second.pk}/txt/",
                 f"/en/guidance-versions/{first.pk}/?old={second.pk}"]  # fmt: skip
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    assert [admin_client.get(address).status_code for address in addresses] == [200, 200, 200]


def test_practices_that_apply_an_earlier_version_are_told_from_those_that_follow(client):
    first, second = two_versions()
    late, follows = factories.practice(title="Late"), factories.practice(title="Follows")
    for page, applied in ((late, first), (follows, first), (follows, second)):
        PracticeGuidance.objects.create(page=page, guidance=applied)
    shown = text_of(client, second.url)
    behind = shown.split('id="behind"')[1].split("</section>")[0]
    assert "Late" in behind
    assert "Follows" not in behind
    assert 'id="behind"' not in text_of(client, first.url)


def test_the_text_leaves_in_light_files_and_nothing_is_lost(client):
    other = factories.plain_page()
    link = f'<a linktype="page" id="{other.pk}">there</a>, <a linktype="document" id="7">a</a>'
    body = [("heading", "Words"), ("text", f"<p>See {link}.</p><ul><li>One thing</li></ul>"),
            ("heading", "Numbers"), ("text", "<p>An invented <i>sentence</i>.</p>")]  # fmt: skip
    page = guidance(3, body=body)
    base = f"/en/guidance-versions/{page.pk}"
    text = text_of(client, f"{base}/txt/")
    for said in ("# Invented guidance 3", "## Words", f"/p/{other.pk}/)", "/files/7/)",
                 "- One thing", "## Numbers", "_sentence_", f"/p/{page.pk}/"):  # fmt: skip
        assert said in text
    read = docx.Document(io.BytesIO(client.get(f"{base}/docx/").content))
    assert "An invented sentence." in [each.text for each in read.paragraphs]
    pdf = client.get(f"{base}/pdf/")
    assert pdf["Content-Type"] == "application/pdf"
    assert len(pdf.content) < 20_000
    assert (
        "An invented sentence." in pypdf.PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    )
    assert client.get(f"{base}/exe/").status_code == 404


@pytest.mark.skipif(not printing.is_possible(), reason="needs Pango")
def test_arabic_leaves_as_pdf_where_it_can_be_set_and_markup_stays_text(client):
    page = guidance(4, body=[("text", "<p>نص مخترع</p><p>An &lt;img&gt; invented</p>")])
    base = f"/guidance-versions/{page.pk}"
    assert f"{base}/pdf/" in text_of(client, page.url)
    pdf = pypdf.PdfReader(io.BytesIO(client.get(f"/en{base}/pdf/").content))
    said = pdf.pages[0].extract_text()
    assert {"نص", "مخترع"} <= set(said.split())
    assert "An <img> invented" in said


@pytest.mark.skipif(printing.is_possible(), reason="for machines without Pango")
def test_letters_that_no_pdf_has_leave_as_word_and_text(client):
    page = guidance(4, body=[("text", "<p>نص مخترع</p>")])
    shown = text_of(client, page.url)
    base = f"/guidance-versions/{page.pk}"
    assert f"{base}/pdf/" not in shown
    assert f"{base}/docx/" in shown
    assert client.get(f"/en{base}/pdf/").url == f"/en{base}/txt/"


def test_a_file_that_not_everybody_may_open_is_not_named(client):
    page = guidance(5)
    names = {}
    for name in ("Public law", "Closed law"):
        file = LibraryFile(title=f"{name} (invented)")
        file.file.save("law.docx", ContentFile(markdown_to_docx("Invented.", "Invented")))
        file.save()
        read_file(file)
        names[name] = file
    root = Collection.get_first_root_node()
    closed = root.add_child(instance=Collection(name="Closed (invented)"))
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    LibraryFile.objects.filter(pk=names["Closed law"].pk).update(collection=closed)
    page.body = [("download", {"file": file, "note": ""}) for file in names.values()]
    page.save_revision().publish()
    text = text_of(client, f"/en/guidance-versions/{page.pk}/txt/")
    assert "Public law (invented): http" in text
    assert "Closed law" not in text


def test_what_is_not_public_is_not_told_by_the_comparison(client):
    _first, second = two_versions()
    for title, live in (("Public indicator", True), ("Secret indicator", False)):
        page = IndicatorPage(title=f"{title} (invented)", slug=title[:6].lower(), area="core",
                             locale=factories.locale())  # fmt: skip
        factories.publish(page, factories.index(IndicatorIndexPage))
        if not live:
            page.unpublish()
        GuidanceIndicator.objects.create(page=second, indicator=page)
    shown = text_of(client, f"/en/guidance-versions/{second.pk}/")
    assert "Public indicator (invented)" in shown
    assert "Secret" not in shown


def test_a_heading_that_was_renamed_is_compared_with_itself_and_markup_is_text(client):
    first = guidance(6, body=[("heading", "Ages"), ("text", "<p>Count &lt;b&gt; by age.</p>")])
    second = guidance(7, first)
    # The blocks keep their names when a version is copied from the one before.
    blocks = [dict(each) for each in first.body.raw_data]
    blocks[0] = blocks[0] | {"value": "Age groups <script>"}
    blocks[1] = blocks[1] | {"value": "<p>Count &lt;b&gt; by group.</p>"}
    second.body = blocks
    second.save_revision().publish()
    shown = text_of(client, f"/en/guidance-versions/{second.pk}/")
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    assert "Count &lt;b&gt; by" in shown
    assert "Age groups &lt;script&gt;" in shown
    assert "<script>" not in shown
    assert shown.count("Count &lt;b&gt; by") == 1  # it stayed: it is neither taken away nor added
