"""The adoption trail: who adapted what, who may confirm it, who sees it, what is exported."""

import csv
import io

import pytest
from django.db import IntegrityError, transaction

from adoption.models import Adoption, OriginAnswer
from adoption.saying import version_of
from tests import factories
from tests.adoption import told
from tests.adoption.told import adoption_form, url
from tests.members import people

pytestmark = pytest.mark.django_db
CHILE = "Statistical office of CHL (invented)"


def test_a_member_tells_what_they_adapted_and_that_it_failed(practice, peer, signed_in):
    answer = signed_in(peer).post(url("adapt", practice.pk), adoption_form())
    adoption = Adoption.objects.get()
    assert answer["Location"].endswith(url("adaptation", adoption.pk))
    assert (adoption.country, adoption.institution.name) == ("CHL", CHILE)
    assert (adoption.result, adoption.state) == ("failed", "told")
    held = {row.condition: (row.held, row.note) for row in adoption.conditions.all()}
    assert held == {key: ("partly", f"Note on {key} (invented)") for key in told.CONDITIONS}
    text = signed_in(people.member("MAR")).get(answer["Location"]).content.decode()
    assert "It failed for an invented reason" in text
    assert "Note on capacity (invented)" in text
    assert peer.email not in text


def test_the_form_takes_no_state_no_origin_and_no_other_name(practice, peer, author, signed_in):
    form = adoption_form(
        state="confirmed",
        country="GEO",
        author=author.pk,
        institution="1",
        origin="99",
        told_at="1",
    )
    signed_in(peer).post(url("adapt", practice.pk), form)
    adoption = Adoption.objects.get()
    assert (adoption.state, adoption.country, adoption.author) == ("told", "CHL", peer)
    assert (adoption.origin_id, adoption.told_at) == (practice.pk, None)


def test_the_same_told_twice_is_one_row(practice, peer, signed_in):
    for _time in range(2):
        answer = signed_in(peer).post(url("adapt", practice.pk), adoption_form())
        assert answer.status_code == 302
    assert Adoption.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"year_from": ""},
        {"year_from": "1"},
        {"year_from": "2024", "year_to": "2020"},
        {"result": "splendid"},
        {"result_note": ""},
        {"held_legal": "perhaps"},
        {"note_legal": "x" * 501},
        {"evidence_url": "javascript:alert(1)"},
        {"evidence_url": "ftp://example.org/file"},
        {"audience": "everybody", "voice": "personal"},
        {"own_practice": "999999"},
        {"own_practice": str(2**63)},
        {"own_practice": "x"},
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(changes, practice, peer, signed_in):
    answer = signed_in(peer).post(url("adapt", practice.pk), adoption_form(**changes))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert 'class="field__error"' in text
    assert "We used an invented form" in text
    assert "Note on partners (invented)" in text
    assert not Adoption.objects.exists()


def test_those_who_did_it_do_not_adapt_it_themselves(practice, author, peer, signed_in):
    for user in (author, people.representative("GEO")):
        assert signed_in(user).post(url("adapt", practice.pk), adoption_form()).status_code == 403
    assert signed_in(people.person()).post(url("adapt", practice.pk)).status_code == 403
    assert not Adoption.objects.exists()
    assert signed_in(peer).post(url("adapt", practice.pk), adoption_form()).status_code == 302


# --- Who sees it --------------------------------------------------------------------------
@pytest.mark.parametrize(("audience", "public"), [("members", False), ("everybody", True)])
def test_visitors_see_what_its_adapter_says_is_public(
    audience, public, practice, peer, client, signed_in
):
    adoption = told.adoption(practice, peer, audience)
    for address in (practice.url, url("practice", practice.pk), url("overview")):
        assert (CHILE in client.get(address).content.decode()) is public, address
    assert (client.get(url("adaptation", adoption.pk)).status_code == 200) is public
    assert ("Used in 1 country" in client.get(practice.url).content.decode()) is public
    member = signed_in(people.member("MAR"))
    assert CHILE in member.get(practice.url).content.decode()
    assert "Used in 1 country" in member.get(practice.url).content.decode()
    assert member.get(url("adaptation", adoption.pk)).status_code == 200


def test_an_adaptation_one_may_not_see_is_answered_like_none(practice, peer, client):
    adoption = told.adoption(practice, peer)
    for step in ("adaptation", "adaptation-edit", "adaptation-delete", "confirm"):
        there, missing = client.get(url(step, adoption.pk)), client.get(url(step, 99999))
        assert there.status_code == missing.status_code == 404


