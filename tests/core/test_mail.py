"""Mail: in its reader's language, after the commit, and never with lines of somebody else."""

import pytest
from django.template import engines

from core import mail
from tests.mail import sent
from users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail_templates(tmp_path, settings):
    """Three templates of a mail of this test only."""
    folder = tmp_path / "mail"
    folder.mkdir()
    say = "{% load i18n %}"
    (folder / "hello.subject.txt").write_text(say + "{% translate 'Search' %} {{ title }}\n")
    (folder / "hello.txt").write_text(say + "{% translate 'Search' %}: {{ title }}\n")
    (folder / "rich.subject.txt").write_text("Rich")
    (folder / "rich.txt").write_text("Plain")
    (folder / "rich.html").write_text("<p>{{ title }}</p>")
    told = [settings.TEMPLATES[0] | {"DIRS": [str(tmp_path)]}]
    settings.TEMPLATES = told
    yield
    del engines._templates, engines.templates
    engines._engines = {}


def reader(language="", **more):
    return User.objects.create_user("reader@example.org", language=language, **more)


def test_a_mail_is_wholly_in_its_readers_language(mail_templates):
    mail.send("hello", reader("es"), {"title": "Georgia"})
    (told,) = sent()
    assert told.subject == "Buscar Georgia"
    assert told.body == "Buscar: Georgia\n"
    assert told.to == ["reader@example.org"]
    assert told.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_line_break_in_a_title_adds_no_header(mail_templates):
    mail.send("hello", reader("en"), {"title": "x\r\nBcc: outsider@example.org"})
    (told,) = sent()
    assert told.recipients() == ["reader@example.org"]
    assert told.message()["Bcc"] is None
    assert "\n" not in told.subject


def test_whoever_cannot_log_in_gets_no_mail_and_everybody_else_does(mail_templates):
    gone = reader("en", is_active=False)
    mail.send("hello", gone, {"title": "Georgia"})
    assert sent() == []
    gone.is_active = True
    mail.send("hello", gone, {"title": "Georgia"})
    assert len(sent()) == 1


def test_a_mail_with_html_keeps_its_text_and_escapes(mail_templates):
    mail.send("rich", "adviser@example.org", {"title": "<script>"}, language="fr")
    (told,) = sent()
    assert told.body == "Plain\n"
    assert told.alternatives[0].content == "<p>&lt;script&gt;</p>"
