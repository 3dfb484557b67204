"""A file of a page is nobody else's before it, public with it, and goes when it goes."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission, PageViewRestriction

from library.access import may_open
from library.attaching import stored_name
from library.extract import read_file
from library.making import markdown_to_docx, markdown_to_pdf
from library.models import LibraryFile
from library.searchable import FileSource
from practices.contributing.saving import save_draft
from reviewing.digest import text_digest
from reviewing.models import Assignment
from reviewing.models import SignOff as Cleared
from reviewing.workflow import ensure_workflow
from safeguarding.gate import check
from safeguarding.models import SignOff
from safeguarding.takedown import take_down
from search.models import IndexedDocument
from search.viewer import ANYONE
from tests import factories
from tests.members import people
from tests.safeguarding.pages import UNSAFE, draft, kinds

pytestmark = pytest.mark.django_db
TEXT = "## Registers\n\nTwo ministries share one identifier."
LAW = markdown_to_pdf(TEXT, "The law")


def attached(page, name="law.pdf", content=LAW, **fields):
    file = LibraryFile.attach(page, page.owner, SimpleUploadedFile(name, content), **fields)
    read_file(file)
    return file


def evidence(*files):
    return {"evidence": [{"type": "file", "value": {"file": each.pk}} for each in files]}


@pytest.fixture
def author(db):
    return people.representative("GEO")


@pytest.fixture
def register(author):
    return factories.practice("A register", draft=True, owner=author, countries=["GEO"])


@pytest.fixture
def file(register, author):
    file = attached(register)
    save_draft(register, author, evidence(file))
    return file


def publish(page):
    page.refresh_from_db()
    sign_off_all(page)
    page.get_latest_revision().publish()
    page.refresh_from_db()


def sign_off_all(page):
    newest = page.get_latest_revision_as_object()
    Cleared.objects.create(page=page, digest=text_digest(newest))
    for each in check(newest).open:
        SignOff.objects.create(
            page_id=page.pk, page_title="", kind=each.kind, fingerprint=each.fingerprint, reason="x"
        )


def opens(user, file):
    """Whether somebody gets the file and the page with its text; both or none must be so."""
    client = Client()
    if user:
        client.force_login(user)
    addresses = (file.url, reverse("library:file", args=[file.pk]))
    told = {client.get(address).status_code for address in addresses}
    assert told in ({200}, {404})
    assert may_open(user, file) is (told == {200}) if user else True
    return told == {200}


def is_public(file):
    indexed = IndexedDocument.objects.filter(key=f"file:{file.pk}", withdrawn=False)
    told = {
        opens(None, file),
        bool(FileSource().shown([str(file.pk)], ANYONE, "en")),
        indexed.exists(),
        file.url in Client().get("/sitemap.xml").content.decode()
        or reverse("library:file", args=[file.pk]) in Client().get("/sitemap.xml").content.decode(),
    }
    assert len(told) == 1, told
    return told.pop()


def test_only_who_writes_and_reviews_opens_it_before(register, file, author):
    reviewer = people.reviewer("CHL")
    ensure_workflow()
    register.refresh_from_db()
    assert not opens(reviewer, file)
    register.get_workflow().start(register, author)
    Assignment.objects.get_or_create(
        page=register, reviewer=reviewer, workflow_state=register.current_workflow_state
    )
    let_in = [author, people.representative("GEO"), people.secretariat(), reviewer]
    kept_out = [
        people.person(),
        people.member("GEO"),
        people.representative("CHL"),
        people.reviewer("MEX"),
    ]
    assert [opens(each, file) for each in let_in] == [True] * 4
    assert [opens(each, file) for each in kept_out] == [False] * 4
    assert not is_public(file)


def test_to_a_stranger_it_is_as_missing_as_one_that_never_was(client, file):
    mine, none = (client.get(reverse("library:file", args=[pk])) for pk in (file.pk, 999_999))
    assert mine.status_code == none.status_code == 404
    same = mine.content.replace(f"/files/{file.pk}/".encode(), b"/files/999999/")
    assert same == none.content
    mine = client.get(file.url)
    none = client.get(file.url.replace(f"/{file.pk}/", "/999999/"))
    assert mine.status_code == none.status_code == 404


def test_it_is_public_with_its_page_and_taken_down_with_it(register, file):
    assert not is_public(file)
    publish(register)
    assert is_public(file)
    register.unpublish()
    assert not is_public(file)
    publish(register)
    assert is_public(file)


def test_what_only_a_newer_draft_names_waits_for_it(register, file, author):
    publish(register)
    newer = attached(register, "newer.docx", markdown_to_docx(TEXT, "Newer"))
    save_draft(register, author, evidence(file, newer))
    assert (is_public(file), is_public(newer)) == (True, False)
    assert opens(author, newer)
    save_draft(register, author, evidence(newer))
    assert (is_public(file), is_public(newer)) == (True, False)
    publish(register)
    assert (is_public(file), is_public(newer)) == (False, True)


def test_the_page_shows_it_from_then_on(client, register, file):
    publish(register)
    register.refresh_from_db()
    shown = client.get(register.url).content.decode()
    assert file.url in shown
    assert file.title in shown
    client.force_login(register.owner)
    preview = reverse("contribute-preview", args=[register.pk])
    assert file.url in client.get(preview).content.decode()


def test_a_preview_shows_it_before(client, register, file, author):
    preview = reverse("contribute-preview", args=[register.pk])
    client.force_login(author)
    assert file.url in client.get(preview).content.decode()


def test_a_closed_page_closes_it(register, file):
    publish(register)
    member = people.person()
    restriction = PageViewRestriction.objects.create(page=register, restriction_type="login")
    assert not is_public_but_indexed(file)
    assert opens(member, file)
    assert IndexedDocument.objects.get(key=f"file:{file.pk}").audiences == ["signed-in"]
    restriction.delete()
    assert is_public(file)


def is_public_but_indexed(file):
    return opens(None, file) or bool(FileSource().shown([str(file.pk)], ANYONE, "en"))


def test_a_closed_section_that_a_page_is_moved_to_closes_it(register, file):
    publish(register)
    closed = (
        factories.index(type(register.get_parent().specific))
        .get_parent()
        .add_child(
            instance=type(register.get_parent().specific)(
                title="Closed", slug="closed", locale=register.locale
            )
        )
    )
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    register.refresh_from_db()
    register.move(closed, pos="last-child")
    assert not is_public_but_indexed(file)
    assert IndexedDocument.objects.get(key=f"file:{file.pk}").audiences == ["signed-in"]


def test_it_goes_with_its_page(register, file):
    stored, key = file.file, f"file:{file.pk}"
    publish(register)
    register.refresh_from_db()
    register.delete()
    assert not LibraryFile.objects.filter(pk=file.pk).exists()
    assert IndexedDocument.objects.get(key=key).withdrawn
    assert stored.name


def test_an_emergency_closes_it_even_to_its_writers(register, file, author):
    publish(register)
    take_down(register)
    file.refresh_from_db()
    assert not is_public(file)
    assert not opens(author, file)


def test_what_is_in_it_is_looked_at_before_the_page_is_public(register, author):
    unsafe = attached(register, "unsafe.docx", markdown_to_docx(UNSAFE, "Unsafe"))
    save_draft(register, author, evidence(unsafe))
    register.refresh_from_db()
    assert "file" in [each.kind for each in check(register.get_latest_revision_as_object()).open]
    # Whoever names it on another register does not learn what is in it.
    assert not kinds(draft(("download", {"file": unsafe.pk, "note": ""})))


def test_in_the_editor_only_the_secretariat_finds_it(client, register, file):
    group = Group.objects.create(name="Librarians (invented)")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("change_document", "choose_document"):
        GroupCollectionPermission.objects.create(
            group=group,
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(
                codename=codename, content_type__app_label="wagtaildocs"
            ),
        )
    librarian = people.person()
    librarian.groups.add(group)
    people.second_factor(librarian)

    def finds(user):
        client.force_login(user)
        places = ("wagtaildocs:index", "wagtaildocs_chooser:choose", "file_texts")
        listed = {file.title in client.get(reverse(each)).content.decode() for each in places}
        answer = client.get(reverse("wagtaildocs:edit", args=[file.pk]))
        told = listed | {answer.status_code == 200}
        assert len(told) == 1
        return told.pop()

    office = people.secretariat()
    assert (finds(librarian), finds(office)) == (False, True)
    publish(register)
    assert (finds(librarian), finds(office)) == (True, True)


def test_the_same_file_twice_is_one(register):
    first, again = attached(register), attached(register, "copy.pdf")
    assert first == again
    other = factories.practice("Another", draft=True)
    assert attached(other) != first


def test_title_and_language_are_asked_of_the_file_where_nobody_gave_them(register):
    assert attached(register).title == "The law"
    other = attached(
        register, "loi.docx", markdown_to_docx(TEXT, ""), title="La loi", language="fr"
    )
    assert (other.title, other.language) == ("La loi", "fr")
    unnamed = attached(register, "a_decree-2.docx", markdown_to_docx(f"{TEXT} More.", ""))
    assert unnamed.title == "A decree 2"


@pytest.mark.parametrize(
    ("name", "content", "said", "code"),
    [
        ("x.html", b"<html>", "not a PDF or Word", None),
        ("x.pdf.html", b"%PDF-1.4", "not a PDF or Word", None),
        ("x.pdf", b"MZ" + bytes(99), "not what its name says", None),
        ("x.docx", b"%PDF-1.4", "not what its name says", None),
        ("x.pdf", b"", "empty", None),
        ("x.pdf", b"%PDF-1.4" + bytes(26 * 1024 * 1024), "larger than", "too_large"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(register, name, content, said, code):
    with pytest.raises(ValidationError) as refused:
        attached(register, name, content)
    assert said in refused.value.message
    assert refused.value.code == code
    assert not LibraryFile.objects.exists()


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("../../etc/passwd.PDF", "passwd.pdf"),
        (r"C:\Users\jane\law.docx", "law.docx"),
        ("law\u202efdp.docx", "lawfdp.docx"),
        ("l\x00a\r\nw.pdf", "law.pdf"),
        ("ل" * 300 + ".pdf", "ل" * 80 + ".pdf"),
        (".pdf", "pdf"),
        ("...docx", "file.docx"),
    ],
)
def test_the_name_of_a_stored_file_is_plain(given, stored):
    assert stored_name(given) == stored
