"""How many cards a World Cafe takes at once: thirty phones writing, each card sent twice.

    python -m bench.cafe [--phones 30] [--cards 10]

On a real site as it is set up by default (SQLite, gunicorn), but with one web process instead of
two. Each phone sends every card twice, as after an answer that was lost, and asks for the cards on
the table between; the same by one phone alone, then phones that ask for what they have already.
Fails if a card is missing or there twice. Trust the ratios.
"""

import argparse
import http.client
import threading
import time
from importlib import import_module
from statistics import median
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench import ground

TOKEN = "a" * 32
CODES = ("GEO", "COL", "KEN", "MEX", "PER", "ROU")


class Phone:
    """A phone with a session; it notes how long each answer took."""

    def __init__(self, address: str, session: str) -> None:
        self.host = urlsplit(address).netloc
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.sent: list[float] = []
        self.asked: list[float] = []
        self.mark = ""

    def write(self, path: str, key: str) -> None:
        """Send a card twice, then look at the table."""
        for _again in range(2):
            begun = time.perf_counter()
            status = self._ask("POST", path, {"text": f"Card {key}.", "key": key})
            self.sent.append(time.perf_counter() - begun)
            if status != 200:
                raise SystemExit(f"A card was answered with {status}.")
        self.look(path)

    def look(self, path: str) -> None:
        """Ask for the cards, naming what is here already."""
        begun = time.perf_counter()
        self._ask("GET", f"{path}cards/", {})
        self.asked.append(time.perf_counter() - begun)

    def _ask(self, method: str, path: str, data: dict[str, str]) -> int:
        line = http.client.HTTPConnection(self.host, timeout=120)
        more = {"If-None-Match": self.mark} if method == "GET" else {}
        line.request(method, path, urlencode(data), self.headers | more)
        answer = line.getresponse()
        answer.read()
        if method == "GET":
            self.mark = answer.headers.get("ETag", self.mark)
        line.close()
        return answer.status


def main() -> None:
    """Hold the cafe and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=30)
    parser.add_argument("--cards", type=int, default=10)
    given = parser.parse_args()
    with ground.own_site() as folder:
        from workshops.models import Recommendation

        sessions, path = _people(given.phones)
        with ground.gunicorn(folder) as (address, _pid):
            rows = []
            for name, number in (("one phone", 1), (f"{given.phones} phones", given.phones)):
                phones = [Phone(address, session) for session in sessions[:number]]
                begun = time.perf_counter()
                _together(phones, path, given.cards, name)
                rows.append(_row(name, phones, time.perf_counter() - begun))
            for phone in phones:
                phone.asked.clear()
            _at_once([lambda p=phone: [p.look(path) for _each in range(5)] for phone in phones])
            same = [each for phone in phones for each in phone.asked]
        ground.table(["", "cards/s", "sent p50 ms", "p95", "table p50 ms", "p95"], rows)
        print(f"Nothing new, asked by all at once: p50 {median(same) * 1000:.0f} ms")
        expected, stored = (1 + given.phones) * given.cards, Recommendation.objects.count()
        print(f"{stored} cards stored of {expected} written")
        if stored != expected:
            raise SystemExit("Cards are lost or there twice.")


def _people(number: int) -> tuple[list[str], str]:
    """Return the sessions of so many participants, and the address of a challenge."""
    from django.test import Client

    people: Any = import_module("tests.members.people")
    room: Any = import_module("tests.workshops.room")
    workshop = room.workshop(*CODES)
    asked = room.challenge(workshop, people.representative("GEO", password=None))
    sessions = []
    for each in range(number):
        guest = people.person(name="Guest", password=None)
        client = Client()
        client.force_login(room.registered(workshop, guest, country=CODES[1 + each % 5]))
        sessions.append(client.cookies["sessionid"].value)
    return sessions, f"/en/workshop/{workshop.pk}/cafe/{asked.pk}/"


def _together(phones: list[Phone], path: str, cards: int, name: str) -> None:
    def act(phone: Phone, who: int) -> None:
        for each in range(cards):
            phone.write(path, f"{name.replace(' ', '-')}-{who}-{each}")

    _at_once([lambda p=phone, n=who: act(p, n) for who, phone in enumerate(phones)])


def _at_once(actions: list[Any]) -> None:
    threads = [threading.Thread(target=action) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _row(name: str, phones: list[Phone], seconds: float) -> list[str]:
    sent = [each * 1000 for phone in phones for each in phone.sent]
    asked = [each * 1000 for phone in phones for each in phone.asked]
    figures = [len(sent) / 2 / seconds, median(sent), ground.percentile(sent, 0.95)]
    figures += [median(asked), ground.percentile(asked, 0.95)]
    return [name, *(f"{each:.0f}" for each in figures)]


if __name__ == "__main__":
    main()
