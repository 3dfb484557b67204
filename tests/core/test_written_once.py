"""One contract for every record that is written once."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from communities.models import Act, Decision, DecisionReview
from core.written_once import WrittenOnce, WrittenOnceError
from reviewing.digest import text_digest
from reviewing.models import Clearance, SignOff
from safeguarding.models import Answer, Takedown
from safeguarding.models import SignOff as SignedOff
from tests import factories
from tests.communities.groups import community
from tests.members.people import secretariat
from workshops.models import DataPack

pytestmark = pytest.mark.django_db

_number = count(1)


def on_page(page, **values):
    return {"page_id": page.pk, "page_title": page.title, **values}


def decided(group, by):
    """What a decision of a community says."""
    said = {"title": "Invented", "text": "Invented.", "adopted_on": datetime.date(2026, 1, 1)}
    return {"community": group, "author": by, "number": next(_number), **said}


@dataclass(frozen=True)
class Made:
    """How a record is made on what it is about, and what somebody may want it to say later."""

    on: Callable
    values: Callable
    change: dict
    stays: bool  # when that on which it was made goes


def a_page():
    return factories.practice(draft=True)


MADE = {
    Clearance: Made(
        a_page,
        lambda page, by: {"page": page, "digest": text_digest(page), "voice": "institution"},
        {"institution_name": "Another (invented)"},
        stays=False,
    ),
    SignOff: Made(
        a_page,
        lambda page, by: {"page": page, "digest": text_digest(page), "signed_by": by},
        {"reason": "Another"},
        stays=False,
    ),
    SignedOff: Made(
        a_page,
        lambda page, by: on_page(page, kind="person", by=by),
        {"reason": "Another"},
        stays=True,
    ),
    Answer: Made(
        a_page,
        lambda page, by: on_page(page, answer="no-child", by=by),
        {"answer": "consent"},
        stays=True,
    ),
    Takedown: Made(
        a_page,
        lambda page, by: {"page_id_then": page.pk, "page_title": page.title},
        {"reason": "Another"},
        stays=True,
    ),
    Decision: Made(community, decided, {"text": "Another."}, stays=False),
    DecisionReview: Made(
        community,
        lambda group, by: {"decision": Decision.objects.create(**decided(group, by)), "by": by},
        {"note": "Another"},
        stays=False,
    ),
    Act: Made(
        community,
        lambda group, by: {"community": group, "kind": Act.Kind.WARN, "by": by},
        {"reason": "Another"},
        stays=False,
    ),
    DataPack: Made(
        a_page,
        lambda page, by: {"year": 2000 + next(_number), "figures": {"pages": 1}, "made_by": by},
        {"figures": {"pages": 2}},
        stays=True,
    ),
}
MODELS = [model for model in apps.get_models() if issubclass(model, WrittenOnce)]


@pytest.fixture(params=MODELS, ids=lambda model: model._meta.label)
def made(request):
    """A record, what it is on, and how both were made."""
    assert request.param in MADE, "Say in MADE how a record of this kind is made."
    how = MADE[request.param]
    on = how.on()
    return on, request.param.objects.create(**how.values(on, secretariat())), how


def stored(row):
    return type(row).objects.filter(pk=row.pk).values().get()


def test_a_record_is_added_alone_and_with_others(made):
    on, row, how = made
    type(row)(**how.values(on, None)).save()
    type(row).objects.bulk_create([type(row)(**how.values(on, None))])
    assert type(row).objects.count() == 3
    assert stored(row)["id"] == row.pk


def test_a_record_is_not_changed(made):
    _on, row, how = made
    before, kind, change = stored(row), type(row), how.change
    (name,) = change
    setattr(row, name, change[name])
    for attempt in (
        row.save,
        lambda: row.save(update_fields=[name]),
        lambda: kind.objects.update(**change),
        lambda: kind.objects.filter(pk=row.pk).update(**change),
        lambda: kind.objects.bulk_update([row], [name]),
        lambda: kind.objects.update_or_create(pk=row.pk, defaults=change),
        lambda: kind.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["id"], update_fields=[name]
        ),
    ):
        with pytest.raises(WrittenOnceError), transaction.atomic():
            attempt()
    assert stored(row) == before


def test_a_record_is_not_written_over_by_its_number(made):
    _on, row, how = made
    before, change = stored(row), how.change
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)(**{**before, **change}).save()
    assert stored(row) == before


def test_a_record_is_not_deleted(made):
    _on, row, _how = made
    kind = type(row)
    for attempt in (row.delete, kind.objects.all().delete, kind.objects.filter(pk=row.pk).delete):
        with pytest.raises(WrittenOnceError):
            attempt()
    assert stored(row)


def test_what_it_is_on_may_go_all_the_same(made):
    on, row, how = made
    type(on).objects.get(pk=on.pk).delete()
    assert type(row).objects.filter(pk=row.pk).exists() == how.stays


def test_whoever_wrote_it_may_go_all_the_same(made):
    _on, row, _how = made
    names = [
        each
        for each in ("author_id", "by_id", "signed_by_id", "made_by_id")
        if getattr(row, each, None)
    ]
    for name in names:
        getattr(row, name.removesuffix("_id")).delete()
    assert not any(stored(row)[name] for name in names)
