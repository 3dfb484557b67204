"""Writing a practice: begin with a snapshot, go on to the whole template, save at any time."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Locale, Page

from members.roles import country_of, institution_of
from practices import access
from practices.contributing import evidence, presence
from practices.contributing.doors import ContributorView, is_forged, send_again, wants_json
from practices.contributing.drafts import newest_of
from practices.contributing.form import PracticeForm
from practices.contributing.inputs import language_choices
from practices.contributing.merging import Outcome, save_form
from practices.contributing.nearby import nearby
from practices.contributing.saving import index_in, save_draft
from practices.contributing.standing import Standing, standing_of
from practices.contributing.telling import (
    at_once,
    clash_message,
    merged_message,
    saved_words,
    told_saved,
)
from practices.contributing.told import digests
from practices.models import PracticePage
from practices.sections import SECTIONS


@method_decorator(csrf_exempt, name="dispatch")  # `is_forged` asks, and shows what was typed
class NewView(ContributorView):
    """`GET`: an empty snapshot. `POST`: begin a draft with what was typed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the short form, filled with what is known of the writer."""
        return self._show(request, self._form(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make the draft; without a title show the form again, with all that was typed."""
        form = self._form(request)
        if is_forged(request):
            return self._show(request, form, send_again(), status=403)
        order = request.POST.get("do", "")
        if order == "similar" or ":" in order:
            form.do(order)
            return self._show(request, form)
        changed = form.changed()
        errors = list(form.errors())
        if not changed.get("title"):
            if wants_json(request):
                return JsonResponse({"errors": at_once(errors)}, status=400)
            return self._show(request, form, status=400)
        page = begin(request.user, form.page, changed, request.POST.get("begun", ""))
        if wants_json(request):
            return JsonResponse(saved_answer(form, page, errors))
        told_saved(request, errors)
        return redirect(_onward(order, page, short=True))

    def _form(self, request: HttpRequest) -> PracticeForm:
        data = request.POST if request.method == "POST" else None
        codes = [code for code, _name in language_choices()]
        wanted = request.POST.get("language", "") if data else get_language() or ""
        language = wanted if wanted in codes else codes[0]
        page = PracticePage(locale=Locale.objects.get(language_code=language))
        body = institution_of(request.user)
        country = country_of(request.user)
        known = {
            "countries": [country] if country else [],
            "lead_institution": body.pk if body else None,
        }
        return PracticeForm(page, data, short=True, initial=known)

    def _show(
        self, request: HttpRequest, form: PracticeForm, notice: str = "", status: int = 200
    ) -> HttpResponse:
        begun = request.POST.get("begun", "")
        context = form_context(request, form, notice) | {
            "begun": begun or uuid.uuid4(),
            "languages_offered": language_choices(),
            "language": form.page.locale.language_code,
        }
        return render(request, "practices/contributing/new.html", context, status=status)


def begin(user: Any, page: PracticePage, changed: dict[str, Any], token: str) -> PracticePage:
    """Return the new draft; the same form sent twice begins one practice, not two."""
    try:
        key = uuid.UUID(token)
    except ValueError:
        key = uuid.uuid4()
    with transaction.atomic():
        # Whoever sends the form a second time waits here for the first.
        Page.objects.select_for_update().get(pk=index_in(page.locale).pk)
        known = PracticePage.objects.filter(translation_key=key, owner=user, live=False).first()
        if known and access.may_edit(user, known):
            save_draft(known, user, changed)
            return PracticePage.objects.get(pk=known.pk)
        taken = Page.objects.filter(translation_key=key).exists()
        page.translation_key = uuid.uuid4() if taken else key
        save_draft(page, user, changed)
    return PracticePage.objects.get(pk=page.pk)


