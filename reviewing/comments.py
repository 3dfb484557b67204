"""Comments on the sections of a practice: kept, answered, settled."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from members.roles import is_secretariat
from practices.access import is_editor
from practices.models import PracticePage
from practices.sections import BY_KEY
from reviewing import events
from reviewing.access import assignment_of
from reviewing.models import Invitation, SectionComment

Voice = SectionComment.Voice
MOST_CHARACTERS = 4000


# Where a practice keeps its comments while a request is answered.
KEPT = "_section_comments"


def on(page: PracticePage) -> dict[str, list[SectionComment]]:
    """Return the comments on a practice by section, oldest first, each with its `replies`."""
    kept: dict[str, list[SectionComment]] | None = getattr(page, KEPT, None)
    if kept is not None:
        return kept
    found: dict[str, list[SectionComment]] = defaultdict(list)
    by_id: dict[int, SectionComment] = {}
    for comment in SectionComment.objects.filter(page=page):
        comment.replies = []  # type: ignore[attr-defined]
        by_id[comment.pk] = comment
        above = by_id.get(comment.parent_id or 0)
        if above is None:
            found[comment.section].append(comment)
        else:
            above.replies.append(comment)  # type: ignore[attr-defined]
    setattr(page, KEPT, found)
    return found


def answerable(page: PracticePage) -> list[int]:
    """Return the ids of the comments that can be answered: those that are no answers."""
    return [comment.pk for rows in on(page).values() for comment in rows]


def signing_as(page: PracticePage, user: Any) -> tuple[str, int | None] | None:
    """Return in which voice somebody comments on a practice, and a reviewer's number."""
    mine = assignment_of(user, page)
    if mine is not None:
        return Voice.REVIEWER, mine.number
    if is_secretariat(user) and page.owner_id != user.pk:
        return Voice.SECRETARIAT, None
    return (Voice.AUTHOR, None) if is_editor(user, page) else None


@transaction.atomic
def save(
    page: PracticePage, user: Any, said: Mapping[str, str], answers: Mapping[int, str], once: str
) -> int:
    """Save comments by section and answers by comment; return how many are new.

    `once` names the form: sent twice, it is one comment. Answers to comments on another practice
    are no answers.
    """
    signing = signing_as(page, user)
    if signing is None:
        raise Http404
    voice, number = signing
    above = SectionComment.objects.filter(page=page, parent=None).in_bulk(list(answers))
    rows: list[tuple[str, SectionComment | None, str]]
    rows = [(key, None, text) for key, text in said.items() if key in BY_KEY]
    rows += [(above[pk].section, above[pk], text) for pk, text in answers.items() if pk in above]
    made = 0
    for key, parent, text in rows:
        _comment, new = SectionComment.objects.get_or_create(
            once=f"{user.pk}-{once}-{parent.pk if parent else key}"[:80],
            defaults={
                "page": page,
                "section": key,
                "parent": parent,
                "text": text,
                "voice": voice,
                "number": number,
                "writer": user,
            },
        )
        made += new
    if made:
        events.record(page, "comment", user, comments=made)
    return made


def save_from_office(invitation: Invitation, said: Mapping[str, str], remark: str) -> None:
    """Save what came by a link: comments by section, and a remark on the whole."""
    texts = {key: text for key, text in said.items() if key in BY_KEY and text}
    if remark:
        texts["summary"] = "\n\n".join(filter(None, [remark, texts.get("summary")]))
    for key, text in texts.items():
        SectionComment.objects.create(
            page_id=invitation.page_id,
            section=key,
            text=text[:MOST_CHARACTERS],
            voice=Voice.ADVISER,
            office=invitation.office,
            once=f"link-{invitation.pk}-{key}"[:80],
        )


def settle(page: PracticePage, user: Any, pk: int, done: bool) -> None:
    """Mark a comment as done, or open again: its authors and whoever made it."""
    comment = SectionComment.objects.filter(pk=pk, page=page, parent=None).first()
    if comment is None or not (is_editor(user, page) or comment.writer_id == user.pk):
        raise Http404
    changed = SectionComment.objects.filter(pk=pk, done_at__isnull=done)
    if changed.update(done_at=timezone.now() if done else None):
        events.record(page, "done" if done else "reopen", user, comment=pk)


def open_on(page: PracticePage) -> int:
    """Return how many comments on a practice are not settled."""
    return SectionComment.objects.filter(page=page, parent=None, done_at=None).count()
