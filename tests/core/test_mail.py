"""Mail: in its reader's language, after the commit, and never with lines of somebody else."""

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core import mail
from tests.mail import commit, sent
from tests.site_server import free_address
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
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [str(tmp_path)]}]


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


class Mailbox:
    """What a mail server does with what it is given: first some answers, then it takes all."""

    def __init__(self, *answers):
        self.answers, self.taken = list(answers), []

    async def handle_DATA(self, server, session, envelope):
        if self.answers:
            return self.answers.pop(0)
        self.taken.append(envelope)
        return "250 OK"


@pytest.fixture
def server(settings):
    """A function that starts a real mail server with these first answers."""
    started = []

    def start(*answers):
        mailbox = Mailbox(*answers)
        host, _colon, port = free_address().partition(":")
        controller = Controller(mailbox, hostname=host, port=int(port))
        controller.start()
        started.append(controller)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = host, int(port)
        return mailbox

    yield start
    for each in started:
        each.stop()


def waiting():
    return DBTaskResult.objects.filter(task_path=mail.deliver.module_path).order_by("enqueued_at")


def run(row):
    """Run one task of the queue as the worker does, whatever hour it is meant for."""
    row.delete()
    mail.deliver.func(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])


def test_a_mail_that_a_busy_server_refuses_is_sent_later_and_once(mail_templates, server):
    mailbox = server("451 Try again later", "452 Full for now")
    mail.send("hello", reader("en"), {"title": "Georgia"})
    sent_at_last = None
    for attempt in range(3):
        commit()
        (row,) = waiting()
        minutes = (row.run_after - timezone.now()).total_seconds() / 60
        assert attempt == 0 or 0.9 < minutes <= 2 ** (attempt - 1)
        run(row)
        sent_at_last = attempt
    assert list(waiting()) == []
    (taken,) = mailbox.taken
    assert sent_at_last == 2
    assert taken.rcpt_tos == ["reader@example.org"]


def test_a_mail_that_a_server_will_never_take_is_given_up(mail_templates, server):
    mailbox = server("550 No such mailbox")
    mail.send("hello", reader("en"), {"title": "Georgia"})
    commit()
    with pytest.raises(OSError, match="550"):
        run(waiting().get())
    assert list(waiting()) == []
    assert mailbox.taken == []


def test_a_server_that_does_not_answer_costs_no_mail(mail_templates, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    mail.send("hello", reader("en"), {"title": "Georgia"})
    commit()
    run(waiting().get())
    assert waiting().get().run_after > timezone.now()
