"""Words of four languages that several detectors ask for. Arabic is written in folded letters."""

import re
from collections.abc import Iterable


def any_of(words: Iterable[str] | str) -> str:
    """Return a pattern that matches one of these words, the longest first."""
    listed = words.split() if isinstance(words, str) else words
    return "(?:" + "|".join(sorted({*listed}, key=len, reverse=True)) + ")"


# One person, of whom something is told.
CHILD = any_of(
    "child girl boy baby infant toddler teenager teen adolescent minor youngster newborn "
    "orphan son "
    "daughter niño niña adolescente menor bebé muchacho muchacha chico chica joven hijo hija "
    "huérfano huérfana enfant fille garçon fillette mineur mineure adolescente bébé fils "
    "orphelin orpheline jeune"
)
CHILD_AR = any_of(
    "طفل طفلة فتاة فتي صبي صبية ولد بنت رضيع رضيعة مراهق مراهقة قاصر قاصرة شاب شابة يتيم يتيمة"
)
ADULT = any_of(
    "woman man mother father widow client beneficiary refugee migrant survivor victim patient "
    "pupil "
    "student someone person parent guardian neighbour mujer hombre madre padre viuda paciente "
    "alumno alumna persona beneficiaria beneficiario sobreviviente víctima migrante refugiado "
    "refugiada femme homme mère père veuve patiente élève personne bénéficiaire survivante victime "
    "migrant migrante réfugié réfugiée"
)
KIN = any_of(
    "mother father brother sister son daughter aunt uncle grandmother grandfather cousin wife "
    "husband stepfather stepmother nephew niece guardian mum mom dad parents "
    "madre padre hermano hermana hijo hija tía tío abuela abuelo prima primo esposa esposo "
    "marido padrastro madrastra sobrino sobrina mamá papá tutor tutora "
    "mère père frère sœur soeur fils fille tante oncle grand-mère grand-père cousine "
    "épouse époux mari femme neveu nièce maman papa tuteur tutrice beau-père belle-mère"
)
KIN_AR = any_of(
    "والدة والد ام اب اخ اخت شقيق شقيقة ابن ابنة جد جدة عم عمة خال خالة زوج زوجة "
    "ابنها ابنتها والدته والدتها شقيقه شقيقته ابنته ابنه"
)
# Sexes of a plural, of whom only a few are counted.
CHILDREN = any_of(
    "children girls boys babies infants toddlers teenagers adolescents minors newborns orphans "
    "siblings victims survivors refugees migrants asylum-seekers returnees deportees detainees "
    "women men persons people pupils students families "
    "niños niñas adolescentes menores bebés muchachos muchachas hermanos hermanas víctimas "
    "sobrevivientes refugiados refugiadas migrantes mujeres hombres personas alumnos alumnas "
    "familias "
    "retornados deportados solicitantes huérfanos jóvenes "
    "enfants filles garçons fillettes mineurs mineures adolescents adolescentes bébés victimes "
    "survivants survivantes réfugiés réfugiées migrantes femmes hommes personnes élèves familles "
    "orphelins frères sœurs jeunes"
)
ACCENTED = "A-Za-zÀ-ɏ"
CAPITAL = "A-ZÀ-ÖØ-ÞĀĆČĐĒĘĞİŁŃŐŘŚŞŠŢŪŰŹŻŽ"
LETTERS_AR = "ء-ي"
# Offices, which may be named with an address and a number.
OFFICE = re.compile(
    r"\b(?:offices?|ministr\w+|headquarters|secretariat|embass\w+|department|directorate|institute"
    r"|oficinas?|sede|secretar[ií]a|direcci[oó]n general|instituto|departamento|embajada"
    r"|bureaux?|ministères?|siège|secrétariat|direction|institut|ambassade"
    r"|helplines?|hotlines?|l[ií]nea de ayuda|ligne d'(?:écoute|assistance)|switchboard"
    r"|United Nations|UNICEF|UNHCR|Nations Unies|Naciones Unidas)\b"
    r"|وزارة|مكتب|مقر|الامانة|سفارة|مديرية|خط المساعدة|الخط الساخن",
    re.IGNORECASE,
)
