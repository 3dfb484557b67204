"""Who may what in communities, as a table: each question, its things, and who is let in.

`OF` gives for each question what it is asked of; `ALLOWED` the people to whom the answer is yes.
"""

from communities import access
from communities.models import Membership
from core.visibility import EVERYBODY as EVERYONE

GROUPS = ("public", "members", "private", "shut", "other")
INSIDE, LEADS = {"inside", "writer", "lead"}, {"lead"}
ALLIANCE = {
    *("member", "invited", "late", "declined", "former", "elsewhere"),
    *("secretariat", "administrator"),
} | INSIDE
EVERYBODY = ALLIANCE | {"visitor", "account", "ended", "gone"}
OFFICE = {"secretariat", "administrator"}
OTHER = {"elsewhere"}
NOBODY = set()


def each(inside, other=OTHER, **more):
    """The same people in the four communities of `INSIDE`, others in the fifth."""
    return dict.fromkeys(GROUPS[:4], inside) | {"other": other} | more


OPEN = {"shut": NOBODY}
ALLOWED = {
    "is_in": each(INSIDE),
    "facilitates": each(LEADS),
    "facilitates_any": {"any": LEADS | OTHER},
    "members_of": each(INSIDE),
    "facilitators_of": each(LEADS, closed=NOBODY),
    # What everybody reads has no audience of its own.
    "audiences_of": each(INSIDE, public=NOBODY),
    "communities_within": each(INSIDE, public=EVERYBODY),
    "communities_for": {
        "public": EVERYBODY,
        "members": ALLIANCE,
        "private": INSIDE | OFFICE | {"invited"},
        "shut": INSIDE | OFFICE,
        "other": OTHER | OFFICE,
        "closed": ALLIANCE,
        "empty": OFFICE,
    },
    "readable_communities": each(INSIDE, public=EVERYBODY),
    "may_read": each(INSIDE, public=EVERYBODY),
    "may_write": each(INSIDE, **OPEN),
    "may_see_members": each(INSIDE),
    "may_create": {"any": OFFICE},
    "may_facilitate": each(LEADS),
    "may_name_facilitators": each(LEADS | OFFICE, OTHER | OFFICE),
    "may_see_facilitators": each(INSIDE | OFFICE, OTHER | OFFICE),
    "may_name_facilitator": {"inside": LEADS | OFFICE, "member": OFFICE, "lead": OFFICE},
    "may_begin": {"secretariat": {"secretariat"}, "member": NOBODY},
    "may_begin_again": {"secretariat": NOBODY},
    "may_relieve_facilitator": {"lead": OFFICE, "secretariat": {"administrator"}},
    "may_remove": {"inside": LEADS, "lead": NOBODY},
    "may_invite": each(LEADS, **OPEN),
    "may_ask_to_join": {
        "public": ALLIANCE - INSIDE,
        "members": ALLIANCE - INSIDE,
        "private": NOBODY,
        "shut": NOBODY,
        "other": NOBODY,
        "closed": NOBODY,
    },
    "open_invitations": {"private": {"invited"}, "shut": NOBODY},
    "may_be_told": {"any": ALLIANCE},
}


def of_posts(author, state):
    """Who sees a post of a state in each community: its readers, or author and facilitators."""
    # Below a hidden first post it is the author of that post who still sees the answers.
    author = "writer" if state == "below" else author
    if state in KEPT_BACK:
        return each(LEADS | {author})
    return each(INSIDE, public=EVERYBODY)


STATES = {
    "": "inside", "reply": "writer", "hidden": "writer", "held": "writer", "back": "writer",
    "edited": "writer", "edited back": "writer", "edited hidden": "writer",
    "hidden thread": "writer", "held thread": "writer", "done thread": "writer",
    "closed thread": "writer", "talk": "writer", "below": "inside", "left": "ended",
}  # fmt: skip
FIRST = ("", "hidden thread", "held thread", "done thread", "closed thread", "talk", "left")
KEPT_BACK = ("hidden", "edited hidden", "held", "hidden thread", "held thread", "below")
BACK = ("back", "edited back")


def by_state(answer, states=STATES):
    """{name of a thing: people} from `answer(author, state)` = {community: people}."""
    return {
        f"{group} {state}".strip(): people
        for state in states
        for group, people in answer(STATES[state], state).items()
    }


def standing(author, state):
    return each(NOBODY, NOBODY) if state in KEPT_BACK + BACK else each(INSIDE, public=EVERYBODY)


