"""How long a published text takes to be found: by words, and by meaning.

    python -m bench.freshness [--rounds 10]

On a real site: gunicorn with one process, the worker as `manage.py serve` starts it, and this
process, which publishes plain pages as the editor does and then asks the site's API, again and
again. "By words" asks for a made-up word of the text, "by meaning" for its sense in words that
neither text nor title has; the text is not about anything else there. Seconds from the return of
`publish()`, which is when its transaction has ended.
"""

import argparse
import json
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from statistics import median
from typing import Any

from bench import ground

# (what is published, the same thing asked in other words)
SENSES = (
    ("Volcanoes erupt when magma rises to the surface.", "volcanic eruption and lava"),
    ("Whales sing over many miles of sea.", "cetacean song and dolphin communication"),
)
LONGEST = 20.0
PAUSE = 0.02


def found(address: str, question: str, title: str) -> bool:
    """Return whether the site answers this question with this page."""
    query = urllib.parse.urlencode({"q": question})
    with urllib.request.urlopen(f"{address}/api/v1/search?{query}", timeout=60) as answer:
        return title in json.dumps(json.load(answer))


def until(true: Callable[[], bool], since: float) -> float:
    """Return the seconds until this is true."""
    while not true():
        if time.perf_counter() - since > LONGEST:
            return float("inf")
        time.sleep(PAUSE)
    return time.perf_counter() - since


def publish(title: str, text: str) -> None:
    """Publish a plain page below the home page."""
    from pages.models import HomePage, StandardPage

    home = HomePage.objects.get(locale__language_code="en")
    page = home.add_child(
        instance=StandardPage(
            title=title, summary=text, body=[("text", text)], live=False, locale=home.locale
        )
    )
    page.save_revision().publish()


def measure(address: str, rounds: int) -> tuple[list[float], list[float], list[float]]:
    """Return seconds of publishing, and until found by words and by meaning."""
    publishing, words, meaning = [], [], []
    for number in range(rounds):
        text, sense = SENSES[number % len(SENSES)]
        word = f"quorvex{number}zil"
        title = f"{text[:-1]} ({word})"
        started = time.perf_counter()
        publish(title, text)
        done = time.perf_counter()
        publishing.append(done - started)
        words.append(until(lambda: found(address, word, title), done))  # noqa: B023
        meaning.append(until(lambda: found(address, sense, title), done))  # noqa: B023
        time.sleep(0.3 + 0.1 * (number % 7))  # not in step with the worker
    return publishing, words, meaning


def main() -> None:
    """Start the site, publish, ask, print."""
    options: Any = argparse.ArgumentParser(
        prog="python -m bench.freshness",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument("--rounds", type=int, default=10)
    chosen = options.parse_args()
    with ground.own_site() as folder:
        from django.core.management import call_command

        from config.management.commands import serve

        call_command("seed", verbosity=0)
        worker = subprocess.Popen(
            [sys.executable, str(ground.ROOT / "manage.py"), "db_worker", *serve.WORKER],
            env=ground.environment(folder),
            stderr=subprocess.DEVNULL,
        )
        try:
            with ground.gunicorn(folder) as (address, _master):
                measure(address, 1)  # everything is loaded then
                taken = measure(address, chosen.rounds)
        finally:
            worker.terminate()
            worker.wait()
    names = ("publishing itself", "found by words after", "found by meaning after")
    rows = [
        [name, f"{median(each):.2f}", f"{max(each):.2f}"]
        for name, each in zip(names, taken, strict=True)
    ]
    ground.table([f"seconds, {chosen.rounds} rounds", "p50", "worst"], rows)


if __name__ == "__main__":
    main()
