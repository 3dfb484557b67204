"""Numbers by which a register knows one person: passports, cases, identity numbers, accounts."""

import re
from collections.abc import Iterator

_CODE = r"[A-Z]{0,4}[ /-]?\d(?:[ ./-]?[A-Z\d]){4,18}"
NAMED = re.compile(
    r"\b(?:passport|pasaporte|passeport|case (?:no|number|file|id|ref)|file (?:no|number)"
    r"|registration (?:no|number)|individual (?:no|number|id)|case reference|progres(?: id)?"
    r"|identity (?:card|number|document)|national id(?:entity|entification)?|id (?:no|card|number)"
    r"|personal (?:no|number|code)|social security|visa(?: no| number)?|alien (?:no|number)"
    r"|beneficiary (?:id|number)|unique id|bank account|account (?:no|number)|licence plate"
    r"|c[ée]dula(?: de identidad)?|dni|nie|curp|rut|rfc|n[úu]mero de (?:caso|expediente"
    r"|identificaci[oó]n|identidad|cuenta)|expediente|documento de identidad|tarjeta de identidad"
    r"|num[ée]ro de (?:dossier|cas|passeport|s[ée]curit[ée] sociale|compte)|dossier"
    r"|carte (?:d'identit[ée]|de s[ée]jour|consulaire)|num[ée]ro d'(?:identit[ée]|identification"
    r"|[ée]tranger)|titre de s[ée]jour)\b"
    r"[^\n\d;]{0,24}?(?<![A-Za-z])(" + _CODE + r")(?![A-Za-z\d])",
    re.IGNORECASE,
)
NAMED_AR = re.compile(
    r"(?:جواز(?: ال)?سفر|جواز سفرها?|جواز السفر|بطاقة (?:ال)?هوية"
    r"|رقم (?:ال)?(?:ملف|قضية|هوية|حالة|حساب|تسجيل|وطني|بطاقة|جواز)ه?ا?)"
    r"[^\n\d;]{0,24}?((?:[A-Z]{1,3}[ -]?)?\d(?:[ /-]?\d){4,17})"
)
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?\b")
SHAPED = re.compile(
    r"\b[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z\d]\d\b"  # CURP, Mexico
    r"|\b\d{1,2}\.\d{3}\.\d{3}-[\dkK]\b"  # RUT, Chile
    r"|(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])"  # social security, USA
    r"|\b[XYZ]-?\d{7}-?[A-Z]\b"  # NIE, Spain
    r"|\b\d{3}-\d{2}C\d{5}\b|\b[A-Z]{3}-\d{2}C\d{5}\b"  # cases of UNHCR
)
FEWEST_DIGITS = 5


def find(text: str) -> Iterator[str]:
    """Yield identity, case and account numbers in a normalised sentence."""
    for pattern in (NAMED, NAMED_AR):
        for match in pattern.finditer(text):
            if _is_number_of_somebody(match.group(1)):
                yield match.group(1)
    yield from (match.group() for match in SHAPED.finditer(text))
    yield from (match.group() for match in IBAN.finditer(text) if is_iban(match.group()))


def _is_number_of_somebody(code: str) -> bool:
    digits = sum(c.isdigit() for c in code)
    years = re.fullmatch(r"(?:19|20)\d\d[ ./-](?:19|20)?\d\d", code)
    return digits >= FEWEST_DIGITS and not years


def is_iban(text: str) -> bool:
    """Return whether the check digits of an account number are right (ISO 13616)."""
    code = text.replace(" ", "")
    if not 15 <= len(code) <= 34:
        return False
    return int("".join(str(int(c, 36)) for c in code[4:] + code[:4])) % 97 == 1
