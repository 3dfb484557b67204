"""Two people change the same thing: the second reads what the first wrote, and loses nothing."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from members.signed import fingerprint

CONFLICT = 409


class Standing:
    """What a row says now, as the form shows that nobody has filled in yet."""

    def __init__(self, form: BaseForm) -> None:
        self.values = {
            name: str(form.get_initial_for_field(field, name) or "")
            for name, field in form.fields.items()
            if not field.widget.is_hidden
        }
        self._fields = form.fields

    @property
    def version(self) -> str:
        """What is another one as soon as the row says anything else."""
        return fingerprint(*self.values.items())

    def yields_to(self, form: BaseForm, request: HttpRequest) -> bool:
        """Return whether a form may replace it: it was made from this, or says just the same."""
        if request.POST.get("was") == self.version:
            return True
        sent = {name: str(form.cleaned_data.get(name) or "") for name in self.values}
        if sent == self.values:
            return True
        sentence = _(
            "Somebody has changed this meanwhile. Read what stands there now, then save again."
        )
        form.add_error(None, sentence)
        return False

    def shown(self, request: HttpRequest) -> list[tuple[Any, str]]:
        """Return (label, words) of what stands there, wherever something else was typed."""
        told = []
        for name, value in self.values.items():
            if request.POST.get(name, "") == value:
                continue
            choices = {str(key): words for key, words in getattr(self._fields[name], "choices", ())}
            told.append((self._fields[name].label or name, str(choices.get(value, value))))
        return told


def told(request: HttpRequest, now: Standing, conflict: bool) -> dict[str, Any]:
    """Return what templates/workshops/_meanwhile.html asks for.

    A form with mistakes keeps the version that it was made from.
    """
    kept = request.method == "POST" and not conflict
    was = request.POST.get("was", "") if kept else now.version
    return {"was": was, "stands": now.shown(request) if conflict else []}
