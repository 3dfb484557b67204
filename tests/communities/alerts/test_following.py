"""Following: what one may see, from the page where it stands, and back to this site alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.alerts import following
from communities.models import Follow, Quiet
from tests import factories
from tests.communities import groups
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
FOLLOW, UNFOLLOW = "/en/communities/alerts/follow/", "/en/communities/alerts/unfollow/"


@kept
def person(db):
    return people.member("GEO")


@pytest.fixture
def signed_in(client, person):
    client.force_login(person)
    return client


@kept
def practice(db):
    return factories.practice("A practice (invented)", countries=["GEO"])


def test_a_practice_is_followed_from_its_page_and_left_again(signed_in, person, practice):
    address = practice.get_url(None)
    page = signed_in.get(address).content.decode()
    assert "Follow this practice" in page
    sent = {"kind": "practice", "code": str(practice.translation_key), "back": address}
    answer = signed_in.post(FOLLOW, sent)
    assert answer.url == address
    signed_in.post(FOLLOW, sent)
    assert Follow.objects.filter(user=person, kind="practice").count() == 1
    assert "Stop following" in signed_in.get(address).content.decode()
    assert signed_in.post(UNFOLLOW, sent).url == address
    assert not Follow.objects.exists()


def test_the_button_is_for_members_alone(client, practice):
    address = practice.get_url(None)
    assert "Follow this practice" not in client.get(address).content.decode()
    client.force_login(people.person())
    assert "Follow this practice" not in client.get(address).content.decode()


def test_a_visitor_of_a_practice_costs_no_query_more(client, practice):
    address = practice.get_url(None)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert not any("communities_" in query["sql"] for query in asked)


def test_a_country_has_a_button_too(signed_in):
    from countries.models import CountryIndexPage, CountryPage

    page = CountryPage(
        title="Georgia", slug="georgia", locale=factories.locale(), country=factories.country("GEO")
    )
    factories.publish(page, factories.index(CountryIndexPage))
    assert "Follow this country" in signed_in.get(page.get_url(None)).content.decode()


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        *(("country", "XXX"), ("country", ""), ("theme", "no-theme"), ("practice", "1")),
        *(("practice", "00000000-0000-4000-8000-000000000000"), ("practice", "²"), ("thread", "x")),
        *(("thread", "9" * 40), ("thread", "1"), ("nothing", "GEO"), ("", "")),
    ],
)
def test_what_is_not_there_is_not_found(signed_in, kind, code):
    assert signed_in.post(FOLLOW, {"kind": kind, "code": code}).status_code == 404
    assert not Follow.objects.exists()


def test_nothing_that_is_sent_fails(signed_in):
    for code in ("\x00", "x" * 10_000, ""):
        for address in (FOLLOW, UNFOLLOW):
            for kind in ("thread", "practice", "country", "\x00"):
                sent = {"kind": kind, "code": code, "back": code}
                assert signed_in.post(address, sent).status_code in (302, 404)
        assert signed_in.post("/en/communities/alerts/feeds/", {"once": code}).status_code == 200


def test_a_draft_cannot_be_followed_and_a_public_practice_can(signed_in, practice):
    sent = {"kind": "practice", "code": str(practice.translation_key)}
    practice.unpublish()
    assert signed_in.post(FOLLOW, sent).status_code == 404
    practice.save_revision().publish()
    assert signed_in.post(FOLLOW, sent).status_code == 302


def test_a_thread_is_followed_by_those_who_are_in_its_community(client):
    group = groups.community(visibility="public")
    inside, outside = groups.member_of(group, "MEX"), people.member("COL")
    thread = groups.thread(group, inside)
    Quiet.objects.create(user=inside, thread=thread)
    for user, status in ((outside, 404), (inside, 302)):
        client.force_login(user)
        assert client.post(FOLLOW, {"kind": "thread", "code": thread.pk}).status_code == status
    assert not Quiet.objects.exists()


def test_outsiders_follow_nothing(client, practice):
    factories.country("GEO")
    client.force_login(people.person())
    assert client.post(FOLLOW, {"kind": "country", "code": "GEO"}).status_code == 404
    client.logout()
    assert client.post(FOLLOW, {"kind": "country", "code": "GEO"}).status_code == 302
    assert not Follow.objects.exists()


@pytest.mark.parametrize(
    "back",
    [
        *("//evil.example", "https://evil.example", "https:evil.example", "javascript:alert(1)"),
        *("/\\evil.example", "\\\\evil.example", "/%09/../\t/evil", "/\n/evil", "/\x00", "///evil"),
    ],
)
def test_the_way_back_is_on_this_site(signed_in, back):
    """A08."""
    factories.country("GEO")
    answer = signed_in.post(FOLLOW, {"kind": "country", "code": "GEO", "back": back})
    assert answer.url == "/en/communities/mail/"


def test_there_is_a_limit_and_it_says_so(signed_in, person, monkeypatch):
    monkeypatch.setattr(following, "MOST", 1)
    for code in ("GEO", "MEX"):
        factories.country(code)
        answer = signed_in.post(FOLLOW, {"kind": "country", "code": code}, follow=True)
    assert "which is the limit" in answer.content.decode()
    assert Follow.objects.count() == 1


def test_following_a_thread_on_its_page_ends_its_quiet(client):
    group = groups.community()
    user = groups.member_of(group, "MEX")
    thread = groups.thread(group, user)
    Quiet.objects.create(user=user, thread=thread)
    client.force_login(user)
    client.post(f"/en/communities/{group.slug}/threads/{thread.pk}/follow/", {"on": "1"})
    assert not Quiet.objects.exists()
    assert following.is_followed(user, "thread", str(thread.pk))
