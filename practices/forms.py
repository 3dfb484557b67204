"""The editor's form of a practice."""

from django.core.exceptions import ValidationError

from core.forms import PageForm


class PracticeForm(PageForm):
    """Lets an unfinished draft be saved, and asks for the whole template before publishing."""

    def _post_clean(self) -> None:
        """Check the practice as what it is going to be: a draft, or public."""
        self.instance.is_draft_save = self.is_deferred_validation
        super()._post_clean()
        if not self.is_deferred_validation:
            try:
                self.instance.require_conditions()
            except ValidationError as error:
                self.add_error(None, error)
