"""Addresses of the library; `communities.urls` puts all together."""

from django.urls import path

from communities.shelf import views

urlpatterns = [
    path("<slug:slug>/library/", views.LibraryView.as_view(), name="community-library"),
    path("<slug:slug>/library/new/", views.NewItemView.as_view(), name="community-library-new"),
    path(
        "<slug:slug>/library/<int:pk>/take-out/",
        views.TakeOutView.as_view(),
        name="community-library-take-out",
    ),
]
