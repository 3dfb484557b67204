"""Word files over the web: who may have them, and how an upload becomes a draft."""

import re
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from wagtail.models import Page, PageViewRestriction

from members.models import Kind
from practices.models import PracticeIndexPage, PracticePage
from practices.word.fields import Part, PracticeFields
from practices.word.pages import fields_of
from practices.word.prose import from_html
from practices.word.views import TYPE
from practices.word.writing import Setting, write
from tests import factories
from tests.members.people import member, person, representative, secretariat
from tests.practices.word.files import changed, paragraph, upload

pytestmark = pytest.mark.django_db
SITE = "http://testserver/"


@pytest.fixture(autouse=True)
def place(vocabulary):
    return factories.index(PracticeIndexPage)


def file_of(fields, reference=""):
    return write(fields, Setting("en", SITE, reference))


def text_of(answer):
    return "\n".join(
        p._p.xpath("string(.)") for p in docx.Document(BytesIO(answer.content)).paragraphs
    )


def send(client, content, page=None, name="practice.docx", **data):
    url = (
        reverse("contribute-word-newer", args=[page.pk])
        if page
        else reverse("contribute-word-upload")
    )
    return client.post(url, {"file": upload(content, name), **data})


def held(answer):
    """What the form of the look page sends."""
    html = answer.content.decode()
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', html)[1] for name in ("held", "version")
    }


def save(client, answer, **data):
    return client.post(reverse("contribute-word-save"), held(answer) | data)


SMALL = PracticeFields(
    title="Counting at the border (invented)",
    countries=("GEO",),
    problem=from_html("<p>Nobody <b>knew</b>.</p>"),
    steps=(Part("Ask", from_html("<ul><li>one</li></ul>")),),
    condition_legal="A law.",
    contact="An office",
)


# --- Downloads
@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
def test_everybody_gets_the_empty_form_in_each_language(client, language):
    answer = client.get(reverse("contribute-word-template", args=[language]))
    assert (answer.status_code, answer["Content-Type"]) == (200, TYPE)
    assert answer["Content-Disposition"] == f'attachment; filename="practice-{language}.docx"'
    assert docx.Document(BytesIO(answer.content)).paragraphs


def test_no_form_in_another_language(client):
    assert client.get("/en/contribute/word/template/de/").status_code == 404


def test_the_page_on_word_is_for_everybody_and_offers_uploading_to_members(client):
    url = reverse("contribute-word")
    answer = client.get(url)
    assert answer.status_code == 200
    assert reverse("contribute-word-upload") not in answer.content.decode()
    client.force_login(member("GEO"))
    assert reverse("contribute-word-upload") in client.get(url).content.decode()


def test_a_published_practice_is_downloaded_by_everybody_and_a_draft_by_nobody_else(client):
    public = factories.practice("A public invention")
    draft = factories.practice("A hidden invention", draft=True)
    url = reverse("contribute-word-practice", args=[public.pk])
    answer = client.get(url)
    assert "A public invention" in str(
        docx.Document(BytesIO(answer.content)).element.xpath("string(.)")
    )
    assert f'filename="{public.slug}.docx"' in answer["Content-Disposition"]
    assert client.get(reverse("contribute-word-practice", args=[draft.pk])).status_code == 404
    assert client.get(reverse("contribute-word-practice", args=[999_999])).status_code == 404


def test_a_restricted_practice_is_not_downloaded(client):
    page = factories.practice("A closed invention")
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.LOGIN
    )
    url = reverse("contribute-word-practice", args=[page.pk])
    assert client.get(url).status_code == 404
    client.force_login(person())
    assert client.get(url).status_code == 200


def test_the_public_file_says_what_is_public_not_what_the_newest_draft_says(client):
    page = factories.practice("A public invention")
    page.contact = "Only in the draft"
    page.save_revision()
    answer = client.get(reverse("contribute-word-practice", args=[page.pk]))
    assert "Only in the draft" not in docx.Document(BytesIO(answer.content)).element.xml


def mine(user, **fields):
    page = factories.practice("A draft of ours", draft=True, countries=["GEO"], **fields)
    page.owner = user
    page.save()
    return page


def test_a_draft_is_downloaded_by_its_editors_only(client):
    author = representative("GEO")
    page = mine(author)
    url = reverse("contribute-word-draft", args=[page.pk])
    assert client.get(url).status_code == 302
    for stranger in (member("MAR"), representative("MAR"), person()):
        client.force_login(stranger)
        assert client.get(url).status_code == 404
    for editor in (author, representative("GEO", email="second@example.org"), secretariat()):
        client.force_login(editor)
        assert client.get(url)["Content-Type"] == TYPE


