"""Who may see, write and decide what in communities: the one place that decides it.

A membership counts while its holder has a role in the Alliance. What stands in a community is read
by everybody where it is public, else by its members alone; the secretariat opens communities and
names facilitators, and reads none that it has not joined. Whoever may not see something is
answered as if it were not there.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from communities.models import (
    Act,
    Attachment,
    Community,
    Hiding,
    Invitation,
    Membership,
    Post,
    Thread,
)
from core.visibility import EVERYBODY, Audiences
from members.models import Role
from members.roles import KEPT, is_member, is_secretariat
from users.models import User

COMMUNITY = "community:"
_KEPT_HERE = "_memberships_while_answering"


# --- Who is in what -----------------------------------------------------------------------
def memberships_of(user: Any) -> dict[int, Membership]:
    """Return what somebody is in today, by the number of the community; one query a request."""
    if not is_member(user):
        return {}
    # Kept only where roles are kept, too: while one request is answered.
    kept: dict[int, Membership] | None = getattr(user, _KEPT_HERE, None)
    if kept is None:
        rows = Membership.objects.current().filter(user_id=user.pk).select_related("community")
        kept = {row.community_id: row for row in rows}
        if hasattr(user, KEPT):
            setattr(user, _KEPT_HERE, kept)
    return kept


def forget_memberships(user: Any) -> None:
    """Let what somebody is in be read anew: they joined or left while a request is answered."""
    if hasattr(user, _KEPT_HERE):
        delattr(user, _KEPT_HERE)


def is_in(user: Any, community: Community) -> bool:
    """Return whether somebody is in a community today."""
    return community.pk in memberships_of(user)


def facilitates(user: Any, community: Community) -> bool:
    """Return whether somebody facilitates a community today."""
    membership = memberships_of(user).get(community.pk)
    return membership is not None and membership.is_facilitator


def facilitates_any(user: Any) -> bool:
    """Return whether somebody facilitates any community today."""
    return any(membership.is_facilitator for membership in memberships_of(user).values())


def members_of(community: Community) -> QuerySet[User]:
    """Return the people who are in a community today: with a membership, a role, an account."""
    inside = Membership.objects.current().filter(community=community).values("user_id")
    in_the_alliance = Role.objects.held().values("user_id")
    people = User.objects.filter(is_active=True, pk__in=inside)
    return people.filter(Q(pk__in=in_the_alliance) | Q(is_superuser=True))


def facilitators_of(community: Community) -> QuerySet[User]:
    """Return the people who facilitate a community today."""
    leading = Membership.objects.current().filter(community=community, is_facilitator=True)
    return members_of(community).filter(pk__in=leading.values("user_id"))


# --- Audiences of the search --------------------------------------------------------------
def audiences_of(user: Any) -> Audiences:
    """Return the audiences that somebody's communities add."""
    return frozenset(f"{COMMUNITY}{pk}" for pk in memberships_of(user))


def audience_of(community: Community) -> Audiences:
    """Return who may find what stands in a community."""
    return EVERYBODY if community.is_public else frozenset({f"{COMMUNITY}{community.pk}"})


def communities_within(audiences: Audiences) -> QuerySet[Community]:
    """Return the communities that these audiences may read."""
    return Community.objects.filter(_within(audiences))


def _within(audiences: Audiences, path: str = "") -> Q:
    inside = [int(each.removeprefix(COMMUNITY)) for each in audiences if each.startswith(COMMUNITY)]
    public = Q(**{f"{path}visibility": Community.Visibility.PUBLIC})
    return public | Q(**{f"{path}pk__in": inside})


# --- Communities --------------------------------------------------------------------------
def communities_for(user: Any) -> QuerySet[Community]:
    """Return the communities that somebody may know of."""
    known = Q(visibility=Community.Visibility.PUBLIC) | Q(pk__in=memberships_of(user))
    if is_member(user):
        known |= Q(visibility=Community.Visibility.MEMBERS)
        known |= Q(pk__in=open_invitations(user).values("community_id"))
    if is_secretariat(user):
        # It opens communities and names facilitators; it reads none of them for that.
        known = Q()
    return Community.objects.filter(known)


