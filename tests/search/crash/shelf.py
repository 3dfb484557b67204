"""A source in a table of its own, which every process reads and writes: books on a shelf."""

import random

from django.db import connection, transaction

from search import index, sources
from search.documents import Document, Section
from search.sources import Card

SAID = """
ministry registry child border census survey shelter school guardian statistics office agreement
protocol municipality return reunification indicator household consent migration
"""
WORDS = SAID.split()


def prose(seed, words=60):
    """Some sentences, always the same for the same seed."""
    dice = random.Random(seed)
    return " ".join(
        " ".join(dice.choices(WORDS, k=9)).capitalize() + "." for _ in range(words // 9 + 1)
    )


class Shelf:
    name = "shelf"

    def create(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE IF NOT EXISTS crash_shelf "
                "(id integer PRIMARY KEY, title text, text text, audience text)"
            )

    def put(self, number, title, text, audience="public"):
        """Write a book and its place in the index in one transaction, as the apps do."""
        with transaction.atomic():
            self.write(number, title, text, audience)
            index.refresh("shelf", [number])

    def write(self, number, title, text, audience="public"):
        with connection.cursor() as cursor:
            # In one statement: two who write the same book at once do not stumble.
            cursor.execute(
                "INSERT INTO crash_shelf VALUES (%s, %s, %s, %s) ON CONFLICT (id) DO UPDATE SET "
                "title = excluded.title, text = excluded.text, audience = excluded.audience",
                [number, title, text, audience],
            )

    def fill(self, count, name="first"):
        """Put so many books at once."""
        with transaction.atomic():
            for number in range(count):
                self.write(number, f"Book {number}", prose(f"{name} {number}"))
            index.refresh("shelf", range(count))

    def take(self, number):
        with transaction.atomic():
            self.remove(number)
            index.refresh("shelf", [number])

    def remove(self, number):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM crash_shelf WHERE id = %s", [number])

    def books(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, title, text, audience FROM crash_shelf")
            return {str(row[0]): row[1:] for row in cursor.fetchall()}

    def ids(self):
        return list(self.books())

    def documents(self, ids):
        books = self.books()
        for each in ids:
            if each in books:
                title, text, audience = books[each]
                yield Document(
                    key=f"shelf:{each}",
                    kind="practice",
                    title=title,
                    language="en",
                    sections=(Section(("Problem",), text),),
                    audiences=frozenset({audience}),
                )

    def shown(self, ids, viewer, language):
        books = self.books()
        return {
            each: Card(books[each][0], f"/en/shelf/{each}/", "practice", "en")
            for each in ids
            if each in books and books[each][2] in viewer.audiences
        }


def only_source():
    """Register a shelf as the only source of this process."""
    shelf = Shelf()
    sources._sources.clear()
    sources.register(shelf)
    return shelf
