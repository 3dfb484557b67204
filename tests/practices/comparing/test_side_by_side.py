"""Practices side by side: every field of each, and nothing that its reader may not open."""

import re

import pytest
from wagtail.models import PageViewRestriction

from core.classification import PageDataSource
from practices.comparing.fields import PARTS
from practices.models import PracticeIndexPage
from search.queue import encode_waiting
from tests import factories
from tests.kept import kept
from tests.members import people
from vocabulary.models import DataSourceType

pytestmark = pytest.mark.django_db
ADDRESS = "/en/practices/compare/"


def source(code):
    made = DataSourceType.objects.get_or_create(
        code=code, locale=factories.locale(), defaults={"label": f"Source {code} (invented)"}
    )
    return PageDataSource(term=made[0])


@kept
def practices():
    """Three invented practices; the first two share a source and a theme."""
    found = []
    for number, sources in enumerate((("survey", "census"), ("survey",), ("mobile",))):
        page = factories.practice(
            f"Invented practice {number}",
            countries=[("GEO", "CHL", "MAR")[number]],
            themes=["transit"] if number < 2 else [],
            problem=f"<p>Problem {number} (invented)</p>",
        )
        page.data_sources = [source(code) for code in sources]
        page.save_revision().publish()
        found.append(page)
    return found


def ask(client, *numbers, **more):
    return client.get(ADDRESS, {"p": numbers}, **more)


def row(answer, label):
    rows = [row for part in answer.context["parts"] for row in part.rows]
    return next(row for row in rows if str(row.label) == label)


def test_each_field_of_each_practice_stands_beside_the_others(client, practices):
    answer = ask(client, *(page.pk for page in practices))
    text = answer.content.decode()
    for number, page in enumerate(practices):
        assert page.title in text
        assert f"Problem {number} (invented)" in text
        assert f'href="/p/{page.pk}/"' in text
    assert [cell.value for cell in row(answer, "Data sources").cells] == [
        ["survey", "census"],
        ["survey"],
        ["mobile"],
    ]
    fields = sum(len(fields) for _key, _label, fields in PARTS)
    assert text.count('class="compare__cell"') == 3 * fields


def test_what_more_than_one_has_is_marked_and_silence_is_said(client, practices):
    answer = ask(client, *(page.pk for page in practices))
    assert row(answer, "Data sources").alike == {"survey"}
    assert row(answer, "Themes").alike == {"transit"}
    assert row(answer, "Country").alike == frozenset()
    text = answer.content.decode()
    marked = re.findall(r'tag--alike"><svg[^>]*><use[^>]*/></svg>(Source \w+)', text)
    assert marked == ["Source survey", "Source survey"]
    assert "not reported" in text


def test_the_order_is_that_of_the_address(client, practices):
    one, two, _three = practices
    assert ask(client, two.pk, one.pk).context["practices"] == [two, one]
    assert ask(client, two.pk, one.pk, two.pk).context["practices"] == [two, one]


def test_only_what_the_reader_may_open_is_shown_and_the_rest_not_told_apart(client, practices):
    one, two, three = practices
    PageViewRestriction.objects.create(page=three, restriction_type="login")
    draft = factories.practice("A secret draft (invented)", draft=True)
    for hidden in (three.pk, draft.pk, 999_999):
        answer = ask(client, one.pk, two.pk, hidden)
        assert answer.context["practices"] == [one, two]
        text = answer.content.decode()
        assert "Not every practice that you chose can be opened" in text
        assert three.title not in text
        assert draft.title not in text
    client.force_login(people.person(name="Reader"))
    assert ask(client, one.pk, two.pk, three.pk).context["practices"] == practices
    assert draft.title not in ask(client, one.pk, two.pk, draft.pk).content.decode()


def test_of_more_than_four_the_first_four_are_shown_and_it_is_said(client, practices):
    more = [factories.practice(f"Another invented practice {n}") for n in range(3)]
    answer = ask(client, *(page.pk for page in [*practices, *more]))
    assert answer.context["practices"] == [*practices, more[0]]
    assert "these are the first four" in answer.content.decode()
    assert (
        "these are the first four" not in ask(client, *(p.pk for p in practices)).content.decode()
    )


def test_fewer_than_two_are_told_how_to_choose(client, practices):
    index = PracticeIndexPage.objects.get()
    for numbers in ((), (practices[0].pk,), ("",)):
        answer = ask(client, *numbers)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "Choose two to four practices" in text
        assert f'href="{index.url}"' in text
    assert practices[0].title in ask(client, practices[0].pk).content.decode()


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "1" * 5000, "١", "<script>", "\x00", "' OR 1"])
def test_what_cannot_be_meant_is_refused_with_a_sentence(client, practices, value):
    answer = ask(client, practices[0].pk, value)
    assert answer.status_code == 400
    assert "Choose two to four practices" in answer.content.decode()
    assert b"<script>x" not in answer.content


def test_too_many_are_refused(client, db):
    assert ask(client, *range(1, 200)).status_code == 400


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
def test_every_language_has_the_page(client, practices, language):
    address = f"/{language}/practices/compare/"
    assert client.get(address, {"p": [page.pk for page in practices]}).status_code == 200


def test_it_costs_few_queries_however_many_links_the_texts_have(
    client, practices, django_assert_max_num_queries
):
    links = "".join(f'<p><a linktype="page" id="{page.pk}">A page</a></p>' for page in practices)
    for number in range(4):
        other = factories.practice(f"A linking practice {number}", problem=links, results=links)
        practices.append(other)
    client.force_login(people.representative("GEO"))
    numbers = [page.pk for page in practices[-4:]]
    ask(client, *numbers)
    with django_assert_max_num_queries(25):
        ask(client, *numbers)


def test_nothing_of_it_is_kept_by_a_cache(client, practices):
    answer = ask(client, practices[0].pk, practices[1].pk)
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_practices_are_chosen_in_the_list_and_among_answers(client, practices):
    encode_waiting.call()
    index = PracticeIndexPage.objects.get()
    for address in (index.url, "/en/search/?q=invented+practice"):
        text = client.get(address).content.decode()
        assert f'id="side-by-side" method="get" action="{ADDRESS}"' in text
        for page in practices:
            assert f'name="p" value="{page.pk}" form="side-by-side"' in text


def test_where_there_is_one_practice_or_none_nothing_can_be_chosen(client, db):
    factories.practice("The only invented practice")
    index = PracticeIndexPage.objects.get()
    assert 'id="side-by-side"' not in client.get(index.url).content.decode()
