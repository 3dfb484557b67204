"""Tells people why something was not published, wherever they pressed the button."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.publication import PublicationBlocked, Reason

CONFLICT = 409


class ToldWhenBlocked(MiddlewareMixin):
    """Answers a refused publication with its reasons and where to mend them, never with a 500."""

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return to the editor's page with a message; other errors go their way."""
        if not isinstance(error, PublicationBlocked):
            return None
        if "/api/" in request.path or not request.accepts("text/html"):
            return JsonResponse(_as_data(error), status=CONFLICT)
        if request.path.startswith(reverse("wagtailadmin_home")):
            messages.error(request, _as_message(error))
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                return JsonResponse(_as_data(error), status=CONFLICT)
            return redirect(_back(error.page))
        context = {"page_title": error.sentence, "blocked": error}
        return render(request, "blocked.html", context, status=CONFLICT)


def _back(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page.pk else _home()


def _home() -> str:
    return reverse("wagtailadmin_explore_root")


def _as_data(error: PublicationBlocked) -> dict[str, Any]:
    reasons = [{"text": str(reason), "url": reason.url} for reason in error.reasons]
    return {"error": "publication_blocked", "detail": error.sentence, "reasons": reasons}


def _as_message(error: PublicationBlocked) -> SafeString:
    reasons = format_html_join("", "<li>{}{}</li>", map(_with_link, error.reasons))
    kept = _("What you wrote is kept as a draft.") if error.page.pk else ""
    return format_html("{} {}<ul>{}</ul>", error.sentence, kept, reasons)


def _with_link(reason: Reason) -> tuple[str, str | SafeString]:
    if not reason.url:
        return str(reason), ""
    link = reason.link or _("See what to do")
    return str(reason), format_html(' <a href="{}">{}</a>', reason.url, link)
