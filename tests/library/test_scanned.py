"""Where a malware scanner is set, nobody is handed a file that it has not seen."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tasks_db.models import DBTaskResult

from library.extract import read_file
from library.making import markdown_to_pdf
from library.models import LibraryFile
from library.tasks import ask_for_what_was_not_read
from tests import factories
from tests.clamd import EICAR, clamd  # noqa: F401 - a fixture
from tests.members.people import superuser

pytestmark = pytest.mark.django_db
CLEAN = markdown_to_pdf("A report.", "A report")
NOWHERE = "/nowhere/clamd.sock"


@pytest.fixture
def office(client):
    factories.home()
    client.force_login(superuser())
    return client


def test_malware_is_kept_from_everybody_and_a_clean_file_is_not(settings, clamd, add_file, office):  # noqa: F811
    settings.CLAMD = clamd
    bad, good = add_file("bad.pdf", CLEAN + b"\n%" + EICAR), add_file("good.pdf", CLEAN)
    assert (bad.withheld, good.withheld) == ("infected", "")
    assert "malware" in bad.withheld_state
    assert (office.get(bad.url).status_code, office.get(good.url).status_code) == (404, 200)


def test_what_could_not_be_scanned_waits_for_the_scanner(settings, add_file, client):
    factories.home()
    settings.CLAMD = NOWHERE
    file = add_file("report.pdf", CLEAN)
    assert file.withheld == "unscanned"
    assert client.get(file.url).status_code == 404
    DBTaskResult.objects.all().delete()
    ask_for_what_was_not_read(False)
    assert DBTaskResult.objects.count() == 1
    settings.CLAMD = ""
    read_file(file)
    assert client.get(file.url).status_code == 200
    DBTaskResult.objects.all().delete()
    ask_for_what_was_not_read(False)
    assert not DBTaskResult.objects.exists()


def test_a_file_for_a_page_is_refused_while_nobody_can_scan_it(settings):
    settings.CLAMD = NOWHERE
    page = factories.practice(draft=True)
    with pytest.raises(ValidationError, match="cannot be scanned"):
        LibraryFile.attach(page, None, SimpleUploadedFile("x.pdf", CLEAN))
    assert not LibraryFile.objects.exists()
