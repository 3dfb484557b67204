"""Practices as Word files: written, read in the guarded process, and understood."""

import socket
import threading

import pytest

from practices.word.names import Names
from practices.word.opening import outline_of
from practices.word.understanding import understand
from practices.word.writing import Setting, write

SITE = "https://practices.example.org"


@pytest.fixture
def read_back(tmp_path, vocabulary, django_user_model):
    """Read Word bytes as a person would upload them: read_back(content, kept=None)."""

    def read_back(content, kept=None):
        from django.contrib.auth.models import AnonymousUser

        path = tmp_path / "practice.docx"
        path.write_bytes(content)
        names = Names(AnonymousUser(), {"practices.example.org"}, kept)
        return understand(outline_of(path), names)

    return read_back


@pytest.fixture
def written():
    """Write fields as a Word file: written(fields, language="en", reference="")."""

    def written(fields, language="en", reference=""):
        return write(fields, Setting(language, SITE, reference))

    return written


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
