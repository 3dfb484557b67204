"""A question as it is understood: clean, capped, in words; never parsed as a language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.bridges.commonness import is_common
from search.bridges.questions import EnglishForm
from search.cleaning import one_line
from search.language import LANGUAGES, detect, is_stopword, stems_in_all, words
from search.spelling import name_nearest
from search.stores import Term

MOST_CHARACTERS = 512
MOST_TERMS = 32
FEWEST_CONCEPTS = 2
FEW_TERMS = 2
# In longer questions of other languages than English an unknown word is mostly right: the words
# that it is near to are those of English texts.
FEW_WORDS = 3
# Longer input is cut before anything else looks at it, so that cost does not grow with it.
MOST_READ = 4096
_QUOTED = re.compile(
    '["\u201c\u201d\u201e\u00ab\u00bb]([^"\u201c\u201d\u201e\u00ab\u00bb]+)["\u201c\u201d\u201e\u00ab\u00bb]'
)


@dataclass(frozen=True)
class Question:
    """What somebody asked."""

    text: str  # cleaned, "" when nothing was asked
    language: str  # guessed from its small words and letters
    terms: tuple[Term, ...]
    phrases: tuple[tuple[tuple[str, ...], ...], ...]  # quoted words, each as its possible stems
    shortened: bool
    english: EnglishForm | None = None  # where a language layer gives one

    @property
    def stems(self) -> frozenset[str]:
        """Return every stem that counts as a match when a passage is marked."""
        terms = (*self.terms, *(self.english.terms if self.english else ()))
        return frozenset(stem for term in terms for stem in term.stems)


def encoded_form(question: Question) -> str:
    """Return the question with corrected words in place of misspelt ones, for the encoder.

    Only in a few words: in a whole question an unknown word is mostly right, and off the field.
    """
    corrected = {term.word: term.corrected for term in question.terms if term.corrected}
    if not corrected or len(question.terms) > FEW_TERMS:
        return question.text
    return " ".join(corrected.get(word, word) for word in words(question.text))


def with_names(question: Question) -> str:
    """Return the question's text, names of the vocabulary in place of their misspellings."""
    right = {t.word: t.name for t in question.terms if t.name and t.corrected == t.name}
    if not right:
        return question.text
    return " ".join(right.get(word, word) for word in words(question.text))


def forms_to_encode(
    question: Question, concepts: Sequence[str], multilingual: bool
) -> list[tuple[str, str]]:
    """Return the forms in which a question is encoded, each with the language it is not for.

    As asked, for texts of any language; in English with the English names of its concepts, for
    an encoder that reads no other; without a translation those names alone, for texts in other
    languages than its own, which hold such names in their shadow. The packaged model half
    understands Spanish and French, Arabic not at all: what is near to Arabic letters means
    nothing to it. One concept alone says too little of an English question.
    """
    forms = []
    if multilingual or question.language != "ar":
        forms.append((encoded_form(question), ""))
    if question.english and question.english.sentences and not multilingual:
        forms += [(_with(text, concepts), "") for text in question.english.sentences]
    elif len(concepts) >= (FEWEST_CONCEPTS if question.language == "en" else 1):
        forms.append((", ".join(concepts), question.language))
    return forms


def _with(sentence: str, concepts: Sequence[str]) -> str:
    """Return a sentence with those concepts that it does not name already."""
    said = sentence.casefold()
    return ", ".join([sentence, *(each for each in concepts if each.casefold() not in said)])


def understand(query: str, language: str) -> Question:
    """Return the question behind a typed text; `language` is the reader's."""
    cleaned = one_line(query[:MOST_READ])
    text = cleaned[:MOST_CHARACTERS].strip()
    spoken = detect(text, language)
    found = words(text)
    told = [word for word in found if not is_stopword(word, spoken)] or found
    distinct = list(dict.fromkeys(told))
    last = found[-1] if found else ""
    quoted_words = {word for quoted in _QUOTED.findall(text) for word in words(quoted)}
    sentence = spoken != "en" and len(found) > FEW_WORDS
    terms = tuple(
        _term(word, spoken, word == last, word in quoted_words, sentence)
        for word in distinct[:MOST_TERMS]
    )
    phrases = tuple(
        tuple(stems_in_all(word) for word in words(quoted)[:MOST_TERMS])
        for quoted in _QUOTED.findall(text)
        if words(quoted)
    )
    shortened = len(query) > MOST_READ or len(cleaned) > len(text) or len(distinct) > MOST_TERMS
    return Question(text, spoken, terms, phrases, shortened)


def _term(word: str, language: str, last: bool, quoted: bool, sentence: bool) -> Term:
    right = quoted or any(is_stopword(word, each) for each in LANGUAGES)
    right = right or (language == "en" and is_common(word))
    name = "" if right else name_nearest(word, language)
    return Term(stems_in_all(word), prefix=last, word=word, kept=right or sentence, name=name)
