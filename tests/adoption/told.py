"""Things said in the exchange, for tests; what they say is invented."""

from django.urls import reverse

from adoption.models import Adoption, Feedback
from adoption.saying import say, tell_adoption
from practices.models import PracticePage
from reviewing.digest import text_digest
from reviewing.models import SignOff
from tests import factories

CONDITIONS = ("legal", "cultural", "capacity", "cooperation", "partners")


def practice_of(author):
    return factories.practice(
        title="An invented register",
        countries=["GEO"],
        condition_capacity="Two statisticians (invented).",
        owner=author,
    )


def publish_newest(practice):
    """Publish the newest draft, signed off by somebody who did not write it."""
    page = PracticePage.objects.get(pk=practice.pk).get_latest_revision_as_object()
    SignOff.objects.create(page=page, digest=text_digest(page))
    PracticePage.objects.get(pk=practice.pk).latest_revision.publish()


def feedback(practice, user, text="An invented remark", kind="question", section="", **fields):
    said = Feedback(practice=practice, kind=kind, section=section, text=text, **fields)
    return say(said, user)


def answer(said, user, text="An invented answer"):
    return feedback(said.practice, user, text, kind="answer", answer_to=said)


def adoption(practice, user, audience="members", **fields):
    voice = "institution" if audience == "everybody" else "personal"
    told = Adoption(
        origin=practice,
        audience=audience,
        **{
            "voice": voice,
            "year_from": 2023,
            "changed": "An invented change",
            "result": "worked",
            "result_note": "An invented result",
            **fields,
        },
    )
    return tell_adoption(told, {key: {"held": "yes", "note": ""} for key in CONDITIONS}, user)


def adoption_form(**changes):
    """What the form of an adaptation sends."""
    held = {f"held_{key}": "partly" for key in CONDITIONS}
    notes = {f"note_{key}": f"Note on {key} (invented)" for key in CONDITIONS}
    return {
        "year_from": "2022",
        "year_to": "2024",
        "changed": "We used an invented form",
        "result": "failed",
        "result_note": "It failed for an invented reason",
        "evidence_url": "https://example.org/evidence",
        "voice": "institution",
        "audience": "members",
        **held,
        **notes,
        **changes,
    }


def url(name, *args):
    return reverse(f"exchange-{name}", args=args)
