"""What a search answers."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from search.facts import Reason
from search.sources import Card


@dataclass(frozen=True)
class PassageShown:
    """The part of a document that answers, with its matching words marked."""

    text: str
    marked: SafeString  # the same text as safe HTML with <mark>
    heading: str  # the heading path in one line
    page: int | None
    url: str  # the document's address with the fragment of this place
    row: int | None = None  # of search.models.Passage; None: the document's summary


@dataclass(frozen=True)
class Hit:
    """One work that was found."""

    card: Card
    passage: PassageShown
    score: float  # 0 to 1 within one answer, above 1 for exact titles and quoted phrases
    key: str
    reasons: tuple[str, ...] = ()  # names of the concepts that question and passage share
    # Where a country was asked for: what it and the document's setting share, and what they do not.
    alike: tuple[Reason, ...] = ()
    differs: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class FacetCount:
    """One value of a facet and how many of the works found have it."""

    code: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Results:
    """The answer to one question: a page of hits, and counts over all of them."""

    query: str
    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, list[FacetCount]] = field(default_factory=dict)
    notice: str = ""
    relevant: bool = True  # False: nothing fits the question
    did_you_mean: str = ""  # the question with misspelt words corrected, "" where none is
    timings: dict[str, float] = field(default_factory=dict)  # stage -> milliseconds
