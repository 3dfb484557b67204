"""Commitments: a pledge in its words, and how far it is."""

import pytest

from countries.models import Commitment, ProgressNote
from tests.countries import said
from tests.countries.test_page import indicator
from tests.members import people

pytestmark = pytest.mark.django_db
DESK = "/en/country/GEO/commitments/"


@pytest.fixture
def team(client):
    said.page_of("GEO")
    user = people.representative("GEO")
    client.force_login(user)
    return user


def test_a_pledge_is_entered_with_its_indicator_and_its_days(client, team):
    shown = indicator()
    sent = {
        "text": "To count every child (invented).",
        "measured_by": str(shown.translation_key),
        "made_on": "2022-05-20",
        "due_on": "2026-05-20",
        "public": "on",
    }
    assert client.post(f"{DESK}new/", sent).status_code == 302
    row = Commitment.objects.get()
    assert (row.indicator, row.made_on.year, row.due_on.year, row.public) == (
        shown,
        2022,
        2026,
        True,
    )
    assert (row.author, row.country) == (team, "GEO")
    assert client.post(f"{DESK}new/", sent).status_code == 400  # sent twice
    assert Commitment.objects.count() == 1


def test_what_cannot_be_is_said_and_nothing_typed_is_lost(client, team):
    sent = {"text": "Typed (invented)", "made_on": "2026-01-01", "due_on": "2025-01-01"}
    response = client.post(f"{DESK}new/", sent)
    assert response.status_code == 400
    assert "It cannot be due before it was made." in response.content.decode()
    assert "Typed (invented)" in response.content.decode()
    sent = {"text": "Typed (invented)", "measured_by": "no-such", "made_on": "yesterday"}
    assert client.post(f"{DESK}new/", sent).status_code == 400


def test_an_indicator_that_is_not_public_any_more_stays_with_the_pledge(client, team):
    hidden = indicator(live=False)
    row = said.commitment(indicator=hidden)
    form = client.get(f"{DESK}{row.pk}/").context["form"]
    sent = {field.html_name: field.value() or "" for field in form}
    assert hidden.title not in client.get(f"{DESK}{row.pk}/").content.decode()
    sent |= {"text": "Said better (invented)"}
    sent.pop("public")
    assert client.post(f"{DESK}{row.pk}/", sent).status_code == 302
    row.refresh_from_db()
    assert (row.text, row.indicator_id) == ("Said better (invented)", hidden.pk)


def test_progress_is_noted_changed_and_deleted(client, team):
    row = said.commitment()
    notes = f"{DESK}{row.pk}/progress/"
    sent = {"text": "A first table (invented)", "on": "2026-02-01"}
    assert client.post(f"{notes}new/", sent).status_code == 302
    assert client.post(f"{notes}new/", sent).status_code == 400  # sent twice
    note = ProgressNote.objects.get()
    assert (note.about, note.commitment, note.author, note.public) == ("GEO", row, team, False)
    form = client.get(f"{notes}{note.pk}/").context["form"]
    sent |= {"text": "A second table (invented)", "was": form["was"].value()}
    assert client.post(f"{notes}{note.pk}/", sent).status_code == 302
    note.refresh_from_db()
    assert note.text == "A second table (invented)"
    assert client.post(f"{notes}{note.pk}/delete/").status_code == 302
    assert not ProgressNote.objects.exists()


def test_a_note_is_had_below_its_own_commitment_alone(client, team):
    own, other, theirs = (said.commitment(f"{n} (invented)") for n in ("Own", "Other", "Theirs"))
    note = said.progress(own)
    theirs.about = "CHL"
    theirs.save()
    assert client.get(f"{DESK}{own.pk}/progress/{note.pk}/").status_code == 200
    assert client.get(f"{DESK}{other.pk}/progress/{note.pk}/").status_code == 404
    assert client.get(f"{DESK}{other.pk}/progress/{note.pk}/delete/").status_code == 404
    assert client.get(f"{DESK}{theirs.pk}/progress/new/").status_code == 404
    assert client.post(f"{DESK}{other.pk}/progress/{note.pk}/delete/").status_code == 404
    assert ProgressNote.objects.exists()


def test_deleting_a_pledge_deletes_its_progress(client, team):
    row = said.commitment()
    said.progress(row)
    assert client.post(f"{DESK}{row.pk}/delete/").status_code == 302
    assert not ProgressNote.objects.exists()


def test_its_id_in_another_list_is_entered_and_is_its_own(client, team):
    other = said.commitment("Another (invented)", external_id="GCM-1")
    sent = {"text": "Typed (invented)", "external_id": " GCM-1 "}
    response = client.post(f"{DESK}new/", sent)
    assert response.status_code == 400
    assert "Another commitment has this id." in response.content.decode()
    assert "Typed (invented)" in response.content.decode()
    assert client.post(f"{DESK}new/", sent | {"external_id": "GCM-2"}).status_code == 302
    assert Commitment.objects.exclude(pk=other.pk).get().external_id == "GCM-2"
    theirs = said.commitment("Of Chile (invented)", about="CHL", external_id="GCM-3")
    assert (
        client.post(
            f"{DESK}{other.pk}/", stored(client, other) | {"external_id": "GCM-3"}
        ).status_code
        == 302
    )
    other.refresh_from_db()
    assert other.external_id == theirs.external_id  # each country has ids of its own


def stored(client, row):
    form = client.get(f"{DESK}{row.pk}/").context["form"]
    return {field.html_name: field.value() or "" for field in form if field.name != "public"}


def test_a_note_for_a_pledge_that_is_gone_is_given_back(client, team):
    row = said.commitment()
    notes = (f"{DESK}{row.pk}/progress/new/", f"{DESK}{row.pk}/progress/{said.progress(row).pk}/")
    row.delete()
    for address in notes:
        response = client.post(address, {"text": "Typed <b>(invented)", "on": "2026-02-01"})
        assert response.status_code == 410
        assert "Typed &lt;b&gt;(invented)" in response.content.decode()
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    client.force_login(people.representative("CHL"))
    assert client.post(notes[0], {"text": "Typed (invented)"}).status_code == 404
