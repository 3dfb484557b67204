"""Apertium as a long-lived chain of programs: right, safe, and never anybody else's answer."""

import errno
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from search.bridges import apertium, translation
from search.bridges.apertium import TranslationError, Translator, commands

MODES = Path("/usr/share/apertium/modes")
pytestmark = pytest.mark.skipif(
    not (MODES / "spa-eng.mode").is_file(),
    reason="Apertium is not installed: apt-get install apertium-eng-spa",
)
LONG = 20.0


@pytest.fixture(scope="module")
def spanish():
    translator = Translator([MODES / "spa-eng.mode"])
    yield translator
    translator.end()


def words(text):
    return set(text.lower().replace(".", " ").replace("?", " ").split())


def test_spanish_becomes_english(spanish):
    english = spanish.translated("Los derechos de las mujeres en las ciudades", LONG)
    assert {"rights", "women", "cities"} <= words(english)


@pytest.mark.parametrize("modes", [("fra-cat", "cat-eng"), ("fr-es", "spa-eng")])
def test_french_becomes_english_through_another_language(modes):
    paths = [MODES / f"{mode}.mode" for mode in modes]
    if not all(path.is_file() for path in paths):
        pytest.skip(f"{modes} are not installed")
    translator = Translator(paths)
    try:
        english = translator.translated("Les hôpitaux et les écoles dans les villes", LONG)
    finally:
        translator.end()
    assert {"hospitals", "schools", "cities"} <= words(english)


def test_words_that_are_not_known_are_kept_without_marks(spanish):
    english = spanish.translated("El informe de Xyzzyqua sobre Kirguistán", LONG)
    assert "Xyzzyqua" in english
    assert not set("*@#^$[]") & set(english)


def test_nothing_becomes_nothing(spanish):
    assert [spanish.translated(text, LONG) for text in ("", " \n ", "\0", "[]{}^$")] == [""] * 4


def test_the_programs_are_started_once(spanish):
    spanish.translated("hola", LONG)
    before = spanish.pids
    for _ in range(20):
        spanish.translated("otra pregunta sobre los registros", LONG)
    assert spanish.pids == before


NASTY = [
    "a\0b",
    "\0",
    "[secreto]",
    "][",
    "\\]",
    "\\",
    "^casa<n>$",
    "^$",
    "$^",
    "{^a<b>$}",
    "[[t:b:1]]",
    "<apertium-notrans>x</apertium-notrans>",
    "*@#/+~",
    "\ufeff\ufffe\uffff",
    "\u202ehola\u200b",
    "\ud800",
    "\r\n\x1a\x04\x7f\x80",
    "a" * 50_000,
    "¿" * 5_000,
    ". " * 5_000,
    "^" * 5_000 + "fin",
    "hola " * 10_000,
    "🜁 مرحبا 你好 нет",
]


def test_no_text_disturbs_the_answer_to_another(spanish):
    """Whatever somebody types, the next one gets the answer to what they asked, and only that."""
    asked = "Los derechos de las mujeres en las ciudades"
    expected = spanish.translated(asked, LONG)
    chance = random.Random(5)
    alphabet = "[]{}^$<>/\\*@#+~|\0\n .¿?áñ:;-_'\"abc0"
    texts = NASTY + ["".join(chance.choices(alphabet, k=chance.randint(1, 80))) for _ in range(300)]
    for text in texts:
        spanish.translated(text, LONG)
        assert spanish.translated(asked, LONG) == expected, repr(text[:80])


def test_many_threads_each_get_their_own_answer(spanish):
    wrong = []

    def ask(number):
        for turn in range(15):
            name = f"Zq{number}x{turn}"
            english = spanish.translated(f"La ciudad de {name} y sus {number} casas", LONG)
            if name not in english or english.count("Zq") != 1:
                wrong.append((name, english))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_killed_program_is_replaced(spanish):
    expected = spanish.translated("los registros", LONG)
    for place in (0, 4, -1):
        os.kill(spanish.pids[place], signal.SIGKILL)
        assert spanish.translated("los registros", LONG) == expected


