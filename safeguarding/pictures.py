"""A picture on a public page is not exchanged behind the back of the gate."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.publication import PublicationBlocked, Reason
from safeguarding.passages import content_of


def guard_picture(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Refuse another file for a picture that people see already (receiver of `pre_save`).

    What was answered holds for the picture that was looked at. Nobody saves the page when the
    file changes, so that nothing else would ask again.
    """
    if raw or instance.pk is None or not instance.file or instance.file._committed:
        return
    for page in Page.objects.live().specific().iterator():
        if instance.pk in content_of(page).pictures:
            text = _(
                "This picture stands on a public page. Upload the new one as a picture of its own "
                "and put it on the page."
            )
            url = reverse("safeguarding-page", args=[page.pk])
            raise PublicationBlocked(page, [Reason(text, url)])