def test_the_trail_of_a_practice_nobody_may_open_is_hidden(practice, peer, client):
    adoption = told.adoption(practice, peer, "everybody")
    assert client.get(url("adaptation", adoption.pk)).status_code == 200
    practice.unpublish()
    assert client.get(url("adaptation", adoption.pk)).status_code == 404
    assert CHILE not in client.get(url("overview")).content.decode()


def test_countries_are_counted_once_each(practice, client):
    told.adoption(practice, people.member("CHL"), "everybody")
    told.adoption(practice, people.member("CHL"), "everybody", result="failed")
    told.adoption(practice, people.member("MAR"), "everybody")
    text = client.get(practice.url).content.decode()
    assert "Used in 2 countries" in text
    assert "1 time it did not work" in text


def test_a_personal_view_is_never_public_in_the_database(practice, peer):
    adoption = told.adoption(practice, peer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Adoption.objects.filter(pk=adoption.pk).update(audience="everybody")
    told.adoption(practice, people.member("MAR"), "everybody")


def test_what_may_harm_somebody_is_kept_from_the_public_alone(practice, peer, signed_in):
    words = "Ask example.person@example.org, tel. +56 2 2345 6789"
    client = signed_in(peer)
    public = adoption_form(audience="everybody", changed=words)
    assert client.post(url("adapt", practice.pk), public).status_code == 200
    assert not Adoption.objects.exists()
    among_members = adoption_form(changed=words)
    assert client.post(url("adapt", practice.pk), among_members).status_code == 302
    harmless = adoption_form(audience="everybody", changed="An office can be asked")
    assert client.post(url("adapt", practice.pk), harmless).status_code == 302


def test_the_picture_shows_who_from_whom_with_a_table(practice, client):
    told.adoption(practice, people.member("CHL"), "everybody", year_to=2024)
    text = client.get(practice.url).content.decode()
    assert '<svg class="trail-picture"' in text
    assert "<title>CHL, 2023\N{EN DASH}2024: It worked</title>" in text
    assert "<table" in text


# --- Confirming ---------------------------------------------------------------------------
def confirm(client, adoption, confirms="yes", text=""):
    said = {"confirms": confirms, "text": text, "version": version_of(adoption)}
    return client.post(url("confirm", adoption.pk), said)


def test_what_changed_since_it_was_read_is_not_confirmed(practice, author, peer, signed_in):
    signed_in(peer).post(url("adapt", practice.pk), adoption_form())
    adoption = Adoption.objects.get()
    signed_in(peer).post(url("adaptation-edit", adoption.pk), adoption_form(result="worked"))
    answer = confirm(signed_in(author), adoption, text="As I read it (invented)")
    assert "changed meanwhile" in answer.content.decode()
    assert "As I read it (invented)" in answer.content.decode()
    adoption.refresh_from_db()
    assert adoption.state == "told"
    assert confirm(signed_in(author), adoption).status_code == 302


def test_the_origin_confirms(practice, author, peer, signed_in):
    adoption = told.adoption(practice, peer, "everybody")
    assert confirm(signed_in(author), adoption, text="So it was (invented)").status_code == 302
    adoption.refresh_from_db()
    assert adoption.state == "confirmed"
    said = OriginAnswer.objects.get()
    assert (said.author, said.country) == (author, "GEO")
    page = url("adaptation", adoption.pk)
    assert "So it was (invented)" in signed_in(peer).get(page).content.decode()
    public = signed_in(None).get(page).content.decode()
    assert "Confirmed by the origin" in public
    assert "So it was (invented)" not in public  # cleared by nobody for the public


def test_a_comment_alone_confirms_nothing(practice, author, peer, signed_in):
    adoption = told.adoption(practice, peer)
    assert confirm(signed_in(author), adoption, "no").status_code == 200
    assert not OriginAnswer.objects.exists()
    confirm(signed_in(author), adoption, "no", "We know nothing of it (invented)")
    adoption.refresh_from_db()
    assert adoption.state == "commented"


def test_nobody_confirms_their_own_adaptation(practice, author, signed_in):
    """Not even with a second role at the origin, nor as another person of the same office."""
    adapter = people.member("CHL")
    adoption = told.adoption(practice, adapter)
    people.give(adapter, "representative", "GEO")
    assert confirm(signed_in(adapter), adoption).status_code == 404
    office = adoption.institution
    colleague = people.person(
        None,
        people.Role(kind="representative", country=factories.country("GEO"), institution=office),
    )
    assert confirm(signed_in(colleague), adoption).status_code == 404
    second = people.representative("GEO")
    people.give(second, people.Role(kind="member", institution=office))
    assert confirm(signed_in(second), adoption).status_code == 404
    adoption.refresh_from_db()
    assert adoption.state == "told"
    other = told.adoption(practice, people.member("MAR"))
    assert confirm(signed_in(author), other).status_code == 302


@pytest.mark.parametrize("who", ["member", "secretariat", "superuser", "visitor"])
def test_only_the_origin_confirms(who, practice, author, peer, signed_in):
    adoption = told.adoption(practice, peer)
    user = {
        "member": people.member,
        "secretariat": people.secretariat,
        "superuser": people.superuser,
        "visitor": lambda: None,
    }[who]
    if who == "member":
        user = lambda: people.member("MAR")  # noqa: E731
    assert confirm(signed_in(user()), adoption).status_code == 404
    assert confirm(signed_in(author), adoption).status_code == 302


def test_a_changed_adaptation_is_confirmed_anew(practice, author, peer, signed_in):
    signed_in(peer).post(url("adapt", practice.pk), adoption_form())
    adoption = Adoption.objects.get()
    confirm(signed_in(author), adoption)
    edit = url("adaptation-edit", adoption.pk)
    signed_in(peer).post(edit, adoption_form(audience="everybody"))
    adoption.refresh_from_db()
    assert (adoption.state, adoption.audience) == ("confirmed", "everybody")
    signed_in(peer).post(edit, adoption_form(result="worked"))
    adoption.refresh_from_db()
    assert adoption.state == "told"
    confirm(signed_in(author), adoption)
    adoption.refresh_from_db()
    assert (adoption.state, OriginAnswer.objects.count()) == ("confirmed", 2)
    signed_in(peer).post(edit, adoption_form(result="worked", held_legal="no"))
    adoption.refresh_from_db()
    assert adoption.state == "told"


@pytest.mark.parametrize("step", ["adaptation-edit", "adaptation-delete"])
def test_only_the_adapter_changes_or_deletes_it(step, practice, author, peer, signed_in):
    adoption = told.adoption(practice, peer)
    for user in (author, people.member("CHL"), people.secretariat()):
        assert signed_in(user).post(url(step, adoption.pk), adoption_form()).status_code == 404
    assert Adoption.objects.get().changed == "An invented change"
    assert signed_in(peer).post(url(step, adoption.pk), adoption_form()).status_code == 302


def test_an_adaptation_may_name_the_adapters_own_page(practice, peer, author, signed_in):
    own = factories.practice(title="Our own invented page", owner=peer)
    foreign = factories.practice(title="A foreign invented page", owner=author)
    client = signed_in(peer)
    refused = client.post(url("adapt", practice.pk), adoption_form(own_practice=foreign.pk))
    assert refused.status_code == 200
    client.post(url("adapt", practice.pk), adoption_form(own_practice=own.pk))
    page = url("adaptation", Adoption.objects.get().pk)
    assert own.title in client.get(page).content.decode()
    own.unpublish()
    assert own.title not in client.get(page).content.decode()


# --- Export -------------------------------------------------------------------------------
def test_the_export_equals_the_database(practice, author, peer, signed_in):
    told.adoption(practice, peer, changed='Commas, "quotes"\nand a second line')
    told.adoption(practice, people.member("MAR"), "everybody", result="failed")
    answer = signed_in(people.secretariat()).get(url("adaptations-csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    stored = list(Adoption.objects.order_by("pk"))
    assert [int(row["id"]) for row in rows] == [each.pk for each in stored]
    for row, each in zip(rows, stored, strict=True):
        for name in ("origin_id", "country", "year_from", "changed", "result", "state", "audience"):
            assert row[name] == str(getattr(each, name))
        assert row["institution"] == str(each.institution)
        for condition in each.conditions.all():
            assert row[f"{condition.condition}_held"] == condition.held
    assert rows[0]["origin_countries"] == "GEO"


def test_a_text_that_looks_like_a_formula_stays_a_text(practice, peer, signed_in):
    told.adoption(practice, peer, changed='=HYPERLINK("http://example.org")')
    answer = signed_in(people.secretariat()).get(url("adaptations-csv"))
    row = next(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert row["changed"].startswith("'=")


@pytest.mark.parametrize("name", ["adaptations-csv", "stale", "stale-csv"])
def test_the_lists_of_the_secretariat_are_for_it_alone(name, author, peer, signed_in):
    for user in (None, people.person(), peer, author):
        assert signed_in(user).get(url(name)).status_code == 404
    assert signed_in(people.secretariat()).get(url(name)).status_code == 200
