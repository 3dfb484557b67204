"""Much more of everything in the private community of the table; all of it is invented."""

import datetime
from itertools import count

from django.test import RequestFactory
from django.utils import timezone

from communities.alerts import feeds
from communities.attachments.taking import taken_in
from communities.decisions.register import enter
from communities.knowledge.summarising import Told, store
from communities.models import (
    Community,
    Decision,
    Event,
    FirstAnswer,
    Follow,
    Invitation,
    JoinRequest,
    Outcome,
    Quiet,
    ShelfItem,
    Thread,
)
from communities.moderation import acting
from communities.shelf.keeping import put
from communities.threads.saying import Edited, edit
from core.visibility import live_public
from members.signing import sign
from practices.models import PracticePage
from tests.communities import groups
from tests.communities.attachments import made
from tests.members import people

_number = count(1)
DAY = datetime.timedelta(days=1)


def add(who, things, number):
    """Add so much of everything that a page of the group lists or holds."""
    group = Community.objects.get(slug="group")
    lead, member = who["group facilitator"], who["group member"]
    for _each in range(number):
        each = next(_number)
        peer = groups.member_of(group, ("KEN", "PER", "CHL", "GEO")[each % 4])
        kept(group, lead, member, each)
        of_people(group, lead, member, peer, each)
        for name in ("kept thread", "asked", "discussed thread"):
            more_in(Thread.objects.get(pk=things[name]), peer, lead, member, each)


def kept(group, lead, member, each):
    """One more event to come and past, decision and thing on the shelf."""
    for days in (each, -each):
        starts = timezone.now() + days * DAY
        event = Event(community=group, title=f"Event {each}", starts=starts, ends=starts + DAY)
        sign(event, lead)
        event.save()
    decision = Decision(
        title=f"Decision {each}",
        text="Invented.",
        adopted_on=timezone.localdate(),
        review_on=timezone.localdate(),
        replaces=Decision.objects.filter(community=group).order_by("-number").first(),
    )
    enter(decision, group, lead)
    put(ShelfItem(title=f"Link {each}", url="https://example.org/"), None, group, member)
    put(ShelfItem(title=f"File {each}"), _files(member)[0], group, member)


def of_people(group, lead, member, peer, each):
    """One more who asks to join, who is invited, and what the member follows and hushes."""
    JoinRequest.objects.create(community=group, user=people.member("MLI"))
    Invitation.objects.create(
        community=group,
        user=people.member("MLI"),
        invited_by=lead,
        expires_at=timezone.now() + DAY,
    )
    thread = groups.thread(group, peer, f"Thread {each} (invented)")
    Quiet.objects.create(user=member, thread=thread)
    Follow.objects.create(user=member, kind="thread", code=str(thread.pk))
    feeds.issue(member, f"Feed {each}")
    other = groups.community(visibility="members")
    groups.join(member, other)
    groups.thread(other, groups.member_of(other, "KEN"))


def more_in(thread, peer, lead, member, each):
    """One more post of each kind in a thread, and what rests on it."""
    practices = list(live_public(PracticePage.objects.order_by("pk"))[:each])
    links = " ".join(page.full_url for page in practices)
    first = thread.posts.get(number=1)
    said = groups.reply(
        thread,
        peer,
        f"Said {each} (invented). {links}",
        quoted=first,
        mentioned=[lead.pk, member.pk],
        attachments=_files(peer),
    )
    edit(said, Edited(f"Said better {each}. {links}"), peer)
    hidden = groups.reply(thread, peer, f"Hidden {each} (invented)")
    acting.report(said, member, "Invented")
    acting.hide(hidden, lead, "Invented")
    store(thread, [Told(f"It rests on post {said.number} (invented).", [first, said])], lead)
    Outcome.objects.create(
        thread=thread, kind="practice", page=practices[0], title="Invented", by=lead
    )
    FirstAnswer.objects.create(
        thread=thread, position=each + 10, key=f"practice:{practices[-1].pk}-{each}"
    )


def _files(user):
    request = RequestFactory().post("/")
    return taken_in([made.upload(made.png(), f"chart-{next(_number)}.png")], user, request)
