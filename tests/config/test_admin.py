"""The editor's side: every page of it loads for an administrator, none for anybody else."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import URLResolver, get_resolver
from wagtail.models import Page

pytestmark = pytest.mark.django_db

# Not pages with content: they do something at once, fail on purpose, or hold words and icons.
NOT_PAGES = {
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_error_test",
}


def addresses_without_arguments(resolver, prefix="/admin/"):
    for pattern in resolver.url_patterns:
        route = str(pattern.pattern).lstrip("^").rstrip("$").rstrip("\\Z")
        if any(character in route for character in "<(?[\\"):
            continue
        if isinstance(pattern, URLResolver):
            yield from addresses_without_arguments(pattern, prefix + route)
        elif pattern.name not in NOT_PAGES:
            yield prefix + route


@pytest.fixture(scope="module")
def addresses():
    (admin,) = [
        each
        for each in get_resolver().url_patterns
        if isinstance(each, URLResolver) and str(each.pattern) == "admin/"
    ]
    return sorted(set(addresses_without_arguments(admin)))


def test_every_page_of_the_editor_loads(seeded, admin_client, addresses):
    assert len(addresses) > 60
    answers = {address: admin_client.get(address).status_code for address in addresses}
    # 404 and 405: what needs a choice first, or only takes a form.
    wrong = {address: code for address, code in answers.items() if code >= 500}
    assert wrong == {}
    assert sum(code == 200 for code in answers.values()) > 40


@pytest.mark.parametrize("who", ["a visitor", "somebody with an account"])
def test_nobody_else_sees_any_of_it(seeded, client, addresses, who):
    if who != "a visitor":
        user = get_user_model().objects.create_user("outsider@example.org", "x")
        client.force_login(user)
    open_doors = {
        address: code
        for address in addresses
        if (code := client.get(address).status_code) not in (302, 403, 404, 405)
    }
    assert open_doors == {}


def test_every_page_of_the_demo_can_be_edited(seeded, admin_client):
    """One of each type: the form loads with all its panels."""
    kinds = {}
    for page in Page.objects.filter(depth__gt=1).select_related("content_type"):
        kinds.setdefault(page.content_type_id, page)
    for page in kinds.values():
        assert admin_client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200, page.title
