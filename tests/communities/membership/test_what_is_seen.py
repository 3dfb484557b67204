"""What the list, the home and the people of communities show, and to whom."""

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.groups import inviting, joining
from communities.models import Community, Event, Membership
from tests import factories
from tests.communities import groups
from tests.communities.membership.test_asking import at
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
LIST = "/en/communities/"


@pytest.fixture(autouse=True)
def home(db):
    factories.home()


@kept
def three(db):
    return {
        kind: groups.community(f"{kind} canary (invented)", visibility=kind)
        for kind in ("public", "members", "private")
    }


def seen(client, address=LIST):
    return client.get(address).content.decode()


def listed_in(page, three):
    return {kind for kind, group in three.items() if group.name in page}


def test_everybody_sees_in_the_list_what_they_may_know_of(three, client_of):
    inside = groups.member_of(three["private"], "MEX")
    invited = people.member("PER")
    inviting.invite(three["private"], invited, "", groups.facilitator_of(three["private"], "COL"))
    shown = {
        None: {"public"},
        people.person(): {"public"},
        people.member("CHL"): {"public", "members"},
        inside: {"public", "members", "private"},
        invited: {"public", "members", "private"},
        people.secretariat(): {"public", "members", "private"},
    }
    assert {who: listed_in(seen(client_of(who)), three) for who in shown} == shown


def test_what_is_said_is_told_in_the_list_to_its_readers_alone(three, client_of):
    for group in three.values():
        author = groups.member_of(group, "MEX")
        groups.thread(group, author, title=f"Thread of {group.visibility} (canary)")
    office = seen(client_of(people.secretariat()))
    member = seen(client_of(groups.member_of(three["private"], "PER")))
    assert "Thread of private (canary)" in member
    assert "Thread of members (canary)" not in member
    for page in (seen(client_of(None)), office, seen(client_of(people.member("CHL")))):
        assert "Thread of public (canary)" in page
        assert "Thread of members (canary)" not in page
        assert "Thread of private (canary)" not in page
        assert page.count("new post") == 1


def test_a_held_first_post_is_no_news_for_others(client_of):
    group = groups.community(holds_first_posts=True)
    lead, other = groups.facilitator_of(group, "COL"), groups.member_of(group, "PER")
    groups.thread(group, groups.member_of(group, "MEX"), title="Held (canary)")
    assert "Held (canary)" in seen(client_of(lead))
    page = seen(client_of(other))
    assert "Held (canary)" not in page
    assert "new post" not in page


def test_the_filters_offer_and_find_only_what_the_reader_knows_of(three, client_of):
    Community.objects.filter(pk=three["private"].pk).update(kind="thematic", languages=["ar"])
    page = seen(client_of(None), f"{LIST}?kind=thematic")
    assert listed_in(page, three) == set()
    assert "Thematic group" not in page
    inside = client_of(groups.member_of(three["private"], "MEX"))
    assert listed_in(seen(inside, f"{LIST}?kind=thematic&language=ar"), three) == {"private"}


def test_a_list_without_anything_says_what_to_do_next(client_of):
    visitor, member = seen(client_of(None)), seen(client_of(people.member()))
    assert "/accounts/login/?next=/en/communities/" in visitor
    assert "/en/members/apply/" in visitor
    assert "The secretariat opens communities" in member
    assert "/en/communities/new/" in seen(client_of(people.secretariat()))


def test_a_private_community_answers_like_one_that_is_not_there(three, client_of):
    """Same status, headers and words, whoever asks and however."""
    gone = three["private"].slug + "x"
    for who in (None, people.person(), people.member("CHL")):
        client = client_of(who)
        for rest in ("", "about/", "people/", "join/", "settings/", "requests/", "invitation/"):
            for method in ("get", "post", "head", "put"):
                answers = []
                for slug in (three["private"].slug, gone):
                    answer = getattr(client, method)(f"{LIST}{slug}/{rest}")
                    body = answer.content.decode().replace(quote(slug), "").replace(slug, "")
                    answers.append((answer.status_code, sorted(answer.headers), plain(body)))
                assert answers[0] == answers[1], (who, rest, method)
                assert answers[0][0] == 404


def plain(body):
    return re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', "", body)


