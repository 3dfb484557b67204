"""A facilitator summarises a thread, and makes something of it."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities import access, log
from communities.doors import FacilitatorView, open_thread
from communities.knowledge import kinds
from communities.knowledge.forms import OutcomeForm, SentenceRows
from communities.knowledge.material import ClosedError, Material
from communities.knowledge.summarising import Told, standing_summary, store, summary_for
from communities.knowledge.telling import tell_cited
from communities.models import Act, Outcome, Post, Thread
from communities.plain import plain_text
from communities.readers import readers_of


class _ThreadOfFacilitatorView(FacilitatorView):
    """A page about one thread, for those who facilitate: `self.thread`."""

    thread: Thread

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the thread in this community."""
        self.thread = open_thread(request, self.community, kwargs["pk"])

    def standing_posts(self) -> list[Post]:
        """Return the posts that everybody in the community may read."""
        posts = access.standing_posts().filter(thread=self.thread).select_related("institution")
        return list(posts.order_by("number")[:500])


class SummaryView(_ThreadOfFacilitatorView):
    """`GET`: the summary in rows; `POST`: store it, or add rows (`do=more`)."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what is stored, with empty rows."""
        posts = self.standing_posts()
        known = {post.number: post for post in posts}
        rows = SentenceRows(known, summary_for(self.thread, request.user))
        return self._show(rows, posts)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Store the sentences, or show what is wrong; nothing typed is lost."""
        posts = self.standing_posts()
        data = request.POST.copy()
        if data.get("do") == "more":
            given = str(data.get("rows", ""))
            data["rows"] = str((int(given) if given.isdecimal() and len(given) < 4 else 0) + 3)
        rows = SentenceRows({post.number: post for post in posts}, data=data)
        if data.get("do") == "more":
            return self._show(rows, posts)
        if not rows.is_valid():
            return self._show(rows, posts, 400)
        store(self.thread, rows.told(), request.user)
        messages.success(request, _("The summary stands above the thread now."))
        return redirect(self.thread)

    def _show(self, rows: SentenceRows, posts: list[Post], status: int = 200) -> HttpResponse:
        context = self.context(
            here="threads",
            thread=self.thread,
            rows=rows,
            posts=[(post, plain_text(post.text)) for post in posts],
            readers=readers_of(self.community, self.request.user),
        )
        return render(
            self.request, "communities/knowledge/summary_form.html", context, status=status
        )


class MakeView(_ThreadOfFacilitatorView):
    """`GET`: where each sentence of the summary goes; `POST`: make the draft."""

    kind: kinds.Kind
    sentences: list[Told]

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the thread, what it is to become, and the sentences for that."""
        super().prepare(request, **kwargs)
        kind = kinds.get(kwargs["kind"])
        if kind is None:
            raise Http404
        self.kind = kind
        self.sentences = standing_summary(self.thread)

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this facilitator may make such a thing."""
        return super().allowed(request) and self.kind.may(request.user)

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """Show the form, or the way to a summary where there is none."""
        if not self.sentences:
            messages.warning(request, _("Summarise the thread first: that is what it becomes."))
            return redirect("thread-summary", self.community.slug, self.thread.pk)
        return self._show(self._form(), str(uuid.uuid4()))

    def post(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """Make it, note it beside the thread, tell those who are cited."""
        form, token = self._form(request.POST), _token(request.POST.get("token", ""))
        if not form.is_valid():
            return self._show(form, token, 400)
        target = str(form.cleaned_data.get("target", ""))
        material = Material(
            title=form.cleaned_data["title"],
            placed=form.placed(),
            origin=self.community.name if self.community.is_public else "",
            language=self.thread.language,
            token=token,
        )
        try:
            page = self._make(material, target)
        except ClosedError as error:
            form.add_error(None, str(error))
            return self._show(form, token, 409)
        messages.success(request, _("The draft is made. Go on writing it here."))
        return redirect(self.kind.address(page) if self.kind.address else self.thread)

    @transaction.atomic
    def _make(self, material: Material, target: str) -> Any:
        Thread.objects.select_for_update().get(pk=self.thread.pk)
        page = self.kind.make(material, target, self.request.user)
        known = Outcome.objects.filter(
            thread=self.thread, kind=self.kind.name, page_id=page.pk, title=material.title
        )
        if not known.exists():
            user: Any = self.request.user
            Outcome.objects.create(
                thread=self.thread,
                kind=self.kind.name,
                page_id=page.pk,
                title=material.title,
                by=user,
            )
            detail = {"kind": self.kind.name, "page": page.pk}
            log.write(Act.Kind.MAKE, self.community, user, thread=self.thread, detail=detail)
            tell_cited(self.thread, material, user)
        return page

    def _form(self, data: Any = None) -> OutcomeForm:
        find = self.kind.targets
        return OutcomeForm(
            data,
            sentences=self.sentences,
            targets=find(self.request.user) if find else None,
            places=self.kind.places,
            initial={"title": self.thread.title},
        )

    def _show(self, form: OutcomeForm, token: str, status: int = 200) -> HttpResponse:
        context = self.context(
            here="threads",
            thread=self.thread,
            kind=self.kind,
            form=form,
            token=token,
            cited=len({post.pk for told in self.sentences for post in told.posts}),
        )
        return render(self.request, "communities/knowledge/make.html", context, status=status)


def _token(given: str) -> str:
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return str(uuid.uuid4())
