"""The model as sentence-transformers defines it, and as OpenVINO runs it."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection

from search import encoders
from search.encoders import definition, export
from search.encoders.export import ExportError, RefusedError
from search.encoders.sentence_transformer import SentenceTransformerEncoder
from tests.seeded import ROOT, environment, on_postgresql

TEXTS = [
    "how do countries bring together data held by several ministries",
    "¿cómo reúnen los países los datos de varios ministerios?",
    "comment les pays réunissent-ils les données de plusieurs ministères ?",
    "كيف تجمع البلدان بيانات عدة وزارات؟",
    "census",
    "",
    "The registry of children who cross the border is kept by three ministries. " * 60,
    "Children of parents who work abroad stay with their grandparents. " * 4,
]


@pytest.fixture(autouse=True)
def fresh():
    encoders.forget()
    yield
    encoders.forget()


def tiny_model(folder, seed):
    """Save a model that tells texts well apart by its random weights."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(seed)
    base = folder.parent / f"{folder.name}-base"
    base.mkdir()
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *map(chr, range(33, 0x6FF))]
    pieces += [f"##{piece}" for piece in pieces[5:]]
    (base / "vocab.txt").write_text("\n".join(pieces))
    BertTokenizerFast(str(base / "vocab.txt")).save_pretrained(base)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        initializer_range=0.5,
    )
    BertModel(config).save_pretrained(base)
    words = Transformer(str(base), max_seq_length=61)
    SentenceTransformer(modules=[words, Pooling(32), Normalize()], device="cpu").save(str(folder))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """Four small models: two alike but for the weights, one of another kind, one of no kind."""
    folder = tmp_path_factory.mktemp("tiny")
    tiny_model(folder / "one", seed=1)
    tiny_model(folder / "two", seed=2)
    shutil.copytree(folder / "one", folder / "left")
    told = folder / "left" / "tokenizer_config.json"
    told.write_text(json.dumps(json.loads(told.read_text()) | {"padding_side": "left"}))
    shutil.copytree(folder / "one", folder / "prompted")
    told = folder / "prompted" / "config_sentence_transformers.json"
    prompts = {"query": "question: ", "document": "text: "}
    told.write_text(json.dumps(json.loads(told.read_text()) | {"prompts": prompts}))
    pooling = folder / "prompted" / "1_Pooling" / "config.json"
    found = json.loads(pooling.read_text())
    found = {name: value for name, value in found.items() if not name.startswith("pooling_mode")}
    pooling.write_text(json.dumps(found | {"pooling_mode": "cls"}))
    return folder


@pytest.fixture
def small(tiny, tmp_path, settings):
    """The first small model as the configured one, without an export."""
    shutil.copytree(tiny / "one", tmp_path / "one")
    settings.SEARCH_ENCODER = str(tmp_path / "one")
    settings.SEARCH_MODELS_DIR = tmp_path / "models"
    return tmp_path / "one"


def defined():
    """The configured model as sentence-transformers reads it."""
    return SentenceTransformerEncoder(encoders._definition())


def cosines(one, other):
    assert one.shape == other.shape
    assert one.dtype == other.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(other, axis=1), 1, atol=1e-5)
    return np.einsum("ij,ij->i", one, other)


def test_the_export_says_what_the_model_says(settings):
    made = encoders.export_configured()
    exported, model = encoders.current(), defined()
    assert exported.runtime == made.runtime != model.runtime
    assert (exported.fingerprint, exported.dimensions) == (model.fingerprint, model.dimensions)
    assert cosines(model.encode_queries(TEXTS), exported.encode_queries(TEXTS)).min() > 0.995
    assert cosines(model.encode_passages(TEXTS), exported.encode_passages(TEXTS)).min() > 0.995
    assert min(made.cosine.values()) >= export.ENOUGH
    assert exported.encode_passages([]).shape == (0, exported.dimensions)


def test_company_does_not_change_a_vector():
    encoders.export_configured()
    exported = encoders.current()
    alone = np.concatenate([exported.encode_passages([text]) for text in TEXTS])
    assert cosines(alone, exported.encode_passages(TEXTS)).min() > 0.999
    assert cosines(alone, np.stack(encoders.query_vectors(TEXTS))).min() > 0.999


