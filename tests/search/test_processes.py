"""Processes side by side, each with a folder of its own as on nodes of their own, one database."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from search.queue import encode_waiting
from tests.seeded import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "The ministries share one registry of children who cross the border."
MEANT = "governments recording migrant kids"

# Shows what the rows say; the objects behind them belong to the process that tests.
PROCESS = """
import django, json, sys
django.setup()
from search import caches, encoders, engine, index, sources
from search.documents import Document, Section
from search.models import IndexedDocument
from search.sources import Card
from search.viewer import Viewer

class Rows:
    name = "shelf"
    put = {}
    def ids(self):
        return []
    def documents(self, ids):
        return [self.put[each] for each in ids if each in self.put]
    def shown(self, ids, viewer, language):
        rows = IndexedDocument.objects.filter(key__in=[f"shelf:{each}" for each in ids])
        return {row.key.partition(":")[2]: Card(row.title, "/", row.kind, row.language)
                for row in rows if viewer.audiences & set(row.audiences)}

sources.register(Rows())
encoders.current().load()
for line in sys.stdin:
    asked = json.loads(line)
    if "put" in asked:
        number = asked["put"]
        Rows.put[number] = Document(
            key=f"shelf:{number}", kind="practice", title=asked["title"], language="en",
            sections=(Section((), asked["text"]),), audiences=frozenset({"public"}))
        index.refresh("shelf", [number])
        answer = []
    else:
        found = engine.find(asked["question"], Viewer(frozenset(asked["audiences"])))
        with caches.current().reading() as view:
            vectors = len(view.vectors)
        answer = [sorted(hit.key for hit in found.hits), vectors]
    print(json.dumps(answer), flush=True)
"""


class Process:
    def __init__(self, pipe):
        self.pipe = pipe

    def ask(self, **what):
        self.pipe.stdin.write(json.dumps(what) + "\n")
        self.pipe.stdin.flush()
        return json.loads(self.pipe.stdout.readline())

    def found(self, question, *audiences):
        return self.ask(question=question, audiences=audiences or ("public",))[0]

    def vectors(self):
        return self.ask(question="", audiences=("public",))[1]


@contextmanager
def process(folder, **more):
    name = str(connection.settings_dict["NAME"])
    address = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        address = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DEBUG": "0",
        "SEARCH_MODELS_DIR": str(settings.SEARCH_MODELS_DIR),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        **more,
    }
    with (folder / "errors").open("w") as errors:
        pipe = subprocess.Popen(
            [sys.executable, "-c", PROCESS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=environment,
        )
        try:
            yield Process(pipe)
        finally:
            pipe.stdin.close()
            pipe.wait(30)


@pytest.fixture(params=["memory", "pgvector"])
def two(request, tmp_path, settings):
    if request.param == "pgvector":
        if connection.vendor != "postgresql":
            pytest.skip("needs PostgreSQL: python tests/postgresql.py python -m pytest ...")
        from search.stores import pgvector_table

        settings.SEARCH_VECTORS = "pgvector"
        pgvector_table.make()
    folders = tmp_path / "one", tmp_path / "other"
    for folder in folders:
        folder.mkdir()
    with (
        process(folders[0], SEARCH_VECTORS=request.param) as one,
        process(folders[1], SEARCH_VECTORS=request.param) as other,
    ):
        yield one, other


def test_each_finds_what_the_other_wrote_at_its_next_question(two):
    one, other = two
    assert one.found("registry") == other.found("registry") == []
    one.ask(put="1", title="Registry", text=TEXT)
    other.ask(put="2", title="Census", text="A registry that counts everybody in the country.")
    assert one.found("registry") == other.found("registry") == ["shelf:1", "shelf:2"]


def test_meaning_follows_as_soon_as_a_worker_has_encoded(two, shelf):
    one, other = two
    shelf.put(1, "Children who cross borders", TEXT)
    assert one.found(MEANT) == other.found(MEANT) == []
    encode_waiting.call()
    assert one.found(MEANT) == other.found(MEANT) == ["shelf:1"]
    assert one.vectors() == other.vectors() == 1


def test_what_is_withdrawn_or_changed_is_gone_everywhere_at_the_next_question(two, shelf):
    shelf.put(1, "Children who cross borders", TEXT)
    shelf.put(2, "Children who cross borders often", TEXT)
    encode_waiting.call()
    for each in two:
        assert each.found(MEANT) == ["shelf:1", "shelf:2"]
    shelf.take(1)
    shelf.put(2, "Enrolment", "Schools write down who is enrolled.")
    for each in two:
        assert each.found(MEANT) == each.found("registry ministries") == []
        assert each.found("schools") == ["shelf:2"]


def test_a_change_of_audience_counts_everywhere_at_the_next_question(two, shelf):
    shelf.put(1, "Children who cross borders", TEXT)
    encode_waiting.call()
    for each in two:
        assert each.found("registry") == each.found(MEANT) == ["shelf:1"]
    shelf.put(1, "Children who cross borders", TEXT, audiences=frozenset({"members"}))
    for each in two:
        assert each.found("registry") == each.found(MEANT) == []
        assert each.found("registry", "public", "members") == ["shelf:1"]
        assert each.found(MEANT, "public", "members") == ["shelf:1"]
    shelf.put(1, "Children who cross borders", TEXT)
    for each in two:
        assert each.found("registry") == each.found(MEANT) == ["shelf:1"]
