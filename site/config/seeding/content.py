"""Loads practices, guidance, indicators, workshops, countries, news and plain pages."""

import datetime
from collections.abc import Callable
from typing import Any

from django.utils.text import slugify

from config.seeding.ledger import loaded_before
from config.seeding.pages import (
    DemoError,
    existing,
    is_new,
    locale,
    publish,
    slug_named,
    stream,
    tag,
)
from config.seeding.reading import Entry, block, body_blocks, entries, html, listing, step_blocks
from config.seeding.structure import INDEXES, LANGUAGES
from core.models import BasePage
from countries.models import CountryIndexPage, CountryPage
from guidance.models import GuidancePage, IndicatorIndexPage, IndicatorPage
from pages.models import HomePage, NewsPage, StandardPage
from practices.models import PracticeGuidance, PracticePage
from users.models import Institution
from vocabulary.models import Country
from workshops.models import (
    SurveyItem,
    WorkshopOrganiser,
    WorkshopPage,
    WorkshopPractice,
    WorkshopSeries,
)

Report = Callable[[str], None]


def load_content(report: Report) -> None:
    """Publish what was never loaded before; what an editor changed or deleted stays so."""
    made: set[int] = set()
    for folder, model, fill in (
        ("practices", PracticePage, fill_practice),
        ("guidance", GuidancePage, fill_guidance),
        ("workshops", WorkshopPage, fill_workshop),
        ("news", NewsPage, fill_news),
        ("pages", StandardPage, fill_plain),
    ):
        pages = [load_entry(entry, model, fill, folder) for entry in entries(folder)]
        new = {page.pk for page in pages if page}
        made |= new
        report(f"{folder}: {len(new)} new")
    report(f"indicators: {sum(load_indicator(row) for row in listing('indicators.yaml'))} new")
    rows = listing("countries/countries.yaml")
    report(f"countries: {sum(load_country(row) for row in rows)} new pages")
    link_guidance(made)


def load_entry(
    entry: Entry, model: type[Any], fill: Callable[[Any, Entry], None], folder: str
) -> BasePage | None:
    """Publish one file as a page and return the page, None when there was nothing to do."""
    meta = entry.meta
    language = meta.get("locale", "en")
    parent = existing(
        INDEXES.get(folder, HomePage), folder if folder in INDEXES else "home", language
    )
    if not is_new(model, meta["id"], language) or parent is None:
        return None
    page: BasePage = model(
        external_id=meta["id"],
        slug=meta["slug"],
        title=meta["title"],
        summary=meta.get("summary") or "",
        locale=locale(language),
    )
    fill(page, entry)
    tag(page, meta)
    publish(page, parent)
    return page


def fill_practice(page: PracticePage, entry: Entry) -> None:
    """Take over the fields of a practice."""
    meta, name = entry.meta, entry.meta["id"]
    page.organisation = meta.get("organisation") or ""
    page.lead_institution = _institution(meta.get("lead_institution"), entry)
    page.year_from, page.year_to = meta["years"]["from"], meta["years"]["to"]
    page.voice = meta["voice"]
    page.cost, page.duration = meta.get("cost") or "", meta.get("duration") or ""
    page.contact = meta.get("contact") or ""
    page.last_confirmed = _day(meta.get("last_confirmed"))
    page.problem = html(entry.section("Problem"))
    page.steps = stream(step_blocks(entry))
    page.results = html(entry.section("Results"))
    page.what_failed = html(entry.section("What did not work"))
    for condition in ("legal", "cultural", "capacity", "cooperation", "partners"):
        setattr(page, f"condition_{condition}", meta["conditions"][condition] or "")
    page.conditions_not_reported = bool(meta["conditions"]["not_reported"])
    page.institutions = stream(
        block("institution", _institution_role(row), name, position, "institution")
        for position, row in enumerate(meta.get("institutions") or [])
    )
    page.building_blocks = stream(
        block(
            "building_block",
            {"title": row["title"], "text": html(row["text"])},
            name,
            row["id"],
        )
        for row in meta.get("building_blocks") or []
    )
    page.evidence = stream(
        block("link", {"title": row["title"], "url": row["url"]}, name, position, "link")
        for position, row in enumerate(meta.get("links") or [])
    )


def _institution_role(row: dict[str, str]) -> dict[str, str]:
    return {
        "body": row["body"],
        "role": row.get("role") or "",
        "shares": row.get("shares") or "",
        "shares_with": row.get("with") or "",
        "legal_basis": row.get("legal_basis") or "",
    }


def _institution(slug: str | None, entry: Entry) -> Institution | None:
    return slug_named(Institution, slug, entry.path.name) if slug else None


def _day(value: object) -> datetime.date | None:
    return datetime.date.fromisoformat(str(value)) if value else None


def fill_guidance(page: GuidancePage, entry: Entry) -> None:
    """Take over the fields of a guidance."""
    meta = entry.meta
    page.version = str(meta.get("version") or "")
    page.issued = meta.get("issued")
    page.changed = meta.get("changed") or ""
    issuer = Institution.objects.filter(slug=meta.get("issued_by") or "").first()
    page.issued_by = issuer.name if issuer else meta.get("issued_by") or ""
    page.body = stream(body_blocks(entry))


