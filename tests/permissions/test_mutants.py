"""Every filter bears its load: without it, one of the oracles goes red.

`MUTANTS` names for each function that decides, or asks, who may see something, what to take out
of it and which check notices. A function that is not in a table below fails this module.
"""

from pathlib import Path

import pytest

from countries.models import CountryPage
from pages.models import StandardPage
from tests.permissions.mutation import function_at, functions_that_ask, without
from tests.permissions.noticing import (
    alias_of_a_closed_page,
    below_both,
    closed_and_still_named,
    closed_translation,
    feed_of_a_member,
    inactive_account,
    inactive_account_searches,
    indexed_anew,
    longer_way,
    may_open_before_its_time,
    may_open_it,
    nobody_as_an_audience,
    old_address_of_an_unpublished_page,
    opens,
    page_below_an_alias,
    said_to_be_public,
    shared,
    similar_of,
    slip_of_a_hidden_word,
    twin,
    unheard,
    unheard_of_a_block,
    unheard_of_a_file,
    vector_store,
    word_store,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("changing", "any_database")]

ROOT = Path(__file__).resolve().parents[2]
APPS = ("search", "practices", "guidance", "library", "workshops", "countries", "pages", "site")
GUARDS = {
    *("unmet", "closed_to", "audiences_of", "audiences_at", "closed_pages", "closed_collections"),
    *("live_for", "live_public", "may_open", "unexpired", "begun", ".live", ".live_pages"),
    *("files_for", "public_files", "open_file", "openable", ".open_to"),
    *("Viewer.of", "Viewer.asking", "ANYONE", ".allowed", ".selection", "._visible"),
}


