"""Dates of birth: with a place they name one person in most registers."""

import re
from collections.abc import Iterator

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|fev|fév|avr|mai|juin|juil"
    r"|aoû|déc|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre|janvier|février|mars|avril|juillet|août|septembre|octobre|novembre|décembre)[a-z]*\.?"
)
_MONTH_AR = (
    r"(?:يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر"
    r"|كانون الثاني|شباط|اذار|نيسان|ايار|حزيران|تموز|اب|ايلول|تشرين الاول|تشرين الثاني|كانون الاول)"
)
DATE = (
    rf"(?:\d{{1,2}}[./ -]\d{{1,2}}[./ -](?:19|20)?\d\d|(?:19|20)\d\d[./-]\d{{1,2}}[./-]\d{{1,2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er)? (?:of |de )?{_MONTH}(?: de| del|,)? ?(?:19|20)\d\d"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d|\d{{1,2}} {_MONTH_AR}(?: عام)? \d{{4}})"
)
BORN = re.compile(
    r"(?:\b(?:born(?: on)?|date of birth|birth ?date|birthday|d\.?o\.?b\.?"
    r"|nació(?: el)?|nacid[oa](?: el)?|fecha de nacimiento|née?(?: le)?|date de naissance)"
    r"|تاريخ (?:ال)?ميلاده?ا?|ولدت?|من مواليد|مواليد|المولودة?)"
    rf"[^\d.;\n]{{0,40}}?({DATE})",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[str]:
    """Yield dates of birth in a normalised sentence; the words alone are no finding."""
    yield from (match.group(1) for match in BORN.finditer(text))
