"""A person leaves: what names them goes, what their institution wrote stays with the institution.

The account itself stays as an empty shell that rows may lead to: it cannot log in, and is shown
as "former member of <institution>". That somebody was erased is kept as a salted hash, in the
database and in a file beside it, so that a restored backup can be erased again.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from core.models import Link
from members.leftovers import clear_queue, forget_addresses
from members.models import Erased, Role
from members.roles import institution_of
from users.models import ERASED_AT, User
from users.personal import Erasure, declared

LOG_NAME = "erased.jsonl"


def erase(user: User, by: Any = None) -> None:
    """Erase a person; a second time changes nothing."""
    user = User.objects.get(pk=user.pk)
    if user.is_erased:
        return
    record = _record(user.email)
    with transaction.atomic():
        institution = institution_of(user) or _last_institution(user)
        record.save()
        in_order = sorted(declared(), key=lambda each: each.erasure is not Erasure.DELETE)
        for each in in_order:
            each.erase(user)
        for role in Role.objects.filter(user=user, ended_at=None):
            role.ended_at = record.erased_at
            role.save()
        forget_addresses(user.email)
        Link.objects.filter(for_address__iexact=user.email).update(for_address="", data={})
        clear_queue(user.email, user.get_full_name().strip())
        _end_sessions(user)
        _make_a_shell(user, str(institution or ""))
        log(user, "members.erase", user=None if by is None or by.pk == user.pk else by, title="")
    _write(record)


def replay(records: Iterable[tuple[str, str]]) -> list[int]:
    """Erase again whoever is in the log and in this database; return the ids of the accounts.

    For a database that was restored from a backup made before the erasure.
    """
    hashes = list(records)
    found = []
    for user in User.objects.exclude(email__endswith=ERASED_AT):
        if any(_hash(salt, user.email) == digest for salt, digest in hashes):
            erase(user)
            found.append(user.pk)
    return found


def recorded(file: Path | None = None) -> Iterator[tuple[str, str]]:
    """Yield (salt, hash) of the database and of the file beside it, or of another file."""
    yield from Erased.objects.values_list("salt", "digest")
    path = file or log_file()
    if path.exists():
        for line in path.read_text(encoding="ascii").splitlines():
            told = json.loads(line)
            yield told["salt"], told["digest"]


def log_file() -> Path:
    """Return where the log is kept outside of the database."""
    return Path(settings.DATA_DIR) / LOG_NAME


def _hash(salt: str, address: str) -> str:
    return hashlib.sha256(f"{salt}:{address.strip().lower()}".encode()).hexdigest()


def _record(address: str) -> Erased:
    salt = secrets.token_hex(16)
    return Erased(salt=salt, digest=_hash(salt, address), erased_at=timezone.now())


def _write(record: Erased) -> None:
    """Append to the file; a full disk must not undo an erasure that is done."""
    told = {
        "erased_at": datetime.isoformat(record.erased_at),
        "salt": record.salt,
        "digest": record.digest,
    }

    def append() -> None:
        with log_file().open("a", encoding="ascii") as file:
            file.write(json.dumps(told) + "\n")

    transaction.on_commit(append, robust=True)


def _last_institution(user: User) -> Any:
    last = Role.objects.filter(user=user).exclude(institution=None).order_by("-starts").first()
    return last.institution if last else None


def _make_a_shell(user: User, institution: str) -> None:
    """Leave an account that nobody can use and that names an institution only."""
    user.email = f"{secrets.token_hex(8)}{ERASED_AT}"
    user.first_name, user.last_name = "", institution[:150]
    user.language, user.last_login = "", None
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()


def _end_sessions(user: User) -> None:
    """Delete the sessions of this person, and those in which somebody typed the address."""
    for row in Session.objects.iterator():
        told = SessionStore().decode(row.session_data)
        mine = str(told.get("_auth_user_id", "")) == str(user.pk)
        if mine or user.email in json.dumps(told, default=str):
            row.delete()