MEMBER = 'Viewer(frozenset({"public", "signed-in"}))'
SEES = 'frozenset({"public", "signed-in"})'
OF_WHO_ASKS = "type(ANYONE).of(request.user)"
MUTANTS = [
    # core: the one place that decides
    ("core.visibility:unmet", "return restrictions\n", "return restrictions.none()\n",
     opens("A", "group-1")),
    ("core.visibility:unmet", "groups__in=groups", "groups__isnull=False", opens("M2", "group-1")),
    ("core.visibility:unmet", "Q(restriction_type=model.LOGIN)",
     "~Q(restriction_type=model.GROUPS)", opens("O", "password")),
    ("core.visibility:closed_to", "below__startswith=", "below=", unheard("restricted above")),
    ("core.visibility:live_for", "pages.live()", "pages", twin("/p/")),
    ("core.visibility:live_for", "unexpired() & ", "", twin("/p/")),
    ("core.visibility:live_for", "begun() & ", "", unheard("not begun")),
    ("core.visibility:live_for", " & ~Q(closed)", "", unheard("restricted")),
    ("core.visibility:live_public", "EVERYBODY", SEES, twin("sitemap")),
    ("core.visibility:may_open", "not page.live or ", "", old_address_of_an_unpublished_page),
    ("core.visibility:may_open", "page.expire_at <= now", "False", may_open_it("expired")),
    ("core.visibility:may_open", "page.go_live_at > now", "False", may_open_before_its_time),
    ("core.visibility:may_open", "not unmet(restrictions.all(), audiences_of(user)).exists()",
     "True", may_open_it("group-1")),
    ("core.visibility:audiences_of", " and user.is_active", "", inactive_account),
    ("core.visibility:audiences_of", "user.is_superuser", "user.is_active",
     opens("M2", "group-1")),
    ("core.visibility:restricted", "Q(closed) | ", "", said_to_be_public),
    ("core.visibility:restricted", ' | Q(Exists(aliases.filter(below__startswith=F("path"))))', "",
     alias_of_a_closed_page),
    ("core.visibility:restricted", "below__startswith=", "below=", page_below_an_alias),
    ("core.visibility:_narrowed", "wide & narrow", "wide | narrow", below_both),
    ("core.visibility:_admitted", "return frozenset()", "return EVERYBODY", indexed_anew()),
    ("core.visibility:audiences_at", "found = _narrowed(found, place.audiences)", "pass",
     indexed_anew()),
    # core: who asks it
    ("core.wagtail_hooks:tell_nobody_of_closed_pages", "not may_open(page, request.user)",
     "False", alias_of_a_closed_page),
    ("core.wagtail_hooks:_opening_tags", "live_public(", "(",
     twin("invented-practice-0")),
    ("core.routing:_home_and_page", "live_for(pages, audiences_of(request.user))", "pages",
     longer_way),
    ("core.views:permalink", "live_for(Page.objects.all(), audiences_of(request.user))",
     "Page.objects.all()", twin("/p/")),
    ("core.redirects:_may_follow", "may_open(page, request.user)", "True", twin("cnryold")),
    ("core.sitemaps:PageSitemap.items", "live_public(", "(", twin("sitemap")),
    ("core.caching:NothingShared.__call__", '"private, no-cache"', '"max-age=600"', shared),
    ("core.surroundings:_read", "live_public(", "(",
     closed_and_still_named(StandardPage, "about", "/en/")),
    ("countries.models.page:CountryIndexPage.get_context", "live_public(", "(",
     closed_and_still_named(CountryPage, "chl", "/en/countryindexpage/")),
    # files
    ("library.access:_in_open_collections", ".exclude(closed)", "", twin("/documents/")),
    ("library.access:public_files", "EVERYBODY", SEES, twin("sitemap")),
    ("library.access:open_file", "pk__in=openable(user, [file_id])", "pk=file_id",
     twin("/files/")),
    ("library.wagtail_hooks:tell_nobody_of_closed_files", "may_open(request.user, document)",
     "True", twin("/documents/")),
    ("library.wagtail_hooks:PublicFileLinkHandler.get_many", "public_files()",
     "LibraryFile.objects", twin("invented-practice-0")),
    ("library.sitemaps:FileSitemap.items", "public_files()", "LibraryFile.objects",
     twin("sitemap")),
    ("library.searchable:FileSource.shown", "files_for(viewer.audiences)", "LibraryFile.objects",
     unheard_of_a_file),
    ("library.searchable:FileSource.documents", "closed_collections()", "[]", indexed_anew()),
    # search: what is put into the index, what is taken out, what is shown
    ("search.pages:PageSource.documents", "closed_pages()", "[]", indexed_anew()),
    ("search.pages:PageSource.document", "audiences_at(page.path, closed)",
     'frozenset({"public"})', indexed_anew()),
    ("search.pages:PageSource.live_pages", ".live()", "", indexed_anew()),
    ("search.pages:PageSource.shown", "live_for(self.live_pages(ids), viewer.audiences)",
     "self.live_pages(ids)", unheard("restricted")),
    ("practices.searchable:BuildingBlockSource.documents", "closed_pages()", "[]",
     indexed_anew("/en/search/?page=2")),
    ("practices.searchable:BuildingBlockSource.shown",
     "live_for(_practices.live_pages(_page_ids(ids)), viewer.audiences)",
     "_practices.live_pages(_page_ids(ids))", unheard_of_a_block),
    ("search.catalogue:Catalogue.allowed", "bool(each & audiences)", "True", twin("/api/")),
    ("search.catalogue:Catalogue.selection", "self.allowed(audiences, filters)", "self.alive",
     twin("/api/")),
    ("search.stores.tantivy_words:TantivyWords._visible", " if key & audiences", "",
     word_store),
    ("search.engine:_Search._browse",
     "self.view.catalogue.allowed(self.viewer.audiences, filters)", "self.view.catalogue.alive",
     twin("/en/")),
    ("search.engine:_Search.ranked", "catalogue.allowed(self.viewer.audiences, self.filters)",
     "catalogue.alive", closed_translation),
    ("search.suggestions:suggest", "view.catalogue.allowed(viewer.audiences, Filters())",
     "view.catalogue.alive", twin("uggestions/?q=practices")),
    ("search.similar:_likes", "view.catalogue.selection(viewer.audiences, filters)",
     "view.catalogue.selection(frozenset({'public', 'signed-in'}), filters)", similar_of),
    ("search.stores.faiss_vectors:FaissVectors._bits", "allowed.passages()",
     "self._ids[self._ids >= 0]", vector_store),
    ("search.suggestions:_titles", "catalogue.allowed(viewer.audiences, Filters())",
     "catalogue.alive", slip_of_a_hidden_word),
    ("search.templatetags.search_tags:similar_to", 'Viewer.asking(request)',
     MEMBER, similar_of),
    ("search.scoring:score", "view.catalogue.selection(audiences, filters)",
     "view.catalogue.selection(audiences | {'signed-in'}, filters)", twin("/api/")),
    ("search.feeds:feed", "ANYONE", OF_WHO_ASKS, feed_of_a_member),
    ("search.viewer:Viewer.of", " and user.is_active", "", inactive_account_searches),
    ("search.viewer:Viewer.of", " - {NOBODY}", "", nobody_as_an_audience),
    ("search.viewer:Viewer.asking", 'cls.of(getattr(request, "user", None))',
     'cls(frozenset({"public", "signed-in"}))', twin("/en/search/")),
    ("search.views:SearchView.get", "Viewer.asking(request)", MEMBER, twin("/en/search/")),
    ("search.views:SuggestionsView.get", "Viewer.asking(request)", MEMBER,
     twin("/en/search/suggestions/")),
    ("search.api:search", "Viewer.asking(request)", MEMBER, twin("/api/v1/search/")),
    ("search.api:suggestions", "Viewer.asking(request)", MEMBER, twin("/api/v1/suggestions/")),
    ("search.listing:browse", "Viewer.asking(request)", MEMBER, twin("/en/")),
]  # fmt: skip

