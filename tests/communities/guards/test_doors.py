"""Every door asks: without its question something is seen that must not be seen."""

import pytest
from django.test import Client
from django.urls import reverse

from communities.asking.first import first_answer
from communities.asking.people import people_to_ask
from communities.models import FirstAnswer, Thread
from search import index, sources
from search.models import IndexedDocument
from search.viewer import ANYONE, Viewer
from tests.communities import groups
from tests.communities.guards import world as the_world
from tests.kept import kept
from tests.members import people
from tests.permissions.mutation import without

pytestmark = pytest.mark.django_db


def opens(person, name, group, *things):
    """Whether somebody gets a page at an address; a thread that moved leads its readers on."""

    def asked(world):
        client = Client()
        if world.people[person]:
            client.force_login(world.people[person])
        args = [getattr(world, kind)[thing] for kind, thing in things]
        numbers = [each.number if hasattr(each, "number") else each.pk for each in args]
        address = reverse(name, args=[world.groups[group].slug, *numbers])
        return client.get(address).status_code == 200

    return asked


THREAD = ("threads", "private")


def unheard(source, things, name, viewer):
    """Whether a source shows something to somebody whom the index alone would let find it."""

    def shown(world):
        thing = getattr(world, things)[name]
        ids = [str(thing.pk)]
        seen_by = viewer(world)
        return bool(sources.get(source).shown(ids, seen_by, "en"))

    return shown


def inside(world):
    return Viewer.of(world.person("inside"))


def nobody(world):
    return ANYONE


def indexed(source, things, name, audience=None):
    """Whether something is in the index that is for nobody, or for more people than it is."""

    def found(world):
        thing = getattr(world, things)[name]
        index.refresh(source, [thing.pk])
        row = IndexedDocument.objects.filter(key=f"{source}:{thing.pk}", withdrawn=False).first()
        return row is not None and (audience is None or audience in row.audiences)

    return found


def told_to_a_stranger(world):
    return first_answer(world.threads["private"], world.person("member")) is not None


def told_more_than_every_reader(world):
    """What the asker alone may read of what was found."""
    thread, other = world.threads["private"], world.threads["members"]
    Thread.objects.filter(pk=thread.pk).update(looked_at=thread.created_at)
    thread.refresh_from_db()
    FirstAnswer.objects.get_or_create(
        thread=thread, key=f"thread:{other.pk}", defaults={"position": 0}
    )
    return bool(first_answer(thread, world.person("inside")).found)


def named_to_an_account(world):
    willing = people.member("GEO")
    willing.profile.listed = willing.profile.ask_me = True
    willing.profile.save()
    thread = world.threads["public"]
    thread.community.region = "145"
    return bool(people_to_ask(thread, [], world.person("account")))


