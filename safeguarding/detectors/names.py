"""People who can be recognised: a name beside an age, a relative, a home or a fate; initials too.

There is no model here that knows names. A name alone is no finding (authors and officials are
named on purpose): a sentence is looked at only where something personal is told of one person.
There, what looks like a name counts: a given name of the list, or capitalised words that neither
geography nor the language of offices knows.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from safeguarding.detectors.words import ADULT, CAPITAL, CHILD, CHILD_AR, CHILDREN, KIN, KIN_AR
from search.bridges.commonness import is_common
from search.language import fold
from search.stopwords import STOPWORDS
from vocabulary.files import DATA

_NAMES = Path(__file__).resolve().parent.parent / "data" / "given_names.txt"
_OFFICE_WORDS = Path(__file__).resolve().parent.parent / "data" / "office_words.txt"

_WORD = rf"[{CAPITAL}][^\W\d_]*(?:['-][^\W\d_]+)?"
_INSIDE = r"(?:(?:de la|de los|de|del|da|dos|van|von|bin|bint|ben|ould|el|al|abu|um) |(?:al|el)-)"
# Up to four capitalised words, with the small words that stand inside names.
_NAME = rf"{_WORD}(?: {_INSIDE}?{_WORD}){{0,3}}"
NAME = re.compile(rf"(?<![\w'-]){_NAME}")
INITIALS = re.compile(rf"(?<![\w.])(?:[{CAPITAL}]\. ?){{1,3}}(?!\w)")
INITIALS_AR = re.compile(r"(?<![\w.])(?:[ا-ي]\. ?){1,3}(?!\w)")
NOT_INITIALS = {"U.S.", "U.K.", "U.N.", "E.U.", "D.C.", "N.B.", "A.D.", "B.C.", "U.A.E.", "O.I.M."}

_N = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece"
    r"|catorce|quince|dieciséis|diecisiete|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze"
    r"|treize|quatorze|quinze|seize|dix-sept)"
)
_YEARS_AR = r"(?:عاما|سنة|عام|سنوات|اعوام|شهرا|اشهر)"
_N_AR = r"(?:\d{1,2}|[ا-ي]{3,6}(?: عشرة?)?)"
# Ages, in the words for one person; what is said of many is left out by `_of_one`.
AGES = re.compile(
    rf"\b{_N}[- ](?:year|month)s?[- ]old\b"
    rf"|\b(?:aged|age|at the age of) {_N}\b(?! ?(?:-|to|and (?:over|above|older)|or|years and)\b)"
    rf"|\b(?:he|she|who) (?:is|was|turned|had turned) {_N}\b(?! (?:of|percent|per|out|in)\b)"
    rf"|\b(?:tiene|tenía|cumplió) {_N} (?:años|meses)"
    rf"|\bâgée? (?:de |d'){_N} (?:ans|mois)"
    rf"|\b(?:elle|il|qui) (?:a|avait) {_N} (?:ans|mois)"
    rf"|(?<![ا-ي])(?:(?:ال)?بالغة?|[يت]بلغ|كان[ت]? [يت]بلغ)(?: من العمر)? {_N_AR} {_YEARS_AR}"
    rf"|(?<![ا-ي])(?:عمره|عمرها|بعمر|سنه|سنها) {_N_AR}(?: {_YEARS_AR})?"
    rf"|[,(] ?{_N_AR} {_YEARS_AR} ?[,).]",
    re.IGNORECASE,
)
# "de 14 años", "de 14 ans": an age only behind a person, a name or a comma.
AGES_BEHIND = re.compile(rf"(?:de|con|d'|,) ?{_N} (?:años|ans|mois|meses)\b", re.IGNORECASE)
PLACED_AGE = re.compile(rf"(?<![\w'-])({_NAME}) ?[,(] ?\d{{1,2}} ?(?=[,)]|$|years|años|ans\b)")
PERSON = re.compile(rf"(?<![\w-])(?:{CHILD}|{ADULT}|{KIN})(?![\w-])", re.IGNORECASE)
ONE_CHILD = re.compile(rf"(?<![\w-])(?:{CHILD})(?![\w-])", re.IGNORECASE)
MANY = re.compile(
    rf"(?:{CHILDREN}|ages?|aged|those|people|anyone|everyone|all|population|cohort|group|groups"
    r"|years|than|under|over|between|below|above|least|most|to|menos|más|entre|moins|plus|edades"
    r"|years old|men|personas|menores|mayores|población|et|y)",
    re.IGNORECASE,
)
AFTER_MANY = re.compile(
    rf"^(?:s\b| ?(?:-|to|a|à|or|o|ou) ?\d| (?:and|y|et|o|ou) (?:over|above|older|more|younger|más"
    rf"|menos|plus|moins)| ?%| {CHILDREN}\b)",
    re.IGNORECASE,
)
_LINK = r"(?: of| to| de| del| d'|,| named| called)"
OF_KIN = re.compile(
    rf"(?<![\w-])(?:{KIN}){_LINK} ?({_NAME})|(?<![\w'-])({_NAME})'s (?:\w+ )?(?:{KIN})(?![\w-])"
)
NAMED = re.compile(
    rf"(?<![\w-])(?:{CHILD}|{ADULT}|{KIN})\b[^.;:]{{0,40}}?\b(?:named|called|known as|llamad[oa]"
    rf"|de nombre|que se llama|se llama|nommée?|prénommée?|appelée?|qui s'appelle) ({_NAME})"
    rf"|\b(?:[Mm]y|[Hh]er|[Hh]is) name is ({_NAME})|\b[Mm]e llamo ({_NAME})"
    rf"|\b[Mm]i nombre es ({_NAME})|\b[Jj]e m'appelle ({_NAME})"
)
HOME = re.compile(
    r"\b(?:lives?|living|resides?|residing|stays?|sleeps?|vive|reside|habite|vit|demeure"
    r"|domiciliad[oa]|loge) (?:\w+ ){0,2}"
    r"(?:in|at|with|near|on|under|en|con|cerca|chez|à|au|dans|avec|près)\b"
)
# "Who is from" somewhere; "from the Ministry", "from IOM" is whom somebody works for.
FROM = re.compile(
    rf"(?<![\w'-])({_NAME}),? (?:from (?!(?:the|a|our|its)"
    rf" (?!village|town|camp|city|region|hamlet)"
    rf"|[{CAPITAL}]{{2,}})|de la aldea |del pueblo |du village |de la ville |natural de "
    rf"|originaire |oriund[oa] de )"
)
FATE = re.compile(
    r"\b(?:was|were|is|has been|had been|got|being) (?:\w+ ){0,2}(?:separated|detained|raped|abused"
    r"|trafficked|smuggled|deported|arrested|kidnapped|abducted|exploited|orphaned|rescued|injured"
    r"|killed|beaten|recruited|pregnant|married|abandoned|diagnosed|returned)\b"
    r"|\b(?:fled|ran away|crossed the|escaped|arrived alone|travell?ed alone"
    r"|lost (?:her|his|both))\b"
    r"|\b(?:fue|ha sido|había sido|está) (?:\w+ ){0,2}(?:separad|detenid|violad|abusad|deportad"
    r"|secuestrad|explotad|rescatad|golpead|reclutad|abandonad|asesinad|embarazad|retornad)[oa]\b"
    r"|\b(?:huyó|cruzó la|escapó|llegó sol[oa]|viajó sol[oa]|perdió a)\b"
    r"|\ba (?:\w+ )?été (?:\w+ ){0,2}(?:séparé|arrêté|violé|abusé|expulsé|enlevé|exploité|battu"
    r"|recruté|abandonné|tué|détenu|mariée?|vendu|placé)e?\b"
    r"|\b(?:s'est enfuie?|a fui|a traversé|est arrivée? seule?|a perdu (?:sa|son|ses))\b"
)
PLACE = re.compile(
    rf"\b(?:from|in|near|at|de|del|en|à|au|du|d'|dans) (?:(?:the|la|el|le) )?"
    rf"(?:(?:village|town|camp|hamlet|district|aldea|pueblo|barrio|ville)"
    rf" (?:of |de |d')?)?({_WORD})"
)
PERSON_AR = re.compile(
    rf"(?<![ا-ي])(?:[وبلف]?ال)?(?:{CHILD_AR}|امراة|رجل|سيدة|والدة?|ام|اب)(?![ا-ي])"
)
NAMED_AR = re.compile(r"(?<![ا-ي])(?:اسمه|اسمها|[يت]دعي|المدعوة?|واسمها?) ([ا-ي]{3,})")
MY_NAME_AR = re.compile(r"(?<![ا-ي])اسمي ([ا-ي]{3,})")
HOME_AR = re.compile(
    r"(?<![ا-ي])(?:[يت]سكن|[يت]قيم|[يت]عيش|من قرية|من مخيم|من حي|من بلدة|من مدينة)"
)
FATE_AR = re.compile(
    r"(?<![ا-ي])(?:احتجزت?|اختطفت?|اغتصبت?|تعرضت?|هربت?|انفصلت?|فقدت?|رحلت?|اعتقلت?|زوجت)(?![ا-ي])"
)
PLACE_AR = re.compile(r"(?<![ا-ي])(?:من|في) (?:قرية|مخيم|حي|بلدة|مدينة) [ا-ي]{3,}")
WORD_AR = re.compile(r"[ا-ي]{2,}")
RANGE = re.compile(r"\d ?(?:a|à|to|and|y|et|-) ?$")


def find(text: str) -> Iterator[str]:
    """Yield what tells who somebody is, in a sentence in its normal form."""
    ages = [age for age in AGES.finditer(text) if _of_one(text, age)]
    ages += [age for age in AGES_BEHIND.finditer(text) if _behind_a_person(text, age)]
    yield from _by_initials(text, bool(ages))
    yield from _by_relation(text)
    personal = ages or HOME.search(text) or FATE.search(text)
    if personal:
        yield from (name for name in names_in(text) if ages or is_given(name))
    if ages and ONE_CHILD.search(text):
        yield from _case(text)
    yield from _in_arabic(text, bool(ages))


def _by_initials(text: str, aged: bool) -> Iterator[str]:
    for match in INITIALS.finditer(text):
        found, rest = match.group().strip(), text[match.end() : match.end() + 8]
        if found in NOT_INITIALS:
            continue
        if aged or re.match(r",? ?\(?\d{1,2}(?=[,) ]|$)(?! ?\w+ (?:of|de)\b)", rest):
            yield found
    if aged:
        yield from (match.group().strip() for match in INITIALS_AR.finditer(text))


def _by_relation(text: str) -> Iterator[str]:
    for pattern in (OF_KIN, NAMED):
        for match in pattern.finditer(text):
            name = next(filter(None, match.groups()))
            yield from _trimmed(name, one_word=True)
    for match in PLACED_AGE.finditer(text):
        yield from (name for name in _trimmed(match.group(1)) if is_given(name))
    for match in FROM.finditer(text):
        yield from (name for name in _trimmed(match.group(1)) if is_given(name))


def _case(text: str) -> Iterator[str]:
    """One child of a known age in a place that is smaller than a country."""
    for match in PLACE.finditer(text):
        if not is_known(match.group(1)):
            yield match.group()


def _in_arabic(text: str, aged: bool) -> Iterator[str]:
    words = [match.group() for match in WORD_AR.finditer(text)]
    if not words:
        return
    yield from (match.group(1) for match in MY_NAME_AR.finditer(text))
    about_one = PERSON_AR.search(text)
    if about_one:
        yield from (match.group(1) for match in NAMED_AR.finditer(text))
    personal = aged or HOME_AR.search(text) or (FATE_AR.search(text) and about_one)
    for before, word in zip(["", *words], words, strict=False):
        if len(word) > 2 and _given_ar(word) and (personal or _is_person_ar(before)):
            yield word
    if aged and about_one:
        yield from (match.group() for match in PLACE_AR.finditer(text))


@cache
def _kin_ar() -> re.Pattern[str]:
    return re.compile(rf"(?:[وبلف]?ال)?(?:{CHILD_AR}|{KIN_AR}|السيدة?|المدعوة?)")


def _is_person_ar(word: str) -> bool:
    return bool(_kin_ar().fullmatch(word))


def _given_ar(word: str) -> bool:
    folded = fold(word)
    return folded in given_names() or (
        folded[0] in "وبلف" and len(folded) > 4 and folded[1:] in given_names()
    )


def _of_one(text: str, age: re.Match[str]) -> bool:
    """Return whether an age is that of one person, not of a group."""
    before = re.findall(r"[^\W_]+", text[max(0, age.start() - 24) : age.start()])
    if before and MANY.fullmatch(before[-1]):
        return False
    if RANGE.search(text[max(0, age.start() - 8) : age.start()]):
        return False
    return not AFTER_MANY.match(text[age.end() : age.end() + 24])


def _behind_a_person(text: str, age: re.Match[str]) -> bool:
    if not _of_one(text, age):
        return False
    before = text[max(0, age.start() - 40) : age.start()].rstrip()
    if age.group().startswith(",") or before.endswith(","):
        before = before.rstrip(",").rstrip()
        words = before.split()
        return bool(words) and (words[-1][0].isupper() or bool(PERSON.fullmatch(words[-1])))
    words = before.split()
    return bool(words) and (
        bool(PERSON.fullmatch(words[-1].strip("(\"'")))
        or is_given(words[-1])
        or words[-1] == "edad"
    )


def names_in(text: str) -> Iterator[str]:
    """Yield what looks like a person's name: two words of it, or one that is a given name."""
    for match in NAME.finditer(text):
        yield from _trimmed(match.group())


