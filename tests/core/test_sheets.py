"""Rules of the look that a reader of one file cannot see."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR, "site/core/static/core")
SHEETS = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
# The policy is of pages: mail programs know no style but what is in the mail.
ALL_TEMPLATES = Path(settings.BASE_DIR, "templates")
TEMPLATES = sorted(set(ALL_TEMPLATES.rglob("*.html")) - set(ALL_TEMPLATES.glob("mail/*.html")))
# Sides of the screen instead of the line of reading: wrong from right to left.
PHYSICAL = re.compile(
    r"(?<![-\w])((margin|padding|border)-(left|right)|(left|right)\s*:|float:\s*(left|right)"
    r"|text-align:\s*(left|right))"
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sheets_follow_the_line_of_reading(sheet):
    found = PHYSICAL.search(sheet.read_text())

    assert not found, f"{sheet.name}: write {found[0]} as a logical property (inline-start)."


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_colours_come_from_the_tokens(sheet):
    if sheet.name in {"tokens.css", "print.css"}:
        return
    assert not re.search(r"#[0-9a-f]{3,8}\b", sheet.read_text()), "Name the colour in tokens.css."


def test_sheets_and_scripts_together_stay_below_20_kilobytes():
    sizes = [len(gzip.compress(path.read_bytes(), 9)) for path in [*SHEETS, *SCRIPTS]]

    assert sum(sizes) < 20_000


@pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR))
)
def test_templates_keep_to_the_content_security_policy(template):
    text = template.read_text()

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "Put the script in a file."
