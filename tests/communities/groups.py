"""Communities for tests; all of it is invented and says so."""

from itertools import count

from communities import posting
from communities.models import Community, Membership, Thread
from communities.posting import Said
from tests.members import people

_number = count(1)


def community(name="Group (invented)", visibility="private", **fields):
    number = next(_number)
    return Community.objects.create(
        name=f"{name} {number}",
        visibility=visibility,
        **{
            "slug": f"group-{number}",
            "kind": "regional",
            "purpose": "Invented for a test.",
            **fields,
        },
    )


def join(user, group, facilitator=False, **fields):
    """Put somebody into a community; a facilitator gets the second factor that they must have."""
    membership = Membership.objects.create(
        community=group, user=user, is_facilitator=facilitator, **fields
    )
    if facilitator:
        people.second_factor(user)
    return membership


def member_of(group, country="GEO", **kwargs):
    user = people.member(country, **kwargs)
    join(user, group)
    return user


def facilitator_of(group, country="GEO", **kwargs):
    user = people.member(country, **kwargs)
    join(user, group, facilitator=True)
    return user


def thread(group, author, title="A thread (invented)", text="Said first (invented).", **fields):
    kind, language = fields.pop("kind", "question"), fields.pop("language", "en")
    new = Thread(community=group, kind=kind, title=title, language=language)
    posting.open_thread(new, Said(text, **fields), author)
    return new


def reply(to, author, text="Said after it (invented).", **fields):
    return posting.reply(to, Said(text, **fields), author)
