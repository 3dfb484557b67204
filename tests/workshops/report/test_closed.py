"""A report for some is handed out to them alone, and names no file that its reader may not open."""

from io import BytesIO

import docx
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import PageViewRestriction

from library.extract import read_file
from library.making import markdown_to_docx
from library.models import LibraryFile
from tests import factories
from tests.members import people
from tests.workshops.report import made
from workshops.models import ReportPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    made_of = markdown_to_docx("Invented.", "Invented")
    found = LibraryFile.objects.create(
        title="A file for some (invented)", file=ContentFile(made_of, "invented.docx")
    )
    read_file(found)  # what nobody could look into is not published
    return found


@pytest.fixture
def report(file):
    page = ReportPage(title="A report (invented)", slug="report", locale=factories.locale())
    download = ("download", {"file": file, "note": ""})
    table = {"data": [["1", "2"]], "first_row_is_table_header": False}
    parts = [("text", "<p>Text (invented).</p>"), ("table", {"caption": "", "table": table})]
    page.body = [
        ("section", {"heading": f"Part {number}", "level": "1", "body": [*parts, download]})
        for number in range(8)
    ]
    place = made.page_of_workshop()
    place.add_child(instance=page)
    return page


def word(client, page):
    return client.get(f"/en/workshop/reports/{page.pk}/report.docx")


def texts(answer):
    return [p.text for p in docx.Document(BytesIO(answer.content)).paragraphs]


def test_a_closed_report_is_handed_out_to_those_alone_who_open_its_page(client, report):
    assert word(client, report).status_code == 200
    address = report.get_parent().get_url()
    assert report.title in client.get(address).content.decode()
    PageViewRestriction.objects.create(page=report, restriction_type="login")
    assert report.title not in client.get(address).content.decode()
    assert word(client, report).status_code == 404
    member = Client()
    member.force_login(people.member("GEO"))
    assert word(member, report).status_code == 200
    ReportPage.objects.update(live=False)
    assert word(member, report).status_code == 404


def test_a_file_that_is_not_open_is_not_named(client, report, file):
    assert file.title in "".join(texts(word(client, report)))
    LibraryFile.objects.update(withheld="unclean")
    assert file.title not in "".join(texts(word(client, report)))


def test_a_long_report_costs_few_queries(client, report, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        shown = client.get(report.get_url())
    assert shown.content.decode().count("A file for some (invented)") == 8
