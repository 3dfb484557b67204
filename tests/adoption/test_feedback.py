"""Feedback of peers: who gives it, who reads it, how it is signed, edited, answered, hidden."""

import pytest

from adoption.models import EarlierText, Feedback, Hiding
from tests.adoption import told
from tests.adoption.told import url
from tests.members import people

pytestmark = pytest.mark.django_db
WORDS = "Our invented districts did it by hand"


def post(client, practice, **changes):
    data = {"kind": "worked", "section": "steps", "text": WORDS, **changes}
    return client.post(url("give", practice.pk), data)


def test_a_member_gives_feedback_signed_by_institution_and_country(practice, peer, signed_in):
    answer = post(signed_in(peer), practice)
    said = Feedback.objects.get()
    assert answer.status_code == 302
    assert (said.author, said.country, said.section) == (peer, "CHL", "steps")
    assert said.institution.name == "Statistical office of CHL (invented)"
    text = signed_in(peer).get(practice.url).content.decode()
    assert WORDS in text
    assert "Statistical office of CHL (invented)" in text
    assert peer.email not in text


def test_who_signs_cannot_be_changed_by_the_form(practice, peer, author, signed_in):
    other = people.institution("Another invented office")
    post(
        signed_in(peer),
        practice,
        author=author.pk,
        country="GEO",
        institution=other.pk,
        withdrawn_at="2020-01-01",
        answer_to="1",
        fingerprint="x",
        told_at="2020-01-01",
    )
    said = Feedback.objects.get()
    assert (said.author, said.country, said.practice_id) == (peer, "CHL", practice.pk)
    assert said.institution != other
    assert (said.withdrawn_at, said.answer_to, said.told_at) == (None, None, None)
    assert said.fingerprint != "x"


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("member", True),
        ("reviewer", True),
        ("representative elsewhere", True),
        ("author", False),
        ("colleague of the author's country", False),
        ("account without membership", False),
    ],
)
def test_only_peers_may_give_feedback(who, allowed, practice, author, signed_in):
    user = {
        "member": lambda: people.member("CHL"),
        "reviewer": lambda: people.reviewer("MAR"),
        "representative elsewhere": lambda: people.representative("CHL"),
        "author": lambda: author,
        "colleague of the author's country": lambda: people.representative("GEO"),
        "account without membership": people.person,
    }[who]()
    answer = post(signed_in(user), practice)
    assert (answer.status_code == 302) is allowed
    assert answer.status_code in (302, 403)
    assert Feedback.objects.exists() is allowed


def test_nobody_of_the_lead_institution_rates_the_practice(practice, peer, signed_in):
    office = peer.roles.get().institution
    type(practice).objects.filter(pk=practice.pk).update(lead_institution=office)
    assert post(signed_in(peer), practice).status_code == 403
    assert post(signed_in(people.member("MAR")), practice).status_code == 302
    assert Feedback.objects.count() == 1


def test_a_visitor_is_asked_to_sign_in(practice, client):
    answer = post(client, practice)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]
    assert not Feedback.objects.exists()


def test_the_same_sent_twice_is_one_row(practice, peer, signed_in):
    client = signed_in(peer)
    assert post(client, practice).status_code == 302
    assert post(client, practice).status_code == 302
    assert Feedback.objects.count() == 1
    post(client, practice, text="Something else (invented)")
    assert Feedback.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "   "},
        {"kind": "answer"},
        {"kind": "praise"},
        {"section": "no-such-part"},
        {"text": "x" * 5001},
        {"text": "a\x00b"},
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(changes, practice, peer, signed_in):
    answer = post(signed_in(peer), practice, **changes)
    assert answer.status_code == 200
    assert b'role="alert"' in answer.content
    assert not Feedback.objects.exists()
    if "text" not in changes:
        assert WORDS in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("member", True),
        ("author", True),
        ("secretariat", True),
        ("superuser", True),
        ("account without membership", False),
        ("former member", False),
        ("visitor", False),
    ],
)
def test_feedback_is_among_members(who, reads, practice, author, peer, signed_in):
    told.feedback(practice, peer, WORDS)
    user = {
        "member": lambda: people.member("MAR"),
        "author": lambda: author,
        "secretariat": people.secretariat,
        "superuser": people.superuser,
        "account without membership": people.person,
        "former member": lambda: people.person(None, people.Role(kind="member", **OVER)),
        "visitor": lambda: None,
    }[who]()
    client = signed_in(user)
    for address in (practice.url, url("practice", practice.pk), url("overview")):
        answer = client.get(address)
        assert answer.status_code == 200
        assert (WORDS in answer.content.decode()) is reads, address


OVER = {"starts": "2020-01-01", "ends": "2020-12-31"}


def test_that_there_is_feedback_is_no_news_to_visitors(practice, peer, client):
    """Not a number, not a place: the pages of a practice with and without it are the same."""
    addresses = (practice.url, url("practice", practice.pk), url("overview"))
    before = [client.get(address).content for address in addresses]
    said = told.feedback(practice, peer, WORDS)
    told.answer(said, practice.owner)
    assert [client.get(address).content for address in addresses] == before


@pytest.mark.parametrize(
    "step", ["answer", "edit", "delete", "history", "hide", "show", "take-over"]
)
def test_feedback_that_one_may_not_see_is_answered_like_none(step, practice, peer, client):
    said = told.feedback(practice, peer, WORDS, kind="suggestion")
    there = client.post(url(step, said.pk))
    missing = client.post(url(step, said.pk + 999))
    assert there.status_code == missing.status_code
    assert there.status_code in (404, 405)


