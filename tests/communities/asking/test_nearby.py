"""Whoever types a question sees what is known already: of that, what they may open."""

import pytest
from django.urls import reverse

from communities.asking.nearby import nearby
from search.encoding import encode_all
from search.viewer import Viewer
from tests.communities import groups
from tests.communities.asking.conftest import TEXT, TITLE
from tests.communities.threads.conftest import opened
from tests.members import people

pytestmark = pytest.mark.django_db


def address(group):
    return reverse("community-nearby", args=[group.slug])


def shown(client, group, method="get", **typed):
    answer = getattr(client, method)(address(group), {"title": TITLE, "text": TEXT, **typed})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_experiences_and_earlier_threads_stand_beside_the_question(
    signed_in, practices, group, asker, earlier, method
):
    encode_all()
    html = shown(signed_in(asker), group, method)
    assert practices["fits"].title in html
    assert f'href="{practices["fits"].url}' in html
    assert "no school or registry knows where they are" in html.replace("<mark>", "").replace(
        "</mark>", ""
    )
    assert earlier.title in html
    assert practices["other"].title not in html
    assert html.index("Comparable experiences") < html.index("Discussed before")


def test_they_say_what_both_have_in_common(practices, asker):
    found = nearby(Viewer.of(asker), "Unaccompanied children in a household survey", "", "en")
    assert found.asked
    assert all(isinstance(hit.reasons, tuple) for hit in found.hits)


def test_a_signed_in_person_sees_what_signed_in_people_may(signed_in, practices, group, asker):
    assert practices["closed"].title in shown(signed_in(asker), group)


def test_threads_of_another_community_do_not_appear(signed_in, practices, group, asker, earlier):
    other = groups.community()
    outsider = groups.member_of(other, "COL")
    encode_all()
    assert earlier.title in shown(signed_in(asker), group)
    assert earlier.title not in shown(signed_in(outsider), other)


def test_only_who_may_ask_here_gets_an_answer(signed_in, group, asker):
    public = groups.community(visibility="public")
    for method in ("get", "post"):
        for user in (None, people.person(), people.member("COL"), people.secretariat()):
            for place in (group, public):
                client = signed_in(user)
                assert getattr(client, method)(address(place), {}).status_code == 404
        assert getattr(signed_in(asker), method)(address(group), {}).status_code == 200


def test_too_little_is_not_searched_for(signed_in, practices, group, asker):
    for title in ("", "How", "  ", "?!", "\x00\u200b"):
        html = shown(signed_in(asker), group, title=title, text="")
        assert "Write a title" in html


def test_nothing_near_is_said(signed_in, practices, group, asker):
    html = shown(signed_in(asker), group, title="Recipes for a chocolate cake", text="With cream?")
    assert "Nothing here comes near" in html


def test_a_long_text_does_not_hide_what_its_title_is_near_to(signed_in, practices, group, asker):
    text = "The committee met on Tuesday and thanked everybody for the coffee and the cakes. " * 40
    assert practices["fits"].title in shown(signed_in(asker), group, text=text)


def test_whatever_is_typed_gets_an_answer(signed_in, group, asker):
    client = signed_in(asker)
    for typed in ('"', "a" * 50_000, "\x00", "title:x AND (", "{{ 7*7 }} <script>", "٣" * 900):
        shown(client, group, "post", title=typed, text=typed)


def test_what_is_typed_fast_is_slowed_down(signed_in, group, asker):
    client = signed_in(asker)
    codes = [client.post(address(group), {"title": "x"}).status_code for _each in range(45)]
    assert (codes[0], codes[-1]) == (200, 429)


def test_without_a_script_the_button_of_the_form_shows_the_same(signed_in, practices, group, asker):
    client = signed_in(asker)
    sent = opened(title=TITLE, text=TEXT, do="look")
    answer = client.post(reverse("thread-new", args=[group.slug]), sent)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert practices["fits"].title in html
    assert TEXT in html  # nothing typed is lost
    assert not group.threads.exists()


def test_what_is_typed_is_not_counted_as_a_question_without_an_answer(signed_in, group, asker):
    from search.models import SearchGap

    headers = {"Sec-Fetch-Mode": "navigate", "User-Agent": "Mozilla"}
    client = signed_in(asker)
    client.get(address(group), {"title": "Recipes for a cake", "text": ""}, headers=headers)
    assert not SearchGap.objects.exists()


def test_its_cost_does_not_grow_with_what_is_found(
    signed_in, practices, group, asker, django_assert_max_num_queries
):
    client = signed_in(asker)
    shown(client, group)
    for number in range(8):
        groups.thread(group, asker, f"{TITLE} {number}", TEXT)
    shown(client, group)
    with django_assert_max_num_queries(25):
        shown(client, group)
