"""Counts under five of people: the fewer they are, the easier somebody knows who is meant.

"3 unaccompanied girls" is one; dates, ages, sections, shares ("1 in 4 children"), households
("families with two children") and other nouns ("three ministries") are not.
"""

import re
from collections.abc import Iterator

from safeguarding.detectors.words import CHILD, CHILDREN

_FEW = (
    r"(?:[1-4]|two|three|four|dos|tres|cuatro|deux|trois|quatre|only one|just one|a single"
    r"|solo una?|sólo una?|una? únic[oa]|une? seule?|seule?ment une?)"
)
# What may stand between: anything but words that begin another part of the sentence.
_NOT_BETWEEN = (
    r"(?!(?:of|in|on|for|with|and|or|per|out|from|to|by|about|that|which|who|million|thousand"
    r"|hundred|billion|percent|days?|weeks?|months?|years?|times|groups?|types?|kinds?|sets?|stages?"
    r"|steps?|phases?|rounds?|waves?|sources?|surveys?|countries|regions|categories|ways|main|key"
    r"|de|del|en|para|con|sobre|y|o|por|a|que|mil|millones|cada|días|semanas|meses|años|grupos?"
    r"|tipos?|veces|et|ou|pour|avec|sur|par|dans|à|qui|mille|millions?|jours?|semaines?|mois|ans"
    r"|groupes?|types?|fois|child|enfant)\b)"
)
_BETWEEN = rf"(?: {_NOT_BETWEEN}[^\W\d_][\w'-]*){{0,3}}"
PEOPLE = re.compile(
    rf"(?<![\w.,/:%-])(?<!\d )({_FEW}{_BETWEEN} (?:{CHILDREN}|asylum seekers))(?![\w-])",
    re.IGNORECASE,
)
ONE = re.compile(
    rf"(?<![\w.,/:%-])(?<!\d )((?:1|only one|just one|a single|solo una?|una? únic[oa]|une? seule?)"
    rf"{_BETWEEN} (?:{CHILD}))(?![\w'-])",
    re.IGNORECASE,
)
CASES = re.compile(
    r"(?<![\w.,/:%-])(?<!\d )((?:[1-4]|two|three|four|dos|tres|cuatro|deux|trois|quatre|one|un)"
    r" (?:\w+ ){0,2}(?:cases? of|casos? de|cas de|deaths?|muertes?|décès|suicides?|rapes?"
    r"|violaciones|viols?|disappearances?|desapariciones|disparitions?)"
    r"(?: (?:child )?(?:trafficking|abuse|exploitation|rape|violence|death|trata|abuso|explotación"
    r"|violación|traite|abus|viol|early marriage|forced labour))?)(?![\w-])",
    re.IGNORECASE,
)
_FEW_AR = r"(?:[1-4]|ثلاثة?|اربعة?|اربع)"
_MANY_AR = (
    r"(?:اطفال|فتيات|فتيان|بنات|قاصرين|قصر|رضع|مراهقين|مراهقات|ضحايا|لاجئين|لاجئات|مهاجرين"
    r"|مهاجرات|نساء|رجال|اشخاص|ايتام|تلاميذ|اولاد|ناجين|ناجيات|عائلات|اسر)"
)
_TWO_AR = (
    r"(?:طفلان|طفلين|طفلتان|طفلتين|فتاتان|فتاتين|قاصران|قاصرين اثنين|ضحيتان|ضحيتين|شقيقان"
    r"|شقيقين|شقيقتان|شقيقتين|لاجئان|لاجئتان|رضيعان|رضيعين|مراهقان|مراهقين اثنين|ولدان|ولدين"
    r"|بنتان|بنتين|صبيان اثنان|شخصان|شخصين)"
)
_ONE_AR = r"(?:طفل|طفلة|فتاة|قاصر|قاصرة|فتى|ضحية) (?:واحدة?|وحيدة?|فقط)"
ARABIC = re.compile(
    rf"(?<![ا-ي\d.,/])([وفبل]?{_FEW_AR} {_MANY_AR}|[وفبل]?{_TWO_AR}|[وفبل]?{_ONE_AR})(?![ا-ي])"
)
BEFORE = re.compile(
    r"(?:\b(?:(?:\d|one|two|three|four) (?:in|of|out of)|(?:de|por) cada|sur|more than"
    r"|fewer than|less than|fewer|under|over|families with|household with"
    r"|households with|mothers? of|fathers? of|parents of|family of|the first|every|each|grade|age"
    r"|aged|ages|section|table|figure|annex|step|chapter|page|between \d+ and|from \d+ to|version"
    r"|level|article|no|years|to|más de|menos de|familias con|hogares con|madres? de|padres? de"
    r"|los primeros|las primeras|cada|edad|sección|tabla|cuadro|entre \d+ y|plus de|moins de"
    r"|familles avec|ménages avec|mères? de|pères? de|les premiers|chaque|âge|tableau|annexe|étape"
    r"|entre \d+ et|parents d'|having|average of|or|o|ou)"
    r"|اكثر من|اقل من|لديه[ام]|كل|ام ل|سن|الجدول|القسم|المادة|بين \d+ و) ?$",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"^ ?(?:%|percent|per cent|por ciento|pour cent|per (?:woman|household|family|class|team|\w+)"
    r"|in (?:four|five|ten|every|\d)|out of|of (?:every|the|all)|in every"
    r"|por (?:mujer|hogar|familia)|de cada|par (?:femme|ménage|famille)|sur (?:\d|trois|quatre|cinq"
    r"|dix|cent)|من كل|لكل|من بين كل)",
    re.IGNORECASE,
)
# A cell of a table, as `safeguarding.passages` writes it: the headings, a colon, the number.
CELL = re.compile(r"^([^|]*) \| ([1-4])$")
OF_PEOPLE = re.compile(
    rf"(?<![\w-])(?:{CHILDREN}|{CHILD}|asylum seekers?|cases?|casos|cas|unaccompanied"
    r"|no acompañad[oa]s|non accompagnée?s|deaths?)(?![\w-])|اطفال|فتيات|قاصرين|الضحايا|طفل",
    re.IGNORECASE,
)
RATE = re.compile(r"%|\b(?:per|rate|average|mean|share|age|years?|percent|tasa|promedio|media|edad"
                  r"|años?|taux|moyenne|âge|ans|part|rank|score)\b|نسبة|معدل|متوسط|العمر|عمر",
                  re.IGNORECASE)  # fmt: skip


def find(text: str) -> Iterator[str]:
    """Yield counts of one to four people in a normalised sentence or cell of a table."""
    cell = CELL.match(text)
    if cell:
        if OF_PEOPLE.search(cell.group(1)) and not RATE.search(cell.group(1)):
            yield text
        return
    for pattern in (PEOPLE, ONE, CASES, ARABIC):
        for match in pattern.finditer(text):
            before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() :]
            if not BEFORE.search(before) and not AFTER.match(after[:24]):
                yield match.group(1)
