"""Who can see a page, and what a page tells of pages that not everyone can see."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import PageViewRestriction
from wagtail.rich_text import expand_db_html

from core.addresses import RequestAtHand
from guidance.models import GuidanceIndexPage, GuidancePage
from tests import factories

pytestmark = pytest.mark.django_db

GONE = '<a linktype="page" id="999999">words</a>'
EVERYONE = "Everyone can see this page."


def restrict(page, *groups):
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type="groups" if groups else "login"
    )
    restriction.groups.set(groups)


def expire(page):
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(days=1))


HIDING = [restrict, lambda page: restrict(page.get_parent()), expire, lambda page: page.unpublish()]
NAMES = ["restricted", "below a restriction", "expired", "unpublished"]
hidden = pytest.mark.parametrize("hide", HIDING, ids=NAMES)


@pytest.fixture
def member(client):
    user = get_user_model().objects.create_user(email="member@example.org", password="x")
    client.force_login(user)
    return user


@pytest.mark.parametrize("make", [factories.practice, factories.plain_page])
def test_a_public_page_says_that_everyone_can_see_it(client, make):
    assert EVERYONE in client.get(make().url).content.decode()


@pytest.mark.parametrize("make", [factories.practice, factories.plain_page])
def test_a_page_below_a_restriction_names_people_with_an_account(client, member, make):
    page = make()
    restrict(page.get_parent())
    text = client.get(page.url).content.decode()
    assert page.title in text
    assert "Only people who are signed in can see this page." in text
    assert EVERYONE not in text


def test_a_page_for_groups_names_them(client, member):
    page = factories.practice()
    group = Group.objects.create(name="Invented group")
    group.user_set.add(member)
    restrict(page, group, Group.objects.create(name="Another group"))
    text = client.get(page.url).content.decode()
    assert "Only Another group, Invented group can see this page." in text
    assert EVERYONE not in text


def versions():
    home = factories.index(GuidanceIndexPage)
    old = GuidancePage(title="Invented old", slug="invented-old", locale=factories.locale())
    # A list of its own, so that what is restricted above the old one leaves the new one open.
    other = GuidanceIndexPage(title="Other list", slug="other", locale=factories.locale())
    factories.publish(old, factories.publish(other, factories.home()))
    new = GuidancePage(
        title="Invented new", slug="invented-new", locale=factories.locale(), supersedes=old
    )
    return old, factories.publish(new, home)


def test_a_newer_version_leads_to_the_one_it_replaces(client):
    old, new = versions()
    text = client.get(new.url).content.decode()
    assert f'<a href="{old.url}">{old.title}</a>' in text


@hidden
def test_a_newer_version_tells_nothing_of_a_hidden_one(client, hide):
    old, new = versions()
    hide(old)
    text = client.get(new.url).content.decode()
    assert "Invented new" in text
    assert old.title not in text
    assert old.slug not in text


def link(page):
    return f'<a linktype="page" id="{page.pk}">words</a>'


def test_a_text_links_to_a_public_page():
    page = factories.practice()
    assert expand_db_html(link(page)) == f'<a href="{page.url}">words</a>'


@hidden
def test_a_text_does_not_link_to_a_hidden_page(hide):
    page = factories.practice()
    hide(page)
    assert expand_db_html(link(page)) == "<a>words</a>"


def translated():
    factories.home()
    page = factories.practice()
    french = factories.practice("Une pratique inventée", "fr", slug="inventee")
    type(french).objects.filter(pk=french.pk).update(translation_key=page.translation_key)
    french.refresh_from_db()
    return page, french


def test_a_text_links_to_the_page_in_the_readers_language():
    page, french = translated()
    with override("fr"):
        assert expand_db_html(link(page)) == f'<a href="{french.url}">words</a>'
    assert expand_db_html(link(page)) == f'<a href="{page.url}">words</a>'


@hidden
def test_a_hidden_translation_gives_way_to_the_page_itself(hide):
    page, french = translated()
    hide(french)
    with override("fr"):
        assert expand_db_html(link(page)) == f'<a href="{page.url}">words</a>'


def test_many_links_need_one_query(rf, django_assert_num_queries):
    links = "".join(link(factories.practice(f"Invented {number}")) for number in range(4))

    def answer(request):
        first = expand_db_html(links)  # looks up the roots of the sites, once for a request
        with django_assert_num_queries(1):
            assert expand_db_html(links + GONE) == first + "<a>words</a>"
        return first

    RequestAtHand(answer)(rf.get("/"))
