"""Addresses below /vocabulary/."""

from django.urls import re_path

from vocabulary import views

app_name = "vocabulary"
urlpatterns = [
    re_path(r"^concepts\.(ttl|jsonld|rdf)$", views.concepts, name="concepts"),
]
