"""The communities of the site of these tests: one for everybody, one known to members, two private.

What nobody but their members may see is a canary: names, texts, files, days and decisions.
"""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django.utils import timezone

from communities.attachments.reading import read
from communities.attachments.taking import taken_in
from communities.decisions.register import enter
from communities.knowledge.summarising import Told, store
from communities.models import Attachment, Community, Decision, Event, Membership, Post, ShelfItem
from communities.moderation import acting
from communities.shelf.keeping import put
from communities.threads import saying
from members.models import Kind
from members.signing import sign
from tests.communities import groups
from tests.communities.attachments import made
from tests.members import people
from tests.permissions.things import BY_NAME, GROUPS

PUBLIC = "open-group"
VISIBILITY = {"1": "private", "2": "private", "3": "members"}
HIDDEN_COUNTRY, HIDDEN_THEME = "URY", "returned-children"
# Who joins a community, of the personas; the first one speaks.
JOINED = {"1": ("M1",), "2": ("M2",), "3": ("M1",)}


def slug_of(number):
    return BY_NAME[f"place-{number}"].slug


def address(thing):
    """Where the thread of a community's contents stands."""
    thread = Community.objects.get(slug=slug_of(thing.name[-1])).threads.get()
    return thread.get_absolute_url()


def everything_of(thing):
    """Addresses of a community's contents: each is for its members alone."""
    group = Community.objects.get(slug=slug_of(thing.name[-1]))
    base, thread = f"/en/communities/{group.slug}/", group.threads.get()
    file = Attachment.objects.filter(post__thread=thread).first()
    return [
        thread.get_absolute_url(),
        f"{thread.get_absolute_url()}known/",
        file.get_absolute_url(),
        *(f"{base}{place}/" for place in ("calendar", "decisions", "library", "people")),
        f"{base}nearby/",
    ]


# --- What everybody may see
def build_public():
    """A community for everybody, with what its members alone know, and what was taken away."""
    host, guest = (_member("GEO", name) for name in ("host", "guest"))
    names = BY_NAME["kept-names"]
    host.first_name, host.last_name = "Host", names.canary("title")
    guest.first_name, guest.last_name = "Guest", names.canary("summary")
    host.save()
    guest.save()
    group = groups.community(visibility="public", slug=PUBLIC)
    groups.join(host, group, facilitator=True)
    groups.join(guest, group)
    thread = groups.thread(group, guest, "How are harbours counted?", "By ships, we think.")
    called = f"Dear @{guest.get_full_name()}, count the berths."
    groups.reply(thread, host, called, mentioned=[guest.pk])
    _taken_away(thread, host)
    return group


def _taken_away(thread, host):
    """An earlier text and a text taken back: both were there before anybody looks."""
    gone = BY_NAME["kept-gone"]
    edited = groups.reply(thread, host, f"Before: {gone.canary('title')}.")
    saying.edit(edited, saying.Edited("After: counted anew."), host)
    back = groups.reply(thread, host, gone.text, attachments=_files(gone, host))
    saying.take_back(back, host)


def _member(country, name):
    user = get_user_model().objects.create_user(f"{name}-of-harbours@example.org", "x")
    people.give(user, (Kind.MEMBER, country))
    return user


# --- What is not for everybody
def build_hidden(personas):
    """Communities 1 to 3, and what is hidden and held in the one for everybody."""
    for persona in ("M1", "M2", "X"):
        user = personas[persona]
        user.first_name, user.last_name = persona, "Member"
        user.save()
        people.give(user, (Kind.MEMBER, HIDDEN_COUNTRY))
    for number, joined in JOINED.items():
        _group(number, [personas[each] for each in joined])
    one = Community.objects.get(slug=slug_of("1"))
    left = Membership.objects.create(community=one, user=personas["X"])
    kept_back()
    return left


def _group(number, members):
    place, thing = BY_NAME[f"place-{number}"], BY_NAME[f"community-{number}"]
    group = groups.community(
        place.title,
        visibility=VISIBILITY[number],
        slug=place.slug,
        purpose=place.canary("summary"),
        themes=[HIDDEN_THEME],
        region="005",
    )
    for user in members:
        groups.join(user, group)
    lead = _member(HIDDEN_COUNTRY, f"lead-{number}")
    lead.first_name, lead.last_name = "Lead", thing.canary("contact")
    lead.save()
    groups.join(lead, group, facilitator=True)
    thread = groups.thread(
        group, members[0], thing.title, f"{thing.text} {thing.canary('summary')}"
    )
    files = _files(thing, lead)
    answer = groups.reply(thread, lead, f"An answer: {thing.canary('problem')}.", attachments=files)
    for file in answer.attachments.all():
        read(file)
    store(thread, [Told(f"In short: {thing.canary('failed')}.", [answer])], lead)
    _keep(group, thing, lead)


def _files(thing, user):
    name, words = f"{thing.canary('filename')}.docx", f"{thing.sentence} {thing.canary('results')}"
    return taken_in([made.upload(made.docx(words), name)], user, RequestFactory().post("/"))


def _keep(group, thing, lead):
    now = timezone.now()
    event = Event(community=group, title=thing.canary("step"), starts=now, ends=now)
    event.ends += timedelta(hours=1)
    sign(event, lead)
    event.save()
    decision = Decision(title=thing.canary("condition"), text="Agreed.", adopted_on=now.date())
    enter(decision, group, lead)
    item = ShelfItem(title=thing.canary("block"), url="https://example.org/")
    put(item, None, group, lead)


def kept_back():
    """Posts that are hidden, or held, in the thread that everybody reads."""
    thing = BY_NAME["kept-hidden"]
    group = Community.objects.get(slug=PUBLIC)
    host = group.memberships.get(is_facilitator=True).user
    guest = group.memberships.get(is_facilitator=False).user
    thread = group.threads.get()
    text = f"{thing.text} {thing.canary('summary')}"
    hidden = groups.reply(thread, guest, text, attachments=_files(thing, guest))
    for file in hidden.attachments.all():
        read(file)
    acting.hide(hidden, host, thing.canary("problem"))
    newcomer = _member("GEO", "newcomer")
    groups.join(newcomer, group)
    groups.reply(thread, newcomer, thing.canary("step"), hold=True)
    second = groups.thread(group, guest, thing.title, thing.canary("results"))
    acting.hide(second.posts.get(), host, "Invented")
    assert Post.objects.filter(thread__community=group).count() > 5


def leave(membership):
    """End a membership while its holder's session lives on."""
    Membership.objects.filter(pk=membership.pk).update(left_at=timezone.now(), ending="removed")


assert {each.name[-1] for each in GROUPS} == {*VISIBILITY}
