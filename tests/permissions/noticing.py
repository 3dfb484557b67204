"""What notices that a filter is gone.

Each check is true when something was seen that must not be seen. Those that are made for a hint
are made once for it, so that nothing is asked twice of the site as it is.
"""

from contextlib import contextmanager
from functools import cache

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from core.visibility import EVERYBODY, GROUP, NOBODY, SIGNED_IN, audiences_of, may_open
from library.models import LibraryFile
from practices.models import PracticeIndexPage, PracticePage
from search import caches, encoders, index, sources
from search.encoding import encode_all
from search.engine import find
from search.filters import Filters
from search.language import stems_in_all
from search.models import IndexedDocument
from search.stores import Term
from search.viewer import ANYONE, Viewer, register_audiences, unregister_audiences
from tests import factories
from tests.permissions import crawl
from tests.permissions.site_of_many import address
from tests.permissions.test_at_once import TITLE, UNHEARD, seen
from tests.permissions.things import BY_NAME


@cache
def twin(hint):
    """A stranger's answers at addresses with `hint` are no longer those from before."""

    def changed(many):
        before = {path: text for path, text in many.before["A"].items() if hint in path}
        return any(crawl.answer(many.clients["A"], path) != text for path, text in before.items())

    return changed


@cache
def indexed_anew(hint=""):
    """The same, after the index has been made with the filter gone."""

    def changed(many):
        for name in ("practice", "building-block", "news", "file"):
            index.refresh(name, sources.get(name).ids())
        drafts = PracticePage.objects.filter(live=False).values_list("pk", flat=True)
        index.refresh("practice", drafts)
        return twin(hint or "/api/v1/search/?limit=50")(many)

    return changed


@cache
def opens(persona, name):
    return lambda many: many.clients[persona].get(address(BY_NAME[name])).status_code != 404


@cache
def may_open_it(name):
    """A stranger may open a page, whatever way led to it."""
    return lambda many: _open_to_strangers(PracticePage.objects.get(slug=BY_NAME[name].slug))


def may_open_before_its_time(many):
    practice = PracticePage.objects.get(title=TITLE)
    UNHEARD["not begun"](practice)
    return _open_to_strangers(PracticePage.objects.get(pk=practice.pk))


def _open_to_strangers(page):
    return may_open(page, AnonymousUser())


def alias_of_a_closed_page(many):
    """The alias of a page that was closed afterwards stands where everybody may go."""
    page = PracticePage.objects.get(title=TITLE)
    alias = page.create_alias(parent=page.get_parent(), update_slug="an-alias")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    return many.clients["A"].get(alias.url).status_code != 404


def page_below_an_alias(many):
    """A page stands below the alias of a list that was closed afterwards."""
    above = PracticeIndexPage.objects.get(slug="practiceindexpage")
    shelf = PracticeIndexPage(title="Shelf", slug="shelf", locale=factories.locale())
    closed = factories.publish(shelf, above)
    below = factories.practice("Below an alias", parent=closed.create_alias(update_slug="alias"))
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    return many.clients["A"].get(below.url).status_code != 404


def longer_way(many):
    """The way to a closed page takes another number of queries than the way to none."""
    client = many.clients["A"]
    none = crawl.queries(client, "/en/practiceindexpage/never-was/")
    return any(
        crawl.queries(client, address(BY_NAME[name])) != none
        for name in ("group-1", "login", "password", "draft", "expired", "scheduled")
    )


@cache
def unheard(change):
    def shown(many):
        practice = PracticePage.objects.get(title=TITLE)
        UNHEARD[change](practice)
        return seen(many.clients["A"], practice)

    return shown


def unheard_of_a_file(many):
    file = LibraryFile.objects.get(title="A public file")
    LibraryFile.objects.filter(pk=file.pk).update(
        collection=LibraryFile.objects.get(title=BY_NAME["file-login"].title).collection
    )
    return f"/files/{file.pk}/".encode() in crawl.answer(many.clients["A"], crawl.api(file.title))


def unheard_of_a_block(many):
    thing = BY_NAME["group-1"]
    page = PracticePage.objects.get(slug=thing.slug)
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=page, restriction_type="password", password="x")]
    )
    asked = crawl.api(thing.canary("block"))
    return page.url.encode() in crawl.answer(many.clients["M1"], asked)


def closed_and_still_named(model, slug, path):
    """A restricted page is still in a list or a menu."""

    def named(many):
        page = model.objects.get(slug=slug)
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        return page.url.encode() in crawl.answer(many.clients["A"], path)

    return named


