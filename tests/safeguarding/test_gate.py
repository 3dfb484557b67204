"""What is found on a page, what clears it, and what asks again."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from core.publication import PublicationBlocked
from library.extract import read_file
from library.importing import Details, keep
from library.making import markdown_to_docx
from safeguarding.gate import check, require_cleared
from safeguarding.models import Answer, SignOff
from tests.factories import home, practice
from tests.safeguarding.pages import (
    SAFE,
    UNSAFE,
    answer,
    author,
    draft,
    kinds,
    latest,
    picture,
    sign,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "block",
    [
        ("heading", UNSAFE),
        text(UNSAFE),
        text(f"Fine.</p><ul><li>{UNSAFE}</li></ul><p>Fine."),
        ("quote", {"text": "Nothing", "source": "The mother of Selam"}),
        text('<a href="mailto:maria.lopez@example.org">Write</a>'),
        text('<a href="https://maps.example.org/?q=41.71512,44.82716">Here</a>'),
    ],
)
def test_it_is_found_wherever_it_stands(block):
    page = draft(block)
    assert kinds(page)
    with pytest.raises(PublicationBlocked):
        page.get_latest_revision().publish()


@pytest.mark.parametrize("field", ["problem", "results", "condition_capacity", "contact", "cost"])
def test_every_field_of_a_practice_is_looked_at(field):
    page = practice("Draft", draft=True, **{field: f"<p>{UNSAFE}</p>"})
    (finding,) = check(page).open
    assert finding.place.name == field
    assert finding.found == ("Amina Diallo", "the village of Karvala"[-7:])[:1] or finding.found


def test_steps_and_children_are_looked_at():
    steps = json.dumps([{"type": "step", "value": {"title": "One", "text": f"<p>{UNSAFE}</p>"}}])
    assert kinds(practice("Draft", draft=True, steps=steps)) == ["person"]


def test_a_clean_page_is_published_without_a_question(django_assert_max_num_queries):
    page = draft(text(SAFE))
    with django_assert_max_num_queries(2):
        require_cleared(latest_loaded := page)
    latest_loaded.get_latest_revision().publish()
    assert type(page).objects.get(pk=page.pk).live


def test_looking_costs_few_queries_whatever_is_found():
    pictures = [("figure", {"image": picture().pk, "alt": "x"}) for _number in range(5)]
    page = draft(*pictures, *(text(f"Case {n}: {UNSAFE}") for n in range(30)))
    page = latest(page)
    with CaptureQueriesContext(
        connection,
    ) as few:
        report = check(page)
    assert len(report.open) == 35
    assert len(few) <= 6


def test_a_sign_off_lets_it_pass_and_an_edit_elsewhere_keeps_it():
    page = draft(text(UNSAFE), text(SAFE))
    sign(page, author("signer@example.org"))
    page.get_latest_revision().publish()
    page = latest(page)
    page.summary = "Another summary."
    page.save_revision().publish()
    assert type(page).objects.get(pk=page.pk).summary == "Another summary."


@pytest.mark.parametrize(
    "changed",
    [
        [text(UNSAFE.replace("14", "15"))],
        [text(UNSAFE), text("Her number is 0555 123 456.")],
        [text(UNSAFE + " Her sister Mariam, 9, was there, too.")],
    ],
)
def test_an_edit_of_what_was_found_asks_again(changed):
    page = draft(text(UNSAFE))
    sign(page, author("signer@example.org"))
    page.get_latest_revision().publish()
    page = latest(page)
    page.body = json.dumps([{"type": kind, "value": value} for kind, value in changed])
    with pytest.raises(PublicationBlocked):
        page.save_revision().publish()
    assert UNSAFE in str(type(page).objects.get(pk=page.pk).body)


def test_a_sign_off_is_for_one_page():
    page, other = draft(text(UNSAFE)), draft(text(UNSAFE), slug="other")
    sign(page, author("signer@example.org"))
    assert not kinds(page)
    assert kinds(other) == ["person"]


def test_a_sentence_that_moves_keeps_its_sign_off():
    page = draft(text(UNSAFE))
    sign(page, author("signer@example.org"))
    page.summary, page.body = UNSAFE, "[]"
    assert not kinds(page)


def test_what_was_signed_says_who_why_and_when():
    page = draft(text(UNSAFE))
    sign(page, author("signer@example.org"))
    row = SignOff.objects.get()
    assert (row.by.email, row.reason, row.page_id) == (
        "signer@example.org", "Invented for a test", page.pk,
    )  # fmt: skip
    assert row.at <= timezone.now()


def test_the_record_does_not_keep_the_words_themselves():
    page = draft(text(UNSAFE))
    sign(page, author("signer@example.org"))
    assert "Amina" not in json.dumps(list(SignOff.objects.values()), default=str)


def test_the_record_stays_when_the_page_goes():
    page = draft(text(UNSAFE))
    sign(page, author("signer@example.org"))
    page.delete()
    assert SignOff.objects.get().page_title == "An invented page"


# Pictures, quotations, files.


def test_a_picture_needs_an_answer_and_a_new_picture_another():
    shown = picture()
    page = draft(("figure", {"image": shown.pk, "alt": "A desk"}))
    (finding,) = check(page).open
    assert finding.kind == "picture"
    answer(finding, author())
    assert not kinds(page)
    shown.file = picture("Another", width=0, height=0).file
    shown.file_hash = "another"
    shown.save()
    assert kinds(latest(page)) == ["picture"]


def test_a_picture_on_a_public_page_is_not_exchanged_for_another():
    shown, unused = picture(), picture("Unused")
    page = draft(("figure", {"image": shown.pk, "alt": "A desk"}))
    answer(check(page).open[0], author())
    page.get_latest_revision().publish()
    before = shown.file.name
    unused.file = get_test_image_file("new.png")
    unused.save()
    shown.file = get_test_image_file("new.png")
    with pytest.raises(PublicationBlocked):
        shown.save()
    shown.refresh_from_db()
    assert shown.file.name == before
    shown.title = "Another title"
    shown.save()


def test_a_quotation_needs_consent_and_other_words_another():
    quote = {"text": "It changed our work.", "source": "A participant"}
    page = draft(("quote", quote))
    (finding,) = check(page).open
    assert finding.kind == "quotation"
    answer(finding, author(), Answer.Choice.CONSENT, reference="File 7", date="2025-03-01")
    assert not kinds(page)
    page.body = json.dumps([{"type": "quote", "value": {**quote, "source": "A minister"}}])
    assert kinds(page) == ["quotation"]


def word_file(words, title="A file"):
    content = markdown_to_docx(words, title, "en")
    file, _new = keep(f"{title}.docx", content, Details(title=title, language="en"))
    return file


def test_a_file_that_a_page_links_to_is_looked_into():
    file = word_file(f"{SAFE}\n\n{UNSAFE}")
    read_file(file)
    page = draft(("download", {"file": file.pk, "note": ""}))
    (finding,) = check(page).open
    assert (finding.kind, finding.sentence) == ("file", "A file")
    assert "Amina Diallo" in finding.found[0]
    linked = draft(text(f'<a linktype="document" id="{file.pk}">it</a>'), slug="linked")
    assert kinds(linked) == ["file"]


def test_a_harmless_file_is_no_finding():
    file = word_file(SAFE)
    read_file(file)
    assert not kinds(draft(("download", {"file": file.pk, "note": ""})))


def test_the_home_page_of_the_demo_is_no_finding():
    assert not kinds(home())