def test_programs_that_nobody_needs_end_and_start_again(monkeypatch):
    monkeypatch.setattr(apertium, "IDLE_SECONDS", 0.2)
    translator = Translator([MODES / "spa-eng.mode"])
    assert translator.translated("Los hospitales", LONG)
    until = time.monotonic() + LONG
    while translator.pids and time.monotonic() < until:
        time.sleep(0.05)
    assert translator.pids == []
    assert "schools" in words(translator.translated("Las escuelas", LONG))
    translator.end()


def test_a_program_that_hangs_is_given_up_in_time_and_replaced(spanish):
    expected = spanish.translated("los registros", LONG)
    hung = spanish.pids[3]
    os.kill(hung, signal.SIGSTOP)
    with pytest.raises(TranslationError, match="No answer"):
        spanish.translated("una pregunta secreta", 0.3)
    assert hung not in spanish.pids
    assert spanish.translated("los registros", LONG) == expected


def test_who_comes_too_late_for_an_answer_leaves_the_programs_alone(spanish):
    expected = spanish.translated("los registros", LONG)
    before = spanish.pids
    with pytest.raises(TranslationError, match="busy"):
        spanish.translated("los registros", 0.01)
    assert spanish.pids == before
    assert spanish.translated("los registros", LONG) == expected


def test_without_a_free_descriptor_a_translation_fails_and_nothing_else(spanish, monkeypatch):
    def none_left():
        raise OSError(errno.EMFILE, "Too many open files")

    translator = Translator(spanish.modes)
    monkeypatch.setattr(os, "pipe", none_left)
    with pytest.raises(TranslationError, match="Too many open files"):
        translator.translated("los registros", LONG)


def test_without_a_free_thread_the_programs_only_run_on(spanish, monkeypatch):
    def none_left(thread):
        raise RuntimeError("can't start new thread")

    translator = Translator(spanish.modes)
    monkeypatch.setattr(threading.Thread, "start", none_left)
    assert "schools" in words(translator.translated("Las escuelas", LONG))
    translator.end()


def test_programs_of_a_parent_are_not_used_by_its_child(spanish):
    expected = spanish.translated("los registros", LONG)
    before = spanish.pids
    read, write = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        answer = spanish.translated("los registros", LONG)
        fresh = not set(spanish.pids) & set(before)
        spanish.end()
        os.write(write, b"good" if fresh and answer == expected else b"bad")
        os._exit(0)
    os.close(write)
    os.waitpid(child, 0)
    assert os.read(read, 10) == b"good"
    assert spanish.translated("los registros", LONG) == expected
    assert spanish.pids == before


def test_the_programs_end_with_the_process_that_started_them():
    code = f"""
        import sys, time
        sys.path.insert(0, {str(Path(__file__).resolve().parents[2])!r})
        from pathlib import Path
        from search.bridges.apertium import Translator
        translator = Translator([Path({str(MODES)!r}) / "spa-eng.mode"])
        translator.translated("hola", 20)
        print(*translator.pids, flush=True)
        time.sleep(60)
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True
    )
    pids = [int(pid) for pid in process.stdout.readline().split()]
    assert len(pids) > 5
    process.kill()
    process.wait()
    for _ in range(100):
        if not any(Path(f"/proc/{pid}/cmdline").exists() and _runs(pid) for pid in pids):
            break
        time.sleep(0.1)
    assert not [pid for pid in pids if _runs(pid)]


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_file_that_is_no_mode_starts_nothing(tmp_path):
    mode = tmp_path / "spa-eng.mode"
    for line in (
        "touch /tmp/x",
        "lt-proc 'a",
        "lt-proc x | sh -c true",
        "",
        "lt-proc /nowhere.bin",
    ):
        mode.write_text(line)
        with pytest.raises(TranslationError):
            commands([mode])


def test_a_pair_with_a_missing_file_is_broken_and_says_so(settings, tmp_path):
    line = (MODES / "spa-eng.mode").read_text()
    (tmp_path / "spa-eng.mode").write_text(line.replace("spa-eng.autobil.bin", "gone.bin"))
    settings.APERTIUM_MODES = tmp_path
    assert translation.route("es") is None
    assert "gone.bin" in translation.problem(translation.ROUTES["es"][0])


def test_children_are_not_only_boys(settings):
    settings.APERTIUM_MODES = MODES
    assert "children" in translation.question("niños migrantes no acompañados", "es").lower()
    assert "boys" in translation.question("muchachos y niñas de la escuela", "es").lower()
