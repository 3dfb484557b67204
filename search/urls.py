"""The search page, below the language's prefix."""

from django.urls import path

from search.views import SearchView

urlpatterns = [path("", SearchView.as_view(), name="search")]
