"""Only what is what it says is taken in, free of who made it, and under a name of ours."""

from io import BytesIO

import openpyxl
import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from PIL import Image

from communities.attachments.taking import MOST_BY_MAIL, MOST_BYTES, status_of, taken_in
from communities.models import Attachment
from tests.communities import groups
from tests.communities.attachments import made
from tests.kept import kept

pytestmark = pytest.mark.django_db


@kept
def group():
    return groups.community()


@kept
def member(group):
    cache.clear()
    return groups.member_of(group)


@pytest.fixture
def take(member):
    def taken(*files, **more):
        request = RequestFactory().post("/")
        request.user = member
        uploads = [made.upload(content, name) for name, content in files]
        return taken_in(uploads, member, request, **more)

    return taken


def content_of(attachment):
    with attachment.file.open("rb") as file:
        return file.read()


@pytest.mark.parametrize("name", made.GOOD)
def test_a_file_that_is_what_it_says_is_taken_without_its_author(take, name):
    original = made.GOOD[name]()
    (attachment,) = take((name, original))
    content = content_of(attachment)
    assert (attachment.name, attachment.size) == (name, len(content))
    assert attachment.content_type.startswith(("application/", "image/"))
    assert made.AUTHOR in made.all_that_is_in(original)
    assert made.AUTHOR not in made.all_that_is_in(content)
    assert Attachment.objects.count() == 0  # nothing is stored yet


def test_a_photograph_keeps_how_it_is_held_and_nothing_of_the_place(take):
    (attachment,) = take(("photo.jpg", made.jpeg()))
    assert dict(Image.open(BytesIO(made.jpeg())).getexif().get_ifd(0x8825))
    kept = Image.open(BytesIO(content_of(attachment)))
    assert dict(kept.getexif()) == {0x0112: 6}
    assert not kept.getexif().get_ifd(0x8825)
    assert attachment.text_status == Attachment.Status.READY  # there is no text to wait for


def test_a_table_keeps_its_sheets_and_formulas(take):
    (attachment,) = take(("table.xlsx", made.xlsx()))
    book = openpyxl.load_workbook(BytesIO(content_of(attachment)))
    assert book.sheetnames == ["Counted", "Sources"]
    assert (book.active["A1"].value, book.active["A1"].comment.author) == (made.WORDS, "Author")


@pytest.mark.parametrize("name", made.BAD)
def test_a_file_that_is_not_what_it_says_is_refused_with_a_sentence(take, name):
    make, told = made.BAD[name]
    with pytest.raises(ValidationError) as refused:
        take((name, make()))
    (sentence,) = refused.value.messages
    assert told in sentence
    assert sentence.startswith("“")
    assert status_of(refused.value) == 400


def test_one_bad_file_says_so_and_none_is_taken(take):
    with pytest.raises(ValidationError) as refused:
        take(("good.pdf", made.pdf()), ("bad.html", made.HTML), ("worse.pdf", made.HTML))
    assert [message.partition(":")[0] for message in refused.value.messages] == [
        "“bad.html”", "“worse.pdf”"
    ]  # fmt: skip


def test_comments_and_changes_are_taken_where_members_read_and_refused_where_everybody_does(take):
    (kept,) = take(("draft.docx", made.docx_with_changes()))
    assert made.AUTHOR not in made.all_that_is_in(content_of(kept))
    with pytest.raises(ValidationError, match="tracked changes"):
        take(("draft.docx", made.docx_with_changes()), public=True)
    assert take(("letter.docx", made.docx()), public=True)


def test_a_file_that_is_too_large_is_refused_unread(take):
    with pytest.raises(ValidationError, match="larger than 15") as refused:
        take(("large.pdf", bytes(MOST_BYTES + 1)))
    assert status_of(refused.value) == 413


def test_more_than_five_files_are_refused(take):
    with pytest.raises(ValidationError, match="At most 5") as refused:
        take(*[(f"{number}.png", made.png()) for number in range(6)])
    assert status_of(refused.value) == 413


def test_the_same_content_twice_is_one_file(take):
    taken = take(("one.pdf", made.pdf()), ("two.pdf", made.pdf()))
    assert [each.name for each in taken] == ["one.pdf"]


def test_the_same_name_twice_is_told_apart(take):
    taken = take(("a.pdf", made.pdf("One.")), ("a.pdf", made.pdf("Two.")))
    assert [each.name for each in taken] == ["a.pdf", "a (2).pdf"]


def test_a_person_attaches_so_many_an_hour_and_others_go_on(take, member, group):
    for _each in range(8):
        with pytest.raises(ValidationError, match="Only PDF"):
            take(*[(f"{number}.html", b"x") for number in range(5)])
    with pytest.raises(ValidationError, match="Wait an hour") as refused:
        take(("a.png", made.png()))
    assert status_of(refused.value) == 429
    other = groups.member_of(group, "MEX")
    request = RequestFactory().post("/")
    assert taken_in([made.upload(made.png(), "a.png")], other, request)


def test_by_mail_what_is_stored_already_is_counted(member, group):
    thread = groups.thread(group, member)
    post = thread.posts.get()
    rows = [Attachment(post=post, uploaded_by=member, size=1, file="x", name="x.pdf")]
    Attachment.objects.bulk_create(rows * 1)
    assert taken_in([made.upload(made.png(), "a.png")], member, None)
    more = [
        Attachment(post=post, uploaded_by=member, size=1, file=f"x{number}", name="x.pdf")
        for number in range(MOST_BY_MAIL - 1)
    ]
    Attachment.objects.bulk_create(more)
    with pytest.raises(ValidationError, match="Wait an hour"):
        taken_in([made.upload(made.png(), "a.png")], member, None)
