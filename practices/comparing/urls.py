"""Practices side by side, below the language's prefix."""

from django.urls import path

from practices.comparing.views import SideBySideView

urlpatterns = [path("", SideBySideView.as_view(), name="practices-compare")]
