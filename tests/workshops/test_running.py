"""A workshop is set up, people register, it has an agenda and documents, and another follows it."""

import datetime

import icalendar
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from communities.models import Community, Invitation
from library.making import markdown_to_pdf
from tests import factories
from tests.mail import sent
from tests.members import people
from tests.workshops import room
from workshops import access
from workshops.models import (
    AgendaItem,
    Registration,
    Survey,
    Workshop,
    WorkshopIndexPage,
    WorkshopPage,
    WorkshopSeries,
)
from workshops.running import showing
from workshops.running.registering import version_of
from workshops.running.setting_up import clone, keep

pytestmark = pytest.mark.django_db
FORM = {
    "title": "Africa and Asia (invented)",
    "starts": "2026-11-25",
    "ends": "2026-11-26",
    "time_zone": "Africa/Nairobi",
    "registration": "members",
    "taking_part": ["GEO"],
}


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def workshop():
    return room.workshop("GEO", "COL", registration="members", time_zone="America/Panama")


def test_the_secretariat_sets_a_workshop_up_and_a_wrong_day_loses_nothing_typed():
    people.representative("GEO")
    office = signed_in(people.secretariat())
    series = WorkshopSeries.objects.create(name="2026 (invented)", locale=factories.locale())
    told = FORM | {"series": series.pk}
    wrong = office.post("/en/workshop/new/", told | {"ends": "2026-11-24"})
    assert wrong.status_code == 400
    assert FORM["title"] in wrong.content.decode()
    done = office.post("/en/workshop/new/", told)
    made = Workshop.objects.get()
    assert done["Location"] == made.get_absolute_url()
    assert (made.codes, made.series) == (["GEO"], series)


def test_a_country_that_stays_keeps_what_it_shares_and_one_that_goes_does_not(workshop):
    workshop.countries.update(gaps_shared_at=timezone.now())
    told = FORM | {"taking_part": ["GEO", "KEN"]}
    factories.country("KEN")
    office, form = signed_in(people.secretariat()), f"{workshop.get_absolute_url()}set-up/"
    assert office.post(form, told).status_code == 302
    assert office.post(form, told | {"taking_part": ["COL", "GEO"]}).status_code == 302
    shared = workshop.countries.exclude(gaps_shared_at=None)
    assert (workshop.codes, [row.code for row in shared]) == (["COL", "GEO"], ["GEO"])


def test_a_mistyped_year_is_refused_and_not_a_failure(workshop):
    office, desk = signed_in(people.secretariat()), workshop.get_absolute_url()
    far = office.post(f"{desk}clone/", {"title": "Far away", "starts": "9999-12-31"})
    assert far.status_code == 400
    assert "Far away" in far.content.decode()
    told = FORM | {"starts": "9999-12-31", "ends": "9999-12-31"}
    assert office.post(f"{desk}set-up/", told).status_code == 400
    session = {"kind": "cafe", "title": "Far away", "begins": "9999-12-31T10:00"}
    session["finishes"] = "9999-12-31T11:00"
    assert office.post(f"{desk}agenda/new/", session).status_code == 400
    assert office.get(f"{desk}agenda.ics").status_code == 200


def test_a_form_sent_twice_sets_one_workshop_up():
    factories.country("GEO")
    office = signed_in(people.secretariat())
    first, again = (office.post("/en/workshop/new/", FORM)["Location"] for _twice in range(2))
    assert again == first
    told = {"title": "Next (invented)", "starts": "2027-03-01"}
    clones = {office.post(f"{first}clone/", told)["Location"] for _twice in range(2)}
    assert len(clones) == 1
    assert Workshop.objects.count() == 2
    # Another day, or of somebody else: another workshop.
    office.post("/en/workshop/new/", FORM | {"starts": "2026-11-26"})
    signed_in(people.secretariat()).post("/en/workshop/new/", FORM)
    assert Workshop.objects.count() == 4


def test_who_registers_is_let_in_by_a_leader_and_told_by_mail(workshop):
    lead, peer = room.facilitator(workshop), people.member("COL")
    client = signed_in(peer)
    desk = workshop.get_absolute_url()
    assert client.get(desk).status_code == 404
    assert client.post(f"{desk}register/", {"country": "COL"}).status_code == 302
    row = Registration.objects.get()
    decide = f"{desk}people/{row.pk}/decide/"
    assert client.post(decide, {"accept": "1"}).status_code == 404
    leading = signed_in(lead)
    # Nobody is declined without a reason.
    leading.post(decide, {"accept": "0", "reason": " "})
    row.refresh_from_db()
    assert row.state == "waiting"
    # Nobody is let in for another country than the leader has read.
    read = {"was": version_of(row)}
    client.post(f"{desk}register/", {"country": "GEO"})
    leading.post(decide, {"accept": "1"} | read)
    row.refresh_from_db()
    assert row.state == "waiting"
    refused = leading.post(decide, {"accept": "0", "reason": "Quite full (invented)."} | read)
    assert "Quite full (invented)." in refused.content.decode()
    read = {"was": version_of(row)}
    assert read["was"] in leading.get(f"{desk}people/").content.decode()
    for _twice in range(2):
        assert leading.post(decide, {"accept": "1"} | read).status_code == 302
    assert [mail.to for mail in sent()] == [[peer.email]]
    assert client.get(desk).status_code == 200
    assert client.post(f"{desk}withdraw/").status_code == 302
    assert client.get(desk).status_code == 404


