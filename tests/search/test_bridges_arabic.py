"""Arabic words in English: readings, senses, names."""

from pathlib import Path

import pytest

from search.bridges import arabic, glossary
from search.bridges.commonness import commonness
from search.bridges.freedict import DictionaryError, entries
from search.bridges.names import keys_in, skeletons, word_of
from search.language import fold, words

FOLDER = Path("/usr/share/dictd")
installed = pytest.mark.skipif(
    not glossary.files(FOLDER),
    reason="FreeDict is not installed: apt-get install dict-freedict-ara-eng dict-freedict-eng-ara",
)


@pytest.fixture(scope="module")
def known():
    return glossary.opened(FOLDER)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أطفال", "اطفال"),
        ("إحصاء", "احصاء"),
        ("مدرسة", "مدرسه"),
        ("مصطفى", "مصطفي"),
        ("مســــح", "مسح"),
        ("الطِّفْلُ", "الطفل"),
        ("کتاب", "كتاب"),
        ("علی", "علي"),
        ("٢٠٢٣", "2023"),
        ("۲۰۲۳", "2023"),
        ("ﻻﺟﺌﻴﻦ", "لاجئين"),
    ],
)
def test_forms_of_one_arabic_word_are_one(one, other):
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("والمدارس", "مدارس"),
        ("للاطفال", "اطفال"),
        ("بالمدرسه", "مدرسه"),
        ("وبياناتهم", "بيانات"),
        ("مدرستها", "مدرسه"),
        ("سيعملون", "يعمل"),
        ("الوطنيه", "وطني"),
        ("مهاجرين", "مهاجر"),
        ("للغه", "لغه"),
    ],
)
def test_letters_written_onto_a_word_are_read_off(written, meant):
    assert any(meant in step for step in arabic.readings(fold(written)))


def test_every_word_has_a_reading():
    for word in ("و", "ال", "لل", "ف", "وال", "ت", "سي", "ا" * 200, "والوالوال"):
        assert arabic.readings(word)[0]


@installed
@pytest.mark.parametrize(
    ("word", "sense"),
    [
        ("الأطفال", "children"),
        ("والمدارس", "schools"),
        ("القانون", "law"),
        ("كنيسة", "church"),
        ("المستشفى", "hospital"),
        ("بصل", "onions"),
    ],
)
def test_the_usual_sense_comes_first(known, word, sense):
    [gloss] = known.glosses(word)
    assert gloss.senses[0] == sense


@installed
def test_words_of_grammar_are_not_searched(known):
    glosses = list(known.glosses("ما هي المدارس التي في المدينة؟"))
    assert [gloss.word for gloss in glosses if not gloss.grammar] == ["المدارس", "المدينه"]


@installed
def test_a_phrase_of_the_dictionary_is_one_word(known):
    (gloss,) = known.glosses("كرة القدم")
    assert "football" in gloss.senses


@installed
def test_numbers_and_latin_words_stand_for_themselves(known):
    assert [gloss.senses for gloss in known.glosses("UNICEF ٢٠٢٣")] == [("unicef",), ("2023",)]


def test_a_common_word_is_commoner_than_a_rare_one():
    assert commonness("school") > commonness("seminary") > commonness("xylem") > 0
    assert commonness("") == 0


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Kansas", "كانساس"),
        ("Goldman", "جولدمان"),
        ("Marshall", "مارشال"),
        ("Kyrgyzstan", "قرغيزستان"),
        ("Chester", "تشيستر"),
        ("Newton", "ونيوتن"),
        ("Philip", "فيليب"),
    ],
)
def test_a_name_has_one_skeleton_in_both_scripts(name, written):
    assert set(skeletons(fold(name))) & set(skeletons(fold(written)))


def test_different_names_differ():
    assert not set(skeletons("kansas")) & set(skeletons(fold("نيوتن")))


def test_names_in_a_text_are_its_capitalised_words():
    assert {word_of(key) for key in keys_in("The county of Kisumu asked Mrs. Müller.")} == {
        "kisumu",
        "mrs",
        "muller",
    }


def test_a_damaged_dictionary_says_so(tmp_path):
    index = tmp_path / glossary.FORWARD
    index.write_text("word\tA\tB\n")
    for content in (None, b"no gzip", b""):
        if content is not None:
            index.with_suffix(".dict.dz").write_bytes(content)
        with pytest.raises(DictionaryError, match="freedict-ara-eng"):
            list(entries(index))
    with pytest.raises(DictionaryError):
        glossary.opened(tmp_path)
    with pytest.raises(DictionaryError, match="No dictionary"):
        glossary.opened(tmp_path / "nothing")
