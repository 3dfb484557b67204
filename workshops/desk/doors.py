"""How people come to the secretariat's desk: for everybody else there is none."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views import View

from members.access import lacks_second_factor
from practices.contributing.doors import held
from workshops.desk import access
from workshops.doors import never_kept, require


def one_at_a_time(model: Any) -> None:
    """Let those who write rows of a model wait for each other until their transactions end."""
    app, name = model._meta.app_label, model._meta.model_name
    ContentType.objects.select_for_update().get(app_label=app, model=name)


@method_decorator(never_kept, name="dispatch")
class DeskView(View):
    """A page for the secretariat and its chair; visitors sign in first, nothing typed is lost."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for the right, fetch, answer."""
        if not request.user.is_authenticated:
            if request.method == "POST":
                return held(request)
            return redirect_to_login(request.get_full_path())
        require(self.allowed(request))
        # Asked here and not of every request: few chair, and only here does it give a right.
        if access.chairs(request.user) and lacks_second_factor(request.user):
            return redirect("mfa_activate_totp")
        self.prepare(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def allowed(self, request: HttpRequest) -> bool:
        """Return whether this person may use the page."""
        return access.may_use_desk(request.user)

    def prepare(self, **kwargs: Any) -> None:
        """Fetch what it is about."""
