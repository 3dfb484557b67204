"""`evaluate_search` from outside: a process of its own, as operators call it."""

import contextlib
import json
import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search.evaluation import metrics
from search.evaluation.relevance_set import RelevanceSetError, read

ROOT = Path(__file__).resolve().parents[2]
# Three documents and four questions that were invented for this test.
CORPUS = [
    {"_id": 1, "title": "Registry", "text": "The ministries share one registry of children."},
    {"_id": "b/:x é", "text": "A household survey asked about parents who work abroad.", "n": 1},
    {"_id": "3", "title": "Censo", "text": "El censo cuenta a niños no acompañados.", "lang": "es"},
]
QUERIES = [
    {"_id": "q1", "text": "which ministries share a registry?"},
    {"_id": "q2", "text": "unaccompanied children"},
    {"_id": "q3", "text": "best pizza recipe"},
    {"_id": "q4", "text": "padres que trabajan en el extranjero", "lang": "es"},
]
QRELS = "query-id\tcorpus-id\tscore\nq1\t1\t2\nq1\t3\t0\n\nq2\t3\t1\nq4\tb/:x é\t1\n"


def write(folder, corpus=CORPUS, queries=QUERIES, qrels=QRELS):
    folder.mkdir(exist_ok=True)
    for name, objects in (("corpus", corpus), ("queries", queries)):
        lines = [json.dumps(each, ensure_ascii=False) for each in objects]
        (folder / f"{name}.jsonl").write_text("\ufeff" + "\n".join(lines) + "\n\n", "utf-8")
    (folder / "qrels.tsv").write_text("\ufeff" + qrels, "utf-8")
    return folder


def started(tmp_path, *arguments):
    """Start the command where no site has been set up."""
    env = {
        **os.environ,
        "DATA_DIR": str(tmp_path / "data"),
        "TMPDIR": str(tmp_path / "tmp"),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
    }
    (tmp_path / "tmp").mkdir(exist_ok=True)
    command = [sys.executable, str(ROOT / "manage.py"), "evaluate_search", *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command,
        env=env,
        cwd=ROOT,
        stdout=pipe,
        stderr=pipe,
        text=True,
        # Tests that run in the background ignore the key that interrupts; so would their children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def databases():
    from django.db import connection

    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE '%%evaluation%%'")
        return cursor.fetchall()


def left_over(tmp_path):
    """What an evaluation left where it may write."""
    data, scratch = tmp_path / "data", tmp_path / "tmp"
    found = [*data.glob("*.sqlite3*"), *data.glob("index/*"), *scratch.glob("*evaluation*")]
    return [path.name for path in found] + databases()


@pytest.fixture
def small_set(tmp_path):
    return write(tmp_path / "set")


def test_a_set_is_measured_without_a_site_and_nothing_is_left(small_set, tmp_path, db):
    process = started(tmp_path, small_set, "--json", "--ablate")
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    report = json.loads(out)  # one object and nothing else
    assert (report["documents"], report["passages"], report["queries"]) == (3, 3, 4)
    assert report["queries_without_answer"] == 1
    assert report["ndcg@10"] > 0.6
    assert report["nothing_fits_without_answer"] == 1
    assert report["nothing_fits"] <= 0.34
    assert set(report["latency_ms"]["total"]) == {"p50", "p95"}
    assert report["indexing"]["passages_per_second"] > 0
    assert set(report["ablations"]) == {
        "lexical only",
        "dense only",
        "without vocabulary",
        "without translation",
    }
    assert report["ablations"]["without vocabulary"]["reindexing_seconds"] is not None
    assert left_over(tmp_path) == []


def test_an_interrupted_evaluation_removes_what_it_made(small_set, tmp_path, db):
    many = [
        {"_id": number, "text": f"Registry of children {number}. " * 50} for number in range(900)
    ]
    write(small_set, corpus=many, qrels="q1\t1\t1\n")
    process = started(tmp_path, small_set)
    deadline = time.monotonic() + 60
    while not (list((tmp_path / "tmp").glob("*evaluation*")) or process.poll() is not None):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    for line in process.stderr:
        if "Reading" in line:
            break
    # Python drops an interrupt in the midst of some callbacks: whoever waits presses again.
    deadline = time.monotonic() + 120
    while process.poll() is None:
        assert time.monotonic() < deadline
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=1)
    assert process.returncode != 0
    assert left_over(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "corpus.jsonl",
            '{"_id": "1", "text": "a"}\nnonsense\n',
            r"corpus\.jsonl, line 2: not JSON",
        ),
        ("corpus.jsonl", '{"text": "a"}\n', r"corpus\.jsonl, line 1: `_id`"),
        ("corpus.jsonl", '{"_id": 1, "text": 7}\n', r"line 1: `text` must be a text"),
        ("corpus.jsonl", '{"_id": 1}\n{"_id": "1"}\n', r"line 2: `_id` '1' was there before"),
        ("corpus.jsonl", "\n", r"corpus\.jsonl is empty"),
        (
            "queries.jsonl",
            '{"_id": 1, "text": " "}\n',
            r"queries\.jsonl, line 1: .* needs a `text`",
        ),
        ("queries.jsonl", '{"_id": 1, "text": "a", "lang": "../x"}\n', r"line 1: `lang`"),
        ("qrels.tsv", "q1 1 1\n", r"qrels\.tsv, line 1: .*tabs"),
        ("qrels.tsv", "q1\t1\t1\nq1\t3\tgood\n", r"qrels\.tsv, line 2: .*'good' is not a number"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(small_set, name, text, told):
    (small_set / name).write_text(text, "utf-8")
    with pytest.raises(RelevanceSetError, match=told):
        read(small_set)


def test_a_missing_file_is_named(small_set):
    (small_set / "qrels.tsv").unlink()
    with pytest.raises(RelevanceSetError, match=r"qrels\.tsv cannot be read"):
        read(small_set)


def test_other_bytes_than_utf8_are_named(small_set):
    (small_set / "corpus.jsonl").write_bytes(b'{"_id": 1, "text": "\xe9"}\n')
    with pytest.raises(RelevanceSetError, match="line 1: not UTF-8"):
        read(small_set)


def test_a_set_is_read_whole(small_set):
    judged = read(small_set)
    assert list(judged.documents) == ["1", "b/:x é", "3"]
    assert judged.documents["3"].language == "es"
    assert judged.relevant == {"q1": {"1": 2.0}, "q2": {"3": 1.0}, "q4": {"b/:x é": 1.0}}
    assert judged.unknown == 0


def test_figures_are_those_of_trec_eval():
    gains = {"a": 3.0, "b": 1.0, "c": 2.0}
    best = 3 + 2 / math.log2(3) + 1 / 2
    assert metrics.ndcg(["a", "c", "b"], gains) == 1
    assert metrics.ndcg(["x", "a"], gains) == pytest.approx(3 / math.log2(3) / best)
    assert metrics.ndcg([], gains) == 0
    assert metrics.ndcg(["x"] * 10 + ["a"], gains) == 0
    assert metrics.recall(["a", "x", "b"], gains) == pytest.approx(2 / 3)
    assert metrics.reciprocal_rank(["x", "b", "a"], gains) == 1 / 2
    assert metrics.reciprocal_rank(["x"] * 10 + ["a"], gains) == 0
    assert metrics.percentile([4, 1, 3, 2], 0.5) == 2
    assert metrics.percentile(list(range(1, 101)), 0.95) == 95
    assert metrics.percentile([], 0.5) == 0
