"""Asking to join, and the answer of a facilitator: once, by whoever may, with everybody told."""

import datetime

import pytest
from django.utils import timezone

from communities import access
from communities.groups import joining
from communities.models import Act, JoinRequest, MailChoice, Membership
from tests.communities import groups
from tests.communities.work import done
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db
WHY = {"text": "We build a register (invented).", "rhythm": "daily"}


def at(group, *parts):
    return "/en/communities/" + "/".join([group.slug, *map(str, parts), ""])


@kept
def asked(group, lead, outsider):
    assert joining.ask(group, outsider, "Please (invented).", "weekly")
    return JoinRequest.objects.get()


def test_a_member_asks_and_a_facilitator_lets_them_in(group, lead, outsider, client_of):
    client = client_of(outsider)
    assert client.get(at(group, "join")).status_code == 200
    assert client.post(at(group, "join"), WHY).status_code == 302
    assert MailChoice.objects.get(user=outsider).rhythm == "daily"
    assert "We build a register" in done()[-1].body
    assert done()[-1].to == [lead.email]

    asked = JoinRequest.objects.get()
    page = client_of(lead).get(at(group, "requests")).content.decode()
    assert "We build a register" in page
    client_of(lead).post(at(group, "requests", asked.pk, "admit"))

    assert access.is_in(outsider, group)
    act = Act.objects.get(kind=Act.Kind.ADMIT)
    assert (act.by, act.user) == (lead, outsider)
    assert done()[-1].to == [outsider.email]


def test_a_request_is_declined_with_a_reason_that_the_person_reads(
    group, lead, outsider, asked, client_of
):
    answer = at(group, "requests", asked.pk, "decline")
    assert client_of(lead).post(answer, {"reason": " "}).status_code == 400
    client_of(lead).post(answer, {"reason": "For one region only (invented)."})
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("declined", lead)
    assert not access.is_in(outsider, group)
    assert "For one region only" in done()[-1].body


def test_whoever_was_refused_waits_a_month_before_asking_again(
    group, lead, outsider, asked, client_of
):
    joining.decline(asked, "Not now (invented).", lead)
    client_of(outsider).post(at(group, "join"), WHY)
    assert JoinRequest.objects.count() == 1
    assert "You can ask to join again" in client_of(outsider).get(at(group)).content.decode()
    JoinRequest.objects.update(decided_at=timezone.now() - datetime.timedelta(days=31))
    client_of(outsider).post(at(group, "join"), WHY)
    assert JoinRequest.objects.filter(state="open").count() == 1
    assert (
        "An earlier request was declined"
        in client_of(lead).get(at(group, "requests")).content.decode()
    )


def test_nobody_lets_themselves_in(group, lead, outsider, asked, client_of):
    """Neither by the facilitator's address, nor by one of another community."""
    other = groups.community(visibility="members")
    own_lead = groups.facilitator_of(other, "PER")
    for person in (outsider, groups.member_of(group), own_lead, people.secretariat()):
        for address in (at(group, "requests", asked.pk, "admit"),):
            assert client_of(person).post(address).status_code == 404
    assert client_of(own_lead).post(at(other, "requests", asked.pk, "admit")).status_code == 404
    assert Membership.objects.filter(user=outsider).count() == 0
    assert client_of(lead).post(at(group, "requests", asked.pk, "admit")).status_code == 302
    assert Membership.objects.filter(user=outsider).count() == 1


def test_what_is_decided_is_not_decided_again(group, lead, outsider, asked, client_of):
    client = client_of(lead)
    joining.withdraw(group, outsider)
    client.post(at(group, "requests", asked.pk, "admit"))
    assert not access.is_in(outsider, group)
    assert Act.objects.count() == 0


def test_a_demoted_facilitator_decides_nothing_by_a_page_that_is_open(
    group, lead, asked, client_of
):
    client = client_of(lead)
    assert client.get(at(group, "requests")).status_code == 200
    Membership.objects.filter(user=lead).update(is_facilitator=False)
    for address in (
        at(group, "requests", asked.pk, "admit"),
        at(group, "requests", asked.pk, "decline"),
        at(group, "invite"),
        at(group, "settings"),
        at(group, "settings", "close"),
        at(group, "facilitators"),
    ):
        assert client.post(address, {"reason": "No (invented)"}).status_code == 404
    asked.refresh_from_db()
    assert asked.state == "open"
    # Inside the transaction it is asked once more.
    assert not joining.admit(asked, lead)


def test_whoever_left_the_alliance_is_not_let_in(group, lead, outsider, asked, client_of):
    outsider.roles.update(starts="2019-01-01", ends="2020-01-01")
    page = client_of(lead).get(at(group, "requests")).content.decode()
    assert "not a member of the Alliance any more" in page
    client_of(lead).post(at(group, "requests", asked.pk, "admit"))
    assert Membership.objects.filter(user=outsider).count() == 0


def test_a_request_is_withdrawn(group, outsider, asked, client_of):
    client_of(outsider).post(at(group, "join", "withdraw"))
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


def test_two_presses_ask_once(group, lead, outsider, client_of):
    client = client_of(outsider)
    for _each in range(2):
        assert client.post(at(group, "join"), WHY).status_code == 302
    assert JoinRequest.objects.count() == 1
    assert len(done()) == 1


def test_requests_are_limited_and_what_was_typed_stays(outsider, client_of):
    client = client_of(outsider)
    for _each in range(10):
        client.post(at(groups.community(visibility="members"), "join"), WHY)
    last = groups.community(visibility="members")
    refused = client.post(at(last, "join"), WHY)
    assert refused.status_code == 429
    assert WHY["text"] in refused.content.decode()
    assert JoinRequest.objects.count() == 10


def test_a_private_community_cannot_be_asked_for(private, outsider, client_of):
    assert client_of(outsider).post(at(private, "join"), WHY).status_code == 404
    assert client_of(people.secretariat()).post(at(private, "join"), WHY).status_code == 404
    assert JoinRequest.objects.count() == 0


def test_who_is_told_of_a_request_is_asked_when_the_mail_is_sent(group, lead, outsider):
    other = groups.facilitator_of(group, "PER")
    joining.ask(group, outsider, "Please (invented).", "never")
    Membership.objects.filter(user=lead).update(is_facilitator=False)
    assert [each.to for each in done()] == [[other.email]]


def test_a_closed_community_lets_nobody_in(group, lead, asked, client_of):
    group.closed_at = timezone.now()
    group.save()
    client_of(lead).post(at(group, "requests", asked.pk, "admit"))
    assert not access.is_in(asked.user, group)
