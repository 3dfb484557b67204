"""Health: true for machines, silent for strangers."""

import datetime

import pytest
from django.db import OperationalError, connections
from django.utils import timezone

from tests.members.people import superuser

pytestmark = pytest.mark.django_db


def test_the_process_is_alive(client):
    answer = client.get("/health/")
    assert answer.json() == {"status": "ok"}
    assert "no-cache" in answer["Cache-Control"]


def test_all_parts_are_well_with_the_demo(just_seeded, client):
    answer = client.get("/health/ready/")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    parts = {"database", "index", "encoder", "languages", "queue"}
    assert set(answer.json()["parts"]) == parts


def test_an_empty_index_is_degraded_not_down(client):
    answer = client.get("/health/ready/")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["parts"]["index"]["ok"] is False


def test_a_worker_that_stands_still_is_told(seeded, client):
    from django_tasks_db.models import DBTaskResult

    from search.queue import encode_waiting

    encode_waiting.enqueue()
    long_ago = timezone.now() - datetime.timedelta(hours=1)
    DBTaskResult.objects.update(enqueued_at=long_ago)
    answer = client.get("/health/ready/").json()
    assert answer["parts"]["queue"]["ok"] is False
    assert answer["status"] == "degraded"


def test_a_missing_model_is_degraded_and_its_path_stays_secret(seeded, client, settings):
    settings.SEARCH_ENCODER = "/nowhere/secret-model"
    answer = client.get("/health/ready/")
    assert answer.status_code == 200
    assert answer.json()["parts"]["encoder"] == {"ok": False}
    assert b"secret-model" not in answer.content


def test_an_administrator_is_told_what_to_do(seeded, client, settings):
    settings.SEARCH_ENCODER = "/nowhere/secret-model"
    client.force_login(superuser("root@example.org"))
    assert "secret-model" in client.get("/health/ready/").json()["parts"]["encoder"]["state"]


def test_a_database_that_does_not_answer_is_down(client, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("secret host name")

    monkeypatch.setattr(connections["default"], "cursor", fail)
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json()["status"] == "unavailable"
    assert b"secret" not in answer.content
