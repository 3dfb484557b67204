"""The search for programs: `GET /api/v1/search/`, described at `/api/v1/docs`."""

from typing import Annotated, Any, Literal

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from ninja import Field, NinjaAPI, Query, Router, Schema
from ninja.errors import HttpError, ValidationError

from search import gaps
from search.asking import Search, asked_country
from search.engine import find
from search.facts import Reason, fact_label
from search.filters import FilterError, Filters
from search.results import Hit, Results
from search.suggestions import suggest
from search.viewer import Viewer

MOST_OFFSET = 5000
NOT_FILTERS = {"q", "for_country", "limit", "offset", "reader", "sort", "verbatim"}
Language = Literal["en", "es", "fr", "ar"]

api = NinjaAPI(
    title="Practice Exchange",
    version="1",
    description="What anyone may read, found by words and by meaning.",
    urls_namespace="api-v1",
)
router = Router(tags=["search"])


class Asked(Schema):
    """The parameters of a search."""

    q: str = Field("", max_length=100_000, description="The question; empty lists everything.")
    kind: list[str] = Field([], description="practice, guidance, workshop, country, file ...")
    country: list[str] = Field([], description="ISO 3166-1 alpha-3 codes.")
    for_country: str = Field(
        "",
        alias="for",
        description="ISO 3166-1 alpha-3 code of the country that asks. What is comparable with it, "
        "by the facts stored of both, stands a little higher, and `alike` and `differs` say why.",
    )
    region: list[str] = Field([], description="UN M49 codes.")
    action_point: list[str] = []
    theme: list[str] = []
    data_source: list[str] = []
    population: list[str] = []
    language: list[str] = Field([], description="Languages of the documents: en, es, fr, ar.")
    year: list[str] = []
    sort: Literal["relevance", "date"] = Field(
        "relevance", description="Of what answers, the nearest or the newest first."
    )
    verbatim: bool = Field(False, description="Leave misspelt words as they are.")
    limit: int = Field(10, ge=1, le=50)
    offset: int = Field(0, ge=0, le=MOST_OFFSET)
    reader: Language = Field(
        "en", description="The reader's language: for labels and for the choice of translations."
    )


class Passage(Schema):
    """Where a document answers; `url` leads to the very place."""

    text: str
    heading: str
    page: int | None
    url: str


class Fact(Schema):
    """A stored fact by which a country and an answer were compared.

    An empty country is the document itself. Of `alike` both have the fact; of `differs` it is
    stored of `country` and not of `other`.
    """

    kind: str = Field(description="gap, set-up, source, population, role or region")
    code: str
    label: str = Field(description="In the language of `reader`.")
    country: str
    other: str


class Answer(Schema):
    """One work that was found."""

    title: str
    url: str
    kind: str
    country: list[str]
    language: str
    passage: Passage
    reasons: list[str] = Field(description="Concepts that question and passage share.")
    alike: list[Fact] = Field(description="With `for`: what is alike, a few facts at most.")
    differs: list[Fact] = Field(description="With `for`: what differs, a few facts at most.")
    score: float


class FacetValue(Schema):
    """One value of a facet and how many works have it."""

    code: str
    label: str
    count: int
    selected: bool


class Answers(Schema):
    """A page of what was found; `facets` count over everything that was found."""

    query: str
    total: int
    results: list[Answer]
    facets: dict[str, list[FacetValue]]
    notice: str
    did_you_mean: str = Field(
        description="The question with misspelt words corrected, as it was searched unless "
        "`verbatim` was asked for; empty where none is."
    )


class SuggestionsAsked(Schema):
    """The beginning of a question."""

    q: str = Field("", max_length=10_000, description="What has been typed so far.")
    reader: Language = Field("en", description="The reader's language: for labels.")


class Suggested(Schema):
    """One thing that may be meant: a page (`url`), or a question with or without a filter."""

    group: str = Field(description="titles, countries, concepts or kinds")
    label: str
    note: str
    url: str
    q: str
    facet: str
    code: str
    count: int | None


