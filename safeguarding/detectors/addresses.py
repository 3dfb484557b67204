"""Exact places: house addresses and coordinates at which somebody can be found.

The address of an office is none of this: its sentence says that it is one. That of a shelter or
of a reception centre is always shown, because who looks for a child looks there.
"""

import re
from collections.abc import Iterator

from safeguarding.detectors.words import CAPITAL, OFFICE

_WORD = rf"[{CAPITAL}][\w'-]*"
STREET = re.compile(
    rf"\b\d{{1,5}}[A-Za-z]?,? (?:{_WORD} ){{1,3}}(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Lane"
    rf"|Boulevard|Blvd\.?|Drive|Square|Alley)(?!\w)"
    rf"|\b(?:Calle|Avenida|Avda\.?|Carrera|Pasaje|Jirón|Callejón|calle|avenida|carrera)"
    rf" (?:[\wÀ-ɏ]+ ){{0,4}}?(?:n[.úu]m?(?:ero)?\.? ?[º°o]? ?|# ?|No\.? ?|, )?"
    rf"\d{{1,5}}(?!\d| de )"
    rf"|\b\d{{1,5}}(?: ?(?:bis|ter))?,? (?:rue|avenue|boulevard|impasse|allée|chemin|quai)"
    rf" (?:(?:de|du|des|la|le|l'|d') ?){{0,2}}[{CAPITAL}\w]"
    r"|شارع [ء-ي]+(?: [ء-ي]+){0,3}?,? (?:رقم|منزل|منزل رقم|عمارة|بناية|شقة|بيت)? ?\d{1,5}"
    r"|(?:منزل|بيت|عمارة|بناية|شقة)(?: رقم)? \d{1,5},? (?:في )?شارع [ء-ي]+"
)
UNIT = re.compile(
    r"\b(?:flat|apartment|apt\.?|tent|shelter|room|container|caravan|house|hut|block"
    r"|tienda|carpa|vivienda|apartamento|departamento|casa|contenedor"
    r"|tente|appartement|logement|conteneur|maison)"
    r" (?:n[oº°u]m?(?:ber|ero)?\.? ?|n\.o ?|no\.? ?|# ?)[A-Z]?-?\d{1,4}\b"
    r"|(?:خيمة|منزل|بيت|شقة|كرفان|غرفة) رقم \d{1,4}",
    re.IGNORECASE,
)
POINT = re.compile(
    r"(?<![\d.])-?\d{1,2}\.\d{3,8} ?°?[NS]? ?[,;/ ] ?-?\d{1,3}\.\d{3,8}(?!\.?\d)"
    r"|\b\d{1,3} ?° ?\d{1,2} ?['\u2032](?: ?\d{1,2}(?:[.,]\d+)? ?(?:\"|''|\u2033))? ?[NSEWO]\b"
    r"|[?&@/](?:q=|ll=|query=)?-?\d{1,2}\.\d{3,8},(?:\+|%20)?-?\d{1,3}\.\d{3,8}"
)
HOUSES = re.compile(
    r"\b(?:shelters?|safe house|reception cent\w+|foster|albergue|refugio|casa hogar"
    r"|centro de acogida|foyer|centre d'accueil|lives?|vive|habite)\b"
    r"|ملجا|دار رعاية|مركز استقبال|يسكن|تسكن",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[str]:
    """Yield exact places in a normalised sentence."""
    yield from (match.group().strip(" ?&@/") for match in POINT.finditer(text))
    if OFFICE.search(text) and not HOUSES.search(text):
        return
    yield from (match.group() for match in STREET.finditer(text))
    yield from (match.group() for match in UNIT.finditer(text))
