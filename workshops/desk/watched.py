"""Forms that two people may have open at once: nobody overwrites what they have not seen."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from members.signed import fingerprint


class WatchedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that comes back with the mark of what stood there when it was opened.

    Where that has changed, what is sent is not stored: it is shown beside what stands there now.
    The row is to be read under a lock before. Of a row that is there already only the fields of
    the form are written, and those that `moves` names.
    """

    moves: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self._fields = list(self._meta.fields or ())
        self._stored = {name: self._shown(name) for name in self._fields}
        values = forms.model_to_dict(self.instance, self._fields).values()
        self.mark = fingerprint(*values) if self.instance.pk else ""
        self.standing: list[tuple[str, str]] = []

    def clean(self) -> dict[str, Any]:
        """Refuse what would overwrite the words of somebody else, once."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if self.mark and self.data.get("mark", self.mark) != self.mark:
            self.standing = [(str(self.fields[name].label), value or "\u2013")
                             for name, value in self._stored.items()]  # fmt: skip
            text = _(
                "Somebody else has changed this meanwhile. Compare with what stands there now, and "
                "save again to put yours in its place."
            )
            self.add_error(None, text)
        return told

    def save(self, commit: bool = True) -> Any:
        """Store it; what others write into the same row, such as a reminder, stays."""
        row = super().save(commit=False)
        row.save(update_fields=[*self._fields, *self.moves] if row.pk else None)
        return row

    def _shown(self, name: str) -> str:
        """Return a value of the row as people read it."""
        display = getattr(self.instance, f"get_{name}_display", None)
        value = display() if display else getattr(self.instance, name)
        return "" if value is None else str(value)