# --- Uploads
def test_only_members_upload(client):
    url = reverse("contribute-word-upload")
    assert client.get(url).status_code == 302
    client.force_login(person())
    assert client.get(url).status_code == 403
    assert send(client, file_of(SMALL)).status_code == 403
    client.force_login(member("GEO"))
    assert client.get(url).status_code == 200


def test_a_filled_in_form_becomes_a_draft_and_nothing_before_it_is_looked_at(client):
    author = representative("GEO")
    client.force_login(author)
    look = send(client, file_of(SMALL))
    assert look.status_code == 200
    assert "Nobody **knew**" in look.content.decode() or "knew" in look.content.decode()
    assert not PracticePage.objects.exists()
    answer = save(client, look)
    page = PracticePage.objects.get()
    assert answer.url == reverse("contribute-edit", args=[page.pk])
    assert (page.live, page.owner, page.has_unpublished_changes) == (False, author, True)
    assert fields_of(page.get_latest_revision_as_object()) == SMALL


def test_saving_twice_makes_one_draft(client):
    client.force_login(representative("GEO"))
    look = send(client, file_of(SMALL))
    assert save(client, look).url == save(client, look).url
    assert PracticePage.objects.count() == 1


def test_a_form_without_a_title_asks_for_one_and_keeps_the_rest(client):
    client.force_login(representative("GEO"))
    look = send(client, file_of(PracticeFields(contact="An office")))
    refused = save(client, look)
    assert refused.status_code == 400
    assert not PracticePage.objects.exists()
    assert save(client, refused, title="Named by hand").status_code == 302
    assert PracticePage.objects.get().get_latest_revision_as_object().contact == "An office"


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("a.html", b"<script>", 400),
        ("a.docx", b"<script>", 400),
        ("a.docx", b"", 400),
        ("a.docx", b"PK" + bytes(11 * 1024 * 1024), 413),
    ],
)
def test_a_bad_file_is_answered_with_a_sentence(client, name, content, status):
    client.force_login(member("GEO"))
    answer = send(client, content, name=name)
    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode()


def test_without_a_file_the_form_says_so(client):
    client.force_login(member("GEO"))
    answer = client.post(reverse("contribute-word-upload"))
    assert answer.status_code == 400
    assert "Choose a file first" in answer.content.decode()


def test_a_file_without_the_form_is_shown_and_not_saved(client):
    client.force_login(member("GEO"))
    document = docx.Document()
    document.add_paragraph("Only a letter.")
    output = BytesIO()
    document.save(output)
    answer = send(client, output.getvalue())
    assert answer.status_code == 400
    assert "Only a letter." in answer.content.decode()


def test_so_many_files_an_hour_and_no_more(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"read_file": "2/h/user"}
    client.force_login(member("GEO"))
    answers = [send(client, b"nothing", name="a.docx").status_code for _time in range(3)]
    assert answers == [400, 400, 429]


def test_problems_are_told_with_their_place_in_the_readers_language(client):
    client.force_login(representative("GEO"))

    def fill(document):
        row = next(
            r for t in document.tables for r in t.rows if "px:countries" in r.cells[0]._tc.xml
        )
        row.cells[1].paragraphs[0].text = "Atlantis"

    content = changed(file_of(SMALL), fill)
    text = send(client, content).content.decode()
    assert "Section 2 (Who and when), Countries, line 1" in text
    assert "Atlantis" in text.split('id="left-over"')[1]


# --- Hidden in the file
def with_secrets(content):
    def add(document):
        at = paragraph(document, "Nobody ")
        document.add_comment(at.runs[0], text="Ask Ana, she is 9", author="A. Person", initials="A")
        for name, text in (("w:ins", "was told "), ("w:del", "a deleted name")):
            change = OxmlElement(name)
            change.set(qn("w:id"), "77")
            change.set(qn("w:author"), "A. Person")
            run = at.add_run(text)._r
            if name == "w:del":
                run.find(qn("w:t")).tag = qn("w:delText")
            run.addprevious(change)
            change.append(run)
        at.add_run("unseen").font.hidden = True

    return changed(content, add)


def test_comments_and_changes_are_refused_until_they_were_seen(client):
    client.force_login(representative("GEO"))
    look = send(client, with_secrets(file_of(SMALL)))
    text = look.content.decode()
    for shown in ("Ask Ana, she is 9", "a deleted name", "unseen", "1 insertion"):
        assert shown in text
    assert "A. Person" not in text
    refused = save(client, look)
    assert refused.status_code == 400
    assert not PracticePage.objects.exists()
    assert save(client, refused, seen="1").status_code == 302
    page = PracticePage.objects.get().get_latest_revision_as_object()
    stored = str(page.serializable_data())
    assert "was told" in stored
    for secret in ("Ana", "deleted name", "unseen", "A. Person"):
        assert secret not in stored


