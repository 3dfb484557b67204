"""Every address of the exchange: who may look at it, who may send it, and what others are told."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver

from adoption import urls
from adoption.views.fit import keep
from core import links
from tests import factories
from tests.adoption import told
from tests.adoption.told import adoption_form, url
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.django_db

PERSONAS = ("visitor", "account", "former", "peer", "member", "author", "team", "staff", "admin")
ALL = dict.fromkeys(PERSONAS, 200)
NOBODY = dict.fromkeys(PERSONAS, 404)
# Whoever takes part: of the peers, of those who did the practice, of the secretariat.
TAKE_PART = {**ALL, "visitor": 302, "account": 403, "former": 403}
NOT_THE_AUTHOR = {**TAKE_PART, "author": 403}
MEMBERS = {**ALL, "visitor": 404, "account": 404, "former": 404}
POST_ONLY = dict.fromkeys(PERSONAS, 405)


def only(*personas, status=200):
    return {**NOBODY, **dict.fromkeys(personas, status)}


def sent(gets):
    """What a good form is answered with, by those who may see the page with the form."""
    return {who: 302 if status == 200 else status for who, status in gets.items()}


STAFF = only("staff", "admin")
# name -> what each persona gets by GET and by POST.
DOORS = {
    "overview": (ALL, POST_ONLY),
    "practice": (ALL, POST_ONLY),
    "give": (NOT_THE_AUTHOR, sent(NOT_THE_AUTHOR)),
    # The administrator has no institution and no country to sign with, nor has the secretariat.
    "adapt": (
        {**NOT_THE_AUTHOR, "staff": 403, "admin": 403},
        sent({**NOT_THE_AUTHOR, "staff": 403, "admin": 403}),
    ),
    "fit": (TAKE_PART, sent(TAKE_PART)),
    "fit-delete": (POST_ONLY, only("peer", status=302)),
    "checked": (
        POST_ONLY,
        sent({**TAKE_PART, "peer": 404, "member": 404, "team": 404}),
    ),
    "answer": (only("author", "staff", "admin"), sent(only("author", "staff", "admin"))),
    "edit": (only("peer"), sent(only("peer"))),
    "delete": (only("peer"), sent(only("peer"))),
    "history": (MEMBERS, {**POST_ONLY, "visitor": 404, "account": 404, "former": 404}),
    "hide": (STAFF, sent(STAFF)),
    "show": (
        {**NOBODY, "staff": 405, "admin": 405},
        sent(STAFF),
    ),
    "take-over": (
        only("author", "staff", "admin", status=405),
        only("author", "staff", "admin", status=302),
    ),
    "give-back": (
        only("author", "staff", "admin", status=405),
        only("author", "staff", "admin", status=302),
    ),
    "adaptation": (MEMBERS, {**POST_ONLY, "visitor": 404, "account": 404, "former": 404}),
    "adaptation-edit": (only("peer"), sent(only("peer"))),
    "adaptation-delete": (only("peer"), sent(only("peer"))),
    "confirm": (only("author"), sent(only("author"))),
    "adaptations-csv": (STAFF, POST_ONLY),
    "fits": (TAKE_PART, POST_ONLY),
    "team-fit": (only("team"), POST_ONLY),
    "stale": (STAFF, POST_ONLY),
    "stale-csv": (STAFF, POST_ONLY),
    # Whoever holds the link, whoever they are.
    "true": (ALL, ALL),
}
ON_PRACTICES = ("practice", "give", "adapt", "fit", "fit-delete", "checked")
ON_FEEDBACK = ("answer", "edit", "delete", "history", "hide", "show", "take-over", "give-back")
ON_ADAPTATIONS = ("adaptation", "adaptation-edit", "adaptation-delete", "confirm")
# POST to a page that only reads is refused before anything is looked up.
DATA = {
    "give": {"kind": "question", "section": "", "text": "Another (invented)"},
    "adapt": adoption_form(),
    "adaptation-edit": adoption_form(),
    "confirm": {"confirms": "yes", "text": "", "version": ""},
    "fit": {"held_legal": "yes"},
    "answer": {"text": "An answer (invented)"},
    "edit": {"text": "Other words (invented)"},
    "hide": {"reason": "Because (invented)"},
}


@kept
def world(practice, author, peer):
    """One of each thing; `peer` has said, adapted and checked, and shared it with their country."""
    said = told.feedback(practice, peer, kind="suggestion")
    said.edited_at = said.created_at
    said.save()
    adoption = told.adoption(practice, peer)
    check = keep(peer, practice, {"legal": {"held": "no", "note": ""}}, "CHL")
    question = practice.truth_questions.create(asked_at=said.created_at)
    token = links.issue("still-true", question, 9, data={"user": author.pk})
    ended = {"kind": "member", "starts": "2020-01-01", "ends": "2020-12-31"}
    office = people.institution("Another office in Chile (invented)", "CHL")
    team = people.Role(kind="representative", institution=office, country=factories.country("CHL"))
    return {
        "people": {
            "visitor": None,
            "account": people.person(),
            "former": people.person(None, people.Role(**ended)),
            "peer": peer,
            "member": people.member("MAR"),
            "author": author,
            "team": people.person(None, team),
            "staff": people.secretariat(),
            "admin": people.superuser(),
        },
        "args": {
            **{name: [practice.pk] for name in ON_PRACTICES},
            **{name: [said.pk] for name in ON_FEEDBACK},
            **{name: [adoption.pk] for name in ON_ADAPTATIONS},
            "team-fit": [check.pk],
            "true": [token, "true"],
        },
    }


def address(name, world):
    return url(name, *world["args"].get(name, []))


def rows():
    """Everything that is stored by this app and of practices."""
    models = [*apps.get_app_config("adoption").get_models(), apps.get_model("core", "Link")]
    models.append(apps.get_model("wagtailcore", "Revision"))
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


def test_every_address_is_in_the_table():
    names = {each.name.removeprefix("exchange-") for each in urls.urlpatterns}
    assert names == set(DOORS)
    found = {name for name in get_resolver().reverse_dict if str(name).startswith("exchange-")}
    assert not {name.removeprefix("exchange-") for name in found} - set(DOORS)


@pytest.mark.parametrize("name", DOORS)
def test_who_may_look_and_looking_changes_nothing(name, world, signed_in):
    before = rows()
    got = {}
    for who, user in world["people"].items():
        client = signed_in(user)
        got[who] = client.get(address(name, world)).status_code
        assert client.head(address(name, world)).status_code == got[who]
    assert got == DOORS[name][0]
    assert rows() == before


@pytest.mark.parametrize("name", DOORS)
def test_who_may_send_and_the_others_change_nothing(name, world, signed_in):
    from django.db import transaction

    got = {}
    for who, user in world["people"].items():
        client, before = signed_in(user), rows()
        with transaction.atomic():
            got[who] = client.post(address(name, world), DATA.get(name, {})).status_code
            if DOORS[name][1][who] not in (200, 302):
                assert rows() == before
            transaction.set_rollback(True)
    assert got == DOORS[name][1]


@pytest.mark.parametrize("name", [name for name in DOORS if DOORS[name][1] != POST_ONLY])
def test_nothing_is_taken_without_the_token_of_the_form(name, world):
    before = rows()
    for user in (world["people"]["peer"], world["people"]["author"], world["people"]["staff"]):
        client = Client(enforce_csrf_checks=True)
        client.force_login(user)
        data = DATA.get(name, {})
        assert client.post(address(name, world), data).status_code == 403
        foreign = {"HTTP_ORIGIN": "https://evil.example.org"}
        assert client.post(address(name, world), data, **foreign).status_code == 403
    assert rows() == before


@pytest.mark.parametrize("name", [name for name in DOORS if name != "true"])
@pytest.mark.parametrize("number", [0, 99999999, 2**63, 10**30])
def test_odd_numbers_are_not_found(name, number, world, signed_in):
    if name not in world["args"]:
        pytest.skip("no number in its address")
    for user in (None, world["people"]["peer"], world["people"]["admin"]):
        client = signed_in(user)
        for method in (client.get, client.post):
            assert method(url(name, number)).status_code in (404, 405)
