"""Surveys for tests: built and answered by the real forms; what they ask and say is invented."""

import re

from django.urls import reverse

from workshops.models import Survey

AGREEMENT = {"kind": "agreement", "required": "on"}
# What the demo workshop of Panama tells of its survey, as questions: (question, how it is told).
PANAMA = [
    {
        "kind": "choice",
        "text": "How valuable were the peer-learning sessions?",
        "options": "Highly valuable\nSomewhat valuable\nNot valuable",
        "statement": "Found the peer-learning sessions highly valuable",
        "counted": "Highly valuable",
    },
    AGREEMENT
    | {
        "text": "My knowledge improved.",
        "statement": "Strongly agreed that their knowledge improved",
        "counted": "Strongly agree",
    },
    AGREEMENT
    | {
        "text": "The facilitation supported learning.",
        "statement": "Strongly agreed that the facilitation supported learning",
        "counted": "Strongly agree",
    },
    AGREEMENT
    | {
        "text": "The content is useful for my work.",
        "statement": "Agreed that the content was useful for their work",
        "counted": "Strongly agree\nAgree",
    },
]


def built(client, workshop, questions, **told):
    """A draft, made by the forms of the secretariat."""
    new = reverse("workshop-survey-new", args=[workshop.pk])
    assert client.post(new, {"title": "A survey (invented)", **told}).status_code == 302
    survey = Survey.objects.latest("pk")
    for question in questions:
        address = reverse("workshop-question-new", args=[workshop.pk, survey.pk])
        answer = client.post(address, question)
        assert answer.status_code == 302, answer.content.decode()
    return survey


def step(client, survey, do):
    address = reverse("workshop-survey-step", args=[survey.workshop_id, survey.pk])
    assert client.post(address, {"do": do}).status_code == 302
    survey.refresh_from_db()


def link_of(survey):
    return reverse("workshop-survey-answer", args=[survey.open_token])


def once_of(client, address):
    """The name of the form that a page hands out."""
    shown = client.get(address).content.decode()
    found = re.search(r'name="once" value="([^"]+)"', shown)
    return found[1] if found else ""


def answered(client, survey, values, address=None, **more):
    """Fill the form in, question by question, and send it; None: leave it out."""
    address = address or link_of(survey)
    questions = survey.questions.all()
    told = {f"q{q.pk}": value for q, value in zip(questions, values, strict=True) if value}
    return client.post(address, {"once": once_of(client, address), **told, **more})
