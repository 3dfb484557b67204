"""Word files over the web: how an upload becomes a draft."""

from io import BytesIO

import docx
import pytest
from django.urls import reverse
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from members.models import Kind
from practices.models import PracticeIndexPage, PracticePage
from practices.word.fields import PracticeFields
from practices.word.pages import fields_of
from tests import factories
from tests.members.people import member, person, representative, secretariat
from tests.practices.word.files import changed, paragraph
from tests.practices.word.sending import SMALL, file_of, save, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(vocabulary):
    return factories.index(PracticeIndexPage)


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
