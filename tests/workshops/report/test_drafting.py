"""A report is drafted from what stands in a workshop; it has no finding without a card."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from core.publication import PublicationBlocked
from library.models import LibraryFile
from members.access import has_editor
from practices.models import PracticePage
from tests import factories
from tests.members import people
from tests.workshops import room
from tests.workshops.report import made
from workshops.models import AgendaItem, CardOutcome, ReportPage, Survey, SurveyAnswer
from workshops.report import drafting
from workshops.report.access import unpublished
from workshops.report.citing import name_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop():
    found = room.workshop("GEO", "COL", about="Registers (invented).")
    found.page = made.page_of_workshop()
    found.save()
    now = timezone.now()
    AgendaItem.objects.create(workshop=found, title="Opening (invented)", starts=now, ends=now)
    return found


@pytest.fixture
def georgia():
    return people.representative("GEO")


@pytest.fixture
def card(workshop, georgia):
    return room.card(room.challenge(workshop, georgia), people.representative("COL"))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def address(workshop, rest=""):
    return f"/en/workshop/{workshop.pk}/report/{rest}"


def newest():
    return ReportPage.objects.get().get_latest_revision_as_object()


def words(each):
    return set(re.findall(r"\w+", str(each)))


def headings(page):
    return [block.value["heading"] for block in page.body]


def test_the_draft_holds_sessions_cards_decisions_notes_and_survey_once(workshop, georgia, card):
    room.decided(card, georgia, "try", "We begin in May (invented).")
    refused = room.card(card.challenge, people.representative("COL"), "Buy more (invented).")
    room.decided(refused, georgia, "unsuitable")
    group = room.breakout(workshop, rapporteur=georgia).groups.get()
    room.note(group, georgia)
    survey = Survey.objects.create(workshop=workshop, title="After it (invented)")
    question = survey.questions.create(kind="agreement", text="It helped (invented).")
    for _each in range(5):
        SurveyAnswer.objects.create(survey=survey, said={str(question.pk): "agree"})
    Survey.objects.update(opened_at=timezone.now(), closed_at=timezone.now())
    office = signed_in(people.secretariat())
    for _twice in range(2):
        assert office.post(address(workshop)).status_code == 302
    # Nor is there a second one once somebody adds a file to it in the editor.
    file = LibraryFile.objects.bulk_create([LibraryFile(title="A file (invented)", file="a.pdf")])
    ReportPage.objects.update(original=file[0])
    assert office.post(address(workshop)).status_code == 302
    page = newest()
    assert page.live is False
    assert [row.term.code for row in page.countries.all()] == ["COL", "GEO"]
    said = str(page.body.raw_data[:])
    for text in (
        "Opening (invented)",
        "25 November 2026",
        "We begin in May",
        "Nobody counts them",
        "100 % (5/5)",
    ):
        assert text in said
    # One finding for each useful recommendation, with the card and its challenge.
    (finding,) = [block.value for block in page.findings]
    assert finding["text"] == card.text
    assert [cited["card"] for cited in finding["cards"]] == [name_of(card), name_of(card.challenge)]
    assert office.get(address(workshop)).status_code == 200
    assert signed_in(georgia).get(address(workshop)).status_code == 404


def test_a_finding_without_a_card_of_the_workshop_is_not_published(workshop, georgia, card):
    page = drafting.draft(workshop, workshop.page, people.secretariat())
    draft = newest()
    draft.findings = [("finding", {"text": "Said by nobody (invented).", "cards": []})]
    with pytest.raises(PublicationBlocked, match="no finding without a card"):
        draft.save_revision().publish()
    elsewhere = room.card(room.challenge(room.workshop("GEO", "COL"), georgia), card.author)
    for name in (name_of(elsewhere), "note-1"):
        cited = [{"card": name, "said": "", "signed": ""}]
        draft.findings = [("finding", {"text": "Said elsewhere (invented).", "cards": cited})]
        with pytest.raises(PublicationBlocked, match=name):
            draft.save_revision().publish()
    cited = [{"card": name_of(card), "said": "", "signed": ""}]
    draft.findings = [("finding", {"text": "Said here (invented).", "cards": cited})]
    draft.save_revision().publish()
    page.refresh_from_db()
    assert page.live
    shown = Client().get(page.get_url()).content.decode()
    assert name_of(card) in shown
    assert card.text not in shown  # what is not to be public is not
    # The card is taken back before the next version.
    type(card).objects.filter(pk=card.pk).update(withdrawn_at=timezone.now())
    draft = newest()
    draft.title = "Another (invented)"
    with pytest.raises(PublicationBlocked):
        draft.save_revision().publish()


def test_what_was_taken_back_is_published_nowhere_in_the_report(
    workshop, georgia, card, django_assert_max_num_queries
):
    other = room.challenge(workshop, georgia, title="Nobody counts at the border (invented)")
    group = room.breakout(workshop, rapporteur=georgia).groups.get()
    note = room.note(group, georgia, "Registers are closed at night. So are we (invented).")
    page = drafting.draft(workshop, workshop.page, people.secretariat())
    office, here = signed_in(people.secretariat()), address(workshop)
    assert "cannot be published" not in office.get(here).content.decode()
    for taken in (other, note):
        type(taken).objects.filter(pk=taken.pk).update(withdrawn_at=timezone.now())
    draft = newest()
    # The finding goes; the section that told of it would have stayed.
    told = [(b.block_type, b.value) for b in draft.findings]
    draft.findings = [each for each in told if name_of(other) not in str(each)]
    draft.save_revision()
    with pytest.raises(PublicationBlocked, match=f"{name_of(other)}.*{name_of(note)}"):
        newest().get_latest_revision().publish()
    for place in (here, f"/en/workshop/reports/{page.pk}/check/"):
        office.get(place)  # what is kept from page to page
        with django_assert_max_num_queries(25):
            shown = office.get(place).content.decode()
        assert "cannot be published" in shown
        assert f"taken back: {name_of(note)}." in shown
    draft.body = [raw for raw in draft.body.raw_data if not {"border", "night"} & words(raw)]
    draft.save_revision().publish()
    page.refresh_from_db()
    assert page.live


def test_a_card_becomes_a_finding_and_a_practice_and_a_block_each_once(workshop, georgia, card):
    user = people.secretariat()
    office = signed_in(user)
    made_of = address(workshop, f"cards/{name_of(card.challenge)}/")
    assert "a finding" not in office.get(made_of).content.decode()
    drafting.draft(workshop, workshop.page, user)
    for _twice in range(2):
        assert office.post(made_of, {"kind": "finding"}).status_code == 302
    texts = [block.value["text"] for block in newest().findings]
    assert len(texts) == 2  # the recommendation, and now its challenge
    target = factories.practice(owner=user)
    of_card = address(workshop, f"cards/{name_of(card)}/")
    for _twice in range(2):
        assert office.post(of_card, {"kind": "practice"}).status_code == 302
        block = {"kind": "building-block", "target": target.pk}
        assert office.post(of_card, block).status_code == 302
    assert office.post(of_card, {"kind": "building-block"}).status_code == 400
    practice = PracticePage.objects.get(owner=user, live=False)
    assert card.text in str(practice.steps.raw_data[:])
    assert practice.live is False
    target.refresh_from_db()
    blocks = target.get_latest_revision_as_object().building_blocks
    assert [card.text in str(block.value["text"]) for block in blocks] == [True]
    assert CardOutcome.objects.count() == 2
    other = room.challenge(room.workshop("GEO"), georgia)
    assert office.get(address(workshop, f"cards/{name_of(other)}/")).status_code == 404


def test_an_editor_outside_the_workshop_does_not_open_its_draft(workshop, card):
    from tests.addresses.world import make_section_editor
    from workshops import access

    drafting.draft(workshop, workshop.page, people.secretariat())
    page = ReportPage.objects.get()
    assert access.may_check_report(people.secretariat(), page)
    editor = people.superuser()
    assert page.permissions_for_user(editor).can_edit()
    outside = people.person(name="Section editor")
    make_section_editor(outside)
    outside.groups.get(name__startswith="Editors").page_permissions.update(page=workshop.page)
    outside = type(outside).objects.get(pk=outside.pk)
    assert has_editor(outside)
    assert not page.permissions_for_user(outside).can_edit()
    assert not access.may_check_report(outside, page)
    assert not unpublished(outside).exists()
    room.registered(workshop, outside)
    assert page.permissions_for_user(outside).can_edit()
    assert access.may_check_report(outside, page)
    assert unpublished(outside).get() == page
