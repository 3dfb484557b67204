"""A bad file costs at most its limits and leaves a reason behind."""

import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from core.confined.limits import MEGABYTE, Limits
from library.making import markdown_to_pdf
from library.reasons import SENTENCES


def test_a_bad_file_has_a_reason_in_words(read, bad_file):
    name, content, reason = bad_file
    started = time.monotonic()
    reading = read(name, content)
    assert reading.reason == reason, reading.detail
    assert len(str(SENTENCES[reason])) > 20
    assert reading.sections == ()
    assert time.monotonic() - started < 10


def test_an_endless_file_is_ended(read, make_endless_pdf):
    reading = read("endless.pdf", make_endless_pdf(), Limits(cpu_seconds=2, wall_seconds=8))
    assert reading.reason == "timeout"


def test_a_process_that_only_waits_is_ended(tmp_path):
    # A pipe that nobody writes to: opening it waits for ever and uses no processor time.
    from library.extraction.runner import read_in_own_process

    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    assert read_in_own_process(pipe, "pdf", Limits(wall_seconds=2)).reason in {"timeout", "missing"}


def test_a_file_that_needs_more_memory_than_allowed_is_ended(read, make_raw_pdf):
    big = make_raw_pdf(b"BT /F1 9 Tf " + b"(word) Tj " * 300_000 + b"ET")
    assert read("big.pdf", big, Limits(memory=90 * MEGABYTE)).reason == "memory"


def test_too_many_pages_are_not_read(read, guide):
    assert read("long.pdf", markdown_to_pdf(guide, "T"), Limits(pages=1)).reason == "too_long"


def test_a_circular_page_tree_does_not_hang(read, make_raw_pdf):
    circular = make_raw_pdf(b"").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    assert read("circle.pdf", circular).reason in {"damaged", "no_text"}


@pytest.fixture
def listener():
    """(port, connections): a local server that notes who calls."""
    calls = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    over = threading.Event()

    def listen():
        while not over.is_set():
            try:
                calls.append(server.accept()[1])
            except TimeoutError:
                continue

    thread = threading.Thread(target=listen)
    thread.start()
    yield server.getsockname()[1], calls
    over.set()
    thread.join()
    server.close()


def test_nothing_outside_the_file_is_fetched(read, make_package, listener):
    port, calls = listener
    secret = Path(__file__).with_name("conftest.py").as_uri()
    xml = (
        f'<!DOCTYPE d [<!ENTITY a SYSTEM "http://127.0.0.1:{port}/a">'
        f'<!ENTITY b SYSTEM "{secret}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        "<w:p><w:r><w:t>Seen &a;&b; text</w:t></w:r></w:p></w:body></w:document>"
    )
    template = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/attachedTemplate" Target="http://127.0.0.1:{port}/t.dotm"'
        ' TargetMode="External"/></Relationships>'
    )
    changes = {"word/document.xml": xml, "word/_rels/settings.xml.rels": template}
    reading = read("entities.docx", make_package(changes))
    assert calls == []
    assert "Files good and bad" not in reading.to_json()


def test_the_reading_process_knows_neither_django_nor_our_secrets(monkeypatch):
    from core.confined.process import environment

    monkeypatch.setenv("SECRET_KEY", "hush")
    assert "hush" not in environment().values()
    code = (
        "import sys, library.extraction.__main__, library.extraction.pdf, library.extraction.word;"
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment(), check=False)
    assert done.returncode == 0
