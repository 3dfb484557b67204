"""Does it fit us? A checklist that is nobody else's business."""

import json

import pytest
from wagtail.models import ReferenceIndex

from adoption.models import FitAnswer, FitCheck
from tests.adoption.told import CONDITIONS, url
from tests.members import people

pytestmark = pytest.mark.django_db
SECRET = "Our invented law forbids it"


def form(**changes):
    held = {f"held_{key}": "no" for key in CONDITIONS}
    return {**held, "note_legal": SECRET, **changes}


def fill(client, practice, **changes):
    return client.post(url("fit", practice.pk), form(**changes))


def test_one_sees_ones_own_answers_again(practice, peer, signed_in):
    client = signed_in(peer)
    first = client.get(url("fit", practice.pk)).content.decode()
    assert "Two statisticians (invented)." in first  # the practice's own words
    assert fill(client, practice, held_capacity="yes").status_code == 302
    text = client.get(url("fit", practice.pk)).content.decode()
    assert SECRET in text
    assert 'class="fit-picture"' in text
    held = {row.condition: row.held for row in FitAnswer.objects.all()}
    assert held == {**dict.fromkeys(CONDITIONS, "no"), "capacity": "yes"}
    assert SECRET in client.get(practice.url).content.decode()


def test_saved_twice_it_is_one_checklist(practice, peer, signed_in):
    fill(signed_in(peer), practice)
    fill(signed_in(peer), practice, held_legal="yes")
    assert FitCheck.objects.count() == 1
    assert FitAnswer.objects.count() == len(CONDITIONS)
    assert FitAnswer.objects.get(condition="legal").held == "yes"


@pytest.mark.parametrize("shared", [False, True])
def test_nobody_else_sees_it_but_the_team_it_is_shared_with(shared, practice, peer, signed_in):
    fill(signed_in(peer), practice, **({"share": "on"} if shared else {}))
    check = FitCheck.objects.get()
    team, others = (
        people.representative("CHL"),
        [
            people.member("CHL"),
            people.representative("MAR"),
            practice.owner,
            people.secretariat(),
            people.superuser(),
        ],
    )
    addresses = [url("team-fit", check.pk), url("fits"), url("fit", practice.pk), practice.url]
    for user in others:
        client = signed_in(user)
        for address in (*addresses, url("overview"), url("stale"), url("practice", practice.pk)):
            assert SECRET not in client.get(address).content.decode()
        assert client.get(url("team-fit", check.pk)).status_code == 404
        assert url("team-fit", check.pk) not in client.get(url("fits")).content.decode()
    client = signed_in(team)
    assert (client.get(url("team-fit", check.pk)).status_code == 200) is shared
    assert (SECRET in client.get(url("team-fit", check.pk)).content.decode()) is shared
    assert (url("team-fit", check.pk) in client.get(url("fits")).content.decode()) is shared


def test_sharing_ends_when_its_owner_says_so(practice, peer, signed_in):
    fill(signed_in(peer), practice, share="on")
    check, team = FitCheck.objects.get(), people.representative("CHL")
    assert signed_in(team).get(url("team-fit", check.pk)).status_code == 200
    fill(signed_in(peer), practice)
    assert signed_in(team).get(url("team-fit", check.pk)).status_code == 404


def test_who_it_is_shared_with_cannot_be_chosen_by_the_form(practice, peer, signed_in):
    other = people.member("MAR")
    fill(signed_in(peer), practice, shared_with="GEO", user=other.pk, share="on")
    check = FitCheck.objects.get()
    assert (check.user, check.shared_with) == (peer, "CHL")


def test_it_is_counted_and_listed_nowhere(practice, peer, client, signed_in, admin_client):
    """Pages of others, the editor's list of uses, and the history are the same as without it."""
    before = client.get(practice.url).content
    usage = f"/admin/pages/usage/{practice.pk}/"
    listed = admin_client.get(usage).content.decode().count("<tr")
    fill(signed_in(peer), practice)
    client.logout()
    assert client.get(practice.url).content == before
    references = ReferenceIndex.get_references_to(practice).filter(
        base_content_type__app_label="adoption"
    )
    assert not references.exists()
    admin_client.force_login(people.superuser("another-administrator@example.org"))
    assert admin_client.get(usage).content.decode().count("<tr") == listed


def test_one_deletes_ones_own_and_no_other(practice, peer, signed_in):
    fill(signed_in(peer), practice)
    other = people.member("MAR")
    assert signed_in(other).post(url("fit-delete", practice.pk)).status_code == 404
    assert FitCheck.objects.count() == 1
    assert signed_in(peer).get(url("fit-delete", practice.pk)).status_code == 405
    assert signed_in(peer).post(url("fit-delete", practice.pk)).status_code == 302
    assert not FitCheck.objects.exists()


def test_a_practice_that_is_gone_takes_its_checklist_from_the_list(practice, peer, signed_in):
    fill(signed_in(peer), practice)
    client = signed_in(peer)
    assert practice.title in client.get(url("fits")).content.decode()
    practice.unpublish()
    assert practice.title not in client.get(url("fits")).content.decode()
    assert client.get(url("fit", practice.pk)).status_code == 404


def test_it_is_exported_and_erased_with_the_person(practice, peer, signed_in):
    from users.personal import declared, undeclared

    fill(signed_in(peer), practice)
    ours = [each for each in declared() if each.model.startswith("adoption.")]
    exported = json.dumps([list(each.export(peer)) for each in ours], default=str)
    assert SECRET in exported
    assert practice.title in exported
    for each in ours:
        each.erase(peer)
    assert not FitCheck.objects.exists()
    assert not FitAnswer.objects.exists()
    assert not [name for name in undeclared() if name.startswith("adoption.")]


def test_a_bad_answer_is_told_and_nothing_typed_is_lost(practice, peer, signed_in):
    answer = fill(signed_in(peer), practice, held_legal="perhaps")
    assert answer.status_code == 200
    assert SECRET in answer.content.decode()
    assert not FitCheck.objects.exists()


def test_visitors_and_accounts_without_membership_have_no_checklist(practice, client, signed_in):
    assert "/accounts/login/" in client.get(url("fit", practice.pk))["Location"]
    assert signed_in(people.person()).get(url("fit", practice.pk)).status_code == 403
    assert signed_in(people.member("CHL")).get(url("fit", practice.pk)).status_code == 200
