"""Files are looked at by a real ClamAV daemon; one that does not answer lets nothing through."""

import pytest

from core.scanning import verdict
from tests.clamd import EICAR, clamd  # noqa: F401 - a fixture


@pytest.fixture
def file(tmp_path):
    return tmp_path / "file"


def test_without_a_daemon_nothing_is_asked(settings, file):
    settings.CLAMD = ""
    file.write_bytes(EICAR)
    assert verdict(file) == ""


def test_a_daemon_finds_what_it_knows_and_lets_the_rest_pass(settings, clamd, file):  # noqa: F811
    settings.CLAMD = clamd
    file.write_bytes(b"An invented report.")
    assert verdict(file) == ""
    file.write_bytes(b"%PDF-1.7 " + EICAR)
    assert verdict(file) == "infected"


@pytest.mark.parametrize("address", ["/nowhere/clamd.sock", "127.0.0.1:9", "nonsense:nonsense"])
def test_a_daemon_that_does_not_answer_lets_nothing_through(settings, file, address):
    settings.CLAMD = address
    file.write_bytes(b"An invented report.")
    assert verdict(file) == "unscanned"
