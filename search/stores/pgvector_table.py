"""The table that holds vectors in PostgreSQL: made, filled and kept only where it is asked for.

With `SEARCH_VECTORS=pgvector`, `migrate` makes it and `reindex` fills it from the passages' own
bytes; from then on every write of vectors reaches it in the same transaction.
"""

import logging

import numpy as np
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from numpy.typing import NDArray

from search.models import Passage
from search.rows import vectors_after
from search.stores import Ids, Vectors
from search.stores.pgvector_vectors import EXACT_UP_TO, TABLE, PgVectors, model_number

log = logging.getLogger(__name__)
INSTALL = (
    "Install pgvector on the PostgreSQL server (Debian: postgresql-<version>-pgvector), let an "
    "administrator run `CREATE EXTENSION vector` in this database, then run `manage.py migrate` "
    "and `manage.py reindex`. Or unset SEARCH_VECTORS: each process then holds the vectors itself."
)
MAKE = f"""
CREATE TABLE IF NOT EXISTS {TABLE} (
    passage_id bigint PRIMARY KEY,
    document_id bigint NOT NULL,
    model bigint NOT NULL,
    embedding halfvec NOT NULL
);
-- Out of line a scan would fetch each vector by itself.
ALTER TABLE {TABLE} ALTER embedding SET STORAGE PLAIN;
CREATE OR REPLACE FUNCTION search_forget_vectors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM {TABLE} v USING gone WHERE v.passage_id = gone.id;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION search_forget_all_vectors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM {TABLE};
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER search_forget_vectors AFTER DELETE ON search_passage
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION search_forget_vectors();
CREATE OR REPLACE TRIGGER search_forget_all_vectors AFTER TRUNCATE ON search_passage
    FOR EACH STATEMENT EXECUTE FUNCTION search_forget_all_vectors();
"""


def asked_for() -> bool:
    """Return whether the settings say that vectors live in PostgreSQL."""
    return bool(settings.SEARCH_VECTORS == "pgvector")


def refuse_impossible_settings() -> None:
    """Raise `ImproperlyConfigured`, saying what to set, if no store could be used."""
    if settings.SEARCH_VECTORS not in ("memory", "pgvector"):
        raise ImproperlyConfigured(
            f"SEARCH_VECTORS is {settings.SEARCH_VECTORS!r}. Set it to memory (each process holds "
            "the vectors) or to pgvector (PostgreSQL holds them)."
        )
    engine = settings.DATABASES["default"]["ENGINE"]
    if asked_for() and engine != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            "SEARCH_VECTORS=pgvector needs PostgreSQL, and the database is another one. Set "
            "DATABASE_URL to a PostgreSQL database that has pgvector, or unset SEARCH_VECTORS."
        )


def problem() -> str:
    """Return why vectors cannot be searched in this database, and what to do; "" if they can."""
    if connection.vendor != "postgresql":
        return f"The database is not PostgreSQL. {INSTALL}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_regclass(%s) IS NOT NULL, "
            "EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'vector')",
            [TABLE],
        )
        made, possible = cursor.fetchone()
    if made:
        return ""
    if not possible:
        return f"SEARCH_VECTORS=pgvector, but this PostgreSQL server has no pgvector. {INSTALL}"
    return "SEARCH_VECTORS=pgvector, but its table is missing. Run `manage.py migrate`."


def make() -> None:
    """Make extension, table and triggers where they are missing, or raise `DatabaseError`."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'vector'")
        if not cursor.fetchone():
            cursor.execute("CREATE EXTENSION vector")
        cursor.execute(MAKE)


def make_if_asked_for(**kwargs: object) -> None:
    """Make the table after `migrate`, if the settings want it."""
    if not asked_for():
        return
    try:
        make()
    except DatabaseError as error:
        raise ImproperlyConfigured(f"{error}".strip() + f"\n{INSTALL}") from error


def follow(ids: Ids, vectors: Vectors, usable: NDArray[np.bool_], fingerprint: str) -> None:
    """Write what was just encoded, in the transaction that writes the passages."""
    if asked_for() and not problem():
        store = PgVectors(vectors.shape[1], fingerprint)
        store.remove(ids[~usable])
        store.put(ids[usable], vectors[usable])


def missing(fingerprint: str) -> QuerySet[Passage]:
    """Return the passages whose vector of this encoder is not in the table yet."""
    there = RawSQL(f"SELECT passage_id FROM {TABLE} WHERE model = %s", [model_number(fingerprint)])  # noqa: S611
    encoded = Passage.objects.filter(fingerprint=fingerprint, vector__isnull=False)
    return encoded.exclude(pk__in=there)


def incomplete(fingerprint: str) -> bool:
    """Return whether `reindex` has something to bring here."""
    return asked_for() and not problem() and missing(fingerprint).exists()


def fill(fingerprint: str, dimensions: int) -> int:
    """Copy what is missing from the passages, in short transactions; return how many."""
    done = 0
    store = PgVectors(dimensions, fingerprint)
    total = missing(fingerprint).count()
    if not total:
        return 0
    for ids, vectors in vectors_after(0, fingerprint, dimensions):
        usable = np.isfinite(vectors).all(axis=1)
        store.put(ids[usable], vectors[usable])
        done += len(ids)
        if done % 50_000 < len(ids):
            log.info("%d vectors of %d are in PostgreSQL.", done, total)
    return done


def index_name(fingerprint: str) -> str:
    """Return the name of the HNSW index over the vectors of this encoder."""
    return f"{TABLE}_{model_number(fingerprint):016x}"


def index(fingerprint: str, dimensions: int) -> bool:
    """Make the HNSW index of this encoder once the table is large; True if there is one."""
    name = index_name(fingerprint)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index "
            "WHERE indrelid = %s::regclass AND NOT indisprimary AND indisvalid",
            [TABLE],
        )
        present = {row[0] for row in cursor.fetchall()}
        if name in present:
            return True
        if len(PgVectors(dimensions, fingerprint)) <= EXACT_UP_TO:
            return False
        log.info("An index over the vectors is made; this takes minutes, search goes on.")
        # Without a lock, which needs to be outside of a transaction; what failed halfway goes.
        cursor.execute(f"DROP INDEX IF EXISTS {name}")
        cursor.execute(
            f"CREATE INDEX CONCURRENTLY {name} ON {TABLE} USING hnsw "
            f"((embedding::halfvec({dimensions})) halfvec_ip_ops) "
            f"WHERE model = {model_number(fingerprint)}"
        )
        for old in present:
            cursor.execute(f"DROP INDEX IF EXISTS {old}")
    return True
