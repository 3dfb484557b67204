"""The way out of mail: one click, no log-in, nothing by merely looking, nothing for others."""

import re

import pytest
from django.core import mail as outbox
from django.test import Client

from communities.mailing import stopping
from communities.models import Follow, MailChoice, Membership, Quiet
from core.mail import site_url
from tests.communities import groups
from tests.communities.mailing.telling import told_at_once
from tests.kept import kept
from tests.mail import sent

pytestmark = pytest.mark.django_db
# What a mail program sends (RFC 8058, 3.2).
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@kept
def group():
    return groups.community()


@kept
def person(group):
    return groups.member_of(group, "GEO")


@kept
def thread(group, person):
    return groups.thread(group, person, "A secret title (invented)")


@kept
def program():
    """A mail program: no session, no token of a form."""
    return Client(enforce_csrf_checks=True)


def link(person, stream, number=0):
    choice = stopping.choice_of(person.pk)
    return stopping.address(choice, stream, number).removeprefix(site_url())


def rhythm(person):
    return MailChoice.objects.get(user=person).rhythm


def test_one_click_stops_the_digest(person, program):
    answer = program.post(link(person, "digest"), ONE_CLICK)
    assert answer.status_code == 200
    assert rhythm(person) == "never"
    assert program.post(link(person, "digest"), ONE_CLICK).status_code == 200


def test_one_click_stops_a_thread_and_no_other(group, person, thread, program):
    Follow.objects.create(user=person, kind="thread", code=str(thread.pk))
    other = groups.thread(group, person)
    assert program.post(link(person, "thread", thread.pk), ONE_CLICK).status_code == 200
    assert program.post(link(person, "thread", thread.pk), ONE_CLICK).status_code == 200
    assert [row.thread for row in Quiet.objects.filter(user=person)] == [thread]
    assert not Follow.objects.exists()
    peer = groups.member_of(group, "MEX")
    groups.reply(thread, peer, "In the quiet one", mentioned=[person.pk])
    groups.reply(other, peer, "In the other one")
    (mail,) = told_at_once()
    assert "In the other one" in mail.body


def test_one_click_leaves_a_community_out_of_the_digest(group, person, program):
    assert program.post(link(person, "community", group.pk), ONE_CLICK).status_code == 200
    assert Membership.objects.get(user=person).muted
    assert rhythm(person) == "weekly"


@pytest.mark.parametrize("stream", stopping.STREAMS)
def test_looking_does_nothing_and_shows_a_button(group, person, thread, program, stream):
    number = {"digest": 0, "thread": thread.pk, "community": group.pk}[stream]
    page = program.get(link(person, stream, number))
    assert page.status_code == 200
    assert "<form" in page.content.decode()
    assert rhythm(person) == "weekly"
    assert not Membership.objects.get(user=person).muted
    assert not Quiet.objects.exists()


@pytest.mark.parametrize("stream", stopping.STREAMS)
def test_the_page_names_nobody_and_nothing(group, person, thread, program, stream):
    """Mails are forwarded, and people removed: the link still works, and tells nothing."""
    Membership.objects.update(left_at="2026-01-01T00:00Z", ending="removed")
    number = {"digest": 0, "thread": thread.pk, "community": group.pk}[stream]
    for page in (
        program.get(link(person, stream, number)),
        program.post(link(person, stream, number), ONE_CLICK),
    ):
        text = page.content.decode()
        for secret in (group.name, group.slug, thread.title, person.email, person.get_full_name()):
            assert secret not in text
        assert page["Referrer-Policy"] == "no-referrer"
        assert "no-store" in page["Cache-Control"]


def test_a_link_is_of_one_person_one_stream_and_not_to_be_made_up(group, person, thread, program):
    other = groups.member_of(group, "MEX")
    mine, theirs = (link(user, "digest") for user in (person, other))
    token = mine.split("/")[-2]
    made_up = [
        mine.replace(f"/{person.pk}-", f"/{other.pk}-"),
        mine.replace("-digest-0", f"-thread-{thread.pk}"),
        mine.replace(token, token[:-1] + ("A" if token[-1] != "A" else "B")),
        mine.replace(token, token.partition(".")[0]),
        mine.replace(token, "9" * 40 + "-digest-0.x"),
        mine.replace(token, "x"),
        mine.replace(token, "²-digest-0.x"),
    ]
    for address in made_up:
        assert program.post(address, ONE_CLICK).status_code == 404, address
        assert program.get(address).status_code == 404, address
    assert MailChoice.objects.filter(rhythm="never").count() == 0
    program.post(theirs, ONE_CLICK)
    assert (rhythm(person), rhythm(other)) == ("weekly", "never")


def test_a_new_key_makes_links_sent_before_worthless(client, person, program):
    old = link(person, "digest")
    client.force_login(person)
    client.post("/en/communities/mail/key/")
    assert program.post(old, ONE_CLICK).status_code == 404
    assert rhythm(person) == "weekly"
    assert program.post(link(person, "digest"), ONE_CLICK).status_code == 200


def test_the_link_of_the_header_is_the_one_that_works(group, person, thread, program):
    groups.reply(thread, groups.member_of(group, "MEX"))
    header = told_at_once()[0].extra_headers["List-Unsubscribe"]
    address = header.strip("<>").removeprefix(site_url())
    assert program.post(address, ONE_CLICK).status_code == 200
    assert Quiet.objects.filter(user=person, thread=thread).exists()


def test_mail_about_the_account_is_never_stopped(client, person, thread, program):
    for stream, number in (("digest", 0), ("thread", thread.pk), ("community", thread.pk)):
        program.post(link(person, stream, number), ONE_CLICK)
    client.post("/accounts/password/reset/", {"email": person.email})
    assert [mail.to for mail in sent()] == [[person.email]]
    assert re.search(r"password", outbox.outbox[0].body, re.IGNORECASE)
