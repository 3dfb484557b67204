"""Things said in the exchange, for tests; what they say is invented."""

from django.urls import reverse

from adoption.models import Adoption, Feedback
from adoption.saying import say, tell_adoption

CONDITIONS = ("legal", "cultural", "capacity", "cooperation", "partners")


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
