"""Who may write a practice, and who may read it before it is published."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from practices import access
from practices.contributing.saving import save_draft
from practices.models import PracticeIndexPage, PracticePage
from tests import factories
from tests.members.people import member, representative, secretariat
from tests.practices.contributing.writing import sign_off

pytestmark = pytest.mark.django_db


def draft_of(user, *countries, **fields):
    factories.index(PracticeIndexPage)
    for code in countries:
        factories.country(code)
    page = PracticePage(locale=factories.locale())
    save_draft(page, user, {"title": "An invented draft", "countries": countries, **fields})
    return page


def test_whoever_belongs_to_the_alliance_may_contribute():
    assert access.may_contribute(member("GEO"))
    assert access.may_contribute(representative("GEO"))
    assert access.may_contribute(secretariat())


def test_others_may_not_contribute(django_user_model):
    assert not access.may_contribute(AnonymousUser())
    assert not access.may_contribute(django_user_model.objects.create_user("a@example.org"))


def test_whose_role_has_ended_may_neither_contribute_nor_go_on():
    writer = member("GEO")
    page = draft_of(writer, "GEO")
    assert access.may_edit(writer, page)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    writer.roles.update(starts=yesterday, ends=yesterday)
    assert not access.may_contribute(writer)
    assert not access.may_edit(writer, page)
    assert not access.may_see_draft(writer, page)
    assert not access.practices_of(writer).exists()


def test_a_draft_is_for_its_writer_the_representatives_of_its_countries_and_the_secretariat():
    writer = member("GEO")
    page = draft_of(writer, "GEO", "ARM")
    for person in (writer, representative("GEO"), representative("ARM"), secretariat()):
        assert access.may_edit(person, page)
        assert access.may_see_draft(person, page)
        assert page in access.drafts_of(person)


def test_a_draft_is_for_nobody_else():
    page = draft_of(member("GEO"), "GEO")
    for person in (member("ITA"), representative("ITA"), AnonymousUser()):
        assert not access.may_edit(person, page)
        assert not access.may_see_draft(person, page)
        assert page not in access.drafts_of(person)


def test_another_member_of_the_same_country_does_not_write_along():
    page = draft_of(member("GEO"), "GEO")
    other = representative("ARM")
    assert not access.may_edit(other, page)


def test_what_nobody_here_contributed_is_for_the_secretariat_only():
    factories.country("GEO")
    page = factories.practice("Taken from a document", countries=["GEO"])
    assert not access.may_edit(representative("GEO"), page)
    assert page not in access.practices_of(representative("GEO"))
    assert access.may_edit(secretariat(), page)


def test_a_reader_is_let_in_by_those_who_assign(monkeypatch):
    monkeypatch.setattr(access, "_readers", [])
    page = draft_of(member("GEO"), "GEO")
    reader = member("ITA")
    access.register_reader(lambda user, draft: user == reader and draft.pk == page.pk)
    assert access.may_see_draft(reader, page)
    assert not access.may_edit(reader, page)
    assert not access.may_see_draft(member("ESP"), page)


def test_a_date_for_publishing_closes_a_practice():
    writer = member("GEO")
    page = draft_of(writer, "GEO")
    sign_off(page)
    page.save_revision(approved_go_live_at=timezone.now() + datetime.timedelta(days=1))
    page = PracticePage.objects.get(pk=page.pk)
    assert not access.may_edit(writer, page)
    assert access.may_see_draft(writer, page)
