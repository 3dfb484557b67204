"""The search for programs: `GET /api/v1/search/`, described at `/api/v1/docs`."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, NinjaAPI, Query, Router, Schema
from ninja.errors import HttpError, ValidationError

from search.engine import find
from search.filters import FilterError, Filters
from search.results import Hit, Results
from search.viewer import Viewer

MOST_OFFSET = 5000
NOT_FILTERS = {"q", "for_country", "limit", "offset", "reader"}
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
        pattern="^([A-Za-z]{3})?$",
        description="ISO 3166-1 alpha-3 code of the country that asks: what is near stands higher.",
    )
    region: list[str] = Field([], description="UN M49 codes.")
    action_point: list[str] = []
    theme: list[str] = []
    data_source: list[str] = []
    population: list[str] = []
    language: list[str] = Field([], description="Languages of the documents: en, es, fr, ar.")
    year: list[str] = []
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


class Answer(Schema):
    """One work that was found."""

    title: str
    url: str
    kind: str
    country: list[str]
    language: str
    passage: Passage
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
    unknown = sorted(set(request.GET) - set(Asked.model_fields))
    if unknown:
        known = ", ".join(Asked.model_fields)
        raise HttpError(422, f"Unknown parameter: {unknown[0][:50]}. There are: {known}.")
    try:
        filters = Filters.parse(asked.model_dump(exclude=NOT_FILTERS))
    except FilterError as error:
        raise HttpError(422, str(error)) from error
    results = find(
        asked.q,
        Viewer.of(request.user),
        filters,
        country=asked.for_country.upper() or None,
        limit=asked.limit,
        offset=asked.offset,
        language=asked.reader,
    )
    return _answers(request, results)


def _answers(request: HttpRequest, results: Results) -> dict[str, Any]:
    return {
        "query": results.query,
        "total": results.total,
        "results": [_answer(request, hit) for hit in results.hits],
        "facets": {
            name: [FacetValue.from_orm(value) for value in values]
            for name, values in results.facets.items()
        },
        "notice": results.notice,
    }


def _answer(request: HttpRequest, hit: Hit) -> dict[str, Any]:
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
        "score": hit.score,
    }


@api.exception_handler(ValidationError)
def refuse(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer 422 with one sentence a wrong parameter."""
    told = [f"{each['loc'][-1]}: {each['msg']}" for each in error.errors]
    return api.create_response(request, {"detail": "; ".join(told)}, status=422)


api.add_router("", router)