# Filters whose absence other tests notice: the file that does.
_SIDE_BY_SIDE = "tests/practices/comparing/test_side_by_side.py"
_SECRECY = "tests/countries/map/test_secrecy.py"
ELSEWHERE = {
    "core.models:BasePage.lineage": "tests/core/test_navigation.py",
    "core.publication:_require_all": "tests/safeguarding/test_routes.py",
    "core.templatetags.page_tags:_cards": "tests/core/test_readers.py",
    "core.templatetags.page_tags:visible_links": "tests/core/test_readers.py",
    "guidance.access:openable": "tests/guidance/test_light_files.py",
    "guidance.models:GuidancePage.get_context": "tests/guidance/test_light_files.py",
    "guidance.writing:_public_files": "tests/guidance/test_light_files.py",
    "guidance.versions:line_of": "tests/guidance/test_light_files.py",
    "guidance.views:changes": "tests/guidance/test_light_files.py",
    "guidance.versions:_indicators": "tests/guidance/test_light_files.py",
    "guidance.models:GuidancePage.newer_version": "tests/core/test_readers.py",
    "guidance.models:GuidanceIndexPage.get_context": "tests/core/test_navigation.py",
    "guidance.models:IndicatorIndexPage.get_context": "tests/core/test_navigation.py",
    "countries.commitments.exporting:indicators_of": "tests/countries/test_closed_pages.py",
    "countries.commitments.forms:indicators": "tests/countries/test_closed_pages.py",
    "countries.comparing:comparable": "tests/countries/test_closed_pages.py",
    "countries.doors:CountryView.dispatch": "tests/countries/test_closed_pages.py",
    "countries.doors:page_of": "tests/countries/test_closed_pages.py",
    "countries.gaps.addressing:known_for": "tests/countries/test_closed_pages.py",
    "countries.goals.forms:GoalForm.__init__": "tests/countries/test_closed_pages.py",
    "countries.map.explaining:_addresses": _SECRECY,
    "countries.map.explaining:addresses_of_countries": _SECRECY,
    "countries.map.grid:open_countries": _SECRECY,
    "countries.map.supply:_areas_of": _SECRECY,
    "countries.map.supply:_openable": _SECRECY,
    "countries.showing:Said.aims": "tests/countries/gaps/test_public_goals.py",
    "pages.home:_address": "tests/pages/test_home.py",
    "practices.comparing.choosing:openable": _SIDE_BY_SIDE,
    "practices.comparing.views:SideBySideView.get": _SIDE_BY_SIDE,
    "practices.contributing.inputs:page_choices": "tests/practices/test_closed_pages.py",
    "practices.contributing.inputs:source_choices": "tests/practices/test_closed_pages.py",
    "practices.contributing.links:rich_text": "tests/practices/contributing/test_editing.py",
    "practices.contributing.nearby:nearby": "tests/practices/test_closed_pages.py",
    "practices.importing.exporting:_rows": "tests/practices/test_closed_pages.py",
    "practices.word.names:Names.__init__": "tests/practices/test_closed_pages.py",
    "practices.word.names:Names._is_open": "tests/practices/word/test_views.py",
    "practices.word.names:Names.page": "tests/practices/test_closed_pages.py",
    "practices.word.views:DraftView.get": "tests/practices/word/test_views.py",
    "practices.word.views:published": "tests/practices/word/test_views.py",
    "practices.word.visible:_files": "tests/practices/word/test_visible.py",
    "practices.word.visible:visible_pages": "tests/practices/test_closed_pages.py",
    "search.engine:_Search._wholes": "tests/search/test_parts.py",
    "search.facts:_public": "tests/search/test_facts.py",
    "search.gaps:_places": "tests/search/test_gaps.py",
    "search.places:anything_about": "tests/search/test_answers.py",
    "search.similar:_own": "tests/search/test_similar.py",
    "config.workshop_assessments:_desks": "tests/workshops/preparing/test_states.py",
    "workshops.cafe.forms:practice_named": "tests/workshops/test_cafe.py",
    "workshops.cafe.showing:near": "tests/workshops/test_cafe.py",
    "workshops.cafe.showing:mark": "tests/workshops/test_cafe.py",
    "workshops.cafe.showing:with_practices": "tests/workshops/test_cafe.py",
    "workshops.report.handing_out:_files": "tests/workshops/report/test_closed.py",
    "workshops.report.handing_out:download": "tests/workshops/report/test_closed.py",
    "workshops.templatetags.report_tags:reports_below": "tests/workshops/report/test_closed.py",
    "workshops.report.showing:openable": "tests/workshops/report/test_closed.py",
    "workshops.breakout.views:KeepView.allowed": "tests/workshops/test_breakout.py",
    "workshops.doors:WorkshopView.dispatch": "tests/workshops/test_running.py",
    "workshops.desk.doors:DeskView.dispatch": "tests/workshops/desk/test_desk.py",
    "workshops.desk.figures:_originals": "tests/workshops/desk/test_packs.py",
    "library.access:files_for": "tests/library/test_attached.py",
    "library.access:openable": "tests/library/test_attached.py",
    "library.searchable:_admitted": "tests/library/test_attached.py",
    "library.models:LibraryFile.open_to": "tests/practices/word/test_visible.py",
    "library.citations:tie_to_source": "tests/library/test_withheld.py",
    "library.templatetags.library_tags:_public_ids": "tests/library/test_withheld.py",
    "library.templatetags.library_tags:_openable_ids": "tests/library/test_attached.py",
}
# Functions that only pass on what a function of the tables lets through, and which that is.
_WORDS = "search.stores.tantivy_words:TantivyWords"
BEHIND = {
    "search.pages:PageSource.ids": "search.pages:PageSource.live_pages",
    "practices.searchable:BuildingBlockSource.ids": "search.pages:PageSource.live_pages",
    "library.views:file": "library.access:open_file",
    "library.access:may_open": "library.wagtail_hooks:tell_nobody_of_closed_files",
    "search.exact:_is_somewhere": f"{_WORDS}._visible",
    "search.respelling:_found": f"{_WORDS}._visible",
    "search.spelling:nearest": f"{_WORDS}._visible",
    "search.stores.tantivy_words:_frequency": f"{_WORDS}._visible",
    f"{_WORDS}.search": f"{_WORDS}._visible",
    f"{_WORDS}.phrase": f"{_WORDS}._visible",
    f"{_WORDS}.corrected": f"{_WORDS}._visible",
    f"{_WORDS}.named": f"{_WORDS}._visible",
}


