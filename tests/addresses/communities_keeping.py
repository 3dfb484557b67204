"""What the private community keeps, decides and moderates, for the table; all of it invented."""

import datetime

from django.utils import timezone

from communities.alerts import feeds
from communities.decisions.register import enter
from communities.knowledge.summarising import Told, store
from communities.models import Decision, Event, ShelfItem
from communities.shelf.keeping import put
from members.signing import sign
from tests.addresses.rows import EVERYBODY, FACILITATING, IN_GROUP, Row
from tests.communities import groups

GROUP = {"slug": "group"}
EVENT = GROUP | {"pk": "group event"}
DECISION = GROUP | {"number": "group decision"}
ITEM = GROUP | {"pk": "group item"}
THREAD = GROUP | {"pk": "kept thread"}
POST = THREAD | {"number": "kept post"}
PERSON = GROUP | {"pk": "group person"}
BASE = "en/communities/%(slug)s"
STEPS = f"{BASE}/threads/%(pk)s"
ON_POST = f"{STEPS}/posts/%(number)s"

KEEPING = [
    Row(f"{BASE}/calendar/", IN_GROUP, things=GROUP),
    Row(f"{BASE}/calendar/events.ics", IN_GROUP, things=GROUP),
    Row(f"{BASE}/calendar/address/", IN_GROUP, IN_GROUP, GROUP, {"once": "invented"}),
    # The key of one member is all that is asked for; tests/communities tells whose opens what.
    Row("en/communities/feeds/%(token)s/events.ics", EVERYBODY, None, {"token": "calendar key"}),
    Row(f"{BASE}/calendar/new/", FACILITATING, FACILITATING, GROUP),
    Row(f"{BASE}/calendar/%(pk)s/", IN_GROUP, things=EVENT),
    Row(f"{BASE}/calendar/%(pk)s/event.ics", IN_GROUP, things=EVENT),
    Row(f"{BASE}/calendar/%(pk)s/change/", FACILITATING, FACILITATING, EVENT),
    Row(f"{BASE}/calendar/%(pk)s/cancel/", None, FACILITATING, EVENT),
    Row(f"{BASE}/decisions/", IN_GROUP, things=GROUP),
    Row(f"{BASE}/decisions/new/", FACILITATING, FACILITATING, GROUP),
    Row(f"{BASE}/decisions/%(number)s/", IN_GROUP, things=DECISION),
    Row(f"{BASE}/decisions/%(number)s/review/", FACILITATING, FACILITATING, DECISION),
    Row(f"{BASE}/library/", IN_GROUP, things=GROUP),
    Row(f"{BASE}/library/new/", IN_GROUP, IN_GROUP, GROUP),
    Row(f"{BASE}/library/%(pk)s/take-out/", None, IN_GROUP, ITEM),
]
LEADING = [
    Row(f"{BASE}/moderation/", FACILITATING, things=GROUP),
    Row(f"{BASE}/moderation/log/", FACILITATING, things=GROUP),
    Row(f"{BASE}/moderation/log.csv", FACILITATING, things=GROUP),
    Row(f"{BASE}/people/%(pk)s/warn/", FACILITATING, FACILITATING, PERSON),
    Row(f"{BASE}/people/%(pk)s/remove/", FACILITATING, FACILITATING, PERSON),
    Row(f"{STEPS}/move/", FACILITATING, FACILITATING, THREAD),
    *(
        Row(f"{STEPS}/{step}/", None, FACILITATING, THREAD)
        for step in ("close", "reopen", "pin", "unpin")
    ),
    Row(f"{STEPS}/summary/", FACILITATING, FACILITATING, THREAD),
    Row(f"{STEPS}/make/%(kind)s/", FACILITATING, FACILITATING, THREAD | {"kind": "kind of draft"}),
    # Nobody reports what they wrote themselves.
    Row(f"{ON_POST}/report/", FACILITATING, FACILITATING, POST),
    Row(f"{ON_POST}/hide/", FACILITATING, FACILITATING, POST),
    Row(f"{ON_POST}/purge/", FACILITATING, FACILITATING, POST),
    Row(f"{ON_POST}/restore/", None, FACILITATING, POST),
    Row(f"{ON_POST}/let-through/", None, FACILITATING, POST),
    Row(f"{ON_POST}/keep/", None, FACILITATING, POST),
]


def kept_things(group, member, lead):
    """Return the things of these rows by name; `member` wrote and put there what can be."""
    thread = groups.thread(group, member, title="A kept thread (invented)")
    post = groups.reply(thread, member)
    store(thread, [Told("It rests on a post (invented).", [post])], lead)
    now = timezone.now()
    event = Event(community=group, title="Invented", starts=now, ends=now + datetime.timedelta(1))
    sign(event, lead)
    event.save()
    decision = Decision(title="Invented", text="Invented.", adopted_on=timezone.localdate())
    item = ShelfItem(title="Invented", url="https://example.org/")
    put(item, None, group, member)
    return {
        "kept thread": thread.pk,
        "kept post": post.number,
        "group event": event.pk,
        "group decision": enter(decision, group, lead).number,
        "group item": item.pk,
        "group person": member.pk,
        "calendar key": feeds.issue(member, "invented", member.memberships.get(community=group)),
        "kind of draft": "practice",
    }
