"""Processes to be killed: a parent that has imported everything forks one for each piece of work.

Reads a JSON object a line: {"start": name, ...arguments} answers with the id of the new process,
{"wait": id} with how it ended (0, 1, or minus the signal). Nothing is opened and no thread is
started before the fork, so that a child is like a fresh process without its seconds of imports.
"""

import json
import os
import sys
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

import django

django.setup()

import faiss
import sentence_transformers
import tantivy
from django.core.management import call_command, load_command_class
from django.db import connection

from search import caches, engine, verification
from tests.search.crash.shelf import only_source, prose

assert faiss and sentence_transformers and tantivy and engine and verification
load_command_class("core", "db_worker")
load_command_class("search", "reindex")
shelf = None if os.environ.get("CRASH_SOURCES") == "real" else only_source()


def reindex():
    call_command("reindex")


def worker(**options):
    options = {"batch": True, "interval": 0.02, "startup_delay": False, "reload": False, **options}
    call_command("db_worker", verbosity=0, **options)


def snapshots(times=20):
    for _ in range(times):
        caches.Caches().keep_snapshot(always=True)


def edits(numbers, rounds, name):
    for turn in range(rounds):
        for number in numbers:
            shelf.put(number, f"Book {number} by {name}", prose(f"{name} {number} {turn}"))


WORK = {work.__name__: work for work in (reindex, worker, snapshots, edits)}


def child(name, arguments):
    """Do one piece of work as the only thing this process ever does."""
    status = 1
    try:
        WORK[name](**arguments)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        connection.close()
        os._exit(status)


def main():
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        asked = json.loads(line)
        if "wait" in asked:
            _pid, status = os.waitpid(asked["wait"], 0)
            answer = os.waitstatus_to_exitcode(status)
        else:
            answer = os.fork()
            if not answer:
                silent = os.open(os.devnull, os.O_RDWR)
                os.dup2(silent, 0)
                os.dup2(silent, 1)
                child(asked.pop("start"), asked)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
