"""Leaving, being taken out, and who facilitates: at once, and never without a facilitator."""

import pytest

from communities import access
from communities.groups import leading
from communities.groups.leaving import LastFacilitatorError, end, leave
from communities.models import Act, Membership, Notice
from search.viewer import Viewer
from tests.communities import groups
from tests.communities.membership.test_asking import at
from tests.communities.work import done
from tests.members import people

pytestmark = pytest.mark.django_db


def test_whoever_leaves_sees_and_gets_nothing_from_the_next_request_on(private, client_of):
    lead, member = groups.facilitator_of(private), groups.member_of(private, "MEX")
    client = client_of(member)
    thread = groups.thread(private, lead)
    assert client.get(at(private)).status_code == 200
    assert client.post(at(private, "leave")).status_code == 302
    assert client.get(at(private)).status_code == 404
    assert client.get(thread.get_absolute_url()).status_code == 404
    assert not Notice.objects.filter(user=member, settled_at=None).exists()
    assert f"community:{private.pk}" not in Viewer.of(member).audiences
    groups.reply(thread, lead)
    assert not Notice.objects.filter(user=member, settled_at=None).exists()
    assert Membership.objects.get(user=member).ending == "left"


def test_a_facilitator_takes_somebody_out_and_others_do_not(private):
    lead, member = groups.facilitator_of(private), groups.member_of(private, "MEX")
    other = groups.facilitator_of(groups.community(), "PER")
    membership = Membership.objects.get(user=member)
    for person in (member, groups.member_of(private, "KEN"), other, people.secretariat()):
        assert not end(membership, Membership.Ending.REMOVED, person)
    assert access.is_in(member, private)
    assert end(membership, Membership.Ending.REMOVED, lead, "Invented.")
    assert not access.is_in(member, private)
    assert not end(membership, Membership.Ending.REMOVED, lead)
    act = Act.objects.get()
    assert (act.kind, act.by, act.user, act.reason) == ("remove", lead, member, "Invented.")


def test_the_last_facilitator_hands_over_first(private, client_of):
    lead, member = groups.facilitator_of(private), groups.member_of(private, "MEX")
    client = client_of(lead)
    assert "You facilitate alone" in client.get(at(private, "leave")).content.decode()
    assert client.post(at(private, "leave")).status_code == 409
    client.post(at(private, "facilitators", "step-down"))
    assert access.facilitates(lead, private)
    client.post(at(private, "facilitators"), {"person": member.pk, "hand_over": "1"})
    assert access.facilitates(member, private)
    assert not access.facilitates(lead, private)
    assert access.is_in(lead, private)
    assert client.get(at(private, "settings")).status_code == 404
    assert done()[-1].to == [member.email]
    assert client.post(at(private, "leave")).status_code == 302


def test_a_facilitator_whose_role_ended_counts_as_none(private):
    lead, former = groups.facilitator_of(private), groups.facilitator_of(private, "PER")
    former.roles.update(starts="2019-01-01", ends="2020-01-01")
    with pytest.raises(LastFacilitatorError):
        leave(private, lead)
    with pytest.raises(LastFacilitatorError):
        leading.step_down(private, lead)


def test_facilitators_name_members_and_the_secretariat_names_anybody_of_the_alliance(
    private, outsider, client_of
):
    lead, member = groups.facilitator_of(private), groups.member_of(private, "MEX")
    names = at(private, "facilitators")
    for person in (outsider, people.person()):
        client_of(lead).post(names, {"person": person.pk})
        assert not access.is_in(person, private)
    client_of(lead).post(names, {"person": member.pk})
    assert access.facilitates(member, private)
    office = client_of(people.secretariat())
    office.post(names, {"person": people.person().pk})
    office.post(names, {"person": outsider.pk})
    assert access.facilitates(outsider, private)
    assert access.facilitators_of(private).count() == 3
    # Everybody who facilitates learns of it.
    assert sorted(each.to[0] for each in done())[-3:].count(outsider.email) <= 1
    assert {lead.email, member.email} <= {each.to[0] for each in done()}


def test_the_secretariat_does_not_let_itself_in(private, client_of):
    office = people.secretariat()
    groups.facilitator_of(private)
    client_of(office).post(at(private, "facilitators"), {"person": office.pk})
    assert not access.is_in(office, private)
    untouched = groups.community("New (invented)")
    client_of(office).post(at(untouched, "facilitators"), {"person": office.pk})
    assert access.facilitates(office, untouched)


def test_the_secretariat_ends_that_somebody_facilitates(private, client_of):
    lead = groups.facilitator_of(private)
    other = groups.facilitator_of(private, "PER")
    relieve = at(private, "facilitators", lead.pk, "relieve")
    assert client_of(other).post(relieve).status_code == 404
    client_of(people.secretariat()).post(relieve)
    assert not access.facilitates(lead, private)
    assert access.is_in(lead, private)


def test_a_person_in_no_number_is_no_failure(private, client_of):
    lead = groups.facilitator_of(private)
    for person in ("", "x", "9" * 40, "0"):
        sent = {"person": person}
        assert client_of(lead).post(at(private, "facilitators"), sent).status_code == 302