def told(author, state):
    if state in KEPT_BACK + BACK:
        return each(NOBODY, NOBODY)
    return each(INSIDE - {author}, NOBODY)


def files(author, state):
    return each(NOBODY, NOBODY) if state in BACK else of_posts(author, state)


ALLOWED |= {
    "threads_for": by_state(of_posts, FIRST),
    "posts_for": by_state(of_posts),
    "posts_within": by_state(standing),
    "posts_to_tell": by_state(told),
    "attachments_for": by_state(files)
    | {f"{group} shelf": people for group, people in each(INSIDE, public=EVERYBODY).items()},
    "may_reply": {
        "private": INSIDE, "private done thread": NOBODY, "shut": NOBODY, "public": INSIDE,
        "other": OTHER,
    },
    "may_edit": {
        "private": {"inside"}, "private reply": {"writer"}, "private hidden": NOBODY,
        "private back": NOBODY, "private done thread": NOBODY, "shut": NOBODY,
        "private held": {"writer"},
    },
    "may_take_back": {
        "private": {"inside"}, "private reply": {"writer"}, "private hidden": NOBODY,
        "private back": NOBODY, "private done thread": {"writer"}, "shut": {"inside"},
        "private left": NOBODY, "public left": NOBODY,
    },
    "may_close": {
        "private": {"inside"}, "private done thread": {"writer"},
        "private closed thread": NOBODY, "shut": NOBODY, "public left": NOBODY,
    },
    "may_follow": {"public": INSIDE, "private": INSIDE, "other": OTHER},
    "may_read_history": {
        "private edited": INSIDE, "public edited": INSIDE, "private reply": NOBODY,
        "private edited back": NOBODY,
    },
    "may_announce": each(LEADS),
    "may_mark_answer": {
        "private": {"inside", "lead"}, "private talk": NOBODY, "public": {"inside", "lead"},
        "public left": LEADS,
    },
}  # fmt: skip


def asked(world, question):
    """{thing: people} as the code answers this question now."""
    found = {name: set() for name in ALLOWED[question]}
    for person in world.people:
        for thing in _yes(world, question, world.person(person)):
            if thing in found:
                found[thing].add(person)
    return found


def _yes(world, question, user):
    """The names of the things for which the answer to this person is yes."""
    ask = getattr(access, question, None)
    if question in ("communities_for", "readable_communities"):
        return world.names(world.groups, ask(user))
    if question == "open_invitations":
        rows = ask(user).select_related("community")
        return world.names(world.groups, [row.community for row in rows])
    if question == "audiences_of":
        own = access.audiences_of(user)
        return {name for name, group in world.groups.items() if access.audience_of(group) & own}
    if question == "communities_within":
        return world.names(world.groups, ask(access.audiences_of(user) | EVERYONE))
    if question in ("members_of", "facilitators_of"):
        return {n for n, group in world.groups.items() if ask(group).filter(pk=user.pk).exists()}
    if question in ("facilitates_any", "may_create", "may_be_told"):
        return {"any"} if ask(user) else set()
    if question in _ROWS:
        return world.names(getattr(world, _ROWS[question]), _rows(question, user))
    return {name for name in ALLOWED[question] if _one(world, question, user, name)}


_ROWS = {
    "threads_for": "threads",
    "posts_for": "posts",
    "posts_within": "posts",
    "posts_to_tell": "posts",
    "attachments_for": "files",
}


def _rows(question, user):
    if question == "posts_within":
        return access.posts_within(access.audiences_of(user) | EVERYONE)
    return getattr(access, question)(user)


def _one(world, question, user, name):
    if question in ("may_begin", "may_begin_again"):
        place = world.groups["shut" if question.endswith("again") else "empty"]
        own = user.pk == world.people[name].pk
        return own and access.may_name_facilitator(user, place, user)
    if question == "may_name_facilitator":
        other = user.pk != world.people[name].pk
        place, person = world.groups["private"], world.person(name)
        return other and access.may_name_facilitator(user, place, person)
    if question == "may_relieve_facilitator":
        return access.may_relieve_facilitator(user, world.people[name])
    if question == "may_remove":
        group = world.groups["private"]
        row = Membership.objects.get(community=group, user=world.people[name], left_at=None)
        return access.may_remove(user, row)
    if question in ("may_edit", "may_take_back", "may_read_history"):
        return getattr(access, question)(user, world.posts[name])
    if question in ("may_reply", "may_close", "may_follow", "may_mark_answer"):
        return getattr(access, question)(user, world.threads[name])
    return getattr(access, question)(user, world.groups[name])
