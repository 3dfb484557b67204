"""Invitations: for one person, once, for some weeks; who has an account is told to nobody."""

import datetime
import re

import pytest
from django.utils import timezone

from communities import access
from communities.groups import inviting
from communities.models import Act, Invitation, JoinRequest, Membership
from tests.communities import groups
from tests.communities.membership.test_asking import at
from tests.communities.work import done
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db


@kept
def lead(private):
    return groups.facilitator_of(private, "COL")


def listed(country="MEX", **kwargs):
    user = people.member(country, **kwargs)
    user.profile.listed = True
    user.profile.save()
    return user


@kept
def invited(private, lead, outsider):
    assert inviting.invite(private, outsider, "Come (invented).", lead)
    return Invitation.objects.get()


def test_a_listed_member_is_found_by_name_and_invited(private, lead, client_of):
    wanted, hidden = listed("MEX"), people.member("KEN")
    page = client_of(lead).get(at(private, "invite"), {"q": "invented"}).content.decode()
    assert str(wanted) in page
    assert str(hidden) not in page
    sent = {"person": [wanted.pk, hidden.pk], "text": "Come (invented)."}
    assert client_of(lead).post(at(private, "invite"), sent).status_code == 400
    client_of(lead).post(at(private, "invite"), sent | {"person": [wanted.pk]})
    assert Invitation.objects.get().user == wanted
    mail = done()[-1]
    assert mail.to == [wanted.email]
    assert "Come (invented)." in mail.body
    assert Act.objects.get(kind="invite").user == wanted


def test_only_the_invited_accepts_and_only_once(private, invited, outsider, client_of):
    other = people.member("PER")
    rhythm = {"rhythm": "never"}
    for person in (None, other, people.person()):
        assert client_of(person).get(at(private, "invitation")).status_code == 404
        assert client_of(person).post(at(private, "invitation"), rhythm).status_code == 404
    client = client_of(outsider)
    assert "Come (invented)." in client.get(at(private, "invitation")).content.decode()
    for _each in range(2):
        assert client.post(at(private, "invitation"), rhythm).status_code == 302
    assert Membership.objects.filter(user=outsider).count() == 1
    assert outsider.mail_choice.rhythm == "never"
    act = Act.objects.get(kind="admit")
    assert (act.by, act.user) == (invited.invited_by, outsider)
    # Who has left does not come back by it.
    client.post(at(private, "leave"))
    assert client.post(at(private, "invitation"), rhythm).status_code == 404


@pytest.mark.parametrize("ended", ["expires_at", "withdrawn_at", "declined_at"])
def test_an_invitation_that_has_ended_opens_nothing(private, invited, outsider, client_of, ended):
    setattr(invited, ended, timezone.now())
    invited.save()
    assert client_of(outsider).get(at(private)).status_code == 404
    assert client_of(outsider).post(at(private, "invitation"), {"rhythm": "never"}).status_code == (
        404
    )
    assert not access.is_in(outsider, private)


def test_whoever_left_the_alliance_cannot_accept(private, invited, outsider, client_of):
    outsider.roles.update(starts="2019-01-01", ends="2020-01-01")
    assert client_of(outsider).post(at(private, "invitation"), {"rhythm": "never"}).status_code == (
        404
    )
    assert Membership.objects.filter(user=outsider).count() == 0


def test_an_invitation_is_declined_and_nobody_told(private, invited, outsider, client_of):
    client = client_of(outsider)
    client.post(at(private, "invitation", "decline"))
    assert client.get(at(private)).status_code == 404
    assert [mail.to for mail in done()] == []


def test_an_invitation_is_taken_back(private, invited, lead, outsider, client_of):
    page = client_of(lead).get(at(private, "requests")).content.decode()
    assert str(outsider) in page
    client_of(lead).post(at(private, "invite", invited.pk, "withdraw"))
    assert client_of(outsider).get(at(private)).status_code == 404
    # The mail that waits for the worker is not sent any more.
    assert done() == []


def test_who_invites_by_address_does_not_learn_whether_there_is_an_account(
    private, lead, outsider, client_of
):
    """Neither from the answer, nor from any page or the log, now or when the worker has looked."""
    client = client_of(lead)

    def learnt(address):
        sent = {"address": address, "text": "Come (invented)."}
        answer = client.post(at(private, "invite", "address"), sent, follow=True)
        done()
        pages = [
            client.get(at(private, *each)) for each in (("requests",), ("people",), ("invite",))
        ]
        act = Act.objects.filter(kind="invite").values_list("user", "detail").first()
        read = [re.sub(r'value="\w{64}"', "", each.content.decode()) for each in pages]
        return answer.redirect_chain, answer.status_code, read, act

    no_member = people.person(name="No member")
    addresses = (outsider.email, lead.email, no_member.email, "nobody@example.org")
    first, *others = [learnt(address) for address in addresses]
    assert all(each == first for each in others)
    # And yet whoever has the first address is invited, and nobody else.
    assert [each.user for each in Invitation.objects.all()] == [outsider]
    assert client_of(outsider).get(at(private, "invitation")).status_code == 200


def test_an_invitation_by_address_is_taken_back_by_address(private, lead, outsider, client_of):
    client = client_of(lead)
    client.post(at(private, "invite", "address"), {"address": outsider.email})
    done()
    client.post(at(private, "invite", "address"), {"address": outsider.email, "take_back": "1"})
    done()
    assert client_of(outsider).get(at(private)).status_code == 404


def test_nobody_is_invited_twice_and_an_expired_invitation_makes_room(
    private, invited, lead, outsider
):
    assert not inviting.invite(private, outsider, "", lead)
    invited.expires_at = timezone.now() - datetime.timedelta(days=1)
    invited.save()
    assert inviting.invite(private, outsider, "", lead)
    assert len(done()) == 1


def test_invitations_are_limited_by_who_sends_them(private, lead, client_of):
    client = client_of(lead)
    sent = [
        client.post(at(private, "invite", "address"), {"address": f"p{each}@example.org"})
        for each in range(21)
    ]
    assert [each.status_code for each in sent] == [302] * 20 + [429]
    assert "p20@example.org" in sent[-1].content.decode()


def test_one_mailbox_gets_few_invitations_a_day_whatever_it_is_called(lead, client_of):
    target = people.member("PER", email="person@example.org")
    for each in ("person", "p.erson", "person+a", "person+b", "PERSON", "per.son"):
        group = groups.community()
        groups.join(lead, group, facilitator=True)
        sent = {"address": f"{each}@example.org"}
        assert client_of(lead).post(at(group, "invite", "address"), sent).status_code == 302
    assert len([mail for mail in done() if mail.to == [target.email]]) <= 4
    assert Act.objects.filter(kind="invite").count() == 4


def test_by_invitation_a_request_is_settled_too(group, outsider, client_of):
    lead = groups.facilitator_of(group, "COL")
    client_of(outsider).post(at(group, "join"), {"text": "Please", "rhythm": "weekly"})
    inviting.invite(group, outsider, "", lead)
    client_of(outsider).post(at(group, "invitation"), {"rhythm": "weekly"})
    assert JoinRequest.objects.get().state == "accepted"
    assert Membership.objects.filter(user=outsider).count() == 1


def test_the_invitations_of_a_removed_facilitator_are_worth_nothing(
    private, lead, invited, outsider, client_of
):
    from communities.groups.leaving import end

    other = groups.facilitator_of(private, "PER")
    end(Membership.objects.get(user=lead), Membership.Ending.REMOVED, other)
    assert client_of(outsider).get(at(private)).status_code == 404
