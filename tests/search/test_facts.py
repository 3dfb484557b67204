"""Facts about countries: told to whom their provider tells them, and to nobody for longer."""

import pytest

from search import facts
from search.viewer import ANYONE
from tests.search.facts import SECRETARIAT, team

pytestmark = pytest.mark.django_db


def test_private_facts_are_for_the_team_and_the_secretariat(register):
    register.record("COL", ("gap", "open"))
    register.record("COL", ("gap", "secret"), public=False)
    both = {("gap", "open"), ("gap", "secret")}
    assert facts.known_to(ANYONE)["COL"] == {("gap", "open")}
    assert facts.known_to(team("GEO"))["COL"] == {("gap", "open")}
    assert facts.known_to(team("COL"))["COL"] == both
    assert facts.known_to(SECRETARIAT)["COL"] == both
    assert facts.public_facts()["COL"] == {("gap", "open")}


def test_a_request_asks_once_and_the_next_one_anew(register, rf, client):
    from core.addresses import RequestAtHand

    seen = []

    def answer(request):
        facts.known_to(ANYONE)
        seen.append((facts.known_to(ANYONE), register.told))

    register.record("COL", ("gap", "old"))
    RequestAtHand(answer)(rf.get("/"))
    register.public["COL"] = {("gap", "new")}
    RequestAtHand(answer)(rf.get("/"))
    assert [told for _facts, told in seen] == [1, 2]
    assert seen[1][0]["COL"] == {("gap", "new")}


def test_viewers_of_one_request_do_not_share(register, rf):
    from core.addresses import RequestAtHand

    register.record("COL", ("gap", "secret"), public=False)
    found = []
    RequestAtHand(lambda request: found.extend(map(facts.known_to, (team("COL"), ANYONE))))(
        rf.get("/")
    )
    assert [each["COL"] for each in found] == [{("gap", "secret")}, frozenset()]


def test_public_facts_are_kept_until_their_stamp_changes(register):
    stamps = ["one"]
    facts.register_facts(register, stamp=lambda: stamps[-1])
    register.record("COL", ("gap", "a"))
    assert facts.public_facts()["COL"] == facts.public_facts()["COL"] == {("gap", "a")}
    assert register.told == 1
    register.record("COL", ("gap", "b"))
    stamps.append("two")
    assert facts.public_facts()["COL"] == {("gap", "a"), ("gap", "b")}


def test_several_providers_add_up(register):
    def another(viewer):
        return {"COL": frozenset({("role", "transit")})}

    register.record("COL", ("gap", "a"))
    facts.register_facts(another)
    try:
        assert facts.known_to(ANYONE)["COL"] == {("gap", "a"), ("role", "transit")}
    finally:
        facts.unregister_facts(another)
    assert facts.known_to(ANYONE)["COL"] == {("gap", "a")}


def test_a_fact_has_a_label_of_the_vocabulary_of_its_provider_or_its_code(register, vocabulary):
    assert facts.fact_label(("region", "145"), "es") == "Asia occidental"
    assert facts.fact_label(("gap", "no-register"), "en") == "No register of children (invented)"
    assert facts.fact_label(("gap", "unheard-of"), "en") == "unheard-of"