DOORS = "communities.doors"
FOUND = "communities.searchable"
MUTANTS = [
    (f"{DOORS}:known_community", "access.communities_for(request.user)", "Community.objects",
     opens("member", "community-about", "private")),
    (f"{DOORS}:open_community", "not access.may_read(request.user, community)", "False",
     opens("member", "community-library", "members")),
    (f"{DOORS}:open_thread", "access.threads_for(request.user)", "Thread.objects",
     opens("inside", "thread", "private", ("threads", "private hidden thread"))),
    (f"{DOORS}:open_thread", ".filter(community=community)", ".filter()",
     opens("inside", "thread", "public", THREAD)),
    (f"{DOORS}:open_post", "access.posts_for(request.user)", "Post.objects",
     opens("inside", "post-history", "private", THREAD, ("posts", "private edited hidden"))),
    (f"{DOORS}:CommunityView.dispatch", "require(self.allowed(request))", "pass",
     opens("visitor", "community-nearby", "public")),
    (f"{DOORS}:FacilitatorView.allowed", "access.may_facilitate(request.user, self.community)",
     "True", opens("inside", "community-moderation", "private")),
    ("communities.attachments.views:FileView.prepare", "access.attachments_for(request.user)",
     "Attachment.objects", opens("inside", "community-file", "private",
                                 ("files", "private hidden"))),
    ("communities.attachments.views:FileView.prepare", "here, pk", "pk",
     opens("inside", "community-file", "public", ("files", "private"))),
    ("communities.asking.views:NearbyView.allowed",
     "access.may_write(request.user, self.community)", "True",
     opens("visitor", "community-nearby", "public")),
    ("communities.asking.views:KnownView.prepare",
     'open_thread(request, self.community, kwargs["pk"])', 'Thread.objects.get(pk=kwargs["pk"])',
     opens("inside", "thread-known", "private", ("threads", "private hidden thread"))),
    ("communities.asking.first:first_answer",
     " or not access.may_read(user, thread.community)", "", told_to_a_stranger),
    ("communities.asking.first:first_answer",
     " & _shared_by_readers(thread.community)", "", told_more_than_every_reader),
    ("communities.asking.people:people_to_ask", "not may_see_directory(user)", "False",
     named_to_an_account),
    (f"{FOUND}:_standing", "access.standing_posts()", "Post.objects",
     indexed("post", "posts", "private hidden")),
    (f"{FOUND}:_within", "access.posts_within(viewer.audiences)", "Post.objects",
     unheard("post", "posts", "private reply", nobody)),
    (f"{FOUND}:_files_within", "communities = access.communities_within(viewer.audiences)",
     "communities = access.Community.objects",
     unheard("attachment", "files", "private shelf", nobody)),
    (f"{FOUND}:_files_within", "access.posts_within(viewer.audiences)", "Post.objects",
     unheard("attachment", "files", "private hidden", inside)),
    (f"{FOUND}:AttachmentSource.documents", "_hanging_on(access.standing_posts())",
     "Attachment.objects", indexed("attachment", "files", "private hidden")),
    (f"{FOUND}:ThreadSource.documents", "access.audience_of(thread.community)",
     'frozenset({"public"})', indexed("thread", "threads", "private", "public")),
    (f"{FOUND}:PostSource.documents", "access.audience_of(post.thread.community)",
     'frozenset({"public"})', indexed("post", "posts", "private reply", "public")),
    (f"{FOUND}:AttachmentSource.documents", "access.audience_of(file.community)",
     'frozenset({"public"})', indexed("attachment", "files", "private", "public")),
]  # fmt: skip
CHECKS = {id(notices): notices for *_rest, notices in MUTANTS}


@kept
def world(vocabulary):
    return the_world.build()


def test_with_their_questions_nothing_is_seen(world):
    seen = [f"{target}" for target, *_rest, notices in MUTANTS if notices(world)]
    assert seen == []


def test_without_its_question_a_door_shows_something(world):
    unnoticed = []
    for target, old, new, notices in MUTANTS:
        with without(target, old, new):
            if not notices(world):
                unnoticed.append(f"{target}: {old!r} -> {new!r}")
    assert unnoticed == []


def test_members_come_through_all_of_these_doors(world):
    """The allowed twin: the same addresses, asked by those who may."""
    for person, name, group, *things in (
        ("inside", "community-about", "private"),
        ("inside", "community-library", "members"),
        ("lead", "thread", "private", ("threads", "private hidden thread")),
        ("inside", "thread", "private", THREAD),
        ("lead", "post-history", "private", THREAD, ("posts", "private edited hidden")),
        ("inside", "community-nearby", "public"),
        ("lead", "community-moderation", "private"),
        ("lead", "community-file", "private", ("files", "private hidden")),
        ("lead", "thread-known", "private", ("threads", "private hidden thread")),
    ):
        assert opens(person, name, group, *things)(world), (person, name)
    assert unheard("post", "posts", "private reply", inside)(world)
    assert unheard("attachment", "files", "private shelf", inside)(world)
    assert indexed("post", "posts", "private reply", f"community:{world.groups['private'].pk}")(
        world
    )
    assert groups.facilitator_of(world.groups["private"])