def test_who_was_let_in_can_be_taken_out_by_a_leader(workshop):
    guest = room.registered(workshop, country="COL")
    leading, desk = signed_in(room.facilitator(workshop)), workshop.get_absolute_url()
    shown = leading.get(f"{desk}people/").content.decode()
    row = Registration.objects.get()
    assert shown.count(version_of(row)) == 1
    told = {"accept": "0", "reason": "Somebody else comes (invented).", "was": version_of(row)}
    decide = f"{desk}people/{row.pk}/decide/"
    # Two leaders at once: one accepts what the other declines, and the second is told.
    assert leading.post(decide, told).status_code == 302
    assert leading.post(decide, {"accept": "1", "was": told["was"]}).status_code == 302
    assert signed_in(guest).get(desk).status_code == 404
    assert "Somebody else comes (invented)." in sent()[0].body


def test_a_registration_is_open_to_whom_it_says(workshop):
    guest = signed_in(people.person(name="Guest"))
    address = f"{workshop.get_absolute_url()}register/"
    assert guest.get(address).status_code == 404
    Workshop.objects.update(registration="accounts")
    assert guest.get(address).status_code == 200
    assert workshop.title in guest.get("/en/workshop/").content.decode()
    Workshop.objects.update(registration="closed")
    assert guest.get(address).status_code == 404
    assert workshop.title not in guest.get("/en/workshop/").content.decode()


def test_nobody_decides_on_their_own_registration(workshop):
    lead = room.facilitator(workshop)
    room.registered(workshop, lead, state="waiting")
    row = Registration.objects.get()
    address = f"{workshop.get_absolute_url()}people/{row.pk}/decide/"
    told = {"accept": "1", "was": version_of(row)}
    assert signed_in(lead).post(address, told).status_code == 404
    assert signed_in(people.secretariat()).post(address, told).status_code == 302
    row.refresh_from_db()
    assert row.state == "accepted"


def test_the_agenda_is_typed_in_the_time_of_the_place_and_goes_into_calendars(workshop):
    leading = signed_in(room.facilitator(workshop))
    desk = workshop.get_absolute_url()
    form = {"kind": "cafe", "title": "World Cafe", "begins": "2026-11-25T09:00"}
    form["finishes"] = "2026-11-25T08:00"
    assert leading.post(f"{desk}agenda/new/", form).status_code == 400
    form["finishes"] = "2026-11-25T10:30"
    assert leading.post(f"{desk}agenda/new/", form).status_code == 302
    item = AgendaItem.objects.get()
    assert item.starts == datetime.datetime(2026, 11, 25, 14, 0, tzinfo=datetime.UTC)
    file = signed_in(people.representative("GEO")).get(f"{desk}agenda.ics")
    event = icalendar.Calendar.from_ical(file.content).walk("VEVENT")[0]
    assert event["UID"] == f"workshop-{workshop.pk}-session-{item.pk}@127.0.0.1"
    assert event.decoded("dtstart") == item.starts
    assert event["SEQUENCE"] == 1


def test_a_document_is_for_those_inside_and_never_shown_by_a_browser(workshop):
    leading = signed_in(room.facilitator(workshop))
    desk = workshop.get_absolute_url()
    law = SimpleUploadedFile("law.pdf", markdown_to_pdf("A law (invented).", "Law"))
    script = SimpleUploadedFile("law.svg", b"<svg onload=alert(1)>")
    refused = leading.post(f"{desk}documents/new/", {"title": "Law", "file": script})
    assert refused.status_code == 400
    assert leading.post(f"{desk}documents/new/", {"title": "Law", "file": law}).status_code == 302
    document = workshop.documents.get()
    address = f"{desk}documents/{document.pk}/"
    opened = signed_in(people.representative("GEO")).get(address)
    assert opened["Content-Disposition"] == 'attachment; filename="law.pdf"'
    assert "sandbox" in opened["Content-Security-Policy"]
    assert b"".join(opened.streaming_content).startswith(b"%PDF")
    assert signed_in(people.member("COL")).get(address).status_code == 404


