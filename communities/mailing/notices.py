"""Who is to be told of a post, and why; written down with the post, so that nothing is lost."""

from collections.abc import Iterable

from django.db.models import Q

from communities import access
from communities.models import (
    Community,
    Follow,
    MailChoice,
    Membership,
    Notice,
    Post,
    Quiet,
)

# So many people at most are told of one post because it calls them by name.
MOST_CALLED = 10
# Of several reasons the first counts.
AT_ONCE = (Notice.Reason.MENTION, Notice.Reason.ANSWER)


def note(post: Post) -> None:
    """Write down, in this transaction, whom a post concerns; those of `AT_ONCE` are told soon."""
    reasons = concerned(post)
    Notice.objects.bulk_create(
        [Notice(user_id=pk, post=post, reason=reason) for pk, reason in reasons.items()],
        ignore_conflicts=True,
    )
    if any(reason in AT_ONCE for reason in reasons.values()):
        _tell_soon()


def note_mentions(post: Post, people: Iterable[int]) -> None:
    """Write down that an edited post calls these people now; whoever was told of it is told anew.

    However often it is edited, at most `MOST_CALLED` are told because of their name.
    """
    told = Notice.objects.filter(post=post, reason=Notice.Reason.MENTION)
    inside = access.members_of(post.thread.community).filter(pk__in=people)
    inside = inside.exclude(pk=post.author_id or 0).exclude(pk__in=told.values("user_id"))
    called = list(inside.values_list("pk", flat=True)[: max(0, MOST_CALLED - told.count())])
    mention = {"reason": Notice.Reason.MENTION, "settled_at": None}
    for user_id in called:
        Notice.objects.update_or_create(post=post, user_id=user_id, defaults=mention)
    if called:
        _tell_soon()


def concerned(post: Post) -> dict[int, str]:
    """Return {id of a user: reason} of all in the community but the author and who wants none."""
    thread = post.thread
    inside = set(access.members_of(thread.community).values_list("pk", flat=True))
    muted = Membership.objects.current().filter(community=thread.community, muted=True)
    quiet = set(muted.values_list("user_id", flat=True))
    told = {pk: str(Notice.Reason.NEWS) for pk in inside - quiet}
    following = Follow.objects.filter(kind=Follow.Kind.THREAD, code=str(thread.pk))
    told |= _among(inside, following.values_list("user_id", flat=True), Notice.Reason.FOLLOWED)
    if post.number > 1:
        asked = [thread.author_id, post.quoted.author_id if post.quoted else None]
        told |= _among(inside, asked, Notice.Reason.ANSWER)
    mentioned = post.mentions.values_list("user_id", flat=True)
    told |= _among(inside, mentioned, Notice.Reason.MENTION)
    hushed = Quiet.objects.filter(thread=thread).values_list("user_id", flat=True)
    for pk in (post.author_id, *hushed):
        told.pop(pk or 0, None)
    return told


def _among(inside: set[int], people: Iterable[int | None], reason: str) -> dict[int, str]:
    return {pk: str(reason) for pk in people if pk in inside}


def finding_in_digest(community: Community, author_id: int | None) -> Q:
    """Match the people, of those in a community, who find this author's post in their digest."""
    listening = Membership.objects.current().filter(community=community, muted=False)
    never = Q(pk=author_id) | Q(mail_choice__rhythm=MailChoice.Rhythm.NEVER)
    return Q(pk__in=listening.values("user_id")) & ~never


def _tell_soon() -> None:
    from communities.mailing import telling  # needs this module

    telling.ask()
