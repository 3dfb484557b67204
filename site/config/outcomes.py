"""What threads of communities can become in apps that stand beside theirs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from communities.knowledge import kinds
from communities.knowledge.material import Material
from workshops import findings


def _add_findings(material: Material, target: str, user: Any) -> Page:
    """Put the sentences into a workshop as findings, each with the posts it rests on."""
    where = material.origin or _("discussion among members")
    told = [
        (each.text, f"{where}, {', '.join(f'#{post.number}' for post in each.posts)}")
        for each in material.sentences()
    ]
    return findings.add(told, material.token, target, user)


def _editor(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def connect() -> None:
    """Let a thread become findings of a workshop."""
    kinds.register(
        kinds.Kind(
            name="finding",
            label=gettext_lazy("Findings of a workshop"),
            told=gettext_lazy(
                "They are added to the draft of a workshop, each with the posts that it rests on. "
                "Whoever edits that workshop can read them."
            ),
            places=[("finding", gettext_lazy("a finding"))],
            may=findings.may_add,
            make=_add_findings,
            targets=findings.choices,
            address=_editor,
        )
    )