class Suggestions(Schema):
    """What the beginning of a question may mean, likeliest first within each group."""

    query: str
    suggestions: list[Suggested]


class Refusal(Schema):
    """Why a request cannot be answered, and what to do."""

    detail: str


@router.get("/search/", response={200: Answers, 422: Refusal}, summary="Search")
def search(request: HttpRequest, asked: Annotated[Asked, Query()]) -> Any:
    """Find practices, guidance, workshop reports and files that answer a question.

    Several values of one filter widen, several filters narrow. Where nothing fits, `results` is
    empty and `notice` says so.
    """
    # A misspelt filter would silently widen the answer.
    names = [each.alias or name for name, each in Asked.model_fields.items()]
    unknown = sorted(set(request.GET) - set(names))
    if unknown:
        known = ", ".join(names)
        raise HttpError(422, f"Unknown parameter: {unknown[0][:50]}. There are: {known}.")
    try:
        filters = Filters.parse(asked.model_dump(exclude=NOT_FILTERS))
    except FilterError as error:
        raise HttpError(422, str(error)) from error
    try:
        country = asked_country(asked.for_country)
    except BadRequest as error:
        raise HttpError(422, f"for: {error}") from error
    search = Search(asked.q, filters, country, asked.sort, verbatim=asked.verbatim)
    results = find(
        search.query,
        Viewer.asking(request),
        filters,
        country=search.country or None,
        limit=asked.limit,
        offset=asked.offset,
        language=asked.reader,
        sort=search.sort,
        verbatim=search.verbatim,
    )
    if gaps.asked_by_a_program(request):
        gaps.record(search, results, asked.reader)
    return _answers(request, results, asked.reader)


@router.get("/suggestions/", response={200: Suggestions, 422: Refusal}, summary="Suggestions")
def suggestions(request: HttpRequest, asked: Annotated[SuggestionsAsked, Query()]) -> Any:
    """Suggest titles, countries, concepts and kinds of content while somebody types.

    A suggestion either has the `url` of a page, or the question `q` to ask with a filter (`code`
    of `facet`), if any.
    """
    found = suggest(asked.q, Viewer.asking(request), asked.reader)
    return {
        "query": asked.q,
        "suggestions": [
            {
                "group": group.name,
                "label": each.label,
                "note": each.note,
                "url": request.build_absolute_uri(each.url) if each.url else "",
                "q": each.query,
                "facet": each.facet,
                "code": each.code,
                "count": each.count,
            }
            for group in found
            for each in group.suggestions
        ],
    }


def _answers(request: HttpRequest, results: Results, language: str) -> dict[str, Any]:
    return {
        "query": results.query,
        "total": results.total,
        "results": [_answer(request, hit, language) for hit in results.hits],
        "facets": {
            name: [FacetValue.from_orm(value) for value in values]
            for name, values in results.facets.items()
        },
        "notice": results.notice,
        "did_you_mean": results.did_you_mean,
    }


def _answer(request: HttpRequest, hit: Hit, language: str) -> dict[str, Any]:
    card, passage = hit.card, hit.passage
    return {
        "title": card.title,
        "url": request.build_absolute_uri(card.url),
        "kind": card.kind,
        "country": list(card.countries),
        "language": card.language,
        "passage": {
            "text": passage.text,
            "heading": passage.heading,
            "page": passage.page,
            "url": request.build_absolute_uri(passage.url),
        },
        "reasons": list(hit.reasons),
        "alike": [_fact(each, language) for each in hit.alike],
        "differs": [_fact(each, language) for each in hit.differs],
        "score": hit.score,
    }


def _fact(reason: Reason, language: str) -> dict[str, str]:
    return {
        "kind": reason.kind,
        "code": reason.code,
        "label": fact_label((reason.kind, reason.code), language),
        "country": reason.country,
        "other": reason.other,
    }


@api.exception_handler(ValidationError)
def refuse(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer 422 with one sentence a wrong parameter."""
    told = [f"{each['loc'][-1]}: {each['msg']}" for each in error.errors]
    return api.create_response(request, {"detail": "; ".join(told)}, status=422)


api.add_router("", router)