# --- Newer copies
def test_a_newer_copy_is_compared_and_becomes_the_next_version(client):
    author = representative("GEO")
    page = mine(author, contact="An old office")
    client.force_login(author)
    content = client.get(reverse("contribute-word-draft", args=[page.pk])).content

    def edit(document):
        row = next(r for t in document.tables for r in t.rows if "px:contact" in r.cells[0]._tc.xml)
        row.cells[1].paragraphs[0].text = "A new office"

    look = send(client, changed(content, edit))
    text = look.content.decode()
    assert re.search(r"<del>.*old", text)
    assert re.search(r"<ins>.*new", text)
    before = page.revisions.count()
    assert save(client, look).url == reverse("contribute-edit", args=[page.pk])
    assert page.revisions.count() == before + 1
    newest = PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert newest.contact == "A new office"
    assert newest.title == page.title
    assert PracticePage.objects.count() == 1


def test_an_unchanged_copy_changes_nothing(client):
    author = representative("GEO")
    page = mine(author)
    client.force_login(author)
    content = client.get(reverse("contribute-word-draft", args=[page.pk])).content
    look = send(client, content, page)
    assert "The file says the same as the practice" in look.content.decode()
    count = page.revisions.count()
    save(client, look)
    assert page.revisions.count() == count


def test_a_copy_of_a_live_practice_leaves_what_is_public_as_it_is(client):
    author = representative("GEO")
    page = factories.practice("A public invention", countries=["GEO"], contact="An old office")
    page.owner = author
    page.save()
    client.force_login(author)
    fields = fields_of(page)
    content = file_of(PracticeFields(title=fields.title, contact="A new office"))
    assert save(client, send(client, content, page)).status_code == 302
    page.refresh_from_db()
    assert (page.live, page.contact) == (True, "An old office")
    assert page.has_unpublished_changes


def test_what_others_saved_meanwhile_is_shown_before_anything_is_overwritten(client):
    author = representative("GEO")
    page = mine(author, contact="An old office")
    client.force_login(author)
    look = send(client, file_of(PracticeFields(title=page.title, contact="Mine")), page)
    newer = page.get_latest_revision_as_object()
    newer.contact = "Theirs"
    newer.save_revision()
    clash = save(client, look)
    assert clash.status_code == 409
    assert "Theirs" in clash.content.decode()
    assert PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object().contact == "Theirs"
    assert save(client, clash).status_code == 302
    assert PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object().contact == "Mine"


def test_a_copy_of_a_practice_of_others_becomes_a_new_one_at_most(client):
    page = mine(representative("GEO"))
    client.force_login(representative("MAR"))
    look = send(client, file_of(SMALL, f"PX-{page.pk}-1"))
    assert page.title not in look.content.decode()
    save(client, look)
    page.refresh_from_db()
    assert page.title == "A draft of ours"
    assert PracticePage.objects.count() == 2
    assert client.get(reverse("contribute-word-newer", args=[page.pk])).status_code == 404
    assert send(client, file_of(SMALL), page).status_code == 404


def test_what_was_held_for_another_or_changed_is_not_saved(client):
    client.force_login(representative("GEO"))
    look = held(send(client, file_of(SMALL)))
    url = reverse("contribute-word-save")
    assert client.post(url, look | {"held": look["held"][:-3] + "abc"}).status_code == 400
    assert client.post(url, {}).status_code == 400
    client.force_login(representative("GEO", email="other@example.org"))
    assert client.post(url, look).status_code == 400
    assert not PracticePage.objects.exists()


def test_an_upload_never_publishes_whoever_sends_it(client):
    for user in (representative("GEO"), secretariat(), member("GEO")):
        client.force_login(user)
        save(
            client,
            send(client, file_of(SMALL)),
            live="1",
            owner="1",
            first_published_at="2020-01-01",
        )
    assert PracticePage.objects.count() == 3
    assert not PracticePage.objects.filter(live=True).exists()
    assert not PracticePage.objects.exclude(first_published_at=None).exists()


def test_saving_takes_a_token_and_a_post(client):
    from django.test import Client

    careful = Client(enforce_csrf_checks=True)
    careful.force_login(representative("GEO"))
    assert careful.post(reverse("contribute-word-save"), {"held": "x"}).status_code == 403
    assert send(careful, file_of(SMALL)).status_code == 403
    assert careful.get(reverse("contribute-word-save")).status_code == 405
    assert Kind.REPRESENTATIVE


def test_the_pages_ask_few_questions_of_the_database(client, django_assert_max_num_queries):
    page = factories.practice("A public invention", countries=["GEO"])
    with django_assert_max_num_queries(25):
        client.get(reverse("contribute-word-practice", args=[page.pk]))
    client.force_login(representative("GEO"))
    client.get(reverse("contribute-word"))
    with django_assert_max_num_queries(40):
        send(client, file_of(SMALL))
