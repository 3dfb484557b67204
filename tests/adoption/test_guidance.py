"""A new version of a guidance marks the practices that are built on the one before."""

import pytest

from adoption.models import GuidanceCheck
from guidance.models import GuidanceIndexPage, GuidancePage
from practices.models import PracticeGuidance, PracticePage
from tests import factories
from tests.adoption.told import url
from tests.mail import sent
from tests.members import people

pytestmark = pytest.mark.django_db
MARK = "To be checked"


def guidance(version, supersedes=None, draft=False):
    page = GuidancePage(
        title=f"Invented guidance, version {version}",
        slug=f"invented-{version}",
        supersedes=supersedes,
        locale=factories.locale(),
    )
    index = factories.index(GuidanceIndexPage)
    if not draft:
        return factories.publish(page, index)
    page.live = False
    index.add_child(instance=page)
    page.save_revision()
    return page


def built_on(page, *guidances):
    for each in guidances:
        PracticeGuidance.objects.create(page=page, guidance=each)
    return page


def marked():
    return set(
        GuidanceCheck.objects.filter(cleared_at=None).values_list("practice__title", flat=True)
    )


def test_exactly_the_practices_built_on_the_earlier_version_are_marked(practice, client):
    first, other = guidance(1), guidance("other")
    built_on(practice, first)
    built_on(factories.practice(title="Built on another one"), other)
    factories.practice(title="Built on nothing")
    second = guidance(2, supersedes=first)
    assert marked() == {practice.title}
    text = client.get(practice.url).content.decode()
    assert MARK in text
    assert second.url in text
    assert MARK not in client.get(factories.practice(title="Later").url).content.decode()


def test_a_draft_marks_nothing_until_it_is_published(practice):
    first = guidance(1)
    built_on(practice, first)
    draft = guidance(2, supersedes=first, draft=True)
    assert marked() == set()
    draft.get_latest_revision().publish()
    assert marked() == {practice.title}


def test_the_authors_are_told_once(practice, author):
    first = guidance(1)
    built_on(practice, first)
    second = guidance(2, supersedes=first)
    second.save_revision().publish()
    mails = sent()
    assert [mail.to for mail in mails] == [[author.email]]
    assert second.title in mails[0].body


def test_checked_still_right_takes_the_mark_off(practice, author, signed_in):
    first = guidance(1)
    built_on(practice, first)
    second = guidance(2, supersedes=first)
    client = signed_in(author)
    assert "Checked, still right" in client.get(practice.url).content.decode()
    assert client.get(url("checked", practice.pk)).status_code == 405
    assert client.post(url("checked", practice.pk), {"newer": "x"}).status_code == 302
    assert marked() == {practice.title}  # nothing that was read
    assert client.post(url("checked", practice.pk), {"newer": second.pk}).status_code == 302
    check = GuidanceCheck.objects.get()
    assert (check.how, check.cleared_by) == ("checked", author)
    assert MARK not in client.get(practice.url).content.decode()
    second.save_revision().publish()
    assert marked() == set()  # the same version does not ask again


def test_nobody_else_takes_the_mark_off(practice, peer, signed_in):
    built_on(practice, first := guidance(1))
    read = {"newer": guidance(2, supersedes=first).pk}
    for user, status in ((None, 302), (people.person(), 403), (peer, 404)):
        assert signed_in(user).post(url("checked", practice.pk), read).status_code == status
    assert marked() == {practice.title}
    colleague = signed_in(people.representative("GEO"))
    assert colleague.post(url("checked", practice.pk), read).status_code == 302
    assert marked() == set()


def test_a_practice_revised_to_the_new_version_is_marked_no_more(practice):
    PracticePage.objects.filter(pk=practice.pk).update(owner=None)
    page = PracticePage.objects.get(pk=practice.pk)
    first = guidance(1)
    page.guidance = [PracticeGuidance(guidance=first)]
    page.save_revision().publish()
    second = guidance(2, supersedes=first)
    page = PracticePage.objects.get(pk=practice.pk)
    page.cost = "Another invented cost"
    page.save_revision().publish()
    assert marked() == {practice.title}  # revised, but built on the same
    page = PracticePage.objects.get(pk=practice.pk)
    page.guidance = [PracticeGuidance(guidance=second)]
    page.save_revision().publish()
    assert GuidanceCheck.objects.get().how == "revised"


def test_a_third_version_asks_those_of_the_first_again(practice, author, signed_in):
    first = guidance(1)
    built_on(practice, first)
    second = guidance(2, supersedes=first)
    signed_in(author).post(url("checked", practice.pk), {"newer": second.pk})
    built_on(factories.practice(title="Built on the second"), second)
    guidance(3, supersedes=second)
    assert marked() == {practice.title, "Built on the second"}


def test_guidance_that_a_reader_may_not_open_is_not_named(practice, client, signed_in):
    from wagtail.models import PageViewRestriction

    built_on(practice, first := guidance(1))
    second = guidance(2, supersedes=first)
    PageViewRestriction.objects.create(page=second, restriction_type="login")
    text = client.get(practice.url).content.decode()
    assert MARK not in text
    assert second.title not in text
    assert MARK in signed_in(people.person()).get(practice.url).content.decode()


def test_marked_practices_are_in_the_report(practice, signed_in):
    built_on(practice, first := guidance(1))
    second = guidance(2, supersedes=first)
    client = signed_in(people.secretariat())
    assert second.title in client.get(url("stale")).content.decode()
    assert second.title in client.get(url("stale-csv")).content.decode()


def test_who_adapted_it_or_keeps_a_checklist_is_told_once(practice, author, peer, signed_in):
    from adoption.models import Adoption, FitCheck

    first = guidance(1)
    other = factories.practice(title="Another practice")
    built_on(practice, first)
    built_on(other, first)
    adapted = {"author": peer, "country": "CHL", "year_from": 2025, "changed": "Invented."}
    Adoption.objects.create(origin=practice, fingerprint="invented", **adapted)
    FitCheck.objects.create(user=peer, practice=other)
    FitCheck.objects.create(user=author, practice=practice)
    second = guidance(2, supersedes=first)
    mails = {mail.to[0]: mail for mail in sent()}
    assert mails.keys() == {author.email, peer.email}
    assert "Your practice" in mails[author.email].body
    for named in (practice.title, other.title, f"/guidance-versions/{second.pk}/"):
        assert named in mails[peer.email].body
    shown = signed_in(peer).get("/en/exchange/fit/").content.decode()
    assert "has a newer version" in shown
