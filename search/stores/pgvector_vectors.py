"""Vectors in PostgreSQL by pgvector: no process holds them, and each search is a query.

The table stands beside `Passage`, whose bytes stay the truth, and is written in the same
transaction; what leaves the passages leaves it by a trigger. The search is given one bit for each
document that may be found, so the database filters before it scores and the rule who may find what
stands in one place. Measured in docs/decisions/0006: an exact scan while there are few passages, or
few that are allowed; else the HNSW index, which goes on until it has enough (iterative scan).
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import connection, transaction

from search.stores import Allowed, Ids, Scores, Vectors
from search.stores.faiss_vectors import refuse_unusable

TABLE = "search_passagevector"
# Up to so many passages everything is scanned: 60 ms for 100,000, and always exact.
EXACT_UP_TO = 200_000
# The index finds well where it need not pass over much; with 1 % allowed it loses half.
INDEX_FROM_SHARE = 0.3
# Fetching a row by its number costs as much as passing over so many.
SCANNED_FOR_ONE_FETCHED = 7
EF_SEARCH, MOST_SCANNED = 400, 40_000


class PgVectors:
    """A `VectorStore` for the vectors of one encoder; safe to use from several threads."""

    def __init__(self, dimensions: int, fingerprint: str) -> None:
        self.dimensions = dimensions
        self.model = model_number(fingerprint)
        self._cosine = f"-(v.embedding::halfvec({dimensions}) <#> %s::halfvec({dimensions}))"
        self._distance = f"v.embedding::halfvec({dimensions}) <#> %s::halfvec({dimensions})"

    def __len__(self) -> int:
        """Return the number of vectors."""
        return int(_rows(f"SELECT count(*) FROM {TABLE} WHERE model = %s", [self.model])[0][0])

    def is_empty(self) -> bool:
        """Return whether there is no vector at all."""
        return not _rows(f"SELECT 1 FROM {TABLE} WHERE model = %s LIMIT 1", [self.model])

    def put(self, ids: Ids, vectors: Vectors) -> None:
        """Add or replace the vectors of stored passages; `ValueError` for NaN."""
        if not len(ids):
            return
        refuse_unusable(ids, vectors, self.dimensions)
        texts = [_text(vector) for vector in vectors]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {TABLE} (passage_id, document_id, model, embedding) "
                "SELECT p.id, p.document_id, %s, new.vector::halfvec "
                "FROM unnest(%s::bigint[], %s::text[]) AS new (id, vector) "
                "JOIN search_passage p ON p.id = new.id "
                "ON CONFLICT (passage_id) DO UPDATE SET document_id = excluded.document_id, "
                "model = excluded.model, embedding = excluded.embedding",
                [self.model, ids.tolist(), texts],
            )

    def remove(self, ids: Ids) -> None:
        """Forget these passages; unknown ids are ignored."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE passage_id = ANY(%s)", [ids.tolist()])

    def search(
        self, vectors: Vectors, allowed: Allowed, limit: int, floor: float
    ) -> list[tuple[Ids, Scores]]:
        """Return for each of the vectors the nearest allowed passages, best first."""
        most = min(limit, len(allowed))
        if most < 1:
            return [(np.empty(0, np.int64), np.empty(0, np.float32)) for _ in vectors]
        with transaction.atomic():
            _prepare_session()
            return [
                _best(self._nearest(_text(each), allowed, most, floor), floor) for each in vectors
            ]

    def _nearest(
        self, vector: str, allowed: Allowed, limit: int, floor: float
    ) -> list[tuple[int, float]]:
        if len(allowed) * SCANNED_FOR_ONE_FETCHED < allowed.total:
            return self._by_ids(vector, allowed.passages(), limit)
        if allowed.total > EXACT_UP_TO and len(allowed) >= INDEX_FROM_SHARE * allowed.total:
            found = self._by_documents(vector, allowed, limit, self._distance)
            # The index gives up after MOST_SCANNED; what it has must reach down to the floor.
            if len(found) >= limit or (found and found[-1][1] < floor):
                return found
        # The sum keeps the planner from the index, which is not exact.
        return self._by_documents(vector, allowed, limit, f"({self._distance}) + 0")

    def _by_ids(self, vector: str, ids: Ids, limit: int) -> list[tuple[int, float]]:
        return _rows(
            f"SELECT v.passage_id, {self._cosine} AS cosine FROM {TABLE} v "
            "WHERE v.passage_id = ANY(%s) AND v.model = %s ORDER BY 2 DESC LIMIT %s",
            [vector, ids.tolist(), self.model, limit],
        )

    def _by_documents(
        self, vector: str, allowed: Allowed, limit: int, order: str
    ) -> list[tuple[int, float]]:
        bits = allowed.documents()
        return _rows(
            f"SELECT v.passage_id, {self._cosine} FROM {TABLE} v WHERE v.model = %s "
            "AND CASE WHEN v.document_id < %s THEN get_bit(%s::bytea, v.document_id) = 1 "
            f"ELSE false END ORDER BY {order} LIMIT %s",
            [vector, self.model, len(bits) * 8, bits, vector, limit],
        )

    def scores(self, vectors: Vectors, ids: Ids) -> Scores:
        """Return the cosines, shape (len(vectors), len(ids)), NaN for ids without a vector."""
        answer = np.full((len(vectors), len(ids)), np.nan, np.float32)
        if not answer.size:
            return answer
        found = _rows(
            f"SELECT v.passage_id, {', '.join([self._cosine] * len(vectors))} FROM {TABLE} v "
            "WHERE v.passage_id = ANY(%s) AND v.model = %s",
            [*map(_text, vectors), ids.tolist(), self.model],
        )
        cosines = {row[0]: row[1:] for row in found}
        for place, number in enumerate(ids.tolist()):
            if number in cosines:
                answer[:, place] = cosines[number]
        return answer


def model_number(fingerprint: str) -> int:
    """Return a 63-bit number for an encoder, shorter in each row than its fingerprint."""
    digest = hashlib.blake2b(fingerprint.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _text(vector: Vectors) -> str:
    # Half precision has three to four digits.
    return f"[{','.join(f'{value:.6g}' for value in vector.tolist())}]"


def _best(found: list[tuple[int, float]], floor: float) -> tuple[Ids, Scores]:
    ids = np.array([row[0] for row in found], np.int64)
    scores = np.array([row[1] for row in found], np.float32)
    order = np.lexsort((ids, -scores))
    order = order[scores[order] >= floor]
    return ids[order], scores[order]


def _rows(query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _prepare_session() -> None:
    """Set, for this transaction, what the planner and the index go by."""
    settings = {
        "jit": "off",  # compiling takes longer than the query
        "hnsw.ef_search": EF_SEARCH,
        "hnsw.iterative_scan": "strict_order",
        "hnsw.max_scan_tuples": MOST_SCANNED,
    }
    calls = ", ".join(["set_config(%s, %s, true)"] * len(settings))
    _rows(f"SELECT {calls}", [str(each) for pair in settings.items() for each in pair])
