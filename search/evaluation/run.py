"""Indexing a set and asking its questions, through the door that the site uses."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from search import encoders, index
from search.encoders import EncoderUnavailableError
from search.encoding import encode_all, waiting
from search.engine import find
from search.evaluation import metrics
from search.evaluation.relevance_set import RelevanceSet
from search.evaluation.source import NAME, SetSource
from search.models import Passage
from search.results import Results
from search.viewer import ANYONE

# Asked before anything is timed: the model loads and the caches fill with the first question.
WARM_UP = "a question before the first"
DOCUMENTS_AT_ONCE = 1000
# Given (title, total), returns what counts on.
Progress = Callable[[str, int], Callable[[int], None]]


@dataclass
class Indexed:
    """What indexing took."""

    documents: int = 0
    passages: int = 0
    encoded: int = 0
    reading_seconds: float = 0.0
    encoding_seconds: float = 0.0

    @property
    def seconds(self) -> float:
        """Return reading and encoding together."""
        return self.reading_seconds + self.encoding_seconds

    @property
    def rate(self) -> float:
        """Return passages a second."""
        return self.encoded / self.seconds if self.encoded and self.seconds else 0.0


@dataclass
class Scores:
    """What the answers to all questions were worth."""

    ndcg: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    reciprocal_ranks: list[float] = field(default_factory=list)
    refused: list[bool] = field(default_factory=list)  # of questions with an answer
    refused_rightly: list[bool] = field(default_factory=list)  # of questions without one
    milliseconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def index_set(source: SetSource, progress: Progress) -> Indexed:
    """Bring the index up to date with the set; only what is missing is encoded.

    Called again under other layers, it changes just the passages that those make differ.
    """
    indexed = Indexed()
    ids, started = source.ids(), perf_counter()
    advance = progress("Reading documents", len(ids))
    for start in range(0, len(ids), DOCUMENTS_AT_ONCE):
        batch = ids[start : start + DOCUMENTS_AT_ONCE]
        index.refresh(NAME, batch, thoroughly=True)
        advance(len(batch))
    indexed.reading_seconds = perf_counter() - started
    indexed.documents, indexed.passages = len(ids), Passage.objects.count()
    try:
        encoder = encoders.current()
        encoder.load()  # not a part of what indexing costs
        advance = progress("Encoding passages", waiting(encoder.fingerprint))
        started = perf_counter()
        indexed.encoded = encode_all(advance)
        indexed.encoding_seconds = perf_counter() - started
    except EncoderUnavailableError:
        pass  # the site answers by words then, and so it is measured
    return indexed


def ask(
    judged: RelevanceSet, source: SetSource, queries: Sequence[str], progress: Progress
) -> Scores:
    """Ask these questions (ids), as a visitor would, and score the first ten answers of each."""
    scores = Scores()
    find(WARM_UP, ANYONE)
    advance = progress("Asking", len(queries))
    for query in queries:
        asked = judged.queries[query]
        results = find(asked.text, ANYONE, limit=metrics.CUT, language=asked.language)
        _score(scores, results, source, judged.relevant.get(query, {}))
        advance(1)
    return scores


def _score(scores: Scores, results: Results, source: SetSource, gains: Mapping[str, float]) -> None:
    for stage, milliseconds in results.timings.items():
        scores.milliseconds[stage].append(milliseconds)
    if not gains:
        scores.refused_rightly.append(not results.relevant)
        return
    found = [source.id_of(hit.key) for hit in results.hits]
    scores.refused.append(not results.relevant)
    scores.ndcg.append(metrics.ndcg(found, gains))
    scores.recall.append(metrics.recall(found, gains))
    scores.reciprocal_ranks.append(metrics.reciprocal_rank(found, gains))


def mean(values: Iterable[float]) -> float | None:
    """Return the mean, None of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else None


def stages(scores: Scores) -> Iterator[tuple[str, float, float]]:
    """Yield (stage, p50, p95) in milliseconds."""
    for stage, taken in scores.milliseconds.items():
        yield stage, metrics.percentile(taken, 0.5), metrics.percentile(taken, 0.95)
