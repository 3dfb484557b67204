"""Every word of the interface exists in every language of the site."""

import re
import shutil
import subprocess
import sys

import polib
import pytest
from django.conf import settings

CATALOGUES = settings.BASE_DIR / "locale"
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|<[^>]+>")


def catalogue(language):
    return polib.pofile(str(CATALOGUES / language / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_untranslated_or_in_doubt(language):
    entries = catalogue(language)
    assert [entry.msgid for entry in entries.untranslated_entries()] == []
    assert [entry.msgid for entry in entries.fuzzy_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_later_is_kept(language):
    for entry in catalogue(language):
        if not entry.msgid_plural:
            asked, told = (set(PLACEHOLDER.findall(t)) for t in (entry.msgid, entry.msgstr))
            assert asked == told, entry.msgid
            continue
        # A plural form for one or two may say the number in words, never ask for something else.
        asked = set(PLACEHOLDER.findall(entry.msgid_plural))
        for form in entry.msgstr_plural.values():
            assert set(PLACEHOLDER.findall(form)) <= asked, entry.msgid


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_says_what_the_readable_one_says(language):
    compiled = polib.mofile(str(CATALOGUES / language / "LC_MESSAGES" / "django.mo"))
    key = {(e.msgctxt, e.msgid): (e.msgstr, tuple(e.msgstr_plural.values())) for e in compiled}
    for entry in catalogue(language):
        told = (entry.msgstr, tuple(entry.msgstr_plural.values()))
        assert key[entry.msgctxt, entry.msgid] == told


@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs GNU gettext (apt: gettext)")
def test_no_word_of_the_code_is_missing_from_the_catalogues(tmp_path):
    """Collects the words anew, in a copy, as `make messages` does."""
    ignore = shutil.ignore_patterns(".*", "var", "static", "bench", "tests", "node_modules")
    copy = tmp_path / "project"
    shutil.copytree(settings.BASE_DIR, copy, ignore=ignore)
    before = {entry.msgid for entry in catalogue("es")}
    command = [sys.executable, "manage.py", "makemessages", "-l", "es", "--no-wrap"]
    env = {"DATA_DIR": str(tmp_path / "data"), "PATH": "/usr/bin:/bin"}
    subprocess.run(command, cwd=copy, env=env, check=True, capture_output=True)
    after = polib.pofile(str(copy / "locale" / "es" / "LC_MESSAGES" / "django.po"))
    assert {entry.msgid for entry in after if not entry.obsolete} - before == set()
