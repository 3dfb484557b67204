"""Questions without an answer: counted, never told, and never in the way of an answer."""

import datetime
import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from search import gaps
from search.models import SearchGap
from search.queue import encode_waiting
from tests.members.people import second_factor

PERSON = {"User-Agent": "Mozilla/5.0", "Sec-Fetch-Mode": "navigate"}
CHILD = "where does Amina Qureshi Valdez aged 9 sleep, phone 0612345678"


@pytest.fixture
def library(vocabulary, shelf):
    for number in range(4):
        shelf.put(number, f"Volume {number}", "A tortoise of Amina crosses the sands slowly.")
    shelf.put(8, "Zebra", "A zebra is counted. A zebra again. A zebra.")
    members = frozenset({"members"})
    for number in range(20, 26):
        shelf.put(number, f"Closed {number}", "The wombat is only for members.", audiences=members)
    encode_waiting.call()
    return shelf


def ask(client, query="best pizza recipe", headers=PERSON, **parameters):
    return client.get("/en/search/", {"q": query, **parameters}, headers=headers)


def everything_kept():
    return json.dumps(list(SearchGap.objects.values()), default=str, ensure_ascii=False)


def test_a_question_that_finds_nothing_is_counted(client, library):
    assert ask(client, **{"for": "COL", "theme": "data-integration"}).context["results"].total == 0
    gap = SearchGap.objects.get()
    assert (gap.day, gap.language, gap.country) == (timezone.localdate(), "en", "COL")
    assert gap.filters == ["theme:data-integration"]


def test_a_question_that_finds_something_is_not(client, library):
    assert ask(client, "tortoise in the sands").context["results"].total
    assert not SearchGap.objects.exists()


def test_concepts_of_the_vocabulary_are_kept(client, library):
    ask(client, "pizza of unaccompanied children in Chile", kind="workshop")
    assert "country:CHL" in SearchGap.objects.get().concepts


def test_the_words_of_a_child_are_never_kept(client, library):
    ask(client, CHILD, theme="amina-qureshi")
    assert ask(client, CHILD, **{"for": "QZX"}).status_code == 400
    kept = everything_kept().lower()
    for word in ("amina", "qureshi", "valdez", "0612345678", "sleep", "phone", "qzx"):
        assert word not in kept
    assert SearchGap.objects.count() == 1


def test_only_words_of_several_public_works_are_kept(client, library):
    ask(client, "tortoises zebra wombat pizza amina", kind="workshop")
    assert SearchGap.objects.get().words == ["tortoise"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"User-Agent": "Mozilla/5.0"},
        {"User-Agent": "", "Sec-Fetch-Mode": "navigate"},
        {"User-Agent": "Mozilla/5.0 (compatible; Examplebot/2.1)", "Sec-Fetch-Mode": "navigate"},
        {**PERSON, "Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_who_only_follows_links_writes_nothing(client, library, headers):
    assert ask(client, headers=headers).status_code == 200
    assert not SearchGap.objects.exists()


def test_a_question_by_htmx_is_counted(client, library):
    ask(client, headers={"User-Agent": "Mozilla/5.0", "HX-Request": "true"})
    assert SearchGap.objects.count() == 1


def test_a_question_by_the_api_is_counted(client, library):
    client.get("/api/v1/search/", {"q": "best pizza recipe"}, headers={"User-Agent": "curl/8"})
    assert SearchGap.objects.count() == 1
    client.get("/api/v1/search/", {"q": "best pizza"}, headers={"User-Agent": "Crawler"})
    assert SearchGap.objects.count() == 1


@pytest.mark.parametrize(
    "path",
    [
        "/en/search/suggestions/?q=best+pizza",
        "/api/v1/suggestions/?q=best+pizza",
        "/en/search/",
        "/en/search/?theme=data-integration",
        "/en/search/saved/",
    ],
)
def test_what_is_no_question_is_not_counted(client, library, path):
    client.get(path, headers=PERSON)
    client.head("/en/search/?q=best+pizza+recipe", headers=PERSON)
    assert not SearchGap.objects.exists()


def test_it_can_be_switched_off(client, library, settings):
    settings.SEARCH_GAPS = False
    ask(client)
    assert not SearchGap.objects.exists()


def test_a_database_that_refuses_costs_the_record_and_not_the_answer(client, library):
    with connection.execute_wrapper(refusing):
        answer = ask(client)
    assert answer.status_code == 200
    assert "No answers" in answer.content.decode()
    assert not SearchGap.objects.exists()


def refusing(execute, sql, params, many, context):
    from django.db import OperationalError

    if "INSERT" in sql and "search_searchgap" in sql:
        raise OperationalError("database is locked")
    return execute(sql, params, many, context)


def test_waiting_for_a_lock_is_as_before_afterwards(client, library):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL forgets it with the transaction")
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()
        ask(client)
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == before
    assert SearchGap.objects.exists()


def gap(day=None, **values):
    values = {"language": "en", "concepts": ["theme:transit"], "words": ["tortoise"], **values}
    return SearchGap.objects.create(day=day or timezone.localdate(), **values)


def test_old_ones_are_forgotten(db, capsys):
    today = timezone.localdate()
    gap(today - datetime.timedelta(days=24 * 31 + 5))
    kept = gap(today - datetime.timedelta(days=20 * 30))
    call_command("prune_gaps")
    assert list(SearchGap.objects.all()) == [kept]
    assert "1 deleted" in capsys.readouterr().out
    call_command("prune_gaps", months=1)
    assert not SearchGap.objects.exists()
    assert gaps.prune(1) == 0


@pytest.fixture
def report(vocabulary, admin_client):
    gap(), gap(country="CHL"), gap(language="ar", country="CHL")
    gap(concepts=["theme:transit", "country:GEO"], words=[])
    gap(concepts=[], words=[])

    def read(**parameters):
        answer = admin_client.get("/admin/reports/questions/", parameters)
        assert answer.status_code == 200
        return [(row.about, row.words, row.count) for row in answer.context["object_list"]], answer

    return read


def test_the_report_counts_questions_that_are_the_same(report):
    gap()
    rows, _answer = report()
    assert rows[0] == ("Transit", "tortoise", 2)
    assert len(rows) == 5


@pytest.mark.parametrize(
    ("by", "counts"),
    [("concept", [4, 1, 1]), ("country", [3, 2]), ("language", [4, 1]), ("month", [5])],
)
def test_the_report_counts_by_what_is_asked_for(report, by, counts):
    rows, _answer = report(by=by)
    assert [count for _about, _words, count in rows] == counts


def test_the_report_is_filtered(report):
    rows, _answer = report(country="CHL", language="ar")
    assert len(rows) == 1


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_report_is_taken_home(report, admin_client, form):
    answer = admin_client.get("/admin/reports/questions/", {"export": form})
    content = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    assert b"tortoise" in content or form == "xlsx"
    assert content.startswith(b"PK") or form == "csv"


def test_the_report_is_for_whom_it_was_given_to(client, report, django_user_model):
    editor = django_user_model.objects.create_user("editor@example.org", "x")
    group = Group.objects.create(name="Secretariat (invented)")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    editor.groups.add(group)
    second_factor(editor)
    client.force_login(editor)
    refused = client.get("/admin/reports/questions/")
    assert refused.status_code == 302
    assert refused.url == "/admin/"
    group.permissions.add(Permission.objects.get(codename="view_searchgap"))
    assert client.get("/admin/reports/questions/").status_code == 200
