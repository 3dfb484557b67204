"""One thread: reading it, and answering in it."""

from typing import Any

from django.contrib import messages
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities import access, posting
from communities.doors import open_thread
from communities.models import Follow, Post, Thread
from communities.posting import MayNotPostError, Said
from communities.readers import readers_of
from communities.threads import showing
from communities.threads.forms import ReplyForm
from communities.threads.typed import number_in
from communities.threads.views.writing import FIND, WritingView, asks_for, sent, told_of, unchecked


class ThreadView(WritingView):
    """`GET ?page=|?post=N|?quote=N`: a page of the thread; `POST`: answer in it."""

    thread: Thread

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer; a thread that was moved is shown where it stands now, to whoever reads it."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            moved = access.threads_for(request.user).filter(pk=kwargs["pk"])
            thread = moved.exclude(community__slug=kwargs["slug"]).first()
            if request.method not in ("GET", "HEAD") or thread is None:
                raise
            query = request.GET.urlencode()
            return redirect(f"{thread.get_absolute_url()}?{query}".rstrip("?"))

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the thread in this community."""
        self.thread = open_thread(request, self.community, kwargs["pk"], **_followed(request.user))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the page that was asked for."""
        quote = number_in(request.GET.get("quote"))
        form = ReplyForm(initial={"quote": quote} if self._quoted(quote) else {})
        return self._show(form, self._quoted(quote))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Store the answer, or show the form again with what was typed."""
        form = ReplyForm(request.POST)
        valid = form.is_valid()
        quoted = self._quoted(form.cleaned_data.get("quote"))
        if asks_for(request, FIND):
            return self._show(unchecked(form), quoted)
        if not access.may_reply(request.user, self.thread):
            return self._refused(form)
        files, status = self.taken(form)
        if not valid or not form.is_valid():
            return self._show(form, quoted, status)
        said = Said(
            form.cleaned_data["text"],
            token=form.token_in(f"thread-{pk}", self.files()),
            mentioned=form.chosen,
            quoted=quoted,
            attachments=files,
        )
        try:
            post = posting.reply(self.thread, said, request.user)
        except MayNotPostError:
            access.forget_memberships(request.user)
            self.thread = open_thread(request, self.community, pk)
            return self._refused(form)
        messages.success(request, told_of(post))
        return redirect(sent(post, form))

    def _wanted_page(self) -> int:
        get = self.request.GET
        if self.request.method == "POST":
            return showing.page_with(showing.last_number(self.thread, self.request.user))
        if number := number_in(get.get("post") or get.get("quote")):
            return showing.page_with(number)
        return number_in(get.get("page")) or 1

    def _quoted(self, number: int | None) -> Post | None:
        if number is None:
            return None
        posts = showing.readable(self.thread, self.request.user)
        return posts.filter(number=number, withdrawn_at=None).first()

    def _refused(self, form: ReplyForm) -> HttpResponse:
        """Show the thread, why nobody or not this person can answer, and what they have written."""
        told = _("This was not posted: you cannot write here any more. Your text is still here.")
        form.add_error(None, told)
        return self._show(form, status=403)

    def _show(self, form: ReplyForm, quoted: Post | None = None, status: int = 200) -> HttpResponse:
        user, thread = self.request.user, self.thread
        may_reply = access.may_reply(user, thread)
        members = access.may_see_members(user, self.community)
        page = showing.page_of(thread, user, self._wanted_page())
        context = self.context(
            here="threads",
            thread=thread,
            shown=page,
            answer=page.answer,
            quoting=showing.quotation(quoted, members) if quoted else None,
            may_reply=may_reply,
            may_mark=access.may_mark_answer(user, thread),
            may_close=access.may_close(user, thread),
            may_follow=access.may_follow(user, thread),
            kept=form.data.get("text", "") if form.is_bound and not may_reply else "",
            form=form,
        )
        if may_reply:
            context |= self.writing(form, thread, quoted)
        else:
            context["readers"] = readers_of(self.community, user)
        return render(self.request, "communities/threads/thread.html", context, status=status)


def _followed(user: Any) -> dict[str, Any]:
    """Return what tells of a thread whether this person follows it."""
    code = Cast(OuterRef("pk"), CharField())
    followed = Follow.objects.filter(user_id=user.pk, kind=Follow.Kind.THREAD, code=code)
    return {"follows": Exists(followed)}
