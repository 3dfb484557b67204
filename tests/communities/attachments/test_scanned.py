"""Where a malware scanner is set, nothing is attached that it has not seen."""

import pytest
from django.core.exceptions import ValidationError

from tests.clamd import EICAR, clamd  # noqa: F401 - a fixture
from tests.communities import groups
from tests.communities.attachments import made
from tests.communities.attachments.conftest import attached

pytestmark = pytest.mark.django_db


def test_malware_is_not_attached_and_a_clean_file_is(settings, clamd):  # noqa: F811
    settings.CLAMD = clamd
    member = groups.member_of(groups.community())
    assert attached(member, ("report.pdf", made.pdf()))
    with pytest.raises(ValidationError, match="A scanner has found malware in it"):
        attached(member, ("report.pdf", made.pdf() + b"\n%" + EICAR))


def test_while_the_scanner_does_not_answer_nothing_is_attached(settings):
    settings.CLAMD = "/nowhere/clamd.sock"
    member = groups.member_of(groups.community())
    with pytest.raises(ValidationError, match="cannot be scanned for malware at the moment"):
        attached(member, ("report.pdf", made.pdf()))
