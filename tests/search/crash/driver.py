"""Processes to be killed: a parent that has imported everything forks one for each piece of work.

Reads a JSON object a line: {"start": name, ...} answers with the id of the new process,
{"wait": id} with how it ended (0, 1, or minus the signal). Nothing is opened and no thread is
started before the fork, so that a child is like a fresh process without its seconds of imports.
"""

import json
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path

# Slow to import, and used by the work below.
AHEAD = (
    "faiss",
    "sentence_transformers",
    "tantivy",
    "search.caches",
    "search.engine",
    "search.verification",
    "core.management.commands.db_worker",
    "search.management.commands.reindex",
    "tests.search.crash.shelf",
    "config.urls",
)


def reindex():
    from django.core.management import call_command

    call_command("reindex")


def worker(**options):
    from django.core.management import call_command

    options = {"batch": True, "interval": 0.02, "startup_delay": False, "reload": False, **options}
    call_command("db_worker", verbosity=0, **options)


def snapshots(times=20):
    from search.caches import Caches

    for _ in range(times):
        Caches().keep_snapshot(always=True)


def edits(numbers, rounds, name):
    from tests.search.crash.shelf import Shelf, prose

    for turn in range(rounds):
        for number in numbers:
            Shelf().put(number, f"Book {number} by {name}", prose(f"{name} {number} {turn}"))


def serve(port):
    """Serve the site, for as long as it is left alive."""
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    from django.core.wsgi import get_wsgi_application

    WSGIRequestHandler.log_message = lambda *_: None
    make_server("127.0.0.1", port, get_wsgi_application()).serve_forever()


def answers(questions, to):
    """Ask and write down what was answered, and every address that anything tried to reach."""
    reached = []
    sys.addaudithook(
        lambda event, told: (
            reached.append(repr(told))
            if event in ("socket.connect", "socket.getaddrinfo")
            else None
        )
    )
    from search import health
    from search.engine import find
    from search.viewer import ANYONE

    found = [find(question, ANYONE) for question in questions]
    told = {
        "titles": [[hit.card.title for hit in results.hits] for results in found],
        "notices": [results.notice for results in found],
        "encoder": health.encoder(),
        "reached": reached,
    }
    Path(to).write_text(json.dumps(told))


WORK = {work.__name__: work for work in (reindex, worker, snapshots, edits, serve, answers)}


def put_in_place(own, database, real):
    """Work on the database and with the settings of one test; nothing was read before."""
    from django.conf import settings
    from django.db import connection

    from tests.search.crash.shelf import only_source

    if not real:
        only_source()

    for name, value in own.items():
        setattr(settings, name, value)
    connection.settings_dict["NAME"] = database


def child(start, arguments, settings, database, real):
    """Do one piece of work as the only thing that this process ever does."""
    silent = os.open(os.devnull, os.O_RDWR)
    os.dup2(silent, 0)
    os.dup2(silent, 1)
    status = 1
    try:
        put_in_place(settings, database, real)
        WORK[start](**arguments)
        status = 0
    except BaseException:  # noqa: BLE001 - told to the test by the status
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def main():
    import django

    django.setup()
    for name in AHEAD:
        import_module(name)
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        if "wait" in asked:
            answer = os.waitstatus_to_exitcode(os.waitpid(asked["wait"], 0)[1])
        else:
            answer = os.fork()
            if not answer:
                child(**asked)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    main()