def test_who_is_in_it_is_seen_by_those_in_it(three, client_of):
    for group in three.values():
        lead, member = groups.facilitator_of(group, "COL"), groups.member_of(group, "MEX")
        for user, name in ((lead, "Lena"), (member, "Mina")):
            user.first_name = f"{name} {group.visibility}"
            user.save()
        member.profile.listed = member.profile.ask_me = True
        member.profile.save()
        member.profile.languages.create(code="es")
        page = seen(client_of(lead), at(group, "people"))
        assert f"Mina {group.visibility}" in page
        assert f"/en/members/directory/{member.pk}/ask/" in page
        assert "español" in page
        for who in (None, people.person(), people.member("CHL"), people.secretariat()):
            client = client_of(who)
            assert client.get(at(group, "people")).status_code == 404
            for address in (LIST, at(group), at(group, "about")):
                text = client.get(address).content.decode()
                assert "Mina" not in text
                if who is None or not who.roles.filter(kind="secretariat").exists():
                    assert "Lena" not in text


def test_whoever_did_not_agree_to_be_listed_shows_a_name_alone(three, client_of):
    group = three["private"]
    lead, member = groups.facilitator_of(group, "COL"), groups.member_of(group, "MEX")
    member.profile.ask_me = True
    member.profile.save()
    member.profile.languages.create(code="es")
    page = seen(client_of(lead), at(group, "people"))
    assert str(member) in page
    assert "español" not in page.split("<main")[1]
    assert "/ask/" not in page


def test_one_leaves_a_community_out_of_the_digest(three, client_of):
    member = groups.member_of(three["private"])
    client = client_of(member)
    for _each in range(2):
        client.post(at(three["private"], "people", "mute"), {"muted": "1"})
        assert Membership.objects.get(user=member).muted
    client.post(at(three["private"], "people", "mute"), {"muted": "0"})
    assert not Membership.objects.get(user=member).muted


def test_a_visitor_reads_a_public_community_and_search_engines_may(three, client_of):
    page = seen(client_of(None), at(three["public"]))
    assert "noindex" not in page
    assert "Invented for a test." in page
    inside = client_of(groups.member_of(three["members"]))
    assert "noindex" in seen(inside, at(three["members"]))


def test_home_shows_what_comes(three, client_of):
    group, now = three["private"], timezone.now()
    lead = groups.facilitator_of(group)
    for title, day in (("Soon", 2), ("Long ago", -9)):
        at_day = now + timezone.timedelta(days=day)
        Event.objects.create(community=group, title=title, starts=at_day, ends=at_day)
    page = seen(client_of(lead), at(group))
    assert "Soon" in page
    assert "Long ago" not in page


UNSAFE = """"><script>alert(1)</script>'{{ 7|add:7 }}<img src=x onerror=alert(1)>"""


def test_names_and_purposes_are_words_and_no_markup(client_of):
    group = groups.community(UNSAFE[:180], visibility="members", purpose=UNSAFE)
    lead, asking = groups.facilitator_of(group), people.member("PER")
    for user in (lead, asking):
        user.first_name = UNSAFE[:100]
        user.save()
        user.profile.listed = True
        user.profile.save()
    joining.ask(group, asking, UNSAFE, "never")
    client = client_of(lead)
    for rest in ("", "about", "people", "requests", "settings", "leave", "facilitators"):
        page = seen(client, at(group, rest) if rest else at(group))
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "14<" not in page
    assert "<script>alert" not in seen(client, at(group, "invite") + "?q=" + quote(UNSAFE[:90]))
    assert "<script>alert" not in seen(client_of(asking))


PAGES = ("", "about/", "people/", "requests/", "invite/?q=invented", "facilitators/", "settings/")


def crowded(group, lead, number):
    for _each in range(number):
        person = groups.member_of(group, "MEX")
        person.profile.listed = person.profile.ask_me = True
        person.profile.save()
        person.profile.languages.create(code="es")
        asking = people.member("PER")
        joining.ask(group, asking, "Please (invented).", "weekly")
        groups.thread(group, person, title="Asked (invented)")
        other = groups.community("Another (invented)", visibility="public")
        groups.join(lead, other, facilitator=True)
        groups.thread(other, lead, title="Said (invented)")
        invited = people.member("CHL")
        inviting.invite(group, invited, "", lead)


@pytest.mark.parametrize("number", [3, 60])
def test_no_page_asks_more_the_more_there_is(number):
    group = groups.community(visibility="members")
    lead = groups.facilitator_of(group, "COL")
    crowded(group, lead, number)
    client = Client()
    client.force_login(lead)
    asked = {}
    for address in (LIST, *(f"{at(group)}{rest}" for rest in PAGES)):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked[address] = len(queries)
    assert {address: count for address, count in asked.items() if count > 25} == {}, asked
