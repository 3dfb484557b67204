"""The data pack of a year: its figures, frozen once, and a hash by which they can be checked."""

import hashlib
import json
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from workshops.desk.figures import figures_of
from workshops.models import DataPack


class FrozenAlreadyError(Exception):
    """There is a pack of this year; it stays as it is."""


def freeze(year: int, by: Any) -> DataPack:
    """Store the figures of this moment for a year; `FrozenAlreadyError` if that was done."""
    with override("en"):
        told = [
            {"key": each.key, "label": str(each.label), "value": each.value}
            for each in figures_of(year)
        ]
    content = {"year": year, "as_of": timezone.localdate().isoformat(), "figures": told}
    pack = DataPack(year=year, figures=content, digest=digest(content), made_by=by)
    try:
        with transaction.atomic():
            pack.save()
    except IntegrityError:
        raise FrozenAlreadyError from None
    return pack


def canonical(content: Any) -> bytes:
    """Return figures as the bytes that are hashed: JSON, keys sorted, no spaces, UTF-8."""
    told = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return told.encode()


def digest(content: Any) -> str:
    """Return the SHA-256 of figures."""
    return hashlib.sha256(canonical(content)).hexdigest()


def is_whole(pack: DataPack) -> bool:
    """Return whether the figures are those that were frozen, and of the year they are shown as."""
    return digest(pack.figures) == pack.digest and pack.figures.get("year") == pack.year


def rows(pack: DataPack) -> list[list[Any]]:
    """Return (label, value, key) of each figure, labelled in the reader's language where known."""
    told = pack.figures.get("figures", [])
    return [[gettext(each["label"]), each["value"], each["key"]] for each in told]