def readable_communities(user: Any) -> QuerySet[Community]:
    """Return the communities whose threads, files, events and decisions somebody may read."""
    return Community.objects.filter(_readable(user))


def _readable(user: Any, path: str = "") -> Q:
    public = Q(**{f"{path}visibility": Community.Visibility.PUBLIC})
    return public | Q(**{f"{path}pk__in": list(memberships_of(user))})


def may_read(user: Any, community: Community) -> bool:
    """Return whether somebody may read what stands in a community."""
    return community.is_public or is_in(user, community)


def may_write(user: Any, community: Community) -> bool:
    """Return whether somebody may post in a community: who is in it, while it is open."""
    return community.closed_at is None and is_in(user, community)


def may_see_members(user: Any, community: Community) -> bool:
    """Return whether somebody may see who is in a community: whoever is in it, too."""
    return is_in(user, community)


def may_create(user: Any) -> bool:
    """Return whether somebody may open a community."""
    return is_secretariat(user)


def may_facilitate(user: Any, community: Community) -> bool:
    """Return whether somebody may admit, moderate, decide and set up here."""
    return facilitates(user, community)


def may_name_facilitators(user: Any, community: Community) -> bool:
    """Return whether somebody may say who facilitates: those who do, and the secretariat."""
    return facilitates(user, community) or is_secretariat(user)


def may_name_facilitator(user: Any, community: Community, person: Any) -> bool:
    """Return whether somebody may let a person facilitate: nobody themselves.

    But where nobody has ever been in it, who opened it may begin; nothing is entrusted to it yet.
    """
    if person.pk == user.pk:
        untouched = not Membership.objects.filter(community=community).exists()
        return is_secretariat(user) and untouched
    if is_secretariat(user):
        return True
    return facilitates(user, community) and is_in(person, community)


def may_relieve_facilitator(user: Any, person: Any) -> bool:
    """Return whether somebody may end that another person facilitates."""
    return is_secretariat(user) and person.pk != user.pk


def may_see_facilitators(user: Any, community: Community) -> bool:
    """Return whether somebody may see by name who facilitates a community."""
    return may_see_members(user, community) or may_name_facilitators(user, community)


def may_remove(user: Any, membership: Membership) -> bool:
    """Return whether somebody may take another person out of a community."""
    return may_facilitate(user, membership.community) and membership.user_id != user.pk


def may_invite(user: Any, community: Community) -> bool:
    """Return whether somebody may invite members of the Alliance to a community."""
    return community.closed_at is None and may_facilitate(user, community)


def may_ask_to_join(user: Any, community: Community) -> bool:
    """Return whether somebody may ask to join: a member of the Alliance who knows of it."""
    if not is_member(user) or is_in(user, community) or community.closed_at is not None:
        return False
    return not community.is_private


def open_invitations(user: Any) -> QuerySet[Invitation]:
    """Return the invitations that somebody can accept now."""
    if not is_member(user):
        return Invitation.objects.none()
    return Invitation.objects.filter(
        user_id=user.pk,
        accepted_at=None,
        declined_at=None,
        withdrawn_at=None,
        expires_at__gt=timezone.now(),
        community__closed_at=None,
    )


# --- Threads, posts, files ----------------------------------------------------------------
def threads_for(user: Any) -> QuerySet[Thread]:
    """Return the threads that somebody may read now.

    One whose first post is hidden or held is read by its author and by facilitators alone.
    """
    found = Thread.objects.filter(_readable(user, "community__"))
    for threads in _kept_back(user):
        found = found.exclude(pk__in=threads)
    return found


def posts_for(user: Any) -> QuerySet[Post]:
    """Return the posts that somebody may read now, those of hidden threads left out."""
    found = Post.objects.filter(_readable(user, "thread__community__"))
    found = found.filter(Q(hiding=None, held=False) | _sees_all(user))
    for threads in _kept_back(user):
        found = found.exclude(thread__in=threads)
    return found