def test_the_author_edits_and_the_earlier_text_stays(practice, peer, signed_in):
    said = told.feedback(practice, peer, WORDS)
    client = signed_in(peer)
    client.post(url("edit", said.pk), {"text": "Better words (invented)", "kind": "worked"})
    said.refresh_from_db()
    assert said.text == "Better words (invented)"
    assert said.kind == "question"
    assert WORDS in signed_in(people.member("MAR")).get(url("history", said.pk)).content.decode()


@pytest.mark.parametrize("step", ["edit", "delete"])
@pytest.mark.parametrize("who", ["member", "author", "secretariat"])
def test_nobody_else_edits_or_deletes(step, who, practice, author, peer, signed_in):
    said = told.feedback(practice, peer, WORDS)
    other = {"member": people.member, "author": lambda: author, "secretariat": people.secretariat}
    client = signed_in(other[who]())
    assert client.get(url(step, said.pk)).status_code == 404
    assert client.post(url(step, said.pk), {"text": "Not mine"}).status_code == 404
    said.refresh_from_db()
    assert said.text == WORDS
    assert signed_in(peer).get(url(step, said.pk)).status_code == 200


def test_one_takes_back_ones_own(practice, peer, signed_in):
    said = told.feedback(practice, peer, WORDS)
    assert signed_in(peer).post(url("delete", said.pk)).status_code == 302
    assert not Feedback.objects.exists()


def test_what_is_taken_back_after_an_answer_leaves_no_word(practice, author, peer, signed_in):
    said = told.feedback(practice, peer, WORDS)
    signed_in(peer).post(url("edit", said.pk), {"text": "Other words (invented)"})
    told.answer(said, author, "An answer that stays (invented)")
    signed_in(peer).post(url("delete", said.pk))
    said.refresh_from_db()
    assert (said.text, EarlierText.objects.count()) == ("", 0)
    text = signed_in(people.member("MAR")).get(practice.url).content.decode()
    assert "An answer that stays (invented)" in text
    assert "Taken back by its author" in text
    assert WORDS not in text


def test_the_authors_of_the_practice_answer(practice, author, peer, signed_in):
    said = told.feedback(practice, peer, WORDS)
    answer = signed_in(author).post(url("answer", said.pk), {"text": "We did (invented)"})
    assert answer.status_code == 302
    assert Feedback.objects.get(answer_to=said).country == "GEO"
    text = signed_in(peer).get(practice.url).content.decode()
    assert "We did (invented)" in text


@pytest.mark.parametrize("who", ["member", "peer"])
def test_others_do_not_answer_for_them(who, practice, peer, signed_in):
    said = told.feedback(practice, peer, WORDS)
    user = people.member("MAR") if who == "member" else peer
    assert signed_in(user).post(url("answer", said.pk), {"text": "No"}).status_code == 404
    assert Feedback.objects.count() == 1


def test_the_secretariat_hides_with_a_reason(practice, peer, signed_in):
    said = told.feedback(practice, peer, WORDS)
    secretariat, other = people.secretariat(), people.member("MAR")
    client = signed_in(secretariat)
    assert client.post(url("hide", said.pk), {"reason": ""}).status_code == 200
    assert not Hiding.objects.exists()
    client.post(url("hide", said.pk), {"reason": "It names a child (invented)"})
    for address in (practice.url, url("practice", practice.pk), url("overview")):
        assert WORDS not in signed_in(other).get(address).content.decode()
    mine = signed_in(peer).get(practice.url).content.decode()
    assert WORDS in mine
    assert "It names a child (invented)" in mine
    signed_in(secretariat).post(url("show", said.pk))
    assert WORDS in signed_in(other).get(practice.url).content.decode()


def test_only_the_secretariat_hides(practice, author, peer, signed_in):
    said = told.feedback(practice, peer, WORDS)
    for user in (peer, author, people.member("MAR")):
        answer = signed_in(user).post(url("hide", said.pk), {"reason": "Because"})
        assert answer.status_code == 404
    assert not Hiding.objects.exists()


def test_a_practice_for_some_keeps_its_feedback_for_them(practice, peer, signed_in):
    from django.contrib.auth.models import Group
    from wagtail.models import PageViewRestriction

    said = told.feedback(practice, peer, WORDS)
    group = Group.objects.create(name="A group (invented)")
    restriction = PageViewRestriction.objects.create(
        page=practice, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(group)
    inside, outside = people.member("MAR"), people.member("MAR")
    inside.groups.add(group)
    assert WORDS in signed_in(inside).get(url("overview")).content.decode()
    client = signed_in(outside)
    assert WORDS not in client.get(url("overview")).content.decode()
    assert client.get(url("practice", practice.pk)).status_code == 404
    assert client.get(url("give", practice.pk)).status_code == 404
    assert client.get(url("history", said.pk)).status_code == 404


def test_questions_without_an_answer_come_first(practice, author, peer, signed_in):
    open_question = told.feedback(practice, peer, "An open question (invented)")
    answered = told.feedback(practice, peer, "An answered question (invented)")
    told.answer(answered, author)
    told.feedback(practice, peer, "A later remark (invented)", kind="worked")
    text = signed_in(peer).get(url("overview")).content.decode()
    places = [text.index(words) for words in (open_question.text, "A later remark", answered.text)]
    assert places == sorted(places)


def test_every_section_has_its_way_to_give_feedback(practice, peer, author, signed_in):
    text = signed_in(peer).get(practice.url).content.decode()
    for section in ("problem", "set-up", "steps", "results", "what-failed", "conditions", "cost"):
        assert f"{url('give', practice.pk)}?section={section}" in text
    form = signed_in(peer).get(url("give", practice.pk) + "?section=cost").content.decode()
    assert '<option value="cost" selected>' in form
    assert "?section=" not in signed_in(author).get(practice.url).content.decode()
