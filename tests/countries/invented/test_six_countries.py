"""Six invented countries reproduce exactly: their gaps, who is near, and why, for each reader."""

import re
from html import unescape
from pathlib import Path

import pytest
import yaml
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.template.loader import render_to_string

from core.seeded import SeededItem
from countries.access import gaps_for
from countries.invented.loading import MARK, load, read
from countries.models import Answer, Assessment, DataSource, Gap, ProfileEntry
from search import sources
from search.engine import find
from search.viewer import Viewer
from tests.kept import kept
from tests.members import people
from tests.search.conftest import Shelf

SIX = ("CHL", "COL", "HND", "MEX", "PAN", "SLV")
NEAREST = yaml.safe_load((Path(__file__).parent / "nearest.yaml").read_text("utf-8"))


@kept
def loaded(db):
    return load()[0]


@pytest.fixture
def six(seeded, loaded, settings):
    settings.TRAINING_SITE = True
    return read()


@pytest.fixture
def documents(six):
    """One document about each country, all alike."""
    shelf = Shelf()
    sources.register(shelf)
    for number, code in enumerate(SIX):
        shelf.put(number, code, "The same of each (invented).", facets={"country": (code,)})
    yield shelf
    sources.unregister(shelf.name)


def readers(code):
    return {
        "anybody": None,
        "team of another": people.representative("GEO"),
        "team": people.representative(code),
        "secretariat": people.secretariat(),
    }


def inside(reader):
    return reader in ("team", "secretariat")


def test_the_answers_show_exactly_the_gaps_that_are_listed(six):
    assert tuple(sorted(six)) == SIX
    for code, told in six.items():
        for reader, user in readers(code).items():
            found = gaps_for(user).filter(about=code).values_list("kind__code", flat=True)
            listed = told["gaps"]["public"] + (told["gaps"]["team"] if inside(reader) else [])
            assert sorted(found) == sorted(listed), (code, reader)


def test_every_question_is_answered_and_every_text_is_marked(six):
    assert Answer.objects.count() == 6 * 23
    for answer in Answer.objects.select_related("question"):
        assert answer.is_given
        assert MARK in answer.source
        assert answer.question.kind != "text" or answer.not_known or MARK in answer.value
    assert all(MARK in row.source for row in ProfileEntry.objects.all())
    assert all(MARK in row.name for row in DataSource.objects.all())
    assert all(MARK in str(row.institution) for row in Assessment.objects.all())


def test_loading_twice_changes_nothing_and_what_a_team_said_stays(six):
    models = (Answer, Assessment, DataSource, Gap, ProfileEntry, SeededItem)
    ProfileEntry.objects.filter(about="PAN").delete()  # as its team may do

    def stored():
        return [list(model.objects.order_by("pk").values()) for model in models]

    before = stored()
    call_command("load_invented_countries")
    assert stored() == before
    SeededItem.objects.filter(kind="countries.invented").delete()  # all said by somebody else
    call_command("load_invented_countries")
    assert not SeededItem.objects.filter(kind="countries.invented").exists()


def test_the_nearest_countries_come_in_this_order_for_these_reasons(documents):
    for code in SIX:
        for reader, user in readers(code).items():
            hits = find("", Viewer.of(user), country=code, limit=200).hits
            ours = [hit for hit in hits if hit.key.startswith("shelf:")]
            assert ours[0].card.title == code  # what is its own
            told = [{hit.card.title: printed(hit)} for hit in ours[1:]]
            assert told == NEAREST[code]["team" if inside(reader) else "anybody"], (code, reader)


def printed(hit):
    """The lines about a hit as pages print them."""
    text = re.sub(r"</p>", "\n", render_to_string("components/comparable.html", {"hit": hit}))
    lines = unescape(re.sub(r"<[^>]+>", "", text)).splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


@pytest.mark.django_db
def test_only_a_site_for_training_has_them_and_each_of_its_pages_says_so(client, settings):
    with pytest.raises(CommandError, match="TRAINING_SITE=1"):
        call_command("load_invented_countries")
    assert "Training site" not in client.get("/en/search/").content.decode()
    settings.TRAINING_SITE = True
    with pytest.raises(CommandError, match="load_questionnaires"):
        call_command("load_invented_countries")
    assert "Training site" in client.get("/en/search/").content.decode()


@pytest.mark.django_db
def test_invented_answers_without_the_mark_stop_a_deployment(settings):
    def told():
        found = run_checks(tags=["database"], databases=["default"])
        return [each.id for each in found if each.id == "countries.E001"]

    assert told() == []
    SeededItem.objects.create(kind="countries.invented", external_id="PAN")
    assert told() == ["countries.E001"]
    settings.TRAINING_SITE = True
    assert told() == []
