"""Breakout groups: their list, all notes merged, what a rapporteur writes."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from workshops import access
from workshops.breakout import keeping, showing
from workshops.breakout.forms import BreakoutForm, ChangeNoteForm, NoteForm, must_stay
from workshops.breakout.keeping import MayNotWriteError, NotedError
from workshops.doors import LeaderView, WorkshopView, require
from workshops.keyed import WritingView
from workshops.meanwhile import CONFLICT, Standing, told
from workshops.models import Breakout, BreakoutGroup, BreakoutQuestion, Note


class BreakoutsView(WorkshopView):
    """`GET`: every breakout of the workshop with its groups."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them."""
        rows = self.workshop.breakouts.select_related("session")
        standing = Q(groups__notes__id__isnull=False, groups__notes__withdrawn_at=None)
        rows = rows.annotate(points=Count("groups__notes", filter=standing, distinct=True))
        context = self.context(here="breakouts", breakouts=list(rows.prefetch_related("groups")))
        return render(request, "workshops/breakout/list.html", context)


class KeepView(LeaderView):
    """`GET`: the form of a breakout, filled or empty; `POST`: store it, while it is open."""

    http_method_names = ["get", "head", "post", "options"]
    breakout: Breakout | None = None

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person runs it, and it is not closed."""
        return super().allowed(request) and access.is_open(self.workshop)

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the breakout in this workshop."""
        if "pk" in kwargs:
            self.breakout = self.workshop.breakouts.filter(pk=kwargs["pk"]).first()
            if self.breakout is None:
                raise Http404

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self.show(BreakoutForm(self.workshop, self.breakout))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store it, or show the form again with what was typed."""
        form = BreakoutForm(self.workshop, self.breakout, request.POST)
        if not form.is_valid():
            return self.show(form, 400)
        try:
            stored = keeping.keep(self.workshop, self.breakout, form.cleaned_data)
        except NotedError as error:
            form.add_error(None, must_stay(str(error)))
            return self.show(form, CONFLICT)
        messages.success(request, _("Saved."))
        return redirect("workshop-breakout", self.workshop.pk, stored.pk)

    def show(self, form: BreakoutForm, status: int = 200) -> HttpResponse:
        """Show the form."""
        heading = _("Change the groups") if self.breakout else _("Set up groups")
        context = self.context(here="breakouts", form=form, heading=heading, part="")
        return render(self.request, "workshops/running/row.html", context, status=status)


class BreakoutView(WorkshopView):
    """`GET`: the notes of all groups, merged, each point with its group."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show them."""
        rows = self.workshop.breakouts.prefetch_related("groups__rapporteur")
        breakout = rows.filter(pk=pk).first()
        if breakout is None:
            raise Http404
        context = self.context(
            here="breakouts", breakout=breakout, answered=showing.merged(breakout)
        )
        return render(request, "workshops/breakout/breakout.html", context)


