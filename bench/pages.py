"""What pages cost beside a view that does nothing, and whether a closed group can be told by time.

    python -m bench.pages [--threads 10 10000] [--rounds 7]

In one process, on a throw-away SQLite database with invented content: a practice for a visitor, the
list of threads and a thread of thirty posts for a member, and the address of a private group beside
one that is not there, for a member of another. Rounds are interleaved; the figures are medians over
the rounds, of milliseconds of CPU and of the wall a request. Trust the ratios.
"""

import argparse
import logging
import time
from collections.abc import Callable
from importlib import import_module
from statistics import median
from typing import Any

from bench import ground

REQUESTS = 20  # of each page in a round
POSTS = 30
OF_A_PAIR = 200  # requests to either address of a pair that must not differ


def main() -> None:
    """Build the site and print what its pages cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, nargs="+", default=[10, 10_000])
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    with ground.own_site():
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["*"]
        logging.disable(logging.WARNING)  # every 404 is one
        pages = _Pages()
        for number in given.threads:
            pages.fill(number)
            print(f"\n{number} threads")
            _compare(pages.requests(), given.rounds)
        print()
        _same_time(pages)


class _Pages:
    """The site, its content and the people who ask for it."""

    def __init__(self) -> None:
        from django.test import Client
        from django.urls import include, path
        from django.views import View

        from config import urls

        # What the tests build invented content with; it has no types.
        factories: Any = import_module("tests.factories")
        groups: Any = import_module("tests.communities.groups")

        class Nothing(View):
            """The least that a request can cost."""

            def get(self, _request: Any) -> Any:
                """Answer with a word."""
                from django.http import HttpResponse

                return HttpResponse("Nothing.")

        urls.urlpatterns.insert(0, path("bench/", include([path("nothing/", Nothing.as_view())])))
        self.practice = factories.practice("A register (invented)", countries=["GEO"])
        self.group, self.closed = groups.community(), groups.community()
        self.member = groups.member_of(self.group, "GEO")
        self.author = groups.member_of(self.group, "MEX")
        self.visitor, self.reader = Client(), Client()
        self.reader.force_login(self.member)
        self.thread = groups.thread(self.group, self.author)
        self._posts(self.thread, POSTS)

    def _posts(self, thread: Any, number: int) -> None:
        from communities.models import Post, Thread

        first = thread.posts.get(number=1)
        fields = {
            field.attname: getattr(first, field.attname)
            for field in Post._meta.concrete_fields
            if field.attname not in ("id", "number", "fingerprint")
        }
        Post.objects.bulk_create(
            Post(**fields, number=each, fingerprint=f"{thread.pk}-{each}")
            for each in range(2, number + 1)
        )
        Thread.objects.filter(pk=thread.pk).update(post_count=number)

    def fill(self, number: int) -> None:
        """Let the group have so many threads."""
        from communities.models import Post, Thread

        known = Thread.objects.filter(community=self.group).count()
        fields = {
            field.attname: getattr(self.thread, field.attname)
            for field in Thread._meta.concrete_fields
            if field.attname not in ("id", "title")
        }
        new = Thread.objects.bulk_create(
            Thread(**fields, title=f"Thread {each} (invented)") for each in range(known, number)
        )
        Post.objects.bulk_create(
            Post(
                thread=thread,
                number=1,
                text="Invented.",
                author=self.author,
                country="MEX",
                fingerprint=f"only-{thread.pk}",
            )
            for thread in new
        )

    def requests(self) -> dict[str, Callable[[], Any]]:
        """Return what is compared, by name; the first is what the others are measured by."""
        group = f"/en/communities/{self.group.slug}/"
        practice = self.practice.get_url()
        return {
            "nothing": lambda: self.visitor.get("/bench/nothing/"),
            "practice, visitor": lambda: self.visitor.get(practice),
            "threads, member": lambda: self.reader.get(group),
            "thread, member": lambda: self.reader.get(f"{group}threads/{self.thread.pk}/"),
        }

    def pair(self) -> dict[str, str]:
        """Return the address of a closed group and of none."""
        return {
            "closed": f"/en/communities/{self.closed.slug}/",
            "none": f"/en/communities/{self.closed.slug[:-1]}x/",
        }


def _compare(requests: dict[str, Callable[[], Any]], rounds: int) -> None:
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in requests}
    for name, ask in requests.items():
        status = ask().status_code
        assert status == 200, f"{name}: {status}"
    for _round in range(rounds):
        for name, ask in requests.items():
            cpu, wall = time.process_time(), time.perf_counter()
            for _request in range(REQUESTS):
                ask()
            spent[name].append(
                (
                    (time.process_time() - cpu) / REQUESTS * 1000,
                    (time.perf_counter() - wall) / REQUESTS * 1000,
                )
            )
    middle = {
        name: [median(each) for each in zip(*found, strict=True)] for name, found in spent.items()
    }
    least = middle["nothing"][0]
    ground.table(
        ["page", "CPU ms", "wall ms", "CPU / nothing"],
        [
            [name, f"{cpu:.2f}", f"{wall:.2f}", f"{cpu / least:.1f}"]
            for name, (cpu, wall) in middle.items()
        ],
    )


def _same_time(pages: _Pages) -> None:
    """Print how long it takes to be told that there is nothing, where there is and where not."""
    taken: dict[str, list[float]] = {name: [] for name in pages.pair()}
    for each in range(OF_A_PAIR + 1):
        for name, address in pages.pair().items():
            begun = time.perf_counter()
            status = pages.reader.get(address).status_code
            assert status == 404, f"{name}: {status}"
            if each:  # the first of each warms
                taken[name].append((time.perf_counter() - begun) * 1000)
    middle = {name: median(found) for name, found in taken.items()}
    apart = abs(middle["closed"] - middle["none"]) / middle["none"]
    told = ", ".join(f"{name} {ms:.2f} ms" for name, ms in middle.items())
    print(f"404 of a private group and of none: {told}; {apart:.1%} apart")


if __name__ == "__main__":
    main()
