"""Searches that members keep: their own, of nobody else's business, and not without end."""

import pytest

from search import saved
from search.models import SavedSearch

pytestmark = pytest.mark.django_db
ASKED = {"q": "registry of children", "country": ["CHL", "GEO"], "sort": "date", "for": "COL"}


@pytest.fixture
def member(django_user_model):
    return django_user_model.objects.create_user("member@example.org", "x")


@pytest.fixture
def other(django_user_model):
    return django_user_model.objects.create_user("other@example.org", "x")


@pytest.fixture
def mine(client, member):
    client.force_login(member)
    client.post("/en/search/saved/", ASKED)
    return SavedSearch.objects.get()


def test_a_search_is_saved_and_asked_again(client, member, mine):
    assert (mine.user, mine.name, mine.language) == (member, "registry of children", "en")
    page = client.get("/en/search/saved/").content.decode()
    address = saved.address_of(mine)
    assert address.replace("&", "&amp;") in page
    again = client.get(address).context["search"]
    assert again.query == "registry of children"
    assert again.filters.country == ("CHL", "GEO")
    assert (again.country, again.sort) == ("COL", "date")


def test_saving_leads_back_to_the_search_which_says_so(client, member):
    client.force_login(member)
    answer = client.post("/en/search/saved/", ASKED, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/en/search/?q=registry+of+children")
    assert "is saved" in answer.content.decode()
    assert answer.context["saved"] == SavedSearch.objects.get()


def test_the_same_search_is_saved_once(client, mine):
    client.post("/en/search/saved/", {**ASKED, "country": ["GEO", "CHL"], "theme": ""})
    assert SavedSearch.objects.count() == 1
    client.post("/en/search/saved/", {**ASKED, "sort": "relevance"})
    assert SavedSearch.objects.count() == 2


def test_a_visitor_logs_in_first_and_comes_back_to_the_search(client):
    answer = client.post("/en/search/saved/", {"q": "registry", "country": "CHL"})
    assert answer.status_code == 302
    assert "/accounts/login/?next=/en/search/%3Fq%3Dregistry%26country%3DCHL" in answer.url
    assert not SavedSearch.objects.exists()
    assert "/accounts/login/?next=" in client.get("/en/search/?q=x").content.decode()


def test_the_list_is_for_who_is_signed_in(client, mine):
    client.logout()
    answer = client.get("/en/search/saved/")
    assert answer.url == "/accounts/login/?next=/en/search/saved/"


def test_a_saved_search_is_renamed_and_deleted(client, mine):
    client.post(f"/en/search/saved/{mine.pk}/rename/", {"name": "Registries"})
    mine.refresh_from_db()
    assert mine.name == "Registries"
    client.post(f"/en/search/saved/{mine.pk}/delete/")
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_name_must_be_one(client, mine, name):
    answer = client.post(f"/en/search/saved/{mine.pk}/rename/", {"name": name}, follow=True)
    assert "at most 120 characters" in answer.content.decode()
    mine.refresh_from_db()
    assert mine.name == "registry of children"


@pytest.mark.parametrize("step", ["rename", "delete"])
def test_nobody_else_touches_or_sees_it(client, mine, other, step):
    client.force_login(other)
    address = f"/en/search/saved/{mine.pk}/{step}/"
    unknown = f"/en/search/saved/{mine.pk + 1}/{step}/"
    assert client.post(address, {"name": "taken"}).status_code == 404
    assert client.post(unknown, {"name": "taken"}).status_code == 404
    assert SavedSearch.objects.get().name == "registry of children"
    assert "registry of children" not in client.get("/en/search/saved/").content.decode()


@pytest.mark.parametrize("step", ["rename", "delete"])
def test_a_step_needs_a_post(client, mine, step):
    assert client.get(f"/en/search/saved/{mine.pk}/{step}/").status_code == 405
    assert SavedSearch.objects.count() == 1


def test_a_forged_form_saves_nothing(member):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    assert client.post("/en/search/saved/", ASKED).status_code == 403
    assert not SavedSearch.objects.exists()


def test_beyond_the_limit_a_sentence_says_what_to_do(client, mine, monkeypatch):
    monkeypatch.setattr(saved, "MOST", 2)
    client.post("/en/search/saved/", {"q": "second"})
    answer = client.post("/en/search/saved/", {"q": "third"}, follow=True)
    assert "2 searches already" in answer.content.decode()
    assert SavedSearch.objects.count() == 2


def test_what_cannot_be_meant_is_not_saved(client, mine):
    assert client.post("/en/search/saved/", {"q": "x", "country": "<b>"}).status_code == 400
    assert SavedSearch.objects.count() == 1


def test_an_empty_list_says_what_to_do(client, member):
    client.force_login(member)
    assert "You have not saved a search yet" in client.get("/en/search/saved/").content.decode()


def test_an_account_takes_its_searches_with_it(member, mine):
    member.delete()
    assert not SavedSearch.objects.exists()


def test_a_name_is_text(client, member):
    client.force_login(member)
    client.post("/en/search/saved/", {"q": "<script>alert(1)</script>"})
    assert "<script>alert" not in client.get("/en/search/saved/").content.decode()


def test_the_list_is_kept_by_no_cache(client, mine):
    assert "no-store" in client.get("/en/search/saved/")["Cache-Control"]


def test_a_question_is_kept_without_what_no_database_takes(client, member):
    client.force_login(member)
    asked = {"q": "registry\0 of\u200b  children "}
    for _again in range(2):
        assert client.post("/en/search/saved/", asked).status_code == 302
    kept = SavedSearch.objects.get()
    assert (kept.query, kept.name) == ("registry of children", "registry of children")
    assert client.get("/en/search/", asked).context["saved"] == kept