def files():
    """{module: file} of the project's code; what is only measured or migrated shows nothing."""
    for app in APPS:
        for file in (ROOT / app).rglob("*.py"):
            parts = file.relative_to(ROOT / "site" if app == "site" else ROOT).with_suffix("").parts
            if not {"migrations", "evaluation", "management", "settings"} & set(parts):
                yield ".".join(part for part in parts if part != "__init__"), file


def test_every_filter_has_its_mutant():
    named = functions_that_ask(GUARDS, dict(files()))
    known = {target for target, *_rest in MUTANTS} | ELSEWHERE.keys() | BEHIND.keys()
    forgotten = sorted(named - known)
    assert not forgotten, f"Say in MUTANTS what to take out of: {forgotten}"
    for target in known:
        assert function_at(target), target
    assert set(BEHIND.values()) <= {target for target, *_rest in MUTANTS}
    assert [path for path in ELSEWHERE.values() if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(
    ("target", "old", "new", "notices"),
    MUTANTS,
    ids=[f"{target}-{old[:20].strip()}" for target, old, *_rest in MUTANTS],
)
def test_without_its_filter_something_is_seen(many, target, old, new, notices):
    with without(target, old, new):
        assert notices(many), "nothing noticed that this filter was gone"


CHECKS = {id(notices): notices for *_rest, notices in MUTANTS}


@pytest.mark.parametrize("notices", CHECKS.values())
def test_with_its_filter_nothing_is_seen(many, notices):
    assert not notices(many)
