"""Turning a sentence-transformers model into files for OpenVINO; a process of its own.

    python -m search.encoders.conversion MODEL_FOLDER EMPTY_FOLDER

writes the files, compares what they say with what sentence-transformers says, and prints the
figures as one JSON object. Lines on standard error say what is being done. Torch is in memory
only as long as this process lives. Knows nothing of Django.
"""

import json
import statistics
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from search.encoders.openvino_model import FILES, MODEL, TOKENIZER, OpenvinoModel, Vectors, library

TEXTS = Path(__file__).with_name("comparison.json")
# Rounds for the speeds that are told; the two runtimes take turns.
ROUNDS = 3


class NotConvertibleError(RuntimeError):
    """A model that cannot be exported; the message says why."""


def convert(source: Path, target: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """Write the files of an export and return its description with cosines and speeds."""
    openvino = library(converting=True)
    say("Reading the model")
    from search.encoders.sentence_transformer import read_model

    model = read_model(source)
    model.eval()
    _write_tokenizer(model, target / TOKENIZER)
    say("Converting it for OpenVINO")
    openvino.save_model(_graph(model, openvino), str(target / MODEL), compress_to_fp16=True)
    say("Comparing both")
    prompts = {kind: _prompt(model, kind) for kind in ("query", "passage")}
    described = {
        "runtime": f"OpenVINO {openvino.get_version().split('-')[0]}",
        "prompts": prompts,
        "bytes": sum((target / name).stat().st_size for name in FILES),
    }
    return described | _compared(model, OpenvinoModel(target), prompts)


def _write_tokenizer(model: Any, path: Path) -> None:
    """Write the tokeniser with the length at which the model cuts, and what it fills up with."""
    tokenizer = getattr(model.tokenizer, "backend_tokenizer", None)
    longest = model.max_seq_length or model.tokenizer.model_max_length
    if tokenizer is None or not longest or longest > 100_000:
        raise NotConvertibleError("its tokeniser is not one of the library `tokenizers`")
    if getattr(model.tokenizer, "padding_side", "right") != "right":
        raise NotConvertibleError("it fills up texts at the left")
    tokenizer.enable_truncation(int(longest))
    filler = model.tokenizer.pad_token_id
    tokenizer.enable_padding(pad_id=filler, pad_token=model.tokenizer.pad_token)
    tokenizer.save(str(path))


def _graph(model: Any, openvino: Any) -> Any:
    """Return the whole model, pooling included, as a graph over texts of any number and length."""
    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            inputs = {"input_ids": input_ids, "attention_mask": attention_mask}
            return self.model(inputs)["sentence_embedding"]

    tokens = torch.randint(5, 100, (3, 12))
    mask = torch.ones_like(tokens)
    mask[1, 8:] = 0  # a graph traced with full masks only might leave the mask out
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openvino.convert_model(Whole(), example_input=(tokens, mask))


def _prompt(model: Any, kind: str) -> str:
    """Return what this model wants in front of a text (as `encode_query` and its twin do)."""
    names = {"query": ("query",), "passage": ("document", "passage", "corpus")}[kind]
    found = next((model.prompts[name] for name in names if name in model.prompts), None)
    if found is None and model.default_prompt_name:
        found = model.prompts.get(model.default_prompt_name)
    return found or ""


def _compared(model: Any, exported: OpenvinoModel, prompts: dict[str, str]) -> dict[str, Any]:
    """Return cosines to sentence-transformers in float32, and the speeds of both in this run."""
    from search.encoders.sentence_transformer import OPTIONS

    texts = json.loads(TEXTS.read_text("utf-8"))
    # Longer than any model reads: it must be cut where the definition cuts it.
    passages = [*texts["passages"], " ".join(texts["passages"]), texts["passages"][0][:20]]
    queries = [prompts["query"] + text for text in texts["queries"]]
    told = [prompts["passage"] + text for text in passages]
    exact = model.encode_query(texts["queries"], **OPTIONS)
    exact_passages = model.encode_document(passages, **OPTIONS)
    cosines = {
        "cosine": {
            "queries": _cosine(exact, exported.encode_many(queries)),
            "queries one by one": _cosine(
                exact, np.concatenate([exported.encode_few([text]) for text in queries])
            ),
            "passages": _cosine(exact_passages, exported.encode_many(told)),
        }
    }
    query = texts["queries"][0]
    return cosines | {
        "query_ms": _faster(
            lambda: model.encode_query([query], **OPTIONS),
            lambda: exported.encode_few([prompts["query"] + query]),
            20,
        ),
        "passages_per_second": [
            round(len(passages) * 1000 / milliseconds, 1)
            for milliseconds in _faster(
                lambda: model.encode_document(passages, **OPTIONS),
                lambda: exported.encode_many(told),
                1,
            )
        ],
    }


def _cosine(exact: Vectors, found: Vectors) -> float:
    """Return the mean cosine of two lists of unit vectors; NaN if one holds anything else."""
    return float(np.mean(np.einsum("ij,ij->i", exact, found)))


def _faster(
    definition: Callable[[], object], export: Callable[[], object], times: int
) -> list[float]:
    """Return milliseconds of both calls, medians of rounds in which they take turns."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _round in range(ROUNDS):
        for call, spent in zip((definition, export), taken, strict=True):
            for _time in range(times):
                started = perf_counter()
                call()
                spent.append((perf_counter() - started) * 1000)
    return [round(statistics.median(spent), 2) for spent in taken]


def main(arguments: Sequence[str]) -> int:
    """Convert and print; 1 with the reason as JSON when this model cannot be converted."""
    source, target = map(Path, arguments)
    try:
        described = convert(source, target, lambda line: print(line, file=sys.stderr, flush=True))
    except Exception as error:  # noqa: BLE001 - the caller tells people, and goes on without
        print(json.dumps({"failed": f"{type(error).__name__}: {error}"[:500]}))
        return 1
    print(json.dumps(described))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
