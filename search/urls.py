"""The search page and what belongs to it, below the language's prefix."""

from django.urls import path

from search.saved import DeleteView, RenameView, SavedSearchesView
from search.views import SearchView, SuggestionsView

urlpatterns = [
    path("", SearchView.as_view(), name="search"),
    path("suggestions/", SuggestionsView.as_view(), name="search-suggestions"),
    path("saved/", SavedSearchesView.as_view(), name="search-saved"),
    path("saved/<int:pk>/rename/", RenameView.as_view(), name="search-rename"),
    path("saved/<int:pk>/delete/", DeleteView.as_view(), name="search-delete"),
]
