"""Where the reader needs it: chosen in the form, kept on the way, remembered nowhere."""

import pytest

from search.models import SearchGap
from search.queue import encode_waiting
from search.viewer import register_home, unregister_home

TEXT = "The ministries share one registry of children who cross the border."


@pytest.fixture
def library(vocabulary, shelf, register):
    for number in range(1, 23):
        shelf.put(number, f"Registry {number}", TEXT, facets={"country": ("GEO",)})
    encode_waiting.call()
    register.record("COL", ("gap", "no-register"), ("role", "transit"))
    register.record("GEO", ("gap", "no-register"), ("role", "origin"))
    return shelf


@pytest.fixture
def at_home(client, django_user_model):
    """Somebody who answers for Colombia, signed in."""

    def home(user):
        return "COL"

    user = django_user_model.objects.create_user("team@example.org", "x")
    client.force_login(user)
    register_home(home)
    yield user
    unregister_home(home)


def get(client, address="/en/search/", **parameters):
    return client.get(address, {"q": "registry of children", **parameters})


def test_the_country_is_chosen_in_the_form(client, library):
    text = get(client, **{"for": "COL"}).content.decode()
    assert '<option value="COL" selected>Colombia</option>' in text
    assert '<option value="GEO">Georgia</option>' in text
    assert "selected" not in get(client).content.decode().partition("</form>")[0]


def test_each_answer_says_what_is_alike_and_what_differs(client, library):
    text = get(client, **{"for": "COL"}).content.decode()
    assert "Both:" in text
    assert "No register of children (invented)" in text
    assert "Differs:" in text
    assert "recorded only for Georgia" in text
    assert "Both:" not in get(client).content.decode()


def test_it_is_kept_through_filters_and_pages(client, library):
    answer = get(client, kind="practice", **{"for": "COL"})
    text = answer.content.decode()
    assert "?q=registry+of+children&amp;kind=practice&amp;for=COL&amp;page=2" in text
    assert 'href="?q=registry+of+children&amp;for=COL"' in text  # without the filter
    assert answer.context["without_country"] == "/en/search/?q=registry+of+children&kind=practice"


def test_whoever_answers_for_a_country_is_answered_for_it(client, library, at_home):
    answer = get(client)
    assert answer.context["search"].country == "COL"
    assert "Both:" in answer.content.decode()
    assert "for=COL" in answer.context["permalink"]


def test_that_can_be_turned_off_and_stays_off(client, library, at_home):
    off = get(client).context["without_country"]
    assert off == "/en/search/?q=registry+of+children&for="
    answer = client.get(off)
    text = answer.content.decode()
    assert answer.context["search"].country == ""
    assert "Both:" not in text
    assert "?q=registry+of+children&amp;for=&amp;page=2" in text
    assert answer.context["permalink"].endswith("&for=")
    assert answer.context["for_home"] == "/en/search/?q=registry+of+children&for=COL"
    assert "Put first what is comparable with Colombia" in text
    # And is not remembered either.
    assert get(client).context["search"].country == "COL"


def test_another_country_can_be_asked_for(client, library, at_home):
    assert get(client, **{"for": "MAR"}).context["search"].country == "MAR"


def test_nobody_else_is_answered_for_a_country(client, library, at_home):
    client.logout()
    answer = get(client)
    assert answer.context["search"].country == ""
    assert "Put first what is comparable" not in answer.content.decode()


@pytest.mark.parametrize(
    ("more", "kept"), [({}, ""), ({"for": "COL"}, ""), ({"for": "MAR"}, "MAR")]
)
def test_the_readers_own_country_is_kept_with_no_question(
    client, library, at_home, settings, more, kept
):
    settings.SEARCH_GAPS = True
    headers = {"Sec-Fetch-Mode": "navigate", "User-Agent": "A browser"}
    client.get("/en/search/", {"q": "best pizza recipe", **more}, headers=headers)
    assert [gap.country for gap in SearchGap.objects.all()] == [kept]


@pytest.mark.parametrize("code", ["QQQ", "nowhere", "C1L", "<x>", "كول", "\x00"])
def test_what_is_no_country_is_refused_with_a_sentence(client, library, code):
    answer = get(client, **{"for": code})
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "No country has this code" in text or "by its code of three letters" in text


def test_it_costs_the_database_nothing_more_but_the_facts(
    client, library, register, django_assert_max_num_queries
):
    get(client, **{"for": "COL"})
    told = register.told
    with django_assert_max_num_queries(20):
        get(client, **{"for": "COL"})
    # Once for the reader and once for everybody.
    assert register.told - told == 2
