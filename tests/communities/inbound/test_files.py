"""Files that come by mail: judged as those of the site; the text is posted whatever they are."""

from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from communities.attachments.taking import MOST_FILES
from communities.inbound import mails
from communities.inbound.addresses import reply_address
from communities.inbound.receiving import receive
from communities.models import Attachment
from tests.communities import groups
from tests.communities.attachments import made
from tests.communities.inbound.letters import mail_of, with_files
from tests.mail import sent

pytestmark = pytest.mark.django_db
PDF = ("report.pdf", "application/pdf")


def test_a_good_file_hangs_on_the_post_free_of_its_author(thread, member, address):
    note = receive(with_files(mail_of(member, address), (PDF[0], made.pdf(), PDF[1])))
    assert note.outcome == "posted"
    (file,) = note.post.attachments.all()
    assert (file.name, file.uploaded_by) == ("report.pdf", member)
    assert made.AUTHOR.encode() not in file.file.read()
    assert sent() == []


def bomb():
    from io import BytesIO

    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b"<x/>")
        package.writestr("word/document.xml", b"0" * 200_000_000)
    return output.getvalue()


BAD = {
    "page.html": (b"<script>x()</script>", "text/html"),
    "picture.svg": (b"<svg onload=x()>", "image/svg+xml"),
    "program.pdf": (b"MZ\x90\x00", "application/pdf"),
    "report.pdf.exe": (b"%PDF-1.4", "application/pdf"),
    "fdp.\u202etxt.exe": (b"x", "application/octet-stream"),
    "cut.pdf": (made.pdf()[:200], "application/pdf"),
    "empty.pdf": (b"", "application/pdf"),
    "bomb.docx": (bomb(), "application/octet-stream"),
    "tracked.docm": (b"PK", "application/octet-stream"),
    "../../etc/passwd": (b"x", "text/plain"),
    "invitation.ics": (b"BEGIN:VCALENDAR", "text/calendar"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_in_a_mail_back_and_the_text_is_posted(thread, member, address, name):
    content, kind = BAD[name]
    note = receive(with_files(mail_of(member, address), (name, content, kind)))
    assert note.outcome == "posted"
    assert note.post.text == "An answer by mail (invented)."
    assert Attachment.objects.count() == 0
    (told,) = sent()
    assert told.to == [member.email]
    shown = name.replace("\u202e", "").rpartition("/")[2]
    assert shown in told.body
    assert "\u202e" not in told.body
    assert "../" not in told.body


def test_a_bad_file_takes_no_good_one_with_it(thread, member, address):
    raw = with_files(
        mail_of(member, address),
        ("bad.html", b"<p>", "text/html"),
        ("report.pdf", made.pdf(), "application/pdf"),
        ("report.pdf", made.pdf("Other words."), "application/pdf"),
        ("again.pdf", made.pdf(), "application/pdf"),
    )
    note = receive(raw)
    assert [each.name for each in note.post.attachments.all()] == ["report.pdf", "report (2).pdf"]
    assert "bad.html" in sent()[0].body


def test_a_mail_that_is_only_files_is_a_post(thread, member, address):
    note = receive(with_files(mail_of(member, address, ""), (PDF[0], made.pdf(), PDF[1])))
    assert note.post.text == "Attached: report.pdf"


def test_a_mail_that_is_only_bad_files_is_refused_with_their_names(thread, member, address):
    note = receive(with_files(mail_of(member, address, ""), ("x.html", b"<p>", "text/html")))
    assert (note.outcome, note.reason) == ("refused", "empty")
    assert "x.html" in sent()[0].body
    assert thread.posts.count() == 1


def test_more_files_than_fit_are_named(thread, member, address):
    files = [
        (f"{n}.pdf", made.pdf(f"Words {n}."), "application/pdf") for n in range(MOST_FILES + 2)
    ]
    note = receive(with_files(mail_of(member, address), *files))
    assert note.post.attachments.count() == MOST_FILES
    (told,) = sent()
    assert f"{MOST_FILES}.pdf" in told.body
    assert f"{MOST_FILES + 1}.pdf" in told.body


def test_the_files_of_a_huge_mail_are_named_and_its_text_is_posted(
    thread, member, address, monkeypatch
):
    monkeypatch.setattr(mails, "LARGEST", 5000)
    monkeypatch.setattr(mails, "_BEGINNING", 1500)
    note = receive(with_files(mail_of(member, address), (PDF[0], b"x" * 9000, PDF[1])))
    assert note.post.text == "An answer by mail (invented)."
    assert "report.pdf" in sent()[0].body


def test_files_are_not_looked_at_for_who_may_not_post(thread, member, address):
    member.memberships.update(left_at="2026-01-01T00:00Z", ending="left")
    receive(with_files(mail_of(member, address), (PDF[0], made.pdf(), PDF[1])))
    assert Attachment.objects.count() == 0
    (told,) = sent()
    assert "report.pdf" not in told.body


def test_what_everybody_will_read_is_asked_more_of(db):
    group = groups.community(visibility="public")
    member = groups.member_of(group)
    thread = groups.thread(group, member)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    raw = with_files(
        mail_of(member, reply_address(member, thread)),
        ("changes.docx", made.docx_with_changes(), kind),
    )
    assert receive(raw).post.attachments.count() == 0
    assert "changes.docx" in sent()[0].body
