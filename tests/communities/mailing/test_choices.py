"""The page on which people choose what they are mailed: their own, whole, in few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import Follow, MailChoice, Membership, Quiet
from search.models import SavedSearch
from tests import factories
from tests.communities import groups
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
PAGE = "/en/communities/mail/"


@kept
def group():
    return groups.community("First (invented)")


@kept
def person(group):
    return groups.member_of(group, "GEO")


@pytest.fixture
def signed_in(client, person):
    client.force_login(person)
    return client


def test_what_was_never_chosen_is_shown_as_it_is_usually(signed_in, group):
    page = signed_in.get(PAGE).content.decode()
    assert 'value="weekly"' in page
    assert page.count("checked") == 2  # weekly, and the one community
    assert group.name in page
    assert not MailChoice.objects.exists()


def test_a_choice_is_stored(signed_in, person, group):
    second = groups.community("Second (invented)")
    groups.join(person, second)
    answer = signed_in.post(PAGE, {"rhythm": "daily", "listened": [second.pk]}, follow=True)
    assert "Your choice is saved." in answer.content.decode()
    assert MailChoice.objects.get(user=person).rhythm == "daily"
    muted = dict(Membership.objects.filter(user=person).values_list("community", "muted"))
    assert muted == {group.pk: True, second.pk: False}


def test_a_wrong_choice_is_told_and_changes_nothing(signed_in, person):
    assert signed_in.post(PAGE, {"rhythm": "hourly"}).status_code == 400
    assert not Membership.objects.get(user=person).muted
    foreign = groups.community()
    answer = signed_in.post(PAGE, {"rhythm": "daily", "listened": [foreign.pk]})
    assert answer.status_code == 400
    assert foreign.name not in answer.content.decode()


def test_it_is_for_members_alone(client, person):
    assert client.get(PAGE).status_code == 302
    client.force_login(people.person())
    assert client.get(PAGE).status_code == 404
    client.force_login(person)
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    person.roles.update(ended_at="2026-01-01T00:00Z")
    assert client.get(PAGE).status_code == 404


def test_threads_without_mail_are_listed_and_can_be_heard_again(signed_in, person, group):
    thread = groups.thread(group, person, "A title (invented)")
    row = Quiet.objects.create(user=person, thread=thread)
    assert "A title (invented)" in signed_in.get(PAGE).content.decode()
    other = Quiet.objects.create(user=groups.member_of(group, "MEX"), thread=thread)
    assert signed_in.post(f"{PAGE}threads/{other.pk}/").status_code == 404
    assert signed_in.post(f"{PAGE}threads/{row.pk}/").status_code == 302
    assert list(Quiet.objects.all()) == [other]


def test_what_one_may_not_read_any_more_is_listed_without_its_name(signed_in, person, group):
    thread = groups.thread(group, person, "A title (invented)")
    Quiet.objects.create(user=person, thread=thread)
    Follow.objects.create(user=person, kind="thread", code=str(thread.pk))
    page = factories.practice("A practice (invented)")
    Follow.objects.create(user=person, kind="practice", code=str(page.translation_key))
    shown = signed_in.get(PAGE).content.decode()
    assert shown.count("A title (invented)") > 0
    assert "A practice (invented)" in shown
    Membership.objects.update(left_at="2026-01-01T00:00Z", ending="removed")
    page.unpublish()
    shown = signed_in.get(PAGE).content.decode()
    assert "A title (invented)" not in shown
    assert "A practice (invented)" not in shown
    assert shown.count("cannot") == 3


def much(person, number):
    for each in range(number):
        group = groups.community()
        groups.join(person, group)
        thread = groups.thread(group, person)
        Quiet.objects.create(user=person, thread=thread)
        Follow.objects.create(user=person, kind="thread", code=str(thread.pk))
        page = factories.practice(f"Practice {group.pk} {each} (invented)")
        Follow.objects.create(user=person, kind="practice", code=str(page.translation_key))
        country = factories.country(f"X{group.pk:02}"[:3]).code
        Follow.objects.get_or_create(user=person, kind="country", code=country)
        SavedSearch.objects.create(user=person, name=f"S{each}", query="x", language="en")


def test_it_takes_as_few_queries_however_much_is_chosen(signed_in, person):
    much(person, 2)
    signed_in.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        signed_in.get(PAGE)
    much(person, 10)
    signed_in.get(PAGE)
    with CaptureQueriesContext(connection) as many:
        signed_in.get(PAGE)
    assert len(many) == len(few) <= 25
