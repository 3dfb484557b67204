"""What the search costs a web process in memory.

    python -m bench.memory [--passages 10000]

A site is filled with SYNTHETIC passages (rows written directly, random unit vectors). Then fresh
processes are measured: one that serves a page without any search, and one whose search is warm,
after questions of several lengths. What importing the search's libraries costs is counted to the
search, too: every process of the site imports them. At last a real gunicorn worker, by its address.
"""

import argparse
import json
import os
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from bench import ground
from bench.texts import questions, synthetic

QUESTIONS = 50


def measure(what: str, folder: Path) -> dict[str, float]:
    """Return MB at each step; runs in a fresh process."""
    if what == "libraries":
        import numpy  # noqa: F401 - Django's side uses it as well

        before = ground.memory()
        import faiss  # noqa: F401
        import tantivy  # noqa: F401

        return {"libraries": ground.memory() - before}
    ground.begin(folder)
    from django.test import Client

    Client().get("/accounts/login/", headers={"host": "localhost"})
    taken = {"django": ground.memory()}
    if what == "search":
        from search import caches, encoders
        from search.engine import find
        from search.viewer import ANYONE
        from search.warming import _give_back

        encoders.current().load()
        taken["model"] = ground.memory()
        caches.current().view()
        _give_back()
        taken["index"] = ground.memory()
        for question in questions(QUESTIONS, seed=3):
            find(question, ANYONE)
        taken["questions"] = ground.memory()
        taken["torch"] = float("torch" in sys.modules)
    return taken


def fresh(what: str, folder: Path) -> dict[str, float]:
    """Measure in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.memory", "--measure", what, str(folder)],
        env=ground.environment(folder),
        cwd=ground.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def of_gunicorn(folder: Path) -> float:
    """Return the MB of a gunicorn worker after questions."""
    with ground.gunicorn(folder) as (address, master):
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        for question in questions(QUESTIONS, seed=4):
            query = urllib.parse.urlencode({"q": question})
            urllib.request.urlopen(f"{address}/en/search/?{query}", timeout=60).close()
        time.sleep(1)
        return ground.memory(children[0])


def fill(passages: int) -> None:
    """Write the site that the processes work on."""
    from bench.search_latency import Shelf
    from bench.search_latency import fill as write
    from search import caches

    shelf = Shelf()
    write(shelf, synthetic(passages), passages)
    caches.current().keep_snapshot(always=True)


def report(folder: Path) -> None:
    """Measure and print."""
    libraries = fresh("libraries", folder)["libraries"]
    alone = fresh("django", folder)["django"] - libraries
    warm = fresh("search", folder)
    steps: list[tuple[str, float]] = [
        ("Django, Wagtail and the site alone", alone),
        ("libraries of the search imported", alone + libraries),
        ("model loaded", warm["model"]),
        ("index in memory", warm["index"]),
        (f"after {QUESTIONS} questions", warm["questions"]),
        ("a gunicorn worker after as many", of_gunicorn(folder)),
    ]
    ground.table(
        ["MB of resident memory", "", "above Django alone"],
        [[name, f"{value:.0f}", f"{value - alone:.0f}"] for name, value in steps],
    )
    print("torch in memory:", "yes" if warm["torch"] else "no")


def main() -> None:
    """Fill and measure, or be one of those that are measured."""
    options: Any = argparse.ArgumentParser(
        prog="python -m bench.memory",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument("--passages", type=int, default=10_000)
    options.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.measure:
        print(json.dumps(measure(chosen.measure[0], Path(chosen.measure[1]))))
        return
    with ground.own_site() as folder:
        fill(chosen.passages)
        report(folder)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
