"""What an evaluation found, as one JSON object or as a table."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from search.evaluation.run import Indexed, Scores, mean, stages

LABELS = {
    "ndcg@10": "nDCG@10",
    "recall@10": "Recall@10",
    "mrr": "MRR",
    "nothing_fits": "refused",
    "nothing_fits_without_answer": "refused, no answer",
}


@dataclass
class Report:
    """The figures of one set."""

    name: str
    queries: int
    unanswerable: int
    indexed: Indexed
    layers: dict[str, bool]
    encoder: str
    scores: Scores
    ablations: dict[str, tuple[Indexed | None, Scores]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the object that `--json` prints; the command says what its keys mean."""
        indexed = self.indexed
        return {
            "set": self.name,
            "documents": indexed.documents,
            "passages": indexed.passages,
            "queries": self.queries,
            "queries_without_answer": self.unanswerable,
            **_figures(self.scores),
            "latency_ms": {
                stage: {"p50": round(half, 3), "p95": round(most, 3)}
                for stage, half, most in stages(self.scores)
            },
            "indexing": {
                "seconds": round(indexed.seconds, 3),
                "reading_seconds": round(indexed.reading_seconds, 3),
                "encoding_seconds": round(indexed.encoding_seconds, 3),
                "passages_per_second": round(indexed.rate, 1),
            },
            "layers": self.layers,
            "encoder": self.encoder,
            "ablations": {
                name: _figures(scores)
                | {"reindexing_seconds": None if again is None else round(again.seconds, 3)}
                for name, (again, scores) in self.ablations.items()
            },
        }

    def as_lines(self) -> Iterator[str]:
        """Yield the lines of the table."""
        indexed = self.indexed
        yield f"{self.name}: {indexed.documents} documents, {indexed.passages} passages, " + (
            f"{self.queries} questions ({self.unanswerable} without an answer)"
        )
        yield f"Indexed in {indexed.seconds:.1f} s: {indexed.rate:.0f} passages/s (reading " + (
            f"{indexed.reading_seconds:.1f} s, encoding {indexed.encoding_seconds:.1f} s)"
        )
        used = ", ".join(f"{name}{'' if on else ' (off)'}" for name, on in self.layers.items())
        yield f"Layers: {used}"
        yield f"Encoder: {self.encoder or 'none: words only'}"
        yield ""
        yield f"{'':22}" + "".join(f"{label:>20}" for label in LABELS.values())
        yield _row("fused", self.scores)
        for name, (again, scores) in self.ablations.items():
            extra = "" if again is None else f"   (indexed again in {again.seconds:.1f} s)"
            yield _row(name, scores) + extra
        yield ""
        yield f"{'milliseconds':22}{'p50':>20}{'p95':>20}"
        for stage, half, most in stages(self.scores):
            yield f"{stage:22}{half:20.2f}{most:20.2f}"


def _figures(scores: Scores) -> dict[str, float | None]:
    figures = {
        "ndcg@10": mean(scores.ndcg),
        "recall@10": mean(scores.recall),
        "mrr": mean(scores.reciprocal_ranks),
        "nothing_fits": mean(map(float, scores.refused)),
        "nothing_fits_without_answer": mean(map(float, scores.refused_rightly)),
    }
    return {name: None if one is None else round(one, 4) for name, one in figures.items()}


def _row(name: str, scores: Scores) -> str:
    values = _figures(scores).values()
    return f"{name:22}" + "".join(f"{'-' if v is None else format(v, '.4f'):>20}" for v in values)
