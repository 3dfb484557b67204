"""One contract for every record that is written once."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from core.written_once import WrittenOnce, WrittenOnceError
from reviewing.digest import text_digest
from reviewing.models import Clearance, SignOff
from safeguarding.models import Answer, Takedown
from safeguarding.models import SignOff as SignedOff
from tests import factories
from tests.members.people import secretariat

pytestmark = pytest.mark.django_db

# How each is made, what somebody may want it to say later, and whether it outlives its page.
MADE = {
    Clearance: (
        lambda page, by: {"page": page, "digest": text_digest(page), "voice": "institution"},
        {"institution_name": "Another (invented)"},
        False,
    ),
    SignOff: (
        lambda page, by: {"page": page, "digest": text_digest(page), "signed_by": by},
        {"reason": "Another"},
        False,
    ),
    SignedOff: (
        lambda page, by: {"page_id": page.pk, "page_title": page.title, "kind": "person", "by": by},
        {"reason": "Another"},
        True,
    ),
    Answer: (
        lambda page, by: {"page_id": page.pk, "page_title": page.title, "answer": "no-child"},
        {"answer": "consent"},
        True,
    ),
    Takedown: (
        lambda page, by: {"page_id_then": page.pk, "page_title": page.title},
        {"reason": "Another"},
        True,
    ),
}
MODELS = [model for model in apps.get_models() if issubclass(model, WrittenOnce)]


@pytest.fixture(params=MODELS, ids=lambda model: model._meta.label)
def made(request):
    """A record on a page of its own, what may be changed about it, and whether it stays."""
    assert request.param in MADE, "Say in MADE how a record of this kind is made."
    values, change, stays = MADE[request.param]
    page = factories.practice(draft=True)
    row = request.param.objects.create(**values(page, secretariat()))
    return page, row, change, stays


def stored(row):
    return type(row).objects.filter(pk=row.pk).values().get()


def test_a_record_is_added_alone_and_with_others(made):
    page, row, _change, _stays = made
    values = MADE[type(row)][0](page, None)
    another = type(row)(**values)
    another.save()
    type(row).objects.bulk_create([type(row)(**values)])
    assert type(row).objects.count() == 3
    assert stored(row)["id"] == row.pk


def test_a_record_is_not_changed(made):
    _page, row, change, _stays = made
    before = stored(row)
    kind = type(row)
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
    _page, row, change, _stays = made
    before = stored(row)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)(**{**before, **change}).save()
    assert stored(row) == before


def test_a_record_is_not_deleted(made):
    _page, row, _change, _stays = made
    kind = type(row)
    for attempt in (row.delete, kind.objects.all().delete, kind.objects.filter(pk=row.pk).delete):
        with pytest.raises(WrittenOnceError):
            attempt()
    assert stored(row)


def test_its_page_may_go_all_the_same(made):
    page, row, _change, stays = made
    type(page).objects.get(pk=page.pk).delete()
    assert type(row).objects.filter(pk=row.pk).exists() == stays


def test_whoever_wrote_it_may_go_all_the_same(made):
    _page, row, _change, _stays = made
    names = [each for each in ("by_id", "signed_by_id") if getattr(row, each, None)]
    for name in names:
        getattr(row, name.removesuffix("_id")).delete()
    assert not any(stored(row)[name] for name in names)
