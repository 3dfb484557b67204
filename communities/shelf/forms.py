"""What a member puts into the library: a file or a link, with a title."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from communities.models import ShelfItem
from communities.threads.typed import Text
from members.forms import OneLine, line


class ShelfForm(forms.ModelForm):  # type: ignore[type-arg]
    """A title with either a file or an address."""

    title = OneLine(label=_("Title"), max_length=200, widget=line())
    description = Text(label=capfirst(_("what is in it")), max_length=1000, required=False, rows=3)
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, Word, Excel or a picture, at most 15 MB."),
    )
    url = forms.URLField(label=_("Or an address on the web"), required=False, assume_scheme="https")

    class Meta:
        model = ShelfItem
        fields = ["title", "description", "url"]

    field_order = ["title", "description", "file", "url"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, not both."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(told.get("file")) == bool(told.get("url")):
            self.add_error(None, _("Choose a file or give an address, one of the two."))
        return told
