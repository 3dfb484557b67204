"""Members find each other where they agreed to it; nobody else learns who is a member."""

import pytest
from django.test import Client

from members.models import Profile
from tests import factories
from tests.mail import sent
from tests.members import people

pytestmark = pytest.mark.django_db

DIRECTORY = "/en/members/directory/"


def listed(country="GEO", name="Listed", topics=(), languages=(), **fields):
    user = people.person(None, ("member", country), name=name)
    profile = Profile.objects.create(user=user, listed=True, **fields)
    profile.topics.set(factories.theme(code) for code in topics)
    for code in languages:
        profile.languages.create(code=code)
    return user


@pytest.fixture
def member(client):
    client.force_login(people.member("MAR"))
    return client


def test_only_those_who_agreed_are_listed_and_only_while_they_are_members(member):
    listed(name="Anna")
    listed(name="Berta", country="MAR").roles.update(ends="2020-01-01", starts="2019-01-01")
    locked = listed(name="Carla")
    locked.is_active = False
    locked.save()
    hidden = people.member("GEO")
    text = member.get(DIRECTORY).content.decode()
    assert "<bdi>Anna (invented)</bdi>" in text
    for absent in ("Berta", "Carla", hidden.first_name):
        assert absent not in text


def test_no_address_is_shown(member):
    user = listed(ask_me=True)
    for address in (DIRECTORY, f"{DIRECTORY}{user.pk}/ask/"):
        assert user.email not in member.get(address).content.decode()


@pytest.mark.parametrize(
    "asked",
    [{"topic": "transit"}, {"language": "ka"}, {"country": "GEO"}, {"q": "anna"},
     {"q": "registers"}, {"topic": "transit", "language": "ka", "country": "GEO"}],
)  # fmt: skip
def test_people_are_found_by_topic_language_country_and_words(vocabulary, member, asked):
    listed("GEO", "Anna", ["transit"], ["ka"], expertise="Registers and surveys.")
    listed("CHL", "Berta", ["child-protection"], ["es"])
    text = member.get(DIRECTORY, asked).content.decode()
    assert "Anna (invented)" in text
    assert "Berta (invented)" not in text


@pytest.mark.parametrize("odd", ["topic=%00", "country=XXX", "page=-1", "q=%00", "language=xx"])
def test_odd_questions_are_no_failure(member, odd):
    assert member.get(f"{DIRECTORY}?{odd}").status_code == 200


def test_outsiders_learn_nothing_of_who_is_a_member():
    user = listed(ask_me=True)
    visitor = Client()
    visitor.force_login(people.person())
    with_people = visitor.get(DIRECTORY)
    narrowed = visitor.get(DIRECTORY, {"q": user.first_name, "country": "GEO"})
    assert with_people.status_code == narrowed.status_code == 403
    assert user.first_name not in with_people.content.decode()
    there = visitor.get(f"{DIRECTORY}{user.pk}/ask/")
    nobody = visitor.get(f"{DIRECTORY}999999/ask/")
    assert there.status_code == nobody.status_code == 404
    assert Client().get(DIRECTORY).url.startswith("/accounts/login/")


def test_who_has_not_agreed_is_as_unknown_as_who_is_not_there(member):
    for user in (listed(ask_me=False), people.member("GEO")):
        assert member.get(f"{DIRECTORY}{user.pk}/ask/").status_code == 404
        assert member.post(f"{DIRECTORY}{user.pk}/ask/", {"text": "?"}).status_code == 404
    assert member.get(f"{DIRECTORY}{listed(ask_me=True).pk}/ask/").status_code == 200
    assert sent() == []


def test_a_question_goes_by_mail_and_the_answer_to_who_asked(member):
    user = listed(ask_me=True)
    user.language = "ar"
    user.save()
    member.post(f"{DIRECTORY}{user.pk}/ask/", {"text": "How do you count?\r\nBcc: e@e.example"})
    [mail] = sent()
    assert mail.to == [user.email]
    assert mail.recipients() == [user.email]
    assert mail.extra_headers["Reply-To"].endswith("@example.org")
    assert "How do you count?" in mail.body


def test_nobody_is_asked_without_measure(member):
    user = listed(ask_me=True)
    status = [
        member.post(f"{DIRECTORY}{user.pk}/ask/", {"text": f"Question {number}"}).status_code
        for number in range(8)
    ]
    assert status.count(302) == 5
    assert status[-1] == 429


def test_an_empty_directory_says_what_to_do(member):
    assert "Be the first" in member.get(DIRECTORY).content.decode()
    narrowed = member.get(DIRECTORY, {"q": "nobody"}).content.decode()
    assert "Show everybody" in narrowed


def test_the_number_of_queries_does_not_grow(vocabulary, member, django_assert_max_num_queries):
    for number in range(25):
        listed("GEO", f"Person {number}", ["transit"], ["en", "ka"], ask_me=True)
    member.get(DIRECTORY)
    with django_assert_max_num_queries(25):
        member.get(DIRECTORY)


PAYLOADS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}",
            "</bdi><svg/onload=alert(1)>"]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_names_and_texts_of_others_are_shown_as_text(member, payload):
    user = listed(expertise=payload)
    user.first_name = user.last_name = payload
    user.save()
    text = member.get(DIRECTORY).content.decode()
    assert payload not in text or "{{" in payload
    assert "49 49" not in text
    staff = Client()
    staff.force_login(people.secretariat())
    for address in ("/en/members/people/", f"/en/members/people/{user.pk}/", "/en/members/board/"):
        shown = staff.get(address).content.decode()
        assert payload not in shown or "{{" in payload