def test_questions_of_many_threads_do_not_mix():
    encoders.export_configured()
    exported = encoders.current()
    expected = exported.encode_queries(TEXTS)
    wrong = []

    def ask(number):
        for _time in range(20):
            found = exported.encode_queries([TEXTS[number]])
            if cosines(found, expected[number][None])[0] < 0.999:
                wrong.append(number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(TEXTS))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_another_model_is_exported_with_its_own_pooling_and_prompts(tiny, settings, tmp_path):
    settings.SEARCH_ENCODER = str(tiny / "prompted")
    settings.SEARCH_MODELS_DIR = tmp_path
    encoders.export_configured()
    exported, model = encoders.current(), defined()
    assert exported.runtime.startswith("OpenVINO")
    queries, passages = exported.encode_queries(TEXTS), exported.encode_passages(TEXTS)
    assert cosines(model.encode_queries(TEXTS), queries).min() > 0.995
    assert cosines(model.encode_passages(TEXTS), passages).min() > 0.995
    # Without the prompts, or with the pooling of the other, they would not have agreed.
    assert cosines(queries, passages).min() < 0.9
    settings.SEARCH_ENCODER = str(tiny / "one")
    assert cosines(defined().encode_queries(TEXTS), queries).min() < 0.9


def test_without_an_export_sentence_transformers_answers(small):
    assert encoders.current().runtime == "sentence-transformers"
    assert encoders.query_vector("census").shape == (32,)


def test_the_setting_keeps_to_sentence_transformers(small, settings):
    encoders.export_configured()
    assert encoders.current().runtime.startswith("OpenVINO")
    settings.SEARCH_RUNTIME = "sentence-transformers"
    assert encoders.current().runtime == "sentence-transformers"


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        (name, harm)
        for name in ("model.bin", "model.xml", "tokenizer.json", "manifest.json")
        for harm in ("flip", "shorten", "remove")
        if (name, harm) != ("manifest.json", "remove")  # no manifest: never exported
    ],
)
def test_a_damaged_export_is_found_before_use(name, harm, exported_once, caplog):
    place = next(exported_once.glob("*/manifest.json")).parent
    path = place / name if name == "manifest.json" else next(place.glob(f"export-*/{name}"))
    content = bytearray(path.read_bytes())
    if harm == "remove":
        path.unlink()
    elif harm == "shorten":
        path.write_bytes(content[: len(content) // 3])
    else:
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    assert encoders.current().runtime == "sentence-transformers"
    assert "export_model" in caplog.text


def test_a_damaged_export_is_made_anew(exported_once):
    next(exported_once.glob("*/export-*/model.bin")).write_bytes(b"")
    encoders.export_if_missing()
    assert encoders.current().runtime.startswith("OpenVINO")
    assert len(list(exported_once.glob("*/export-*"))) == 1


@pytest.fixture
def exported_once(small, tiny_export, settings):
    """An export of the configured small model, copied so that no test waits for it again."""
    shutil.copytree(tiny_export, settings.SEARCH_MODELS_DIR)
    assert encoders.current().runtime.startswith("OpenVINO")
    encoders.forget()
    return settings.SEARCH_MODELS_DIR


@pytest.fixture(scope="module")
def tiny_export(tiny, tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    export.export(models, definition.configured(str(tiny / "one")), print)
    return models


def test_weights_that_changed_are_another_model(exported_once, small, tiny):
    before = encoders.current().fingerprint
    shutil.copyfile(tiny / "two" / "model.safetensors", small / "model.safetensors")
    encoders.forget()
    assert encoders.current().fingerprint != before
    assert encoders.current().runtime == "sentence-transformers"
    shutil.copyfile(tiny / "one" / "model.safetensors", small / "model.safetensors")
    encoders.forget()
    assert encoders.current().fingerprint == before
    assert encoders.current().runtime.startswith("OpenVINO")


def test_other_pooling_over_the_same_weights_is_another_export(exported_once, small, tiny):
    shutil.copyfile(tiny / "prompted/1_Pooling/config.json", small / "1_Pooling/config.json")
    assert encoders.current().runtime == "sentence-transformers"


def test_an_export_spares_reading_the_weights(exported_once, small):
    encoders.export_configured()
    fingerprint = encoders.current().fingerprint
    weights = small / "model.safetensors"
    state = weights.stat()
    weights.write_bytes(b"\x00" * state.st_size)
    os.utime(weights, ns=(state.st_atime_ns, state.st_mtime_ns))
    encoders.forget()
    assert encoders.current().fingerprint == fingerprint
    assert encoders.query_vector("census").shape == (32,)


def test_a_model_that_is_missing_leaves_words(settings, exported_once, small):
    shutil.rmtree(small)
    with pytest.raises(encoders.EncoderUnavailableError, match="SEARCH_ENCODER"):
        encoders.current()


def test_an_export_that_differs_is_refused_and_not_tried_again(
    small, settings, monkeypatch, capsys
):
    with monkeypatch.context() as stricter:
        stricter.setattr(export, "ENOUGH", 1.01)
        with pytest.raises(RefusedError, match="cosine"):
            encoders.export_configured()
    manifest = next(settings.SEARCH_MODELS_DIR.glob("*/manifest.json"))
    told = manifest.read_text()
    call_command("export_model")
    assert "sentence-transformers runs it" in capsys.readouterr().out
    assert manifest.read_text() == told
    assert encoders.current().runtime == "sentence-transformers"
    assert encoders.query_vector("census").shape == (32,)


def test_a_model_that_cannot_be_exported_stays_with_sentence_transformers(
    tiny, tmp_path, settings, capsys
):
    settings.SEARCH_ENCODER = str(tiny / "left")
    settings.SEARCH_MODELS_DIR = tmp_path
    call_command("export_model")
    assert "cannot be converted" in capsys.readouterr().out
    assert encoders.current().runtime == "sentence-transformers"
    assert encoders.query_vector("census").shape == (32,)


def command(settings, **more):
    """`manage.py export_model` as a process of its own, for the configured model."""
    found = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "SEARCH_ENCODER": settings.SEARCH_ENCODER,
        "SEARCH_MODELS_DIR": str(settings.SEARCH_MODELS_DIR),
    }
    return subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "export_model"],
        env=found | more,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def test_one_that_was_killed_and_two_at_once_leave_one_whole_export(small, settings):
    killed = command(settings)
    until(lambda: list(settings.SEARCH_MODELS_DIR.glob("*/export-*")))
    os.killpg(killed.pid, 9)
    killed.communicate()
    assert encoders.current().runtime == "sentence-transformers"
    encoders.forget()
    both = [command(settings) for _each in range(2)]
    told = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert len(list(settings.SEARCH_MODELS_DIR.glob("*/export-*"))) == 1
    assert encoders.current().runtime.startswith("OpenVINO")


def until(true):
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_folder_that_cannot_be_written_is_told_and_search_goes_on(
    small, settings, tmp_path, caplog
):
    (tmp_path / "models").write_text("a file where a folder should be")
    encoders.export_if_missing()
    assert "not exported" in caplog.text
    assert encoders.query_vector("census").shape == (32,)
    with pytest.raises((ExportError, OSError)):
        encoders.export_configured()


ENCODES = """
import sys
from pathlib import Path
from search.encoders.openvino_model import OpenvinoModel
model = OpenvinoModel(Path(sys.argv[1]))
print(model.encode_many(["a text"] * 20).shape)
"""


def test_a_process_that_has_encoded_ends_well(settings):
    manifest = encoders.export_configured()
    folder = settings.SEARCH_MODELS_DIR / encoders._definition().key / manifest.folder
    for _time in range(10):  # an earlier version aborted or hung in one of three
        command = [sys.executable, "-c", ENCODES, str(folder)]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )
        assert (done.returncode, done.stdout) == (0, "(20, 384)\n"), done.stderr