@method_decorator(csrf_exempt, name="dispatch")  # `is_forged` asks, and shows what was typed
class EditView(ContributorView):
    """`GET`: the form of a draft. `POST`: save it, or add, remove and move rows."""

    short = False

    def get(self, request: HttpRequest, page: PracticePage) -> HttpResponse:
        """Show the newest draft."""
        standing = standing_of(page)
        if not access.may_edit(request.user, page):
            return redirect("contribute-preview", page.pk)
        return self._show(request, PracticeForm(newest_of(page), short=self.short), standing)

    def post(self, request: HttpRequest, page: PracticePage) -> HttpResponse:
        """Save what was typed, or show it once more with the reason why it is not saved."""
        standing, forged = standing_of(page), is_forged(request)
        may_edit = access.may_edit(request.user, page)
        refused = None
        if evidence.is_sent(request) and may_edit and not forged and not self.short:
            refused = evidence.take(request, page)
        form = PracticeForm(newest_of(page), request.POST, short=self.short)
        if forged:
            if wants_json(request):
                return JsonResponse({"stale": True}, status=403)
            return self._show(request, form, standing, send_again(), status=403)
        if not may_edit:
            closed = _("It was sent in meanwhile and is closed: nothing was saved.")
            if wants_json(request):
                return JsonResponse({"closed": closed}, status=409)
            return self._show(request, form, standing, closed, status=409)
        if refused:
            form.refused = refused.message
            return self._show(request, form, standing, status=refused.status, place="errors")
        order = request.POST.get("do", "")
        if order == "similar" or order.partition(":")[0] in ("add", "remove", "up", "down"):
            place = form.do(order)
            return self._show(request, form, standing, place=place)
        return self._save(request, form, order, standing)

    def _save(
        self, request: HttpRequest, form: PracticeForm, order: str, standing: Standing
    ) -> HttpResponse:
        data = request.POST
        was = {section.key: data.get(f"was-{section.key}", "") for section in SECTIONS}
        chosen = {each.key for each in SECTIONS if data.get(f"take-{each.key}") == "theirs"}
        renew = data.get("renew", "") if wants_json(request) else ""
        number = int(renew) if renew.isdecimal() and len(renew) < 18 else None
        try:
            outcome = save_form(form, request.user, was, chosen, number)
        except (ValidationError, IntegrityError):
            failed = _("This could not be saved. Change the title a little and try again.")
            if wants_json(request):
                return JsonResponse({"closed": failed}, status=400)
            return self._show(request, form, standing, failed, status=400)
        presence.note(request.user, form.page)
        if not outcome.clashes and "evidence" in form.rows:
            form.rows["evidence"].name_files()
        errors = list(form.errors())
        if wants_json(request):
            return self._tell_script(form, outcome, errors)
        if outcome.clashes:
            return show_clashes(request, form, outcome)
        if outcome.theirs:
            messages.info(request, merged_message(outcome))
        if errors:
            return self._show(request, form, standing, status=400, was=outcome.now)
        if order != evidence.UPLOAD:
            told_saved(request, [])
        return redirect(_onward(order, form.page, self.short))

    def _tell_script(
        self, form: PracticeForm, outcome: Outcome, errors: list[tuple[str, str, str]]
    ) -> HttpResponse:
        if outcome.clashes:
            return JsonResponse({"clash": clash_message(outcome)}, status=409)
        answer: dict[str, Any] = {"saved": saved_words(), "was": outcome.now}
        answer |= {"errors": at_once(errors)}
        if outcome.revision:
            answer["renew"] = outcome.revision.pk
        if outcome.theirs:
            answer["merged"] = merged_message(outcome)
        return JsonResponse(answer)

    def _show(
        self,
        request: HttpRequest,
        form: PracticeForm,
        standing: Standing,
        notice: str = "",
        status: int = 200,
        place: str = "",
        was: dict[str, str] | None = None,
    ) -> HttpResponse:
        page = form.page
        sent = {each.key: request.POST.get(f"was-{each.key}", "") for each in SECTIONS}
        now = digests(page, set(form.names))
        context = form_context(request, form, notice) | {
            "page": None,
            "practice": page,
            "standing": standing,
            "was": was or {key: sent[key] or token for key, token in now.items()},
            "place": place,
            "others": presence.told(presence.others(request.user, page)),
        }
        template = "practices/contributing/edit.html"
        return render(request, template, context, status=status)


def form_context(request: HttpRequest, form: PracticeForm, notice: str) -> dict[str, Any]:
    """Return what the templates of both forms need."""
    asked = request.POST.get("do") == "similar"
    title = str(form.fields["title"].value() or "")
    return {
        "form": form,
        "fields": form.fields,
        "rows": form.rows,
        "short": form.short,
        "errors": list(form.errors()) if form.fields.is_bound else [],
        "notice": notice,
        "asked": asked,
        "hits": nearby(request, title, form.page.pk) if asked else [],
    }


def show_clashes(request: HttpRequest, form: PracticeForm, outcome: Outcome) -> HttpResponse:
    """Show both versions of what two people have changed; everything typed travels along."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "do", "renew")
        and not name.startswith(("was-", "take-"))
        for value in values
    ]
    # Only what is decided here counts as seen; for all else the form knows what it began with.
    was = {each.key: request.POST.get(f"was-{each.key}", "") for each in SECTIONS}
    was |= {each.section.key: outcome.now[each.section.key] for each in outcome.clashes}
    context = {"practice": form.page, "outcome": outcome, "typed": typed, "was": was}
    return render(request, "practices/contributing/clash.html", context, status=409)


def saved_answer(
    form: PracticeForm, page: PracticePage, errors: list[tuple[str, str, str]]
) -> dict[str, Any]:
    """Return what a script is told of a draft that was just begun."""
    return {
        "url": address(page, short=True),
        "here": reverse("contribute-here", args=[page.pk]),
        "key": f"{page.owner_id}-{page.pk}",
        "pk": page.pk,
        "saved": saved_words(),
        "was": digests(page, set(form.names)),
        "renew": page.latest_revision_id,
        "errors": at_once(errors),
    }


def address(page: PracticePage, short: bool) -> str:
    """Return where a draft is written."""
    return reverse("contribute-short" if short else "contribute-edit", args=[page.pk])


def _onward(order: str, page: PracticePage, short: bool) -> str:
    places = {"preview": "contribute-preview", "send": "contribute-send", "full": "contribute-edit"}
    if order in places:
        return reverse(places[order], args=[page.pk])
    return address(page, short) + ("#evidence-rows" if order == evidence.UPLOAD else "")
