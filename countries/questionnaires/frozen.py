"""What is published can be looked at in the editor, and neither changed nor deleted."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views import snippets

from countries.models import Question, Questionnaire, QuestionnaireVersion


def is_frozen(row: Any) -> bool:
    """Return whether a row belongs to what is published, or is a questionnaire with versions."""
    if isinstance(row, Questionnaire):
        return bool(row.versions.exists())
    version = row if isinstance(row, QuestionnaireVersion) else row.version
    return bool(version.is_published)


class FrozenPolicy(ModelPermissionPolicy):
    """Lets the editor's rights go so far as nothing was published."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Refuse to change or delete what is published; a questionnaire's title may change."""
        stays = action == "delete" or (
            action == "change" and not isinstance(instance, Questionnaire)
        )
        if stays and is_frozen(instance):
            return False
        return bool(self.user_has_permission(user, action))


# Before Wagtail asks for the policies, or it would make its own.
for _model in (Questionnaire, QuestionnaireVersion, Question):
    register_permission_policy(_model, FrozenPolicy(_model), exact_class=True)


class FrozenIndexView(snippets.IndexView):
    """A list in which what is published leads to a page to read."""

    def get_edit_url(self, instance: Any) -> Any:
        """Offer no form for what does not change."""
        allowed = self.permission_policy.user_has_permission_for_instance(
            self.request.user, "change", instance
        )
        return super().get_edit_url(instance) if allowed else None

    def get_delete_url(self, instance: Any) -> Any:
        """Offer no deletion of what stays."""
        allowed = self.permission_policy.user_has_permission_for_instance(
            self.request.user, "delete", instance
        )
        return super().get_delete_url(instance) if allowed else None


class _Guarded:
    """Refuses what the policy refuses for this very row."""

    permission_required: Any
    permission_policy: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask about the row before anything is shown or done."""
        row: Any = self.get_object()  # type: ignore[attr-defined]
        action = self.permission_required
        if not self.permission_policy.user_has_permission_for_instance(request.user, action, row):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class FrozenEditView(_Guarded, snippets.EditView):
    """The form of what is not published."""


class FrozenDeleteView(_Guarded, snippets.DeleteView):
    """The deletion of what is not published."""
