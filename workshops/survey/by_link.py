"""Answering a survey by link, with or without an account: nobody is asked who they are."""

import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from practices.contributing.doors import is_forged
from workshops.doors import never_kept
from workshops.keyed import GONE
from workshops.models import Agreement
from workshops.survey.answering import AnsweredAlreadyError, Door, NotTakenError, door_of, take
from workshops.survey.forms import AnswerForm

REMEMBERED = 180 * 24 * 3600  # seconds


@method_decorator([never_kept, csrf_exempt], name="dispatch")  # `is_forged` asks, nothing is lost
class ByLinkView(View):
    """`GET`: the questions; `POST`: take the answers, once."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find what the link leads to, and keep what was typed where it leads nowhere any more."""
        door = door_of(kwargs["token"])
        if door is None:
            response: HttpResponseBase = self._over(None, 404)
        elif self._was_here(door):
            response = self._over("answered", 200)
        elif not door.survey.is_open:
            response = self._over("closed", 200)
        else:
            self.door = door
            self.questions = list(door.survey.questions.all())
            response = super().dispatch(request, *args, **kwargs)
        return response

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show the questions."""
        return self._show(AnswerForm(self.questions, initial={"once": secrets.token_urlsafe(12)}))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Take the answers, or show the form again with what was typed."""
        form = AnswerForm(self.questions, request.POST)
        if is_forged(request):
            return self._show(form, 403, again=True)
        if not form.is_valid():
            return self._show(form, 400)
        told = form.cleaned_data
        try:
            take(self.door, form.said, bool(told.get("may_quote")), told["once"])
        except AnsweredAlreadyError:
            return self._over("answered", 200)
        except NotTakenError:
            return self._show(form, 409, over=True)
        return self._thanked()

    def _thanked(self) -> HttpResponse:
        response = self._over("thanks", 200)
        if not self.door.digest:
            # That this browser has answered; not who, nor what.
            response.set_signed_cookie(
                self._cookie(self.door),
                "1",
                max_age=REMEMBERED,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response

    def _was_here(self, door: Door) -> bool:
        if door.digest:
            return door.used
        return self.request.get_signed_cookie(self._cookie(door), default="") == "1"

    def _cookie(self, door: Door) -> str:
        return f"survey-{door.survey.pk}"

    def _show(self, form: AnswerForm, status: int = 200, **told: bool) -> HttpResponse:
        context = {"survey": self.door.survey, "form": form, **told}
        return render(self.request, "workshops/survey/answer.html", context, status=status)

    def _over(self, state: str | None, status: int) -> HttpResponse:
        # Somebody may have written for an hour while the survey was closed, or a reminder sent.
        lost = state in (None, "closed") and self.request.method == "POST"
        context = {"state": state, "typed": _words_in(self.request) if lost else []}
        if lost and state:
            status = GONE
        return render(self.request, "workshops/survey/over.html", context, status=status)


def _words_in(request: HttpRequest) -> list[str]:
    """Return the texts that were sent; of a question that is not known here one tells by itself."""
    answers = [value for name, values in request.POST.lists() if name.startswith("q")
               for value in values]  # fmt: skip
    chosen = {*Agreement.values, ""}
    return [text for text in answers if text not in chosen and not text.isdecimal()]
