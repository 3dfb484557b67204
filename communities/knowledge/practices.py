"""A thread as a draft practice, or as a building block of one."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from communities.knowledge.material import ClosedError, Material
from communities.knowledge.summarising import Told
from practices import access
from practices.contributing.drafts import newest_of
from practices.contributing.editing import begin
from practices.contributing.fields import CONDITIONS
from practices.contributing.rows import stored_rows
from practices.contributing.saving import save_draft
from practices.models import PracticePage

MOST_TARGETS = 200

PLACES = [
    ("problem", _("Problem")),
    ("steps", _("What was done")),
    ("results", _("Results")),
    ("what_failed", _("What did not work")),
    ("condition_legal", _("Condition: legal framework")),
    ("condition_cultural", _("Condition: cultural specifics")),
    ("condition_capacity", _("Condition: capacity")),
    ("condition_cooperation", _("Condition: cooperation between authorities")),
    ("condition_partners", _("Condition: committed partners")),
]


def may_make(user: Any) -> bool:
    """Return whether somebody may write practices."""
    return access.may_contribute(user)


def targets(user: Any) -> Sequence[tuple[str, str]]:
    """Return the practices that are somebody's to write, the newest first."""
    pages = access.practices_of(user).filter(alias_of=None).order_by("-latest_revision_created_at")
    rows = pages.values_list("pk", "draft_title")[:MOST_TARGETS]
    return [(str(pk), title) for pk, title in rows]


def address(page: Page) -> str:
    """Return where its writer goes on."""
    return reverse("contribute-edit", args=[page.pk])


def make_practice(material: Material, target: str, user: Any) -> Page:
    """Begin a draft with the sentences at their places; sent twice it is begun once."""
    changed: dict[str, Any] = {"title": material.title}
    for place, sentences in material.placed.items():
        if place in CONDITIONS:
            changed[place] = "\n".join(told.text for told in sentences)
        elif place == "steps":
            changed[place] = [
                {"type": "step", "value": {"title": "", "text": _paragraphs([told])}}
                for told in sentences
            ]
        else:
            changed[place] = _paragraphs(sentences)
    locale = Locale.objects.filter(language_code=material.language).first()
    page = PracticePage(locale=locale or Locale.get_default())
    return begin(user, page, changed, material.token)


def make_block(material: Material, target: str, user: Any) -> Page:
    """Add a building block to the newest draft of a practice that this person may change."""
    page = access.practices_of(user).get(pk=target)
    if not access.may_edit(user, page):
        raise ClosedError(_("This practice is in review and cannot be changed now. Try later."))
    blocks = [
        {"type": kind, "value": values, "id": key}
        for key, kind, values in stored_rows(newest_of(page), "building_blocks")
    ]
    # Sent twice, it is added once.
    if material.token not in {block["id"] for block in blocks}:
        value = {"title": material.title, "text": _paragraphs(material.sentences())}
        blocks.append({"type": "building_block", "value": value, "id": material.token})
        save_draft(page, user, {"building_blocks": blocks})
    return page


def _paragraphs(sentences: Sequence[Told]) -> str:
    return "".join(f"<p>{escape(told.text)}</p>" for told in sentences)
