"""`manage.py import_documents`: everything is kept, nothing twice, and the run never breaks."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Collection

from library.making import markdown_to_docx, markdown_to_pdf
from library.models import LibraryFile, TextStatus
from search.models import Passage

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    output = StringIO()
    call_command("import_documents", *map(str, arguments), stdout=output, **options)
    return output.getvalue()


@pytest.fixture
def folder(tmp_path, guide):
    below = tmp_path / "2024" / "reports"
    below.mkdir(parents=True)
    (tmp_path / "guide-2023.PDF").write_bytes(markdown_to_pdf(guide, "How to count"))
    (below / "practice_template.docx").write_bytes(markdown_to_docx("Words for the form.", ""))
    (tmp_path / "notes.txt").write_text("not for the library")
    (tmp_path / ".hidden.pdf").write_bytes(b"x")
    return tmp_path


def test_a_folder_is_imported_with_its_text(folder):
    output = run(folder)
    files = {file.title: file for file in LibraryFile.objects.all()}
    assert set(files) == {"How to count", "Practice template"}
    guide = files["How to count"]
    assert (guide.text_status, guide.language, guide.year) == (TextStatus.READY, "en", 2023)
    assert guide.page_count > 2
    assert guide.sections.get(text__contains="one identifier").page == 1
    assert "2 new, 0 unchanged, 0 refused; 0 without text." in output


def test_words_are_findable_at_once(folder):
    run(folder)
    passage = Passage.objects.get(text__contains="share one identifier")
    assert passage.page == 1
    assert "Agree on the key" in f"{passage.heading} {passage.text}"


def test_a_second_run_changes_nothing(folder):
    run(folder)
    before = list(LibraryFile.objects.values())
    assert "0 new, 2 unchanged" in run(folder)
    assert list(LibraryFile.objects.values()) == before


def test_bad_files_are_kept_with_the_reason_and_do_not_break_the_run(tmp_path, bad_files, guide):
    for name, (content, _reason) in bad_files.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.docx").write_bytes(markdown_to_docx(guide, "Guide"))
    output = run(tmp_path)
    assert (
        f"{len(bad_files) + 1} new, 0 unchanged, 0 refused; {len(bad_files)} without text" in output
    )
    for name, (_content, reason) in bad_files.items():
        stem, extension = name.split(".")
        file = LibraryFile.objects.get(file__contains=f"/{stem}", file__endswith=extension)
        assert (file.text_status, file.text_reason) == (TextStatus.UNAVAILABLE, reason)
        assert file.text_state in output
    assert "0 new" in run(tmp_path)


def test_language_title_and_collection_can_be_given(folder):
    path = folder / "2024" / "reports" / "practice_template.docx"
    run(path, language="fr", title="Modèle", collection="Models")
    file = LibraryFile.objects.get()
    assert (file.title, file.language, file.collection.name) == ("Modèle", "fr", "Models")
    assert Collection.objects.filter(name="Models").count() == 1


def test_other_types_are_refused_by_name(folder):
    output = run(folder / "notes.txt")
    assert "notes.txt: This is not a PDF or Word (.docx) file." in output
    assert not LibraryFile.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        (["nowhere.pdf"], {}, "There is no file or folder at: nowhere.pdf"),
        (["."], {"language": "klingon"}, "no language code"),
        ([], {"title": "One title"}, "--title names one file, but there are 2"),
    ],
)
def test_mistakes_are_told_before_anything_is_done(folder, arguments, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*(arguments or [folder]), **options)
    assert not LibraryFile.objects.exists()
