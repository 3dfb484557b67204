"""The pages of this app, below the language's prefix."""

from typing import Any

from django.urls import path

from safeguarding.views import acting, showing

urlpatterns: list[Any] = [
    path("", showing.desk, name="safeguarding-desk"),
    path("<int:pk>/", showing.page, name="safeguarding-page"),
    path("<int:pk>/findings/", showing.findings, name="safeguarding-findings"),
    path("<int:pk>/sign/", acting.sign, name="safeguarding-sign"),
    path("<int:pk>/answer/", acting.answer, name="safeguarding-answer"),
    path("<int:pk>/ask/", acting.ask, name="safeguarding-ask"),
]
