"""Measure the search on a set of questions with known answers, in a throw-away index."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm  # type: ignore[import-untyped]

from search import encoders, sources
from search.encoders import EncoderUnavailableError
from search.evaluation import pairs
from search.evaluation.ablations import ABLATIONS, IN_THE_INDEX, active, without
from search.evaluation.pairs_report import PairsReport
from search.evaluation.relevance_set import RelevanceSet, RelevanceSetError, read
from search.evaluation.report import Report
from search.evaluation.run import ask, index_set
from search.evaluation.source import SetSource
from search.evaluation.throwaway import ThrowawayError, throwaway_site

Each = TypeVar("Each")


class Command(BaseCommand):
    """Ask every question of a set through `engine.find` and score the first ten answers.

    The set is a folder in the form of BEIR: `corpus.jsonl` (`_id`, `title`, `text` and, if it is
    not English, `lang`), `queries.jsonl` (`_id`, `text`, `lang`: the language of the reader),
    `qrels.tsv` (question, document, gain). The documents go the way of every page of the site,
    into a database and an index folder that exist only for this; the site's own are not touched.

    `--json` prints one object and nothing else on standard output:

    set, documents, passages, queries, queries_without_answer: what was measured.
    ndcg@10, recall@10, mrr: means over the questions with an answer, as trec_eval counts them.
    nothing_fits: share of the questions with an answer that were told that nothing fits;
        nothing_fits_without_answer: the same of those without one (null: there are none).
    latency_ms: {stage: {"p50", "p95"}}; "total" is the whole of `find`.
    indexing: {"seconds", "reading_seconds", "encoding_seconds", "passages_per_second"}.
    layers: {layer: allowed}; encoder: its fingerprint, "" when there is none.
    ablations: {name: the five figures, "reindexing_seconds" where that was needed}, with
        `--ablate`.

    A file in place of a folder holds questions with the country that asks, and which practices
    of *this* site serve it (`tests/search/golden/for-countries.yaml`); each is asked with and
    without `for`. `--after COMMAND` is called before, and all that it wrote is rolled back. Of it,
    `--json` prints set, pairs, figures (by language: without, with), gain (of nDCG@10, low and
    high of 95 %), better (how many), worse (which).
    """

    help = "Measure relevance and speed of the search on corpus.jsonl, queries.jsonl, qrels.tsv."
    # There may be no database of the site yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the folder and how much to show."""
        parser.add_argument("folder", metavar="DIR", type=Path, help="Or a file of pairs.")
        parser.add_argument("--json", action="store_true", help="One JSON object on stdout.")
        parser.add_argument(
            "--ablate", action="store_true", help="Also with parts of the search switched off."
        )
        parser.add_argument(
            "--queries", metavar="N", type=int, help="Ask only N questions, evenly chosen."
        )

        parser.add_argument(
            "--after", metavar="COMMAND", help="Call this first, for pairs; it is rolled back."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        if options["queries"] is not None and options["queries"] < 1:
            raise CommandError("--queries needs a number from 1.")
        of_pairs = options["folder"].is_file()
        if (of_pairs and options["ablate"]) or (options["after"] and not of_pairs):
            raise CommandError("--ablate is for a set in a folder, --after for a file of pairs.")
        try:
            report: PairsReport | Report = (
                self._of_pairs(options) if of_pairs else self._of_set(options)
            )
        except RelevanceSetError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(report.as_lines()))

    def _of_pairs(self, options: Any) -> PairsReport:
        """Ask on this site, which is left as it was."""
        with transaction.atomic():
            if options["after"]:
                call_command(options["after"], stdout=self.stderr)
            read_pairs = pairs.read(options["folder"])
            if missing := pairs.missing(read_pairs):
                raise CommandError(
                    f"This site has no public practice {', '.join(sorted(missing))}. Load the "
                    "demo first: `manage.py seed`."
                )
            chosen = _chosen(read_pairs, options["queries"])
            report = PairsReport(options["folder"].name, pairs.ask(chosen, self._progress))
            transaction.set_rollback(True)
        return report

    def _of_set(self, options: Any) -> Report:
        judged = read(options["folder"])
        if judged.unknown:
            self.stderr.write(
                f"{judged.unknown} lines of qrels.tsv name a question or document that the set "
                "does not hold; such a document counts as one that was not found."
            )
        source = SetSource(judged)
        sources.register(source)
        try:
            with throwaway_site():
                return self._measured(judged, source, options)
        except ThrowawayError as error:
            raise CommandError(str(error)) from error
        finally:
            sources.unregister(source.name)

    def _measured(self, judged: RelevanceSet, source: SetSource, options: Any) -> Report:
        indexed = index_set(source, self._progress)
        queries = _chosen(list(judged.queries), options["queries"])
        report = Report(
            name=options["folder"].resolve().name,
            queries=len(queries),
            unanswerable=sum(not judged.relevant.get(each) for each in queries),
            indexed=indexed,
            layers=active(),
            encoder=_encoder(),
            scores=ask(judged, source, queries, self._progress),
        )
        for name, layers in ABLATIONS.items() if options["ablate"] else ():
            self.stderr.write(f"{name}:")
            with without(layers):
                again = IN_THE_INDEX.intersection(layers)
                changed = index_set(source, self._progress) if again else None
                report.ablations[name] = changed, ask(judged, source, queries, self._progress)
        return report

    def _progress(self, title: str, total: int) -> Callable[[int], None]:
        """Show a bar on a terminal; elsewhere a line when it begins."""
        if not sys.stderr.isatty():
            self.stderr.write(f"{title}: {total}")
            return lambda done: None
        bar = tqdm(desc=title, total=total, leave=False)

        def advance(done: int) -> None:
            bar.update(done)
            if bar.n >= total:
                bar.close()

        return advance


def _chosen(queries: list[Each], most: int | None) -> list[Each]:
    """Return all, or this many evenly spread over the list."""
    if most is None or most >= len(queries):
        return queries
    return [queries[place * len(queries) // most] for place in range(most)]


def _encoder() -> str:
    try:
        return encoders.current().fingerprint
    except EncoderUnavailableError:
        return ""
