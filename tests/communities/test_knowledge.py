"""A thread becomes knowledge: its summary rests on posts, and drafts are made of its sentences."""

import uuid

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission

from communities.knowledge.summarising import Told, store, summary_for
from communities.models import Act, Hiding, Outcome, Summary
from practices.contributing.drafts import newest_of
from practices.models import PracticeIndexPage, PracticePage
from tests import factories
from tests.communities import groups
from tests.kept import kept
from tests.mail import sent
from tests.members import people
from workshops.models import WorkshopIndexPage, WorkshopPage

pytestmark = pytest.mark.django_db


@kept
def group():
    return groups.community()


@kept
def lead(group):
    return groups.facilitator_of(group)


@kept
def thread(group, lead):
    asker, peer = groups.member_of(group, "COL"), groups.member_of(group, "CHL")
    found = groups.thread(group, asker, title="Who links the registers? (invented)")
    groups.reply(found, peer, "We link them by a law (invented).")
    return found


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def summary_sent(*rows):
    told = {"rows": str(len(rows))}
    for number, (text, posts) in enumerate(rows):
        told |= {f"sentence-{number}-text": text, f"sentence-{number}-posts": posts}
    return told


def address(name, group, thread, *more):
    return reverse(name, args=[group.slug, thread.pk, *more])


def summarise(group, thread, lead):
    rows = summary_sent(("Nobody linked them (invented).", "1"), ("A law helped.", "#2, 1"))
    return client_of(lead).post(address("thread-summary", group, thread), rows)


def test_a_facilitator_summarises_and_each_sentence_names_its_posts(group, thread, lead):
    assert summarise(group, thread, lead).url == thread.get_absolute_url()
    told = summary_for(thread, thread.author)
    assert [(each.text, [post.number for post in each.posts]) for each in told] == [
        ("Nobody linked them (invented).", [1]),
        ("A law helped.", [1, 2]),
    ]
    assert Act.objects.get().kind == "summarise"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("It rests on nothing.", ""), "Say which posts this rests on"),
        (("It rests on air.", "77"), "There is no such post: #77."),
        (("", "1"), "Write the sentence that these posts support."),
        (("\u200b", "1"), "Write the sentence that these posts support."),
    ],
)
def test_a_sentence_without_a_post_is_refused_and_nothing_is_lost(group, thread, lead, row, said):
    sent_rows = summary_sent(("Kept as typed.", "1"), row)
    answer = client_of(lead).post(address("thread-summary", group, thread), sent_rows)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert "Kept as typed." in answer.content.decode()
    assert not Summary.objects.exists()


def test_only_facilitators_summarise_and_make(group, thread, lead):
    summarise(group, thread, lead)
    member = thread.author
    other_lead = groups.facilitator_of(groups.community(), "MEX")
    for person in (member, other_lead, people.secretariat()):
        for name, more in (("thread-summary", ()), ("thread-make", ("practice",))):
            page = address(name, group, thread, *more)
            assert client_of(person).get(page).status_code == 404
            assert client_of(person).post(page, {}).status_code == 404
    assert client_of(lead).get(address("thread-make", group, thread, "practice")).status_code == 200
    assert client_of(lead).get(address("thread-make", group, thread, "song")).status_code == 404


def test_a_sentence_goes_with_the_posts_that_it_rests_on(group, thread, lead):
    summarise(group, thread, lead)
    reader = groups.member_of(group, "PER")
    Hiding.objects.create(post=thread.posts.get(number=2), by=lead, reason="Invented")
    assert [told.text for told in summary_for(thread, reader)] == ["Nobody linked them (invented)."]
    assert summary_for(thread, people.member("MEX")) == []


def test_a_summary_becomes_a_draft_practice_once_and_the_cited_hear_of_it(group, thread, lead):
    factories.index(PracticeIndexPage)
    summarise(group, thread, lead)
    form = {
        "title": "Registers linked by law (invented)",
        "token": str(uuid.uuid4()),
        "place-0": "problem",
        "place-1": "condition_legal",
    }
    make = address("thread-make", group, thread, "practice")
    client = client_of(lead)
    first = client.post(make, form)
    again = client.post(make, form)
    page = PracticePage.objects.get()
    draft = newest_of(page)
    assert first.url == again.url == reverse("contribute-edit", args=[page.pk])
    assert (page.live, page.owner) == (False, lead)
    assert draft.problem == "<p>Nobody linked them (invented).</p>"
    assert draft.condition_legal == "A law helped."
    assert not draft.tags.get("countries")
    assert Outcome.objects.get().page_id == page.pk
    told = sent()
    assert sorted(mail.to[0] for mail in told) == sorted(
        post.author.email for post in thread.posts.all()
    )
    assert "We link them by a law" not in "".join(mail.body for mail in told)


def test_a_summary_becomes_a_building_block_of_a_practice_that_one_may_edit(group, thread, lead):
    summarise(group, thread, lead)
    own = factories.practice("Own (invented)", draft=True, owner=lead)
    foreign = factories.practice("Not mine (invented)", draft=True, owner=people.member("PER"))
    form = {"title": "Link by law", "token": str(uuid.uuid4()), "target": str(own.pk)}
    form |= {"place-0": "", "place-1": "text"}
    make = address("thread-make", group, thread, "building-block")
    client = client_of(lead)
    assert client.post(make, form | {"target": str(foreign.pk)}).status_code == 400
    client.post(make, form)
    client.post(make, form)
    own.refresh_from_db()
    (block,) = newest_of(own).building_blocks
    assert block.value["title"] == "Link by law"
    assert block.value["text"].source == "<p>A law helped.</p>"
    foreign.refresh_from_db()
    assert not newest_of(foreign).building_blocks


def test_a_summary_becomes_findings_of_a_workshop_that_one_may_edit(group, thread, lead):
    summarise(group, thread, lead)
    series = factories.index(WorkshopIndexPage)
    workshop = factories.publish(WorkshopPage(title="Met (invented)", slug="met"), series)
    make = address("thread-make", group, thread, "finding")
    client = client_of(lead)
    assert client.get(make).status_code == 404
    editors = Group.objects.create(name="Editors (invented)")
    editors.permissions.add(Permission.objects.get(codename="access_admin"))
    right = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=editors, page=series, permission=right)
    lead.groups.add(editors)
    form = {"title": "x", "token": str(uuid.uuid4()), "target": str(workshop.pk)}
    form |= {"place-0": "finding", "place-1": "finding"}
    client.post(make, form)
    client.post(make, form)
    workshop.refresh_from_db()
    draft = workshop.get_latest_revision_as_object()
    assert [block.value["text"] for block in draft.findings] == [
        "Nobody linked them (invented).",
        "A law helped.",
    ]
    assert "#2" in draft.findings[1].value["source_place"]
    assert group.name not in draft.findings[1].value["source_place"]
    assert not workshop.findings


def test_without_a_summary_nothing_is_made(group, thread, lead):
    make = address("thread-make", group, thread, "practice")
    assert client_of(lead).get(make).url == address("thread-summary", group, thread)
    form = {"title": "x", "token": str(uuid.uuid4())}
    assert client_of(lead).post(make, form).status_code == 400
    assert not PracticePage.objects.exists()


def test_a_summary_may_be_replaced(group, thread, lead):
    summarise(group, thread, lead)
    store(thread, [Told("Said anew.", [thread.posts.get(number=1)])], lead)
    assert [told.text for told in summary_for(thread, lead)] == ["Said anew."]
    assert Summary.objects.count() == 1
