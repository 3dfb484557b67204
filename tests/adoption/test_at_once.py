"""Many at once: the same sent in parallel is stored once, and nobody meets a failure."""

import threading

import pytest
from django.db import connection
from django.test import Client

from adoption.models import Adoption, Feedback, FitAnswer, FitCheck, OriginAnswer, TruthAnswer
from adoption.telling import tell
from adoption.truth import run
from tests.adoption import told
from tests.adoption.told import adoption_form, url
from tests.kept import kept
from tests.members import people

pytestmark = pytest.mark.usefixtures("own_database")
MANY = 8


def at_once(*actions):
    """Do all of this at the same moment and return the answers, or what was raised."""
    begin, answers = threading.Barrier(len(actions)), []

    def act(action):
        try:
            begin.wait()
            answers.append(action())
        except Exception as error:  # noqa: BLE001 - it is looked at below
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def posts(user, address, data, count=MANY):
    clients = [Client() for _each in range(count)]
    for client in clients:
        if user is not None:
            client.force_login(user)
    return [lambda client=client: client.post(address, data).status_code for client in clients]


@kept
def people_and_page():
    author = people.representative("GEO")
    return told.practice_of(author), author, people.member("CHL")


def test_parallel_posts_make_one_row(people_and_page):
    practice, author, peer = people_and_page
    said = {"kind": "worked", "section": "", "text": "The same (invented)"}
    assert set(at_once(*posts(peer, url("give", practice.pk), said))) == {302}
    assert Feedback.objects.count() == 1
    assert set(at_once(*posts(peer, url("adapt", practice.pk), adoption_form()))) == {302}
    assert Adoption.objects.count() == 1
    confirm = url("confirm", Adoption.objects.get().pk)
    assert set(at_once(*posts(author, confirm, {"confirms": "yes", "text": ""}))) == {302}
    assert OriginAnswer.objects.count() == 1
    fit = {"held_legal": "no", "note_legal": "The same (invented)"}
    assert set(at_once(*posts(peer, url("fit", practice.pk), fit))) == {302}
    assert (FitCheck.objects.count(), FitAnswer.objects.count()) == (1, 5)


def test_parallel_answers_by_one_link_are_one_answer(people_and_page):
    from core import links
    from tests.adoption.test_truth import NOW, PracticePage, age

    practice, author, _peer = people_and_page
    age(practice)
    assert sum(done.asked for done in at_once(*[lambda: run(NOW)] * 4)) == 1
    question = practice.truth_questions.get()
    token = links.issue("still-true", question, 9, data={"user": author.pk})
    statuses = at_once(*posts(None, url("true", token, "true"), {}))
    assert sorted(statuses) == [200] + [404] * (MANY - 1)
    assert TruthAnswer.objects.count() == 1
    assert PracticePage.objects.get(pk=practice.pk).last_confirmed is not None


def test_two_workers_tell_once(people_and_page):
    from django_tasks_db.models import DBTaskResult

    from core.mail import deliver
    from tests.adoption.test_telling import minutes_pass

    practice, _author, peer = people_and_page
    told.feedback(practice, peer)
    minutes_pass()
    assert at_once(*[tell.func] * 6) == [None] * 6
    assert DBTaskResult.objects.filter(task_path=deliver.module_path).count() == 1


def test_editing_while_it_is_taken_back_loses_nobody(people_and_page):
    practice, _author, peer = people_and_page
    said = told.feedback(practice, peer)
    edit = posts(peer, url("edit", said.pk), {"text": "Edited (invented)"}, 4)
    delete = posts(peer, url("delete", said.pk), {}, 4)
    assert set(at_once(*edit, *delete)) <= {302, 404}
    assert not Feedback.objects.exists()
