"""Mail on what was said: one for each person, no storm, to those who may see it then."""

import datetime

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from adoption.models import Adoption, Feedback, OriginAnswer
from adoption.saying import answer_adoption
from adoption.telling import tell
from tests.adoption import told
from tests.mail import sent
from tests.members import people

pytestmark = pytest.mark.django_db


def minutes_pass(minutes=11):
    """Let everything that was said be older."""
    for model in (Feedback, Adoption, OriginAnswer):
        for row in model.objects.all():
            earlier = row.created_at - datetime.timedelta(minutes=minutes)
            model.objects.filter(pk=row.pk).update(created_at=earlier)


def run():
    tell.func()
    return sent()


def test_the_author_is_told_once_and_nobody_else(practice, author, peer):
    told.feedback(practice, peer, "Did it take long? (invented)")
    minutes_pass()
    mails = run()
    assert [mail.to for mail in mails] == [[author.email]]
    assert "Did it take long? (invented)" in mails[0].body
    assert "Statistical office of CHL (invented)" in mails[0].body
    assert peer.email not in mails[0].body
    assert len(run()) == 1


def test_what_is_said_within_ten_minutes_is_one_mail(practice, peer):
    for number in range(12):
        told.feedback(practice, peer, f"Remark {number} (invented)")
    assert run() == []  # too early: more may come
    minutes_pass()
    told.feedback(practice, peer, "The last one (invented)")
    mails = run()
    assert len(mails) == 1
    assert "Remark 0 (invented)" in mails[0].body
    assert "The last one (invented)" in mails[0].body
    told.feedback(practice, peer, "Right after (invented)")
    assert len(run()) == 1


def test_it_is_the_worker_that_tells_ten_minutes_later(practice, peer):
    told.feedback(practice, peer)
    sent()  # commits
    task = DBTaskResult.objects.get(task_path=tell.module_path)
    wait = task.run_after - timezone.now()
    assert datetime.timedelta(minutes=9) < wait <= datetime.timedelta(minutes=10)


def test_rights_are_asked_when_it_is_sent(practice, author, peer):
    told.feedback(practice, peer)
    second = people.representative("GEO")
    role = author.roles.get()
    role.ended_at = timezone.now()
    role.save()
    minutes_pass()
    assert [mail.to for mail in run()] == [[second.email]]


def test_what_is_hidden_or_taken_back_is_told_to_nobody(practice, author, peer):
    from adoption.models import Hiding
    from adoption.saying import take_back

    hidden = told.feedback(practice, peer, "A hidden remark (invented)")
    Hiding.objects.create(feedback=hidden, reason="Because")
    take_back(told.feedback(practice, peer, "A withdrawn remark (invented)"))
    told.feedback(practice, peer, "A standing remark (invented)")
    minutes_pass()
    (mail,) = run()
    assert "A standing remark (invented)" in mail.body
    assert "hidden remark" not in mail.body
    assert "withdrawn remark" not in mail.body


def test_who_asked_is_told_of_the_answer(practice, author, peer):
    said = told.feedback(practice, peer)
    minutes_pass()
    run()
    told.answer(said, author, "It took a year (invented)")
    minutes_pass()
    mails = run()
    assert [mail.to for mail in mails] == [[author.email], [peer.email]]
    assert "It took a year (invented)" in mails[1].body


def test_the_origin_is_asked_and_the_adapter_told(practice, author, peer):
    adoption = told.adoption(practice, peer)
    minutes_pass()
    assert [mail.to for mail in run()] == [[author.email]]
    answer_adoption(OriginAnswer(adoption=adoption, confirms=True, text=""), author)
    minutes_pass()
    assert [mail.to for mail in run()] == [[author.email], [peer.email]]


def test_each_is_told_in_their_language(practice, author, peer):
    author.language = "es"
    author.save()
    told.feedback(practice, peer)
    minutes_pass()
    assert "/es/exchange/practice/" in run()[0].body


def test_a_name_with_line_breaks_makes_no_header(practice, author, peer):
    said = told.feedback(practice, peer, "A text\r\nBcc: other@example.org")
    office = said.institution
    office.name = "Invented\r\nBcc: other@example.org"
    office.save()
    minutes_pass()
    (mail,) = run()
    assert mail.recipients() == [author.email]
    assert "Bcc" not in mail.message()


def test_a_worker_that_dies_before_the_end_tells_it_again_and_once(practice, peer, monkeypatch):
    """All of it is one transaction: told and marked, or neither."""
    from core import mail as core_mail

    told.feedback(practice, peer)
    minutes_pass()
    with monkeypatch.context() as patch:
        patch.setattr(core_mail, "render_to_string", _die)
        with pytest.raises(KeyboardInterrupt):
            tell.func()
    assert sent() == []
    assert len(run()) == 1


def _die(*args):
    raise KeyboardInterrupt