def _kept_back(user: Any) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Return the numbers of threads whose first post somebody may not read: hidden, and held.

    Few are: naming them costs a long list less than looking at the first post of each thread.
    """
    first = Post.objects.filter(number=1).exclude(_sees_all(user))
    hidden = first.filter(pk__in=Hiding.objects.values("post_id"))
    held = first.filter(held=True)
    return hidden.values("thread_id"), held.values("thread_id")


def may_be_told(user: Any) -> bool:
    """Return whether somebody is told of what is new, by digest or feed: a member today."""
    return is_member(user)


def posts_to_tell(user: Any) -> QuerySet[Post]:
    """Return the posts that somebody may be told of now, by mail or feed.

    Those of others that stand, in communities that they are in: what facilitators and authors see
    of posts that are kept back never leaves the site.
    """
    inside = standing_posts().filter(thread__community_id__in=list(memberships_of(user)))
    return inside.exclude(author_id=user.pk)


def standing_posts() -> QuerySet[Post]:
    """Return the posts that their whole audience may read: not hidden, held or taken back."""
    first = Post.objects.filter(thread=OuterRef("thread_id"), number=1)
    return Post.objects.filter(_standing(), Exists(first.filter(_standing())))


def posts_within(audiences: Audiences) -> QuerySet[Post]:
    """Return the standing posts that somebody of these audiences may read."""
    return standing_posts().filter(_within(audiences, "thread__community__"))


def _standing() -> Q:
    """Match posts that their whole audience may read."""
    return Q(hiding=None, held=False, withdrawn_at=None)


def _sees_all(user: Any) -> Q:
    """Match posts that are not kept back from this person: their own, and where they facilitate."""
    if not getattr(user, "is_authenticated", False):
        return Q(pk__in=[])
    leading = [pk for pk, row in memberships_of(user).items() if row.is_facilitator]
    return Q(author_id=user.pk) | Q(thread__community_id__in=leading)


def attachments_for(user: Any) -> QuerySet[Attachment]:
    """Return the files that somebody may open: of posts and library items that they may read."""
    of_posts = Q(post__in=posts_for(user).filter(withdrawn_at=None).values("pk"))
    return Attachment.objects.filter(of_posts | _readable(user, "item__community__"))


def may_reply(user: Any, thread: Thread) -> bool:
    """Return whether somebody may post in a thread that they may read."""
    return thread.closed_at is None and may_write(user, thread.community)


def may_edit(user: Any, post: Post) -> bool:
    """Return whether somebody may edit a post: its author, while it stands in an open thread."""
    return _is_own(user, post) and may_reply(user, post.thread)


def may_take_back(user: Any, post: Post) -> bool:
    """Return whether somebody may take back a post: its author, even where nobody writes more."""
    return _is_own(user, post) and is_in(user, post.thread.community)


def _is_own(user: Any, post: Post) -> bool:
    """Return whether a post is this person's own and stands; no query where `hiding` is at hand."""
    own = post.author_id is not None and post.author_id == getattr(user, "pk", None)
    return own and post.withdrawn_at is None and getattr(post, "hiding", None) is None


def may_close(user: Any, thread: Thread) -> bool:
    """Return whether somebody may close or reopen a thread as its author.

    What a facilitator has closed only facilitators reopen.
    """
    own = thread.author_id is not None and thread.author_id == getattr(user, "pk", None)
    if not own or not may_write(user, thread.community):
        return False
    if thread.closed_at is None:
        return True
    steps = Act.objects.filter(thread=thread, kind__in=(Act.Kind.CLOSE, Act.Kind.REOPEN))
    last = steps.first()
    return last is None or last.kind == Act.Kind.REOPEN or last.by_id == thread.author_id


def may_follow(user: Any, thread: Thread) -> bool:
    """Return whether somebody may follow a thread: who is in its community and so is told."""
    return is_in(user, thread.community)


def may_read_history(user: Any, post: Post) -> bool:
    """Return whether somebody may read what a post said before: who is in its community."""
    edited = post.edited_at is not None and post.withdrawn_at is None
    return edited and is_in(user, post.thread.community)


def may_announce(user: Any, community: Community) -> bool:
    """Return whether somebody may open a notice: who facilitates the community."""
    return facilitates(user, community)


def may_mark_answer(user: Any, thread: Thread) -> bool:
    """Return whether somebody may say which post answers: the asker, or a facilitator."""
    if not thread.is_asked or not is_in(user, thread.community):
        return False
    return thread.author_id == user.pk or facilitates(user, thread.community)
