"""Write regions.json and countries.json from the Unicode CLDR; a tool for maintainers.

    npm install --prefix /tmp/cldr cldr-core@48.2.0 cldr-localenames-full@48.2.0
    python site/vocabulary/data/build_geography.py /tmp/cldr/node_modules

The regions are those of the UN M49 standard with its two intermediate groups (202, 419); the
labels are CLDR's, except the few in `UN_LABELS` where the United Nations' own terms differ.
"""

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LANGUAGES = ("en", "es", "fr", "ar")
WORLD = "001"
# CLDR lists these two beside the tree ("grouping"); officials look for them by name.
GROUPS = {"202": "002", "419": "019"}
# Antarctica has no M49 region, QO is CLDR's own for remote islands. Kosovo has no ISO code: XKX
# is the one that statistics use.
LEFT_OUT = {"AQ", "QO"}
ALPHA3 = {"XK": "XKX"}
# Everyday names of CLDR that an intergovernmental site should not use (UN M49, UN protocol list).
UN_LABELS = {
    "419": {
        "en": "Latin America and the Caribbean",
        "es": "América Latina y el Caribe",
        "fr": "Amérique latine et Caraïbes",
        "ar": "أمريكا اللاتينية ومنطقة البحر الكاريبي",
    },
    "035": {"en": "South-eastern Asia"},
    "018": {"ar": "الجنوب الأفريقي"},
    "057": {"en": "Micronesia", "es": "Micronesia", "fr": "Micronésie", "ar": "ميكرونيزيا"},
    "PS": {
        "en": "State of Palestine",
        "es": "Estado de Palestina",
        "fr": "État de Palestine",
        "ar": "دولة فلسطين",
    },
    "CD": {
        "en": "Democratic Republic of the Congo",
        "fr": "République démocratique du Congo",
        "ar": "جمهورية الكونغو الديمقراطية",
    },
    "CG": {"en": "Congo", "es": "Congo", "fr": "Congo", "ar": "الكونغو"},
    "MM": {"en": "Myanmar", "es": "Myanmar", "fr": "Myanmar", "ar": "ميانمار"},
    "CI": {"ar": "كوت ديفوار"},
    "CV": {"en": "Cabo Verde"},
    "TR": {"fr": "Türkiye", "es": "Türkiye"},
}
NOTES = {
    "XK": {
        "en": "References to Kosovo are to be understood in the context of United Nations "
        "Security Council resolution 1244 (1999).",
        "es": "Toda referencia a Kosovo debe entenderse en el contexto de la resolución 1244 "
        "(1999) del Consejo de Seguridad de las Naciones Unidas.",
        "fr": "Toute référence au Kosovo doit être comprise dans le contexte de la résolution "
        "1244 (1999) du Conseil de sécurité des Nations Unies.",
        "ar": "تُفهم الإشارات إلى كوسوفو في سياق قرار مجلس الأمن التابع للأمم المتحدة 1244 (1999).",
    }
}


def main(modules: Path) -> None:
    """Write both files beside this one from the `node_modules` folder given."""
    core = modules / "cldr-core" / "supplemental"
    contains = _read(core / "territoryContainment.json")["supplemental"]["territoryContainment"]
    codes = _read(core / "codeMappings.json")["supplemental"]["codeMappings"]
    names = {language: _names(modules, language) for language in LANGUAGES}
    parents = _parents(contains)
    regions = [
        {"code": code, "parent": parent, "labels": _labels(code, names)}
        for code, parent in sorted(parents.items(), key=lambda item: item[0])
        if code.isdigit()
    ]
    countries = [
        _country(iso2, parents[iso2], codes, names)
        for iso2 in sorted(parents)
        if iso2.isalpha() and _is_country(iso2, codes)
    ]
    _write(HERE / "regions.json", regions)
    _write(HERE / "countries.json", sorted(countries, key=lambda row: str(row["code"])))
    print(f"{len(regions)} regions, {len(countries)} countries and areas")


def _parents(contains: dict[str, Any]) -> dict[str, str]:
    """Return {child: its smallest region} over regions and territories; the world has ''."""
    parents = {WORLD: ""}
    for code, group in contains.items():
        if code.isdigit() and "_grouping" not in group:
            parents |= dict.fromkeys(group["_contains"], code)
    for group_code, parent in GROUPS.items():
        parents |= dict.fromkeys(contains[group_code]["_contains"], group_code)
        parents[group_code] = parent
    return parents


def _is_country(iso2: str, codes: dict[str, Any]) -> bool:
    """Tell ISO 3166-1 territories from CLDR's own (Ceuta, the Canary Islands, Ascension)."""
    mapping = codes.get(iso2, {})
    return iso2 not in LEFT_OUT and "_numeric" in mapping and "_alpha3" in mapping


def _country(
    iso2: str, region: str, codes: dict[str, Any], names: dict[str, dict[str, str]]
) -> dict[str, Any]:
    labels = _labels(iso2, names)
    return {
        "code": ALPHA3.get(iso2, codes[iso2]["_alpha3"]),
        "iso2": iso2,
        "m49": codes[iso2]["_numeric"],
        "region": region,
        "labels": labels,
        "other": {lang: _others(iso2, names[lang], labels[lang]) for lang in LANGUAGES},
        "notes": NOTES.get(iso2, {}),
    }


def _labels(code: str, names: dict[str, dict[str, str]]) -> dict[str, str]:
    preferred = {lang: UN_LABELS.get(code, {}).get(lang, names[lang][code]) for lang in LANGUAGES}
    return {lang: label[0].upper() + label[1:] for lang, label in preferred.items()}


def _others(code: str, names: dict[str, str], label: str) -> list[str]:
    """Return the other names CLDR knows, without abbreviations that are everyday words."""
    keys = (code, f"{code}-alt-short", f"{code}-alt-variant")
    found = {names[key] for key in keys if key in names} - {label}
    kept = {"UK", "US", "EE. UU."}
    return sorted(name for name in found if name in kept or (len(name) > 3 and "." not in name))


def _names(modules: Path, language: str) -> dict[str, str]:
    file = modules / "cldr-localenames-full" / "main" / language / "territories.json"
    names = _read(file)["main"][language]["localeDisplayNames"]["territories"]
    return dict(names)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say where the npm packages are: build_geography.py FOLDER/node_modules")
    main(Path(sys.argv[1]))
