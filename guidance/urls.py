"""Versions of guidance and its light formats, below the language's prefix."""

from django.urls import path

from guidance import views

urlpatterns = [
    path("<int:pk>/", views.changes, name="guidance-changes"),
    path("<int:pk>/<slug:ending>/", views.download, name="guidance-download"),
]