class GroupView(WritingView):
    """`GET`: the questions and points of a group; `POST`: write a point, once for each key."""

    http_method_names = ["get", "head", "post", "options"]
    group: BreakoutGroup

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the group in this workshop."""
        rows = BreakoutGroup.objects.select_related("breakout", "rapporteur")
        group = rows.filter(breakout__workshop=self.workshop, pk=kwargs["pk"]).first()
        if group is None:
            raise Http404
        group.breakout.workshop = self.workshop
        self.group = group

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self.show()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Store a point; what cannot be stored comes back, and nothing typed is lost."""
        form = NoteForm(request.POST)
        if not access.may_note(self.seat, self.group, request.user):
            sentence = _("Only the rapporteur of this group and the facilitators write here.")
            return self.gone(sentence, 403)
        if not form.is_valid():
            return self.refused(form) or self.show(form, 400)
        sent = form.cleaned_data
        question = self._question(sent["question"])
        if question is None:
            return self.gone(_("This question was taken out meanwhile."))
        try:
            made = keeping.note(self.group, question, sent["text"], sent["key"], request.user)
        except MayNotWriteError:
            return self.gone(status=403)
        if answer := self.saved(made.pk):
            return answer
        messages.success(request, _("Noted."))
        return redirect("workshop-breakout-group", self.workshop.pk, self.group.pk)

    def _question(self, number: str) -> BreakoutQuestion | None:
        known = number.isascii() and number.isdecimal()
        return self.group.breakout.questions.filter(pk=int(number) if known else 0).first()

    def show(self, failed: NoteForm | None = None, status: int = 200) -> HttpResponse:
        """Show every question with its form; `failed` is one with mistakes."""
        asked = str(failed.data.get("question", "")) if failed else ""
        parts = []
        for question, notes in showing.of_group(self.group):
            again = failed is not None and asked == str(question.pk)
            form = failed if again else NoteForm(initial={"question": question.pk})
            parts.append((question, notes, form))
        leads = self.seat.leads
        context = self.context(
            here="breakouts",
            group=self.group,
            parts=parts,
            failed=failed,
            writes=access.may_note(self.seat, self.group, self.request.user),
            people=list(access.participants_of(self.workshop)) if leads else [],
        )
        return render(self.request, "workshops/breakout/group.html", context, status=status)


class RapporteurView(LeaderView):
    """`POST user=`: say who writes for a group; empty: nobody but those who lead."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Store it, for somebody who takes part."""
        groups = BreakoutGroup.objects.filter(breakout__workshop=self.workshop, pk=pk)
        require(groups.exists())
        number = request.POST.get("user", "")
        known = number.isascii() and number.isdecimal() and len(number) < 10
        people = access.participants_of(self.workshop)
        user = people.filter(pk=int(number)).first() if known else None
        groups.update(rapporteur=user)
        messages.success(request, _("Saved."))
        return redirect("workshop-breakout-group", self.workshop.pk, pk)


class NoteView(WritingView):
    """`GET`: a point to change; `POST`: change it, or take it back with `do=withdraw`."""

    http_method_names = ["get", "head", "post", "options"]
    note: Note

    def prepare(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        """Find the point, for whoever writes in its group."""
        rows = Note.objects.filter(group__breakout__workshop=self.workshop)
        note = rows.select_related("group__breakout", "question").filter(pk=kwargs["pk"]).first()
        if note is None:
            raise Http404
        note.group.breakout.workshop = self.workshop
        self.note = note
        if note.withdrawn_at or not access.may_note(self.seat, note.group, request.user):
            if request.method == "POST" and "text" in request.POST:
                return self.gone(status=404)
            raise Http404
        return None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        return self.show(self.form())

    def form(self, *args: Any) -> ChangeNoteForm:
        """Return the form of this point."""
        return ChangeNoteForm(*args, initial={"text": self.note.text})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change it, or take it back."""
        if request.POST.get("do") == "withdraw":
            keeping.withdraw(self.note)
            messages.success(request, _("Taken back."))
            return self.see()
        with transaction.atomic():
            rows = Note.objects.select_for_update(of=("self",)).filter(withdrawn_at=None)
            stored = rows.select_related("group", "question").filter(pk=self.note.pk).first()
            if stored is None:
                return self.gone()
            self.note = stored
            form = self.form(request.POST)
            if not form.is_valid():
                return self.show(form, 400)
            if not Standing(self.form()).yields_to(form, request):
                return self.show(form, CONFLICT)
            keeping.change(stored, form.cleaned_data["text"])
        messages.success(request, _("Saved."))
        return self.see()

    def see(self) -> HttpResponse:
        """Lead to the group of the point."""
        return redirect("workshop-breakout-group", self.workshop.pk, self.note.group_id)

    def show(self, form: ChangeNoteForm, status: int = 200) -> HttpResponse:
        """Show the form."""
        meanwhile = told(self.request, Standing(self.form()), status == CONFLICT)
        context = self.context(here="breakouts", form=form, note=self.note, **meanwhile)
        return render(self.request, "workshops/breakout/note.html", context, status=status)