WITHOUT_TORCH = """
import sys, django
django.setup()
from django.test import Client
question = "kids whose mothers and fathers work abroad"
page = Client().get("/en/search/", {"q": question}, headers={"host": "localhost"})
assert page.status_code == 200, page
from search.engine import find
from search.viewer import ANYONE
found = find(question, ANYONE)
heavy = {"torch", "transformers", "sentence_transformers", "scipy", "sklearn"} & set(sys.modules)
loaded = "openvino" in sys.modules
print(len(found.hits), found.timings["encode"] > 0, not found.notice, loaded, sorted(heavy))
"""


def test_a_web_process_answers_by_meaning_without_torch(seeded, copy_of, settings, tmp_path):
    encoders.export_configured()
    data = Path(settings.DATA_DIR) / "databases" / "seeded"
    # PostgreSQL copies no database that somebody is connected to, as this test is.
    database = connection.settings_dict["NAME"] if on_postgresql() else copy_of("seeded")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH],
        env=environment(data, database)
        | {"PYTHONPATH": f"{ROOT}/site:{ROOT}", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    hits, encoded, without_notice, loaded, heavy = done.stdout.strip().split(" ", 4)
    assert int(hits) > 0, done.stderr
    assert (encoded, without_notice, loaded) == ("True", "True", "True")
    assert heavy == "[]"
    # OpenVINO would keep a number of the user there and tell its makers of every import.
    assert list(tmp_path.iterdir()) == []
