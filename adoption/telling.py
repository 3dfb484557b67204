"""Mail on what was said: one for each person, however much was said within ten minutes."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from adoption.access import adoptions_for, authors_of, feedback_for, open_practices
from adoption.models import Adoption, Feedback, FitCheck, GuidanceCheck, OriginAnswer
from adoption.models.signed import Told
from core import mail
from core.visibility import may_open
from users.models import User

WAIT = timedelta(minutes=10)
# The clock of whoever wrote the row may be a little behind that of the worker.
TOLERANCE = timedelta(seconds=5)


def soon() -> None:
    """Let the worker tell those concerned, ten minutes after this transaction is committed."""
    transaction.on_commit(lambda: tell.using(run_after=timezone.now() + WAIT).enqueue())


@task()
def tell() -> None:
    """Tell everybody concerned of all that nobody was told of yet; safe to run at any time.

    While the oldest of it is younger than ten minutes, the task that it brought along will do it:
    so nobody gets a second mail within ten minutes. Rights are asked now, not when it was written.
    """
    now = timezone.now()
    with transaction.atomic():
        untold = [*_untold(Feedback), *_untold(Adoption), *_untold(OriginAnswer)]
        if not untold or min(said.created_at for said in untold) > now - WAIT + TOLERANCE:
            return
        for person, items in _by_person(untold).items():
            mail.send("exchange-news", person, {"items": items})
        for model in (Feedback, Adoption, OriginAnswer):
            mine = [said.pk for said in untold if isinstance(said, model)]
            model._default_manager.filter(pk__in=mine).update(told_at=now)


def _untold(model: Any) -> Iterable[Told]:
    """Return and lock the rows that nobody was told of; a second worker waits, and finds none."""
    rows: Iterable[Told] = model.objects.filter(told_at=None).order_by("created_at", "pk")
    return rows.select_for_update()  # type: ignore[attr-defined]


def _by_person(untold: Iterable[Told]) -> dict[User, list[Told]]:
    """Return for each person what they are told of: what they may see, and did not say."""
    found: dict[User, list[Told]] = defaultdict(list)
    for said in untold:
        for person in _concerned(said):
            if person.pk != said.author_id and _may_see(person, said):
                found[person].append(said)
    return found


def _concerned(said: Told) -> list[User]:
    if isinstance(said, Feedback):
        if said.answer_to_id is None:
            return authors_of(said.practice)
        asked = said.answer_to.author if said.answer_to else None
        return [asked] if asked else []
    if isinstance(said, Adoption):
        return authors_of(said.origin)
    adapter = said.adoption.author if isinstance(said, OriginAnswer) else None
    return [adapter] if adapter else []


def _may_see(person: User, said: Told) -> bool:
    if isinstance(said, Feedback):
        return feedback_for(person).filter(pk=said.pk, hiding=None, withdrawn_at=None).exists()
    adoption = said if isinstance(said, Adoption) else getattr(said, "adoption", None)
    return bool(adoption and adoptions_for(person).filter(pk=adoption.pk).exists())


def tell_to_check(checks: Iterable[GuidanceCheck]) -> None:
    """Tell whom it concerns, once, that a guidance a practice applies has a newer version.

    Those who speak for it, to check it; and those who adapted it or keep a checklist on it, in
    one mail for all their practices.
    """
    kept: dict[User, list[dict[str, Any]]] = defaultdict(list)
    for check in checks:
        fresh = GuidanceCheck.objects.filter(pk=check.pk, told_at=None)
        if not fresh.update(told_at=timezone.now()):
            continue
        authors = {person.pk: person for person in authors_of(check.practice)}
        for person in authors.values():
            if context := _to_check(check, person):
                mail.send("guidance-changed", person, context)
        for person in build_on(check.practice):
            if person.pk not in authors and (context := _to_check(check, person)):
                kept[person].append(context)
    for person, items in kept.items():
        mail.send("guidance-changed-kept", person, {"items": items})


def build_on(practice: Any) -> Iterable[User]:
    """Return who told of an adaptation of a practice or keeps a checklist on it, each once."""
    told = Adoption.objects.filter(origin__translation_key=practice.translation_key)
    kept = FitCheck.objects.filter(practice__translation_key=practice.translation_key)
    return User.objects.filter(
        Q(pk__in=told.values("author_id")) | Q(pk__in=kept.values("user_id")), is_active=True
    ).order_by("pk")


def _to_check(check: GuidanceCheck, person: User) -> dict[str, Any] | None:
    """Return what a mail says of a check; None to whoever may not open the practice."""
    if not open_practices(person).filter(pk=check.practice_id).exists():
        return None
    return {"check": check, "practice": check.practice, "newer": _newer(check, person)}


def _newer(check: GuidanceCheck, person: User) -> Any:
    """Return the newer guidance if this person may open it: else it has no name for them."""
    return check.newer if may_open(check.newer, person) else None
