"""The library of a community: its members put things in, nobody else sees them."""

import pytest
from django.test import Client
from django.urls import reverse

from communities.models import ShelfItem
from tests.communities import groups
from tests.communities.attachments import made
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
SENT = {
    "title": "Law on registers (invented)",
    "description": "What it allows (invented).",
    "url": "https://example.org/law",
}


@kept
def group():
    return groups.community()


@kept
def member(group):
    return groups.member_of(group)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def library(group, name="community-library", *more):
    return reverse(name, args=[group.slug, *more])


def put(group, user, **changed):
    return client_of(user).post(library(group, "community-library-new"), SENT | changed)


def test_members_keep_links_and_files_and_nobody_else_sees_them(group, member):
    assert put(group, member).url == library(group)
    file = made.upload(made.pdf(), "manual.pdf")
    assert put(group, member, title="Manual (invented)", url="", file=file).status_code == 302
    shown = client_of(groups.member_of(group, "MEX")).get(library(group)).content.decode()
    assert "Law on registers (invented)" in shown
    assert "manual.pdf" in shown
    assert client_of(people.member("CHL")).get(library(group)).status_code == 404
    assert put(group, people.member("CHL"), title="Another").status_code == 404
    assert ShelfItem.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"url": ""}, "Choose a file or give an address, one of the two."),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"title": "\u200b"}, "This field is required."),
        ({"description": "w" * 1001}, "Ensure this value has at most 1000 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(group, member, wrong, told):
    answer = put(group, member, **wrong)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert (SENT | wrong)["description"] in answer.content.decode()
    assert not ShelfItem.objects.exists()


def test_what_turns_letters_round_is_not_kept(group, member):
    put(group, member, title="Law\u202e (invented)", description="It \u202eallows\u200b it.")
    item = ShelfItem.objects.get()
    assert (item.title, item.description) == ("Law (invented)", "It allows it.")


def test_who_put_it_there_and_facilitators_take_it_out_and_nobody_else(group, member):
    put(group, member)
    item = ShelfItem.objects.get()
    out = library(group, "community-library-take-out", item.pk)
    assert client_of(groups.member_of(group, "MEX")).post(out).status_code == 404
    assert client_of(groups.facilitator_of(group, "CHL")).get(out).status_code == 405
    assert ShelfItem.objects.exists()
    assert client_of(groups.facilitator_of(group, "CHL")).post(out).url == library(group)
    assert not ShelfItem.objects.exists()