def old_address_of_an_unpublished_page(many):
    PracticePage.objects.filter(slug=BY_NAME["group-1"].slug).update(live=False)
    old = "/en/practiceindexpage/cnryoldaddress/"
    return many.clients["M1"].get(old).status_code != 404


def inactive_account(many):
    user = get_user_model()(email="m1-who-left@example.org", is_active=False)
    user.save()
    return audiences_of(user) != EVERYBODY or Viewer.of(user) != ANYONE


@contextmanager
def admitted_by_an_app(*audiences):
    """An app that admits everybody it is asked about, as nothing but `Viewer.of` may forbid."""

    def provider(user):
        return audiences

    register_audiences(provider)
    try:
        yield
    finally:
        unregister_audiences(provider)


def inactive_account_searches(many):
    """An account that is closed is of the audiences that an app still says it is of."""
    user, group = many.people["O"], f"{GROUP}{many.groups['one'].pk}"
    with admitted_by_an_app(SIGNED_IN, group):
        assert group in Viewer.of(user).audiences
        left = get_user_model()(pk=user.pk, is_active=False)
        return group in Viewer.of(left).audiences


def nobody_as_an_audience(many):
    """What nobody may find is found by somebody, because an app calls them so."""
    with admitted_by_an_app(NOBODY):
        return NOBODY in Viewer.of(many.people["M2"]).audiences


def said_to_be_public(many):
    """Members are told that everybody can see a page that is closed, or lies below one."""
    return any(
        "Everyone can see this page." in many.clients["M1"].get(address(BY_NAME[name])).text
        for name in ("login", "group-1", "below-login")
    )


def below_both(many):
    index.refresh("practice", sources.get("practice").ids())
    practice = PracticePage.objects.get(slug=BY_NAME["below-group-2"].slug)
    row = IndexedDocument.objects.get(key=f"practice:{practice.pk}")
    return row.audiences != ["nobody"]


def closed_translation(many):
    """A public work gives way to a translation that the reader may not open."""
    french = factories.practice("Une pratique publique", "fr", summary="Publique.")
    english = factories.practice("Its closed translation", summary="Closed.")
    PracticePage.objects.filter(pk=english.pk).update(translation_key=french.translation_key)
    PageViewRestriction.objects.create(page=english, restriction_type="login")
    titles = [hit.card.title for hit in find("Une pratique publique", ANYONE, language="en").hits]
    return french.title not in titles


def feed_of_a_member(many):
    text = crawl.answer(many.clients["O"], "/en/search/feed/")
    return BY_NAME["login"].title.encode() in text


def shared(many):
    return "private" not in many.clients["A"].get("/en/").get("Cache-Control", "")


def similar_of(many):
    """What is like a public page, where all that is like it may be seen by members alone."""
    public = PracticePage.objects.get(title=TITLE)
    before = crawl.answer(many.clients["A"], public.url)
    assert b"invented-practice" in before.partition(b"</h1>")[2]
    for number in range(14):
        near = factories.practice(f"{TITLE} again {number}", summary=public.summary)
        PageViewRestriction.objects.create(page=near, restriction_type="login")
    encode_all()
    return crawl.answer(many.clients["A"], public.url) != before


def vector_store(many):
    """The nearest passages of all, asked for by a stranger."""
    view = caches.current().view()
    mine = view.catalogue.selection(ANYONE.audiences, Filters())
    asked = encoders.query_vector(BY_NAME["group-1"].paraphrase)
    ids, _cosines = view.vectors.search(asked[None], mine, 20, -1.0)[0]
    return not set(ids) <= set(mine.passages())


def word_store(many):
    """The passages with a hidden word, asked for by a stranger; and the word for a slip in it."""
    words, hidden = caches.current().view().words, BY_NAME["group-1"].canary("title")
    asked = Term(stems_in_all(hidden), word=hidden)
    found = words.search((asked,), ANYONE.audiences, Filters(), 20).passages
    slip = Term((crawl.misspelt(hidden),), word=crawl.misspelt(hidden))
    return len(found) or words.corrected((slip,), ANYONE.audiences)[0].corrected


def slip_of_a_hidden_word(many):
    """A slip is forgiven where nothing that somebody may find is spelt so."""
    factories.practice("Storkz along the coast")
    asked = "/en/search/suggestions/?q=storks"
    return b"Storkz" not in crawl.answer(many.clients["A"], asked)
