"""Addresses of files; `communities.urls` puts all together."""

from django.urls import path

from communities.attachments import views

urlpatterns = [
    path("<slug:slug>/files/<int:pk>/", views.FileView.as_view(), name="community-file"),
]
