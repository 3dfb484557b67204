"""Files as evidence: uploaded in the form, nobody else's before the practice, public with it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Revision

from library.extract import read_file
from library.making import markdown_to_docx, markdown_to_pdf
from library.models import LibraryFile
from practices.contributing import evidence
from practices.contributing.saving import save_draft
from reviewing.models import Assignment
from reviewing.workflow import ensure_workflow
from safeguarding.acts import sign_off as sign_findings
from safeguarding.gate import check
from tests.kept import kept
from tests.library.planted.author import names_in
from tests.library.planted.pdf import planted_pdf
from tests.library.planted.word import planted_docx
from tests.members.people import member, person, representative, reviewer, secretariat
from tests.practices.contributing.writing import draft, filled, newest, publish

pytestmark = pytest.mark.django_db
TEXT = "## Registers\n\nTwo ministries share one identifier."
LAW = markdown_to_pdf(TEXT, "The law (invented)")
REPORT = markdown_to_docx(TEXT, "A report (invented)")


@kept
def register(writer):
    return draft(writer, "A register (invented)", condition_legal="A law (invented).")


def url(page):
    return reverse("contribute-edit", args=[page.pk])


def form(client, page):
    return client.get(url(page))


def upload(client, page, name="law.pdf", content=LAW, do="upload", **typed):
    told = filled(form(client, page), do=do, **typed)
    told["upload-file"] = SimpleUploadedFile(name, content)
    return client.post(url(page), told)


def rows(page):
    return [(block.block_type, dict(block.value)) for block in newest(page).evidence]


def test_a_file_is_uploaded_and_stands_in_the_draft(writing, writer, register):
    typed = {"upload-title": "The law", "upload-language": "fr", "upload-note": "Article 4"}
    answer = upload(writing, register, problem="Nobody knew.", **typed)
    assert answer.status_code == 302
    assert answer.url.endswith("#evidence-rows")
    file = LibraryFile.objects.get()
    assert (file.title, file.language, file.uploaded_by_user) == ("The law", "fr", writer)
    assert (file.page_id, file.shown) == (register.pk, False)
    assert rows(register) == [("file", {"file": file, "note": "Article 4"})]
    assert "Nobody knew." in newest(register).problem
    shown = form(writing, register).content.decode()
    assert file.url in shown
    assert "is uploaded" in shown
    assert filled(form(writing, register))["upload-title"] == [""]


def test_it_is_a_version_like_every_other_change(writing, register):
    before = Revision.page_revisions.filter(object_id=str(register.pk)).count()
    upload(writing, register)
    assert Revision.page_revisions.filter(object_id=str(register.pk)).count() == before + 1
    versions = reverse("contribute-compare", args=[register.pk])
    assert "The law (invented)" in writing.get(versions).content.decode()


def test_any_of_its_writers_may_and_nobody_else(writing, register):
    tellers = {
        "colleague": representative("GEO"),
        "office": secretariat(),
        "another country": representative("CHL"),
        "member": member("GEO"),
        "outsider": person(),
    }
    told = {}
    for name, user in tellers.items():
        browser = Client()
        browser.force_login(user)
        data = filled(form(writing, register), do="upload")
        file = SimpleUploadedFile(f"{name}.docx", markdown_to_docx(name, name))
        told[name] = browser.post(url(register), data | {"upload-file": file}).status_code
    told["visitor"] = Client().post(url(register), data | {"upload-file": b""}).status_code
    assert told == {
        "colleague": 302,
        "office": 302,
        "another country": 404,
        "member": 404,
        "outsider": 404,
        "visitor": 403,
    }
    assert LibraryFile.objects.count() == 2


def test_a_file_that_was_chosen_goes_along_with_every_button(writing, register):
    upload(writing, register, do="save")
    upload(writing, register, "report.docx", REPORT, do="preview")
    assert [kind for kind, _value in rows(register)] == ["file", "file"]


def test_title_and_note_are_changed_in_its_row_until_it_is_public(writing, register, writer):
    upload(writing, register)
    file = LibraryFile.objects.get()
    key = newest(register).evidence[0].id
    changes = {f"evidence-{key}-title": "Another title", f"evidence-{key}-note": "Article 7"}
    writing.post(url(register), filled(form(writing, register), do="save", **changes))
    file.refresh_from_db()
    assert file.title == "Another title"
    assert rows(register)[0][1]["note"] == "Article 7"
    answer = writing.post(
        url(register), filled(form(writing, register), **{f"evidence-{key}-title": ""})
    )
    assert answer.status_code == 400
    assert "Give the file a title." in answer.content.decode()
    put_public(register)
    data = filled(form(writing, register), do="save")
    assert f"evidence-{key}-title" not in data
    writing.post(url(register), data | {f"evidence-{key}-title": ["Behind the back of the review"]})
    file.refresh_from_db()
    assert file.title == "Another title"


def test_a_row_is_removed_and_the_file_is_not_public_with_the_practice(writing, register):
    upload(writing, register)
    upload(writing, register, "report.docx", REPORT)
    first, second = (block.id for block in newest(register).evidence)
    answer = writing.post(
        url(register), filled(form(writing, register), do=f"remove:evidence:{first}")
    )
    writing.post(url(register), filled(answer, do="save"))
    assert [block.id for block in newest(register).evidence] == [second]
    put_public(register)
    shown = {file.filename[:3]: file.shown for file in LibraryFile.objects.all()}
    assert shown == {"law": False, "rep": True}


def put_public(page):
    for file in LibraryFile.objects.filter(page=page):
        read_file(file)
    found = check(newest(page)).open
    if found:
        sign_findings(newest(page), found, secretariat(), "Looked at (invented).")
    publish(page)


def test_it_is_public_with_the_practice_and_goes_with_it(writing, register):
    upload(writing, register)
    file, stranger = LibraryFile.objects.get(), Client()
    reading = reverse("library:file", args=[file.pk])
    assert [stranger.get(each).status_code for each in (file.url, reading)] == [404, 404]
    assert writing.get(file.url).status_code == 200
    put_public(register)
    assert [stranger.get(each).status_code for each in (file.url, reading)] == [200, 200]
    assert file.url in stranger.get(register.url).content.decode()
    register.unpublish()
    assert [stranger.get(each).status_code for each in (file.url, reading)] == [404, 404]
    assert writing.get(file.url).status_code == 200


@pytest.mark.parametrize("make", [planted_pdf, planted_docx])
def test_who_made_it_is_taken_out(writing, register, make):
    content = make()
    name = "report.pdf" if content.startswith(b"%PDF") else "report.docx"
    upload(writing, register, name, content)
    file = LibraryFile.objects.get()
    assert names_in(b"".join(writing.get(file.url).streaming_content)) == set()


def test_comments_and_changes_are_told_and_hold_the_publication_up(writing, register):
    upload(writing, register, "report.docx", planted_docx(revised=True))
    file = LibraryFile.objects.get()
    assert "comments or tracked changes" in form(writing, register).content.decode()
    read_file(file)
    open_ones = check(newest(register)).open
    assert "revisions" in [each.kind for each in open_ones]
    put_public(register)
    assert Client().get(file.url).status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "said", "status"),
    [
        ("law.html", b"<html>", "not a PDF or Word", 400),
        ("law.pdf", b"MZ" + bytes(99), "not what its name says", 400),
        ("law.docx", LAW, "not what its name says", 400),
        ("law.pdf", b"%PDF-1.4 cut off", "damaged", 400),
        ("law.pdf", b"%PDF-1.4" + bytes(26 * 1024 * 1024), "larger than", 413),
    ],
)
def test_a_refused_file_is_told_why_and_nothing_typed_is_lost(
    writing, register, name, content, said, status
):
    typed = {"problem": "Typed before.", "upload-title": "Its title", "upload-note": "Its note"}
    answer = upload(writing, register, name, content, **typed)
    text = answer.content.decode()
    assert answer.status_code == status
    assert said in text
    assert "a browser does not keep it" in text
    told = filled(answer)
    assert told["problem"] == ["Typed before."]
    assert (told["upload-title"], told["upload-note"]) == (["Its title"], ["Its note"])
    assert not LibraryFile.objects.exists()
    assert newest(register).problem == ""


def test_without_a_file_the_button_asks_for_one(writing, register):
    answer = writing.post(
        url(register), filled(form(writing, register), do="upload", problem="Typed.")
    )
    assert answer.status_code == 400
    assert "Choose a file first." in answer.content.decode()
    assert filled(answer)["problem"] == ["Typed."]


def test_too_many_and_too_much_is_refused(writing, register, monkeypatch, settings):
    monkeypatch.setattr(evidence, "MOST_FILES", 1)
    assert upload(writing, register).status_code == 302
    answer = upload(writing, register, "report.docx", REPORT)
    assert answer.status_code == 429
    assert "can have 1 files" in answer.content.decode()
    monkeypatch.setattr(evidence, "MOST_FILES", 20)
    monkeypatch.setattr(evidence, "MOST_BYTES", len(LAW) + 10)
    answer = upload(writing, register, "report.docx", REPORT)
    assert answer.status_code == 413
    monkeypatch.setattr(evidence, "MOST_BYTES", 10**9)
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "read_file": "1/h/user"}
    answers = [upload(writing, register, f"{n}.pdf", LAW + b"\n%").status_code for n in range(3)]
    assert 429 in answers
    assert LibraryFile.objects.count() == 1


def test_the_same_file_sent_twice_is_one_row(writing, register):
    data = filled(form(writing, register), do="upload")
    for _press in range(2):
        sent = data | {"upload-file": SimpleUploadedFile("law.pdf", LAW)}
        assert writing.post(url(register), sent).status_code == 302
    assert len(rows(register)) == 1
    assert LibraryFile.objects.count() == 1


def test_two_people_add_files_and_both_are_kept(writing, register):
    told = filled(form(writing, register), do="upload", problem="Mine.")
    save_draft(register, secretariat(), {"results": "<p>Theirs.</p>"})
    told["upload-file"] = SimpleUploadedFile("law.pdf", LAW)
    writing.post(url(register), told)
    assert len(rows(register)) == 1
    assert "Theirs." in newest(register).results
    stale = filled(form(writing, register), do="upload")
    save_draft(register, secretariat(), {"evidence": []})
    stale["upload-file"] = SimpleUploadedFile("report.docx", REPORT)
    clash = writing.post(url(register), stale)
    assert clash.status_code == 409
    file = LibraryFile.objects.get(file__contains="report")
    assert f'value="{file.pk}"' in clash.content.decode()


def test_a_row_cannot_name_the_file_of_another_practice(writing, register, writer):
    other = draft(representative("CHL"), "Theirs (invented)", countries=("CHL",))
    file = LibraryFile.attach(other, other.owner, SimpleUploadedFile("law.pdf", LAW))
    key = "0b2d2c1e-4f6e-4d4e-9d5c-0a6d6b4b9a11"
    told = filled(form(writing, register), do="save")
    told["evidence-row"] = [*told.get("evidence-row", []), key]
    told[f"evidence-{key}-file"] = str(file.pk)
    answer = writing.post(url(register), told)
    assert rows(register) == []
    assert file.title not in answer.content.decode()
    assert writing.get(file.url).status_code == 404


def test_an_old_token_and_a_closed_practice_take_no_file(register, writer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(writer)
    told = filled(browser.get(url(register)), do="upload", problem="Typed.")
    told["upload-file"] = SimpleUploadedFile("law.pdf", LAW)
    answer = browser.post(url(register), told)
    assert answer.status_code == 403
    assert filled(answer)["problem"] == ["Typed."]
    register.locked = True
    register.save()
    told["upload-file"] = SimpleUploadedFile("law.pdf", LAW)
    other = Client()
    other.force_login(writer)
    assert other.post(url(register), told).status_code in (302, 409)
    assert not LibraryFile.objects.exists()


def test_the_snapshot_has_no_files(writing, register):
    short = reverse("contribute-short", args=[register.pk])
    assert 'name="upload-file"' not in writing.get(short).content.decode()
    told = filled(writing.get(short), do="save", title="Another")
    writing.post(short, told | {"upload-file": SimpleUploadedFile("law.pdf", LAW)})
    assert not LibraryFile.objects.exists()


def test_many_files_cost_no_more_questions_than_one(writing, register):
    preview = reverse("contribute-preview", args=[register.pk])

    def asked():
        counts = []
        for address in (url(register), preview):
            writing.get(address)
            with CaptureQueriesContext(connection) as told:
                writing.get(address)
            counts.append(len(told))
        return counts

    upload(writing, register)
    few = asked()
    for number in range(5):
        content = markdown_to_docx(f"{TEXT} {number}", f"Report {number}")
        upload(writing, register, f"{number}.docx", content)
    assert len(rows(register)) == 6
    assert asked() == few


def test_the_reviewers_read_it(writing, register, writer):
    upload(writing, register)
    peer, file = reviewer("CHL"), LibraryFile.objects.get()
    ensure_workflow()
    register.refresh_from_db()
    register.get_workflow().start(register, writer)
    state = register.current_workflow_state
    Assignment.objects.get_or_create(page=register, reviewer=peer, workflow_state=state)
    browser = Client()
    browser.force_login(peer)
    assert file.url in browser.get(reverse("review-practice", args=[register.pk])).content.decode()
    assert b"".join(browser.get(file.url).streaming_content)
