"""The desk of a country: its team writes, everybody else reads what is public and no more."""

import pytest
from django.urls import reverse

from countries.models import DataSource, ProfileEntry
from tests.countries import said
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db


@kept
def georgia(db):
    return said.page_of("GEO")


@pytest.fixture
def team(client, georgia):
    user = people.representative("GEO")
    client.force_login(user)
    return user


def at(name, *args):
    return reverse(name, args=["GEO", *args])


def told(response):
    return response.content.decode()


def test_the_team_and_the_secretariat_come_in_and_nobody_else(client, georgia):
    for user in (people.representative("GEO"), people.secretariat()):
        client.force_login(user)
        assert client.get(at("country-desk")).status_code == 200
    for user in (people.member("GEO"), people.representative("CHL"), people.person()):
        client.force_login(user)
        assert client.get(at("country-desk")).status_code == 404
    client.logout()
    assert "/accounts/login/" in client.get(at("country-desk")).headers["Location"]


def test_a_country_without_a_page_has_no_desk(client, georgia):
    client.force_login(people.representative("CHL"))
    assert client.get(reverse("country-desk", args=["CHL"])).status_code == 404
    said.page_of("CHL")
    assert client.get(reverse("country-desk", args=["CHL"])).status_code == 200


def test_an_empty_desk_says_what_to_do(client, team):
    text = told(client.get(at("country-desk")))
    assert "The register is empty" in text
    assert "No commitment is entered yet" in text
    assert text.count("Nothing is said here yet") == 3


def test_several_facts_are_said_at_once_and_stay_within_the_team(client, team):
    sent = {"codes": ["transit", "destination"], "note": "Invented", "source": "A law (invented)"}
    response = client.post(at("country-profile-new", "role"), sent)
    assert response.headers["Location"] == at("country-desk") + "#role"
    rows = ProfileEntry.objects.all()
    assert {(row.about, row.code, row.public) for row in rows} == {
        ("GEO", "transit", False),
        ("GEO", "destination", False),
    }
    assert {(row.author, row.country) for row in rows} == {(team, "GEO")}
    assert "Country of transit" in told(client.get(at("country-desk")))


def test_what_somebody_else_has_said_meanwhile_is_left_and_named(client, team):
    said.entry("transit", note="First (invented)")
    sent = {"codes": ["transit", "origin"], "note": "Second (invented)", "public": "on"}
    text = told(client.post(at("country-profile-new", "role"), sent, follow=True))
    assert "Already in the profile, and left as it was: Country of transit." in text
    assert ProfileEntry.objects.get(code="transit").note == "First (invented)"
    assert ProfileEntry.objects.get(code="origin").public


def test_what_cannot_hold_at_once_is_refused_and_nothing_typed_is_lost(client, team):
    said.entry("no-population-register", kind="set-up")
    sent = {"codes": ["population-register"], "note": "Typed (invented)"}
    response = client.post(at("country-profile-new", "set-up"), sent)
    assert response.status_code == 400
    assert "cannot both hold" in told(response)
    assert "Typed (invented)" in told(response)
    assert client.get(at("country-profile-new", "no-such-kind")).status_code == 404


def test_nothing_that_may_harm_becomes_public_but_the_team_may_keep_it(client, team):
    sent = {"codes": ["transit"], "note": "Write to somebody@example.org", "public": "on"}
    response = client.post(at("country-profile-new", "role"), sent)
    assert response.status_code == 400
    assert "somebody@example.org" in told(response)
    assert not ProfileEntry.objects.exists()
    del sent["public"]
    assert client.post(at("country-profile-new", "role"), sent).status_code == 302


def form_of(client, address):
    """What a form would send, as it is shown."""
    form = client.get(address).context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_a_row_is_changed_made_public_and_deleted(client, team):
    row = said.source()
    sent = form_of(client, at("country-source", row.pk))
    sent |= {"owner": "Ministry (invented)", "unit": "person", "public": "on"}
    assert client.post(at("country-source", row.pk), sent).status_code == 302
    row.refresh_from_db()
    assert (row.owner, row.unit, row.public, row.author) == (
        "Ministry (invented)",
        "person",
        True,
        team,
    )
    assert row.name in told(client.get(at("country-source-delete", row.pk)))
    assert client.post(at("country-source-delete", row.pk)).status_code == 302
    assert client.post(at("country-source-delete", row.pk)).status_code == 302
    assert not DataSource.objects.exists()


def test_a_change_of_somebody_else_is_shown_before_it_is_replaced(client, team):
    row = said.source(owner="Before (invented)")
    sent = form_of(client, at("country-source", row.pk)) | {"owner": "Mine (invented)"}
    row.owner = "Theirs (invented)"
    row.save()
    response = client.post(at("country-source", row.pk), sent)
    assert response.status_code == 409
    assert "Theirs (invented)" in told(response)
    assert "Mine (invented)" in told(response)
    row.refresh_from_db()
    assert row.owner == "Theirs (invented)"
    sent["was"] = response.context["form"]["was"].value()
    assert client.post(at("country-source", row.pk), sent).status_code == 302
    row.refresh_from_db()
    assert row.owner == "Mine (invented)"


def test_the_same_form_sent_twice_changes_once(client, team):
    row = said.source()
    sent = form_of(client, at("country-source", row.pk)) | {"owner": "Once (invented)"}
    for _each in range(2):
        assert client.post(at("country-source", row.pk), sent).status_code == 302
    new = {"name": "Another (invented)"}
    assert client.post(at("country-source-new"), new).status_code == 302
    assert client.post(at("country-source-new"), new).status_code == 400
    assert DataSource.objects.count() == 2


@pytest.mark.parametrize("kind", ["source", "profile", "commitment"])
def test_a_row_that_is_gone_is_entered_anew_from_what_was_typed(client, team, kind):
    rows = {"source": said.source, "profile": said.entry, "commitment": said.commitment}
    text = {"source": "note", "profile": "note", "commitment": "text"}[kind]
    row = rows[kind](**({"type": ""} if kind == "source" else {}))
    address = at(f"country-{kind}", row.pk)
    sent = form_of(client, address) | {text: "Typed (invented)"}
    row.delete()
    assert client.get(address).status_code == 404
    response = client.post(address, sent)
    assert response.status_code == 409
    assert "Typed (invented)" in told(response)
    sent["was"] = response.context["form"]["was"].value() or ""
    assert client.post(address, sent).status_code == 302
    assert getattr(type(row).objects.get(), text) == "Typed (invented)"


@pytest.mark.parametrize("kind", ["source", "profile", "commitment"])
def test_a_row_of_another_country_is_not_to_be_had(client, team, kind):
    make = {"source": said.source, "profile": said.entry, "commitment": said.commitment}[kind]
    theirs, own = make(about="CHL", public=True), make()
    for name in (f"country-{kind}", f"country-{kind}-delete"):
        assert client.get(at(name, own.pk)).status_code == 200
        assert client.get(at(name, theirs.pk)).status_code == 404
    client.post(at(f"country-{kind}-delete", theirs.pk))
    assert type(theirs).objects.filter(pk=theirs.pk).exists()
