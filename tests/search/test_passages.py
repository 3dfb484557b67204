from hypothesis import given
from hypothesis import strategies as st

from search.documents import Document, Section
from search.passages import AIM, LONGEST, pieces_of, split

FILLER = " ".join(["Word"] * 30) + "."
words = st.text(alphabet="abcdeéñع.?!ABC\"'»)", min_size=1, max_size=12)
texts = st.lists(st.lists(words, max_size=60).map(" ".join), max_size=25).map(". ".join)


def letters(text):
    return "".join(text.split())


@given(texts)
def test_every_word_lands_in_some_passage_in_order(text):
    assert letters(" ".join(split(text))) == letters(text)


@given(texts)
def test_no_passage_is_longer_than_the_limit(text):
    assert all(0 < len(passage.split()) <= LONGEST for passage in split(text))


def test_long_texts_become_passages_of_even_length():
    text = " ".join(f"This is sentence number {n} of a long report." for n in range(300))
    lengths = [len(passage.split()) for passage in split(text)]
    assert min(lengths) >= 120
    assert max(lengths) <= LONGEST


def test_passages_end_with_sentences():
    text = " ".join(f"Sentence {n} has some words in it, as they do." for n in range(100))
    assert all(passage.endswith("do.") for passage in split(text))


def test_one_endless_token_is_broken():
    passages = split("x" * 100_000)
    assert "".join(passages).replace(" ", "") == "x" * 100_000
    assert all(len(passage.split()) <= AIM for passage in passages)


def test_sections_of_one_heading_are_read_together_and_others_are_not_mixed():
    document = Document(
        "shelf:1",
        "practice",
        "Title",
        "en",
        (
            Section(("Problem",), "First. " + FILLER),
            Section(("Problem",), "Second."),
            Section(("Results",), "Third. " + FILLER),
        ),
    )
    assert [(piece.heading, piece.text) for piece in pieces_of(document)] == [
        ("Problem", f"First. {FILLER} Second."),
        ("Results", f"Third. {FILLER}"),
    ]


def test_sections_of_a_few_words_make_one_passage_under_the_heading_they_share():
    document = Document(
        "shelf:1",
        "practice",
        "Title",
        "en",
        (
            Section(("Facts", "Year"), "2019", anchor="year"),
            Section(("Facts", "Country"), "Georgia"),
            Section(("Results",), FILLER),
            Section(("Contact",), "Nobody"),
            Section(("Contact",), "Next page", page=2),
        ),
    )
    pieces = pieces_of(document)
    assert [(each.heading, each.page, each.anchor, each.text) for each in pieces] == [
        ("Facts", None, "year", "Year: 2019 Country: Georgia"),
        ("Results", None, "", FILLER),
        ("Contact", None, "", "Nobody"),
        ("Contact", 2, "", "Next page"),
    ]


def test_a_document_without_text_has_one_passage():
    assert len(pieces_of(Document("shelf:1", "page", "Only a title", "en"))) == 1


def test_the_summary_is_found_too():
    document = Document("shelf:1", "page", "T", "en", (Section((), "Body."),), summary="Sum up.")
    assert [piece.text for piece in pieces_of(document)] == ["Sum up. Body."]
