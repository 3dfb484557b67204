"""The meaning of a question: its forms as vectors, encoded beside the search by words."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np

from search import encoders, layers
from search.encoders import EncoderUnavailableError, Vectors, query_vectors
from search.expand import Expansion
from search.question import Question, encoded_form, forms_to_encode

# A model for English puts all Spanish texts near to each other, and all French ones: of a form in
# a language that it does not read, so much of the cosine tells of the language and not of the
# meaning. (Nonsense in Spanish and French on the demo knowledge base: 0.51 and 0.48 at the 95th
# percentile, in English 0.33.)
OF_THE_LANGUAGE = 0.15
# A bare list of concepts is near to every list of concepts: it says less than a question.
OF_THE_LIST = 0.1
# What going through English loses of the evidence, given back to a question in this language
# whatever the text (docs/decisions/0008): it answers more real questions, and more nonsense.
QUESTION_LOSES = {"es": 0.05, "fr": 0.03, "ar": 0.05}


NOT_YET: Vectors = np.empty(0, np.float32)


@dataclass(frozen=True)
class Form:
    """A form of the question as a vector; it says nothing of texts in the language `not_in`."""

    vector: Vectors
    not_in: str = ""
    discount: float = 0.0  # of what its cosines say more than they mean
    lost: float = 0.0  # of the evidence, by a translation of the question


class Meaning:
    """What a question means; whoever needs `forms` waits until the encoder is done."""

    def __init__(self, texts: Sequence[tuple[str, Form]] = ()) -> None:
        """Begin to encode these texts; each gives its vector to the form beside it."""
        self.failed = False  # the model is missing, or too many ask at once
        self._forms = [form for _text, form in texts]
        self._encoded: Future[list[Vectors]] | None = None
        if texts:
            self._encoded = _threads().submit(query_vectors, [text for text, _form in texts])

    @classmethod
    def of(cls, question: Question, expansion: Expansion) -> "Meaning":
        """Return the meaning of a question, which is being encoded."""
        if not question.terms or not layers.on("meaning"):
            return cls()
        try:
            multilingual = encoders.current().multilingual
        except EncoderUnavailableError:
            meaning = cls()
            meaning.failed = True
            return meaning
        return cls(list(_texts(question, expansion, multilingual)))

    @cached_property
    def forms(self) -> list[Form]:
        """Return the forms of the question; none where it has no words or the model fails."""
        if self._encoded is None:
            return []
        try:
            vectors = self._encoded.result()
        except EncoderUnavailableError:
            self.failed = True
            return []
        return [
            replace(form, vector=vector) for form, vector in zip(self._forms, vectors, strict=True)
        ]


def _texts(
    question: Question, expansion: Expansion, multilingual: bool
) -> Iterator[tuple[str, Form]]:
    """Yield what is to be encoded, with what its vector will count for."""
    read = multilingual or question.language == "en"
    lost = 0.0 if read else QUESTION_LOSES.get(question.language, 0.0)
    discounts = {encoded_form(question): OF_THE_LANGUAGE}
    if read:
        discounts = {", ".join(expansion.concepts): OF_THE_LIST}
    discounts.pop(expansion.whole, None)
    forms = forms_to_encode(question, expansion.concepts, multilingual)
    for text, not_in in (*forms, *([(expansion.whole, "")] if expansion.whole else [])):
        yield text, Form(NOT_YET, not_in, discounts.get(text, 0.0), lost)


@cache
def _threads() -> ThreadPoolExecutor:
    """Return the threads of this process that encode questions, one for every processor."""
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="search-meaning")