def _trimmed(found: str, one_word: bool = False) -> Iterator[str]:
    """Yield the name in a run of capitalised words, without the known words around it."""
    words = found.split()
    while words and (is_known(words[0]) or words[0].islower()) and not is_given(words[0]):
        del words[0]
    while words and (is_known(words[-1]) or words[-1].islower()) and not is_given(words[-1]):
        del words[-1]
    capital = [word for word in words if word[0].isupper()]
    if not words or any(word.isupper() and len(word) > 2 for word in capital):
        return
    name = " ".join(words)
    if is_given(name) or len(capital) > 1:
        if not any(is_known(word) and not is_given(word) for word in capital):
            yield name
    elif one_word and len(capital) == 1 and not is_common(fold(capital[0])):
        yield name


def is_given(name: str) -> bool:
    """Return whether one of the words is a given name of the list."""
    return any(fold(word) in given_names() for word in re.split(r"[\s-]", name))


def is_known(word: str) -> bool:
    """Return whether a capitalised word is a country, its people, an office or a small word."""
    folded = fold(word.removesuffix("'s"))
    return (
        folded in known_words()
        or folded[:5] in _places()
        or (word.isupper() and len(word) > 1)
        or any(folded in small for small in STOPWORDS.values())
    )


@cache
def given_names() -> frozenset[str]:
    """Return the given names of the list, folded."""
    lines = _NAMES.read_text("utf-8").splitlines()
    return frozenset(fold(w) for line in lines if not line.startswith("#") for w in line.split())


@cache
def known_words() -> frozenset[str]:
    """Return the words of geography and of offices, folded."""
    lines = _OFFICE_WORDS.read_text("utf-8").splitlines()
    listed = {fold(w) for line in lines if not line.startswith("#") for w in line.split()}
    return frozenset(listed | {w for name in _geography() for w in re.findall(r"[^\W_]+", name)})


@cache
def _places() -> frozenset[str]:
    """Return how the names of countries begin: their people are called by the same letters."""
    words = {w for name in _geography() for w in re.findall(r"[^\W_]+", name)}
    return frozenset(word[:5] for word in words if len(word) > 5)


def _geography() -> Iterator[str]:
    folder = DATA
    for file in ("countries.json", "regions.json"):
        yield from map(fold, _strings(json.loads((folder / file).read_text("utf-8"))))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in _strings(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in _strings(each))