def fill_workshop(page: WorkshopPage, entry: Entry) -> None:
    """Take over the fields of a workshop."""
    meta, name = entry.meta, entry.meta["id"]
    if meta.get("series"):
        page.series, _new = WorkshopSeries.objects.get_or_create(
            name=meta["series"], locale=page.locale
        )
    page.place = meta.get("place") or ""
    page.host_country = Country.objects.filter(code=meta["country"], locale=page.locale).first()
    page.starts, page.ends = _day(meta.get("starts")), _day(meta.get("ends"))
    page.date_text = meta.get("date_text") or ""
    page.participants = meta.get("participants")
    page.participants_text = meta.get("participants_text") or ""
    page.body = stream(body_blocks(entry))
    page.sessions = stream(
        block(
            "session",
            {
                "title": row["title"],
                "summary": html(row["summary"]),
                "questions": row.get("questions") or [],
            },
            name,
            position,
            "session",
        )
        for position, row in enumerate(meta.get("sessions") or [])
    )
    page.findings = stream(
        block(
            "finding",
            {"text": row["text"], "source_place": row.get("source_place") or ""},
            name,
            position,
            "finding",
        )
        for position, row in enumerate(meta.get("findings") or [])
    )
    page.organisers = [
        WorkshopOrganiser(institution=institution, sort_order=order)
        for order, slug in enumerate(meta.get("organisers") or [])
        if (institution := _institution(slug, entry))
    ]
    page.practices = [
        WorkshopPractice(practice=practice, sort_order=order)
        for order, external_id in enumerate(meta.get("practices") or [])
        if (practice := _practice(external_id, entry))
    ]
    survey = meta.get("survey") or {}
    page.survey_answers = survey.get("n")
    page.survey_note = survey.get("note") or ""
    page.survey_items = [
        SurveyItem(question=row["question"], count=row["count"], sort_order=order)
        for order, row in enumerate(survey.get("items") or [])
    ]


def _practice(external_id: str, entry: Entry) -> PracticePage | None:
    """Return a practice, None where an editor has deleted it."""
    page: PracticePage | None = PracticePage.objects.filter(external_id=external_id).first()
    if not page and not loaded_before(PracticePage, external_id):
        raise DemoError(f"{entry.path.name}: there is no practice {external_id!r}.")
    return page


def fill_news(page: NewsPage, entry: Entry) -> None:
    """Take over the fields of a piece of news."""
    page.date = _day(entry.meta.get("date"))
    page.date_text = entry.meta.get("date_text") or ""
    page.body = stream(body_blocks(entry))


def fill_plain(page: StandardPage, entry: Entry) -> None:
    """Take over the text of a plain page."""
    page.body = stream(body_blocks(entry))


def load_indicator(row: dict[str, Any]) -> bool:
    """Publish one indicator or group of indicators; return whether the page is new."""
    parent = existing(IndicatorIndexPage, "indicators", "en")
    if not is_new(IndicatorPage, row["id"], "en") or parent is None:
        return False
    page = IndicatorPage(
        external_id=row["id"],
        slug=row["id"],
        title=row["name"],
        summary=row.get("summary") or "",
        locale=locale("en"),
        area=row["area"],
        definition=html(row.get("definition") or ""),
        names_reported=row.get("names_reported", True),
        producers=", ".join(row.get("producers") or []),
    )
    sources = [row["source"]] if row.get("source") else []
    tag(page, row | {"data_sources": row.get("sources_of_data"), "sources": sources})
    publish(page, parent)
    return True


def load_country(row: dict[str, Any]) -> int:
    """Publish a country's page in every language; return how many pages are new."""
    new = 0
    for language in LANGUAGES:
        parent = existing(CountryIndexPage, "countries", language)
        if not is_new(CountryPage, row["iso3"], language) or parent is None:
            continue
        country = Country.objects.get(code=row["iso3"], locale=locale(language))
        english = Country.objects.get(code=row["iso3"], locale=locale("en"))
        page = CountryPage(
            external_id=row["iso3"],
            slug=slugify(english.label),
            title=country.label,
            locale=locale(language),
            country=country,
            intro=html(row.get("intro") or "") if language == row.get("locale", "en") else "",
        )
        original = existing(CountryPage, row["iso3"], "en")
        if original:
            page.translation_key = original.translation_key
        publish(page, parent)
        new += 1
    return new


def link_guidance(made: set[int]) -> None:
    """Join versions of guidance, and guidance to practices; write on pages of this load only."""
    for entry in entries("guidance"):
        page = existing(GuidancePage, entry.meta["id"], entry.meta.get("locale", "en"))
        if page is None:
            continue
        older = GuidancePage.objects.filter(external_id=entry.meta.get("supersedes") or "-").first()
        if older and page.pk in made:
            page.supersedes = older
            page.save_revision().publish()
        for external_id in entry.meta.get("applied_by") or []:
            practice = _practice(external_id, entry)
            if practice and practice.pk in made:
                practice.guidance.add(PracticeGuidance(guidance=page))
                practice.save_revision().publish()
