"""Opening a community and changing what it is; the search follows in the same transaction."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from communities import access, log
from communities.groups.held import hold
from communities.models import Act, Attachment, Community, Post, Thread
from members.signed import fingerprint
from search import index
from search.models import Clock

FIELDS = ("name", "purpose", "region", "themes", "languages", "visibility", "holds_first_posts")
# What the search narrows by.
FOUND_BY = {"region", "themes"}


class ChangedMeanwhileError(Exception):
    """Somebody else has changed the settings since they were shown."""


def open_community(values: Mapping[str, Any], by: Any) -> Community | None:
    """Open a community without members; None where its short name is taken."""
    try:
        with transaction.atomic():
            community = Community.objects.create(**values, created_by=by)
            log.write(Act.Kind.SETTINGS, community, by, detail={"opened": [False, True]})
    except IntegrityError:  # two clicks at once: the first one counts
        return None
    return community


def values_of(community: Community) -> dict[str, Any]:
    """Return the settings as they stand."""
    return {name: getattr(community, name) for name in FIELDS}


def mark_of(community: Community) -> str:
    """Return what is the same as long as nobody changes the settings."""
    return fingerprint(*values_of(community).values())


def change(community: Community, values: Mapping[str, Any], by: Any, mark: str) -> bool:
    """Change the settings; False where `by` may not any more.

    `ChangedMeanwhileError` where they are not those of `mark`. What everybody, or only members,
    may read from now on is found by them alone as soon as this is stored.
    """
    with transaction.atomic():
        stored = hold(community, by)
        if not access.may_facilitate(by, stored):
            return False
        before = values_of(stored)
        changed = {
            name: [before[name], values[name]] for name in FIELDS if before[name] != values[name]
        }
        if not changed:
            return True
        if mark_of(stored) != mark:
            raise ChangedMeanwhileError
        audience = access.audience_of(stored)
        for name in changed:
            setattr(stored, name, values[name])
        stored.save(update_fields=list(changed))
        log.write(Act.Kind.SETTINGS, stored, by, detail=changed)
        if access.audience_of(stored) != audience or FOUND_BY & changed.keys():
            read_again(stored)
    return True


def set_closed(community: Community, closed: bool, by: Any) -> bool:
    """Close a community or open it again; False where it is so already, or `by` may not."""
    with transaction.atomic():
        stored = hold(community, by)
        if not access.may_facilitate(by, stored) or (stored.closed_at is not None) == closed:
            return False
        stored.closed_at = timezone.now() if closed else None
        stored.save(update_fields=["closed_at"])
        log.write(Act.Kind.SETTINGS, stored, by, detail={"closed": [not closed, closed]})
    return True


def read_again(community: Community) -> None:
    """Let the search read everything of a community again, in the transaction under way."""
    # Whoever writes in it waits from here on and then sees what has changed; whoever was faster
    # is among the rows.
    Clock.tick()
    threads = Thread.objects.filter(community=community)
    index.refresh("thread", threads.values_list("pk", flat=True))
    posts = Post.objects.filter(thread__community=community, number__gt=1)
    index.refresh("post", posts.values_list("pk", flat=True))
    index.refresh("attachment", _files(community).values_list("pk", flat=True))
    index.refresh("decision", community.decisions.values_list("pk", flat=True))
    index.refresh("event", community.events.values_list("pk", flat=True))


def becomes_public(community: Community) -> dict[str, int]:
    """Return how much everybody could read if the community were public."""
    posts = access.standing_posts().filter(thread__community=community)
    return {
        "posts": posts.count(),
        "files": _files(community).count(),
        "events": community.events.count(),
        "decisions": community.decisions.count(),
    }


def _files(community: Community) -> Any:
    of_posts = Q(post__thread__community=community)
    return Attachment.objects.filter(of_posts | Q(item__community=community))
