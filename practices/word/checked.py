"""A file between looking at it and saving it: signed and held by the browser, stored nowhere."""

import datetime
import uuid
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.core import signing

from practices.models import PracticePage
from practices.word.outline import Outline
from practices.word.pages import fields_of, stored
from practices.word.remarks import Remark
from practices.word.understanding import Understood

SALT = "practices.word.checked"
# Whoever leaves the page open over night uploads the file anew.
HOURS = 12


class ForgottenError(Exception):
    """What was held is not ours, somebody else's, or too old."""


@dataclass(frozen=True)
class Checked:
    """What a file says, as `save_draft` takes it, with what its sender is to be told."""

    user: int
    changed: dict[str, Any]
    problems: list[Remark] = field(default_factory=list)
    left_over: list[Remark] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    inserted: int = 0
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    page: int | None = None  # the practice it is a newer copy of
    language: str = ""
    older: bool = False  # made from an earlier version than the newest
    begun: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def needs_word(self) -> bool:
        """Whether the file holds what no reader sees, and its sender may not know of."""
        return bool(self.comments or self.inserted or self.deleted or self.hidden)

    def values(self) -> dict[str, Any]:
        """Return the fields as `save_draft` takes them."""
        day = self.changed.get("last_confirmed")
        if not day:
            return dict(self.changed)
        return self.changed | {"last_confirmed": datetime.date.fromisoformat(day)}

    def hold(self) -> str:
        """Return the whole as text that only this site can have written."""
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @classmethod
    def held(cls, text: str, user: Any) -> Self:
        """Return what was held for this person; `ForgottenError` for anything else."""
        try:
            data = signing.loads(text, salt=SALT, max_age=datetime.timedelta(hours=HOURS))
            for name in ("problems", "left_over"):
                data[name] = [Remark(**remark) for remark in data[name]]
            found = cls(**data)
        except (signing.BadSignature, TypeError, KeyError, ValueError) as error:
            raise ForgottenError from error
        if found.user != user.pk:
            raise ForgottenError
        return found


def check(
    understood: Understood, outline: Outline, user: Any, page: PracticePage | None, language: str
) -> Checked:
    """Return what is to be looked at: the fields of the file that differ from the practice's."""
    target = page or PracticePage()
    names = list(understood.present)
    if page is not None:
        now = fields_of(page)
        names = [n for n in names if getattr(now, n) != getattr(understood.fields, n)]
    changed = stored(target, understood.fields, names)
    if "lead_institution" in changed:
        body = changed.pop("lead_institution")
        changed["lead_institution_id"] = body.pk if body else None
    if changed.get("last_confirmed"):
        changed["last_confirmed"] = changed["last_confirmed"].isoformat()
    newest = page.latest_revision_id if page else None
    return Checked(
        user=user.pk,
        changed=changed,
        problems=list(understood.problems),
        left_over=list(understood.left_over),
        comments=outline.comments,
        inserted=outline.inserted,
        deleted=[text for text in outline.deleted if text.strip()],
        hidden=outline.hidden,
        page=page.pk if page else None,
        language=language,
        older=bool(page and understood.page == page.pk and understood.revision != newest),
    )
