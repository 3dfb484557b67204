"""People and communities in every relation to each other; all of it is invented."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from communities.models import (
    Act,
    Attachment,
    Community,
    Hiding,
    Invitation,
    Membership,
    Post,
    ShelfItem,
    Thread,
)
from tests.communities import groups
from tests.members import people
from users.models import User


class World:
    """Things by their names: `people`, `groups`, `threads`, `posts`, `files`."""

    def __init__(self):
        self.people = {"visitor": None}
        self.groups, self.threads, self.posts, self.files = {}, {}, {}, {}

    def person(self, name):
        """Somebody as their next request finds them: nothing of the last one is kept."""
        user = self.people[name]
        return User.objects.get(pk=user.pk) if user else Nobody()

    def names(self, things, rows):
        """The names of these rows, of what this world has."""
        known = {thing.pk: name for name, thing in things.items() if thing is not None}
        return {known[row.pk] for row in rows if row.pk in known}


class Nobody:
    """A visitor."""

    is_authenticated, is_active, is_superuser, pk = False, False, False, None


def build():
    world = World()
    for name in ("public", "members", "private", "shut", "other"):
        world.groups[name] = groups.community(
            visibility={"public": "public", "members": "members"}.get(name, "private")
        )
    _people(world)
    for name in list(world.groups):
        _threads(world, name)
    world.groups["closed"] = _closed(world)
    world.groups["empty"] = groups.community()
    Community.objects.filter(pk=world.groups["shut"].pk).update(closed_at=timezone.now())
    for name, group in world.groups.items():
        world.groups[name] = Community.objects.get(pk=group.pk)
    _end(world)
    return world


def _people(world):
    who, every = world.people, world.groups
    who["account"] = people.person()
    for name in ("member", "invited", "late", "declined", "inside", "writer", "lead", "elsewhere"):
        who[name] = people.member("GEO")
    for name in ("former", "ended", "gone"):
        who[name] = people.member("GEO")
    who["secretariat"] = people.secretariat()
    who["administrator"] = people.superuser()
    for name in ("public", "members", "private", "shut"):
        for person in ("inside", "writer", "ended"):
            groups.join(who[person], every[name])
        for person in ("lead", "gone"):
            groups.join(who[person], every[name], facilitator=True)
        former = groups.join(who["former"], every[name], facilitator=True)
        Membership.objects.filter(pk=former.pk).update(left_at=timezone.now(), ending="removed")
    groups.join(who["elsewhere"], every["other"], facilitator=True)
    _invite(world)


def _closed(world):
    """One that takes nobody any more; in it are who leads elsewhere, and who once led here."""
    group = groups.community(visibility="members", closed_at=timezone.now())
    groups.join(world.people["lead"], group)
    once = groups.join(world.people["inside"], group, facilitator=True)
    Membership.objects.filter(pk=once.pk).update(left_at=timezone.now(), ending="left")
    groups.join(world.people["inside"], group)
    return group


def _invite(world):
    until = timezone.now() + timedelta(days=3)
    over = {"late": {"expires_at": timezone.now()}, "declined": {"declined_at": timezone.now()}}
    for name in ("invited", "late", "declined"):
        for group in ("private", "shut"):
            told = {"expires_at": until, **over.get(name, {})}
            user = world.people[name]
            Invitation.objects.create(community=world.groups[group], user=user, **told)
    for name, field in (("member", "withdrawn_at"), ("elsewhere", "accepted_at")):
        Invitation.objects.create(
            community=world.groups["private"],
            user=world.people[name],
            expires_at=until,
            **{field: timezone.now()},
        )
    Invitation.objects.create(
        community=world.groups["private"], user=world.people["account"], expires_at=until
    )


def _threads(world, name):
    group = world.groups[name]
    asker = world.people["elsewhere" if name == "other" else "inside"]
    other = world.people["elsewhere" if name == "other" else "writer"]
    thread = groups.thread(group, asker, f"Thread of {name}")
    world.threads[name] = thread
    world.posts[name] = thread.posts.get()
    world.files[name] = _file(world.posts[name])
    for state in ("reply", "hidden", "held", "back", "edited", "edited back", "edited hidden"):
        post = groups.reply(thread, other, f"{state} of {name}", hold=state == "held")
        world.posts[f"{name} {state}"] = post
        world.files[f"{name} {state}"] = _file(post)
    for state in ("hidden", "edited hidden"):
        Hiding.objects.create(post=world.posts[f"{name} {state}"], reason="Invented")
    for state in ("back", "edited back"):
        _set(world.posts[f"{name} {state}"], withdrawn_at=timezone.now())
    for state in ("edited", "edited back", "edited hidden"):
        _set(world.posts[f"{name} {state}"], edited_at=timezone.now())
    for state in ("hidden thread", "held thread", "done thread", "closed thread", "talk"):
        _thread(world, name, state, group, other, asker)
    left = world.people["elsewhere" if name == "other" else "ended"]
    _thread(world, name, "left", group, left, asker)
    item = ShelfItem.objects.create(community=group, title="Kept", author=asker)
    world.files[f"{name} shelf"] = _file(None, item)


def _thread(world, name, state, group, author, replier):
    hold, kind = state == "held thread", "discussion" if state == "talk" else "question"
    thread = groups.thread(group, author, f"{state} of {name}", hold=hold, kind=kind)
    world.threads[f"{name} {state}"] = thread
    first = world.posts[f"{name} {state}"] = thread.posts.get()
    world.files[f"{name} {state}"] = _file(first)
    if state == "hidden thread":
        answer = groups.reply(thread, replier, "An answer below it")
        world.posts[f"{name} below"] = answer
        world.files[f"{name} below"] = _file(answer)
        Hiding.objects.create(post=first, reason="Invented")
    if state in ("done thread", "closed thread"):
        Thread.objects.filter(pk=thread.pk).update(closed_at=timezone.now())
        if state == "closed thread":
            lead = world.people["elsewhere" if name == "other" else "lead"]
            Act.objects.create(kind=Act.Kind.CLOSE, community=group, by=lead, thread=thread)


def _set(post, **values):
    Post.objects.filter(pk=post.pk).update(**values)


def _file(post, item=None):
    return Attachment.objects.create(
        post=post,
        item=item,
        file=ContentFile(b"Invented", name="invented"),
        name="invented.png",
        size=8,
        content_type="image/png",
        text_status=Attachment.Status.READY,
    )


def _end(world):
    """Let the roles and accounts of some end; all they were in stays written down."""
    world.people["ended"].roles.update(starts="2019-01-01", ends="2020-01-01")
    User.objects.filter(pk=world.people["gone"].pk).update(is_active=False)
    for name, thread in world.threads.items():
        world.threads[name] = Thread.objects.select_related("community").get(pk=thread.pk)
    for name, post in world.posts.items():
        rows = Post.objects.select_related("thread__community", "hiding")
        world.posts[name] = rows.get(pk=post.pk)
