"""One's own page: seen by nobody else, and storing only what its form names."""

import pytest

from members.models import Kind, Profile
from tests import factories
from tests.members import people

pytestmark = pytest.mark.django_db

ME = "/en/members/me/"


def form(**changes):
    factories.theme("transit")
    return {
        "first_name": "Anna",
        "last_name": "(invented)",
        "language": "fr",
        "languages": ["en", "fr"],
        "topics": ["transit"],
        "expertise": "Registers.",
        **changes,
    }


def test_strangers_are_led_to_the_log_in(client):
    assert client.get(ME).url == f"/accounts/login/?next={ME}"
    assert client.post(ME, form()).url == f"/accounts/login/?next={ME}"


def test_a_visitor_with_an_account_is_told_how_to_become_a_member(client):
    client.force_login(people.person())
    assert "Apply for membership" in client.get(ME).content.decode()


def test_the_profile_is_stored(client):
    user = people.member()
    client.force_login(user)
    client.post(ME, form(listed="on"))
    user.refresh_from_db()
    profile = Profile.objects.get(user=user)
    assert (user.first_name, user.language) == ("Anna", "fr")
    assert profile.listed
    assert not profile.ask_me
    assert [topic.code for topic in profile.topics.all()] == ["transit"]
    assert {each.code for each in profile.languages.all()} == {"en", "fr"}
    client.post(ME, form(languages=["fr"], topics=[]))
    profile.refresh_from_db()
    assert not profile.listed
    assert not profile.topics.exists()
    assert {each.code for each in profile.languages.all()} == {"fr"}


def test_nobody_is_listed_without_saying_so(client):
    user = people.member()
    client.force_login(user)
    client.post(ME, form())
    assert not Profile.objects.get(user=user).listed


def test_fields_that_are_not_in_the_form_are_not_taken(client):
    user = people.member()
    client.force_login(user)
    before = user.email
    wanted = {"email": "new@example.org", "kind": "secretariat", "user": "1", "groups": "1"}
    client.post(ME, form(is_superuser="1", is_staff="1", **wanted))
    user.refresh_from_db()
    assert user.email == before
    assert not user.is_superuser
    assert [role.kind for role in user.roles.all()] == [Kind.MEMBER]


def test_bad_input_keeps_what_was_typed(client):
    client.force_login(people.member())
    answer = client.post(ME, form(language="xx", expertise="My long text"))
    assert answer.status_code == 400
    assert "My long text" in answer.content.decode()


def test_reading_one_s_page_writes_nothing(client):
    user = people.person()
    client.force_login(user)
    client.get(ME)
    assert not Profile.objects.filter(user=user).exists()


def test_roles_stand_with_their_days(client):
    user = people.representative("GEO")
    user.roles.update(starts="2026-01-02", ends="2099-03-04")
    client.force_login(user)
    text = client.get(ME).content.decode()
    assert "Country representative" in text
    assert "4 March 2099" in text or "March 4, 2099" in text


def test_the_page_is_kept_by_no_cache(client):
    client.force_login(people.member())
    assert "no-store" in client.get(ME)["Cache-Control"]


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
def test_the_pages_are_there_in_each_language(client, language):
    client.force_login(people.secretariat())
    for page in ("me", "apply", "directory", "board", "people", "me/erase"):
        answer = client.get(f"/{language}/members/{page}/")
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.content.decode()
