"""Texts and questions to measure with: synthetic ones, or those of a relevance set.

Synthetic texts are sentences drawn by a seeded generator from the words of this field: times mean
something with them, relevance does not.
"""

import random
from collections.abc import Iterator

_TEXT = """children migration data registry ministry census survey statistics refugee displaced
border school health protection indicator household administrative record integration country
region population policy law agreement identifier privacy consent coverage quality estimate
sampling questionnaire interview municipality province institution office coordination committee
guideline standard disaggregation age sex disability nationality birth family guardian return
reintegration transit destination origin remittance education enrolment attendance vaccination
nutrition shelter asylum application decision appeal detention deportation trafficking labour
poverty income expenditure budget training capacity workshop report evidence practice lesson
challenge recommendation partner agency government donor project pilot evaluation system platform
software database exchange linkage protocol anonymisation access publication dissemination user
journalist researcher community leader teacher nurse officer police court judge lawyer"""
WORDS = _TEXT.split()
QUESTIONS = (
    "how do countries bring together data held by several ministries",
    "children left behind by migrating parents",
    "age and sex disaggregation of migration statistics",
    "legal basis for sharing data between institutions",
    "census questions on country of birth",
    "registry of unaccompanied children",
    "school enrolment of refugee children",
    "privacy and consent when interviewing children",
    "capacity of national statistical offices",
    "best pizza recipe",
)
SENTENCES = 20_000
# A passage of some 150 words, as the splitter of the site makes them.
SENTENCES_A_PASSAGE = 12


def synthetic(count: int, seed: int = 20251120) -> Iterator[tuple[str, str]]:
    """Yield (title, text of some 150 words), always the same ones."""
    chance = random.Random(seed)
    # Natural texts use few words often and many seldom.
    rare = [f"{word}{number}" for word in WORDS for number in range(60)]
    sentences = []
    for _ in range(min(SENTENCES, count * SENTENCES_A_PASSAGE)):
        words = chance.choices(WORDS, k=11) + chance.choices(rare, k=2)
        chance.shuffle(words)
        sentences.append(" ".join(words).capitalize() + ".")
    for number in range(count):
        text = " ".join(chance.choices(sentences, k=SENTENCES_A_PASSAGE))
        yield f"Synthetic document {number}: {chance.choice(WORDS)}", text


def questions(count: int, seed: int) -> Iterator[str]:
    """Yield so many different questions: the vectors of those asked lately are remembered."""
    chance = random.Random(seed)
    for number in range(count):
        yield f"{QUESTIONS[number % len(QUESTIONS)]} {' '.join(chance.choices(WORDS, k=2))}"
