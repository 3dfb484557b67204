"""What is closed is gone at the next request, on every surface; nothing else has to run for it.

No worker runs in these tests, and every surface was warm before.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from library.models import LibraryFile
from practices.models import PracticeIndexPage, PracticePage
from tests.permissions import crawl
from tests.permissions.site_of_many import address
from tests.permissions.things import BY_NAME

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("changing")]

TITLE = "Invented practice 21"
SURFACES = {
    "list": "/en/practiceindexpage/?page={}",
    "search": f"/en/search/?q={TITLE}",
    "API": f"/api/v1/search/?q={TITLE}",
    "feed": "/en/search/feed/",
    "feed of a search": f"/en/search/feed/?q={TITLE}",
    "suggestions": f"/en/search/suggestions/?q={TITLE}",
    "sitemap": "/sitemap.xml",
}


@pytest.fixture
def practice():
    return PracticePage.objects.get(title=TITLE)


def seen(client, page):
    """The surfaces on which somebody can see this page."""
    found = set()
    for name, path in SURFACES.items():
        paths = [path.format(number) for number in (1, 2)] if "{}" in path else [path]
        if any(page.url.encode() in crawl.answer(client, each) for each in paths):
            found.add(name)
    if client.get(page.url).status_code == 200:
        found.add("page")
    if client.get(page.permalink, follow=True).status_code == 200:
        found.add("permalink")
    return found


EVERYWHERE = {*SURFACES, "page", "permalink"}
# Feeds and sitemaps name what everybody may open, whoever asks.
FOR_SOME = EVERYWHERE - {"feed", "feed of a search", "sitemap"}


def restrict(page, *groups):
    kind = "groups" if groups else "login"
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.set(groups)
    return restriction


def test_a_page_that_is_closed_is_gone_for_strangers(many, practice):
    assert seen(many.clients["A"], practice) == seen(many.clients["O"], practice) == EVERYWHERE
    restrict(practice)
    assert seen(many.clients["A"], practice) == set()
    assert seen(many.clients["O"], practice) == FOR_SOME


def test_a_page_that_is_opened_again_is_back(many, practice):
    restrict(practice).delete()
    assert seen(many.clients["A"], practice) == EVERYWHERE


def test_a_page_that_goes_from_one_group_to_another_changes_its_readers(many, practice):
    restriction = restrict(practice, many.groups["one"])
    assert (seen(many.clients["M1"], practice), seen(many.clients["M2"], practice)) == (
        FOR_SOME,
        set(),
    )
    restriction.groups.set([many.groups["two"]])
    assert (seen(many.clients["M1"], practice), seen(many.clients["M2"], practice)) == (
        set(),
        FOR_SOME,
    )


def test_a_page_that_moves_below_a_closed_one_is_closed(many, practice):
    practice.move(PracticeIndexPage.objects.get(slug="twos"), "last-child")
    practice.refresh_from_db()
    old = f"/en/practiceindexpage/{practice.slug}/"
    # The old address leads on for those who may open the new one, and for nobody else.
    assert many.clients["A"].get(old).status_code == 404
    assert many.clients["M2"].get(old).url == practice.url
    assert seen(many.clients["A"], practice) == seen(many.clients["M1"], practice) == set()
    assert seen(many.clients["M2"], practice) - {"list"} == FOR_SOME - {"list"}


@pytest.mark.parametrize("leave", ["the group", "the site"])
def test_who_leaves_loses_everything_in_a_live_session(many, practice, leave):
    restrict(practice, many.groups["one"])
    assert seen(many.clients["M1"], practice) == FOR_SOME
    if leave == "the group":
        many.people["M1"].groups.clear()
    else:
        type(many.people["M1"]).objects.filter(email="m1@example.org").update(is_active=False)
    assert seen(many.clients["M1"], practice) == set()
    assert many.clients["M1"].get(address(BY_NAME["group-1"])).status_code == 404
    logged_in = many.clients["M1"].get(address(BY_NAME["login"])).status_code == 200
    assert logged_in is (leave == "the group")


def test_a_deleted_group_opens_nothing(many, practice, django_capture_on_commit_callbacks):
    restrict(practice, many.groups["one"])
    with django_capture_on_commit_callbacks(execute=True):
        many.groups["one"].delete()
    assert {who: seen(many.clients[who], practice) for who in ("A", "M1", "M2")} == {
        "A": set(), "M1": set(), "M2": set()
    }  # fmt: skip


def test_a_page_with_a_shared_password_is_for_nobody(many, practice):
    PageViewRestriction.objects.create(page=practice, restriction_type="password", password="x")
    assert seen(many.clients["A"], practice) == seen(many.clients["SU"], practice) == set()


# Changes that the index never hears of: the database alone must do.
UNHEARD = {
    "restricted": lambda practice: PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=practice, restriction_type="login")]
    ),
    "restricted above": lambda practice: PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=practice.get_parent(), restriction_type="login")]
    ),
    "unpublished": lambda practice: PracticePage.objects.filter(pk=practice.pk).update(live=False),
    "expired": lambda practice: PracticePage.objects.filter(pk=practice.pk).update(
        expire_at=timezone.now() - timedelta(minutes=1)
    ),
    "not begun": lambda practice: PracticePage.objects.filter(pk=practice.pk).update(
        go_live_at=timezone.now() + timedelta(minutes=1)
    ),
}


@pytest.mark.parametrize("change", UNHEARD)
def test_a_change_that_the_index_has_not_heard_of_hides_at_once(many, practice, change):
    assert seen(many.clients["A"], practice) == EVERYWHERE
    UNHEARD[change](practice)
    assert seen(many.clients["A"], practice) == set()


@pytest.mark.parametrize("heard", [True, False])
def test_a_file_whose_collection_is_closed_is_gone(many, heard):
    file = LibraryFile.objects.get(title="A public file")
    paths = (file.url, f"/en/files/{file.pk}/")
    listed = (crawl.api(file.title), "/sitemap.xml", "/en/search/feed/?kind=file")
    first = many.clients["A"].get(file.url)
    assert (first.status_code, "ETag" in first) == (200, True)

    def shown(persona):
        client = many.clients[persona]
        opened = {client.get(each).status_code for each in paths}
        return opened, {
            f"files/{file.pk}/".encode() in crawl.answer(client, each) for each in listed
        }

    assert shown("A") == ({200}, {True})
    root = Collection.get_first_root_node()
    restriction = CollectionViewRestriction(collection=root, restriction_type="login")
    if heard:
        restriction.save()
    else:
        CollectionViewRestriction.objects.bulk_create([restriction])
    assert shown("A") == ({404}, {False})
    assert shown("O")[0] == {200}
    again = many.clients["A"].get(file.url, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 404
    assert "ETag" not in again


def test_a_building_block_is_closed_with_its_practice(many):
    practice = PracticePage.objects.get(slug=BY_NAME["group-1"].slug)
    asked = crawl.api(BY_NAME["group-1"].canary("block"))
    assert practice.url.encode() in crawl.answer(many.clients["M1"], asked)
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=practice, restriction_type="password", password="x")]
    )
    assert practice.url.encode() not in crawl.answer(many.clients["M1"], asked)


@pytest.mark.parametrize("persona", ["A", "M1"])
def test_no_cache_on_the_way_keeps_an_answer(many, practice, persona):
    client = many.clients[persona]
    thing = address(BY_NAME["group-1"])
    for path in (practice.url, "/en/", thing, *crawl.main_places()):
        told = client.get(path)["Cache-Control"]
        assert "private" in told, path
        assert "no-store" in told or persona == "A", path
        assert "public" not in told, path


def test_somebody_who_logs_in_gets_the_page_that_was_asked_for(many, client):
    path = address(BY_NAME["group-1"])
    closed = client.get(path)
    assert closed.status_code == 404
    assert f'href="/accounts/login/?next={path}"' in closed.content.decode()
    form = {"login": "m1@example.org", "password": "x"}
    many.people["M1"].emailaddress_set.create(email="m1@example.org", verified=True, primary=True)
    done = client.post(f"/accounts/login/?next={path}", form)
    assert (done.status_code, done["Location"]) == (302, path)
    assert client.get(path).status_code == 200
