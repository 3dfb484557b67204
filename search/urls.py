"""The search page and what belongs to it, below the language's prefix."""

from django.urls import path

from search.views import SearchView, SuggestionsView

urlpatterns = [
    path("", SearchView.as_view(), name="search"),
    path("suggestions/", SuggestionsView.as_view(), name="search-suggestions"),
]
