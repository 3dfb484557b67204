"""Who may what in communities is what the table says; without any of its guards it is not."""

import ast
import inspect

import pytest

from communities import access
from tests.communities.guards import world as the_world
from tests.communities.guards.table import ALLOWED, asked
from tests.kept import kept
from tests.permissions.mutation import without

pytestmark = pytest.mark.django_db

# (function of communities.access, what to take out, what to put in its place, who notices)
MUTANTS = [
    ("memberships_of", "not is_member(user)", "user.pk is None", "is_in"),
    ("memberships_of", ".current()", "", "is_in"),
    ("memberships_of", ".filter(user_id=user.pk)", ".all()", "is_in"),
    ("is_in", "community.pk in memberships_of(user)", "True", "is_in"),
    ("facilitates", " and membership.is_facilitator", "", "facilitates"),
    ("facilitates_any", "membership.is_facilitator", "membership", "facilitates_any"),
    ("members_of", ".current()", "", "members_of"),
    ("members_of", ".filter(community=community)", "", "members_of"),
    ("members_of", "is_active=True, ", "", "members_of"),
    ("members_of", "Q(pk__in=in_the_alliance)", "Q()", "members_of"),
    ("facilitators_of", ".current()", "", "facilitators_of"),
    ("facilitators_of", "community=community, ", "", "facilitators_of"),
    ("facilitators_of", ", is_facilitator=True", "", "facilitators_of"),
    ("facilitators_of", "members_of(community)", "User.objects", "facilitators_of"),
    ("audiences_of", "memberships_of(user)", "Community.objects.values_list('pk', flat=True)",
     "audiences_of"),
    ("audience_of", "community.is_public", "not community.is_private", "audiences_of"),
    ("communities_within", "_within(audiences)", "Q()", "communities_within"),
    ("_within", "public | Q", "~public | Q", "communities_within"),
    ("communities_for", "known = Q(visibility=Community.Visibility.PUBLIC)",
     "known = ~Q(visibility=Community.Visibility.PRIVATE)", "communities_for"),
    ("communities_for", "if is_member(user):", "if True:", "communities_for"),
    ("communities_for", "if is_secretariat(user):", "if is_member(user):", "communities_for"),
    ("readable_communities", "_readable(user)", "Q()", "readable_communities"),
    ("_readable", "public | Q", "~public | Q", "readable_communities"),
    ("may_read", "is_in(user, community)", "is_member(user)", "may_read"),
    ("may_read", "community.is_public", "not community.is_private", "may_read"),
    ("may_write", "community.closed_at is None and ", "", "may_write"),
    ("may_write", "is_in(user, community)", "may_read(user, community)", "may_write"),
    ("may_see_members", "is_in", "may_read", "may_see_members"),
    ("may_create", "is_secretariat", "is_member", "may_create"),
    ("may_facilitate", "facilitates", "is_in", "may_facilitate"),
    ("may_name_facilitators", "return facilitates(", "return is_in(", "may_name_facilitators"),
    ("may_name_facilitators", "is_secretariat", "is_member", "may_name_facilitators"),
    ("may_name_facilitator", "is_secretariat(user) and untouched", "untouched", "may_begin"),
    ("may_name_facilitator", " and untouched", "", "may_begin_again"),
    ("may_name_facilitator", "if is_secretariat(user):", "if is_member(user):",
     "may_name_facilitator"),
    ("may_name_facilitator", " and is_in(person, community)", "", "may_name_facilitator"),
    ("may_name_facilitator", "facilitates(user, community)", "is_in(user, community)",
     "may_name_facilitator"),
    ("may_relieve_facilitator", "is_secretariat", "is_member", "may_relieve_facilitator"),
    ("may_relieve_facilitator", " and person.pk != user.pk", "", "may_relieve_facilitator"),
    ("may_see_facilitators", "may_see_members(user, community)", "is_member(user)",
     "may_see_facilitators"),
    ("may_see_facilitators", "may_name_facilitators(user, community)",
     "may_read(user, community)", "may_see_facilitators"),
    ("may_remove", "may_facilitate(user, membership.community)",
     "is_in(user, membership.community)", "may_remove"),
    ("may_remove", " and membership.user_id != user.pk", "", "may_remove"),
    ("may_invite", "community.closed_at is None and ", "", "may_invite"),
    ("may_invite", "may_facilitate", "is_in", "may_invite"),
    ("may_ask_to_join", "not is_member(user) or ", "", "may_ask_to_join"),
    ("may_ask_to_join", "is_in(user, community) or ", "", "may_ask_to_join"),
    ("may_ask_to_join", " or community.closed_at is not None", "", "may_ask_to_join"),
    ("may_ask_to_join", "not community.is_private", "True", "may_ask_to_join"),
    ("open_invitations", "not is_member(user)", "False", "open_invitations"),
    ("open_invitations", "user_id=user.pk", "user_id__isnull=False", "open_invitations"),
    ("open_invitations", "accepted_at=None,", "", "open_invitations"),
    ("open_invitations", "declined_at=None,", "", "open_invitations"),
    ("open_invitations", "withdrawn_at=None,", "", "open_invitations"),
    ("open_invitations", "expires_at__gt=timezone.now(),", "", "open_invitations"),
    ("open_invitations", "community__closed_at=None,", "", "open_invitations"),
    ("threads_for", '_readable(user, "community__")', "Q()", "threads_for"),
    ("threads_for", "found.exclude(pk__in=threads)", "found", "threads_for"),
    ("posts_for", '_readable(user, "thread__community__")', "Q()", "posts_for"),
    ("posts_for", "found.filter(Q(hiding=None, held=False) | _sees_all(user))", "found",
     "posts_for"),
    ("posts_for", "found.exclude(thread__in=threads)", "found", "posts_for"),
    ("posts_for", "hiding=None, ", "", "posts_for"),
    ("posts_for", ", held=False", "", "posts_for"),
    ("_kept_back", 'hidden.values("thread_id")', 'hidden.none().values("thread_id")', "posts_for"),
    ("_kept_back", 'held.values("thread_id")', 'held.none().values("thread_id")', "threads_for"),
    ("may_be_told", "is_member(user)", "True", "may_be_told"),
    ("posts_to_tell", "standing_posts()", "Post.objects", "posts_to_tell"),
    ("posts_to_tell", ".filter(thread__community_id__in=list(memberships_of(user)))", "",
     "posts_to_tell"),
    ("posts_to_tell", ".exclude(author_id=user.pk)", "", "posts_to_tell"),
    ("standing_posts", "_standing(), Exists", "Exists", "posts_within"),
    ("standing_posts", ", Exists(first.filter(_standing()))", "", "posts_within"),
    ("posts_within", "standing_posts()", "Post.objects", "posts_within"),
    ("posts_within", '.filter(_within(audiences, "thread__community__"))', "", "posts_within"),
    ("_standing", "hiding=None, ", "", "posts_within"),
    ("_standing", "held=False, ", "", "posts_within"),
    ("_standing", ", withdrawn_at=None", "", "posts_within"),
    ("_sees_all", "Q(author_id=user.pk)", "Q(author_id__isnull=False)", "posts_for"),
    ("_sees_all", " if row.is_facilitator", "", "posts_for"),
    ("attachments_for", "posts_for(user)", "Post.objects", "attachments_for"),
    ("attachments_for", ".filter(withdrawn_at=None)", "", "attachments_for"),
    ("attachments_for", '_readable(user, "item__community__")', "Q(item__isnull=False)",
     "attachments_for"),
    ("may_reply", "thread.closed_at is None and ", "", "may_reply"),
    ("may_reply", "may_write(user, thread.community)", "may_read(user, thread.community)",
     "may_reply"),
    ("may_edit", "_is_own(user, post) and ", "", "may_edit"),
    ("may_edit", " and may_reply(user, post.thread)", "", "may_edit"),
    ("may_take_back", "_is_own(user, post) and ", "", "may_take_back"),
    ("may_take_back", " and is_in(user, post.thread.community)", "", "may_take_back"),
    ("_is_own", 'post.author_id == getattr(user, "pk", None)', "True", "may_edit"),
    ("_is_own", " and post.withdrawn_at is None", "", "may_edit"),
    ("_is_own", ' and getattr(post, "hiding", None) is None', "", "may_edit"),
    ("may_close", 'thread.author_id == getattr(user, "pk", None)', "True", "may_close"),
    ("may_close", " or not may_write(user, thread.community)", "", "may_close"),
    ("may_close", "last is None or ", "True or ", "may_close"),
    ("may_follow", "is_in", "may_read", "may_follow"),
    ("may_read_history", "edited and ", "", "may_read_history"),
    ("may_read_history", " and post.withdrawn_at is None", "", "may_read_history"),
    ("may_read_history", "is_in(user, post.thread.community)",
     "may_read(user, post.thread.community)", "may_read_history"),
    ("may_announce", "return facilitates(", "return is_in(", "may_announce"),
    ("may_mark_answer", "not thread.is_asked or ", "", "may_mark_answer"),
    ("may_mark_answer", " or not is_in(user, thread.community)", "", "may_mark_answer"),
    ("may_mark_answer", "thread.author_id == user.pk", "True", "may_mark_answer"),
]  # fmt: skip
# What decides nothing: it forgets.
NO_GUARD = {"forget_memberships"}


@kept
def world(db):
    return the_world.build()


def test_everybody_may_what_the_table_says_and_nothing_else(world):
    wrong = {}
    for question, allowed in ALLOWED.items():
        for thing, people in asked(world, question).items():
            if people != allowed[thing]:
                more, less = people - allowed[thing], allowed[thing] - people
                wrong[f"{question} {thing}"] = f"also {sorted(more)}, not {sorted(less)}"
    assert wrong == {}


def test_without_any_guard_somebody_may_what_the_table_denies(world):
    """One world for all: each mutant is asked its own question of it."""
    unnoticed = []
    for name, old, new, question in MUTANTS:
        with without(f"communities.access:{name}", old, new):
            if asked(world, question) == ALLOWED[question]:
                unnoticed.append(f"{name}: {old!r} -> {new!r}")
    assert unnoticed == []


def test_every_function_that_decides_has_its_mutant():
    tree = ast.parse(inspect.getsource(access))
    decide = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)} - NO_GUARD
    assert decide - {name for name, *_rest in MUTANTS} == set()
    assert {question for *_rest, question in MUTANTS} <= ALLOWED.keys()