def test_a_clone_takes_the_set_up_and_none_of_what_people_said(workshop):
    lead = room.facilitator(workshop)
    room.registered(workshop, country="COL")
    asked = room.challenge(workshop, people.representative("GEO"))
    card = room.card(asked, people.representative("COL"))
    room.breakout(workshop, "What do you count? (invented)")
    survey = Survey.objects.create(
        workshop=workshop, title="How was it? (invented)", most=9, open_token="invented",
        opened_at=timezone.now(), closed_at=timezone.now(),
    )  # fmt: skip
    survey.questions.create(kind="choice", text="Useful?", options=["Yes", "No"], counted=["0"])
    survey.answers.create(said={"1": "0"})
    begins = timezone.make_aware(datetime.datetime(2026, 11, 25, 9, 0), workshop.zone)
    AgendaItem.objects.create(workshop=workshop, title="Opening", starts=begins, ends=begins)
    Workshop.objects.update(questionnaire="rapid-assessment", answer_by=room.DAY)
    workshop.refresh_from_db()
    workshop.countries.update(gaps_shared_at=begins)
    made = clone(workshop, "Next (invented)", datetime.date(2027, 3, 1), True, lead)
    assert (made.questionnaire, made.answer_by) == ("rapid-assessment", None)
    assert not made.countries.exclude(gaps_shared_at=None).exists()
    assert (made.ends, made.codes) == (datetime.date(2027, 3, 1), ["COL", "GEO"])
    assert made.agenda.get().starts == begins + datetime.timedelta(days=96)
    assert made.breakouts.get().questions.get().text == "What do you count? (invented)"
    assert made.facilitators.get().user == lead
    assert not made.registrations.exists()
    assert not made.challenges.exists()
    draft = made.surveys.get()
    assert (draft.title, draft.is_draft, draft.open_token) == (survey.title, True, "")
    assert [(each.text, each.counted) for each in draft.questions.all()] == [("Useful?", ["0"])]
    assert (draft.most, draft.answers.count()) == (None, 0)
    assert survey.questions.count() == 1
    # What is open is carried over: the same card, not a copy, until its country settles it.
    owner = people.representative("GEO")
    assert list(showing.carried_over(made, owner)) == [card]
    assert "Share one number" in signed_in(owner).get(made.get_absolute_url()).content.decode()
    card.choice = "tried"
    card.save()
    assert list(showing.carried_over(made, owner)) == []


def test_a_set_up_stored_late_leaves_alone_what_its_form_does_not_show(workshop):
    opened = Workshop.objects.get(pk=workshop.pk)
    Workshop.objects.update(closed_at=timezone.now(), community=7, revision=5)
    opened.title = "Another title (invented)"
    keep(opened, ["GEO"], people.secretariat())
    stored = Workshop.objects.get()
    assert (stored.title, stored.community, stored.revision) == (opened.title, 7, 6)
    assert stored.closed_at


def test_nothing_is_carried_over_to_who_could_not_read_it_before(workshop):
    asked = room.challenge(workshop, people.representative("GEO"))
    room.card(asked, people.representative("COL"))
    made = room.workshop("GEO", "KEN", follows=workshop)
    assert showing.carried_over(made, people.secretariat()).count() == 1
    newcomer = people.representative("KEN")
    assert access.may_read(newcomer, made)
    assert showing.carried_over(made, newcomer).count() == 0


def test_a_workshop_has_a_private_community_of_its_own(workshop):
    lead, peer = room.facilitator(workshop), people.member("COL")
    room.registered(workshop, peer, country="COL")
    office, desk = signed_in(people.secretariat()), workshop.get_absolute_url()
    assert signed_in(lead).post(f"{desk}community/").status_code == 404
    for _twice in range(2):
        office.post(f"{desk}community/")
    group = Community.objects.get()
    assert group.visibility == "private"
    assert [row.user for row in group.memberships.filter(is_facilitator=True)] == [lead]
    assert Invitation.objects.get().user == peer
    assert group.get_absolute_url() in signed_in(peer).get(desk).content.decode()
    # Whoever neither joined nor is invited does not learn of it.
    guest = room.registered(workshop)
    assert group.get_absolute_url() not in signed_in(guest).get(desk).content.decode()


def test_a_closed_workshop_is_read_and_not_written(workshop):
    asked = room.challenge(workshop, people.representative("GEO"))
    peer = signed_in(people.representative("COL"))
    address = f"{workshop.get_absolute_url()}cafe/{asked.pk}/"
    leading = signed_in(room.facilitator(workshop))
    leading.post(f"{workshop.get_absolute_url()}close/", {"closed": "1"})
    assert peer.get(address).status_code == 200
    assert peer.post(address, {"text": "Too late."}).status_code == 403
    leading.post(f"{workshop.get_absolute_url()}close/", {"closed": "0"})
    assert peer.post(address, {"text": "In time."}).status_code == 302


def test_from_the_public_page_everybody_goes_as_far_as_they_may(workshop, client):
    page = WorkshopPage(title="Public", slug="public", locale=factories.locale())
    workshop.page = factories.publish(page, factories.index(WorkshopIndexPage))
    workshop.save()
    desk = workshop.get_absolute_url()
    for user, way in (
        (people.representative("GEO"), f'href="{desk}"'),
        (people.member("KEN"), f'href="{desk}register/"'),
    ):
        assert way in signed_in(user).get(page.url).content.decode()
    for stranger in (client, signed_in(people.person(name="Guest"))):
        assert desk not in stranger.get(page.url).content.decode()
