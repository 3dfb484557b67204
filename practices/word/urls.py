"""Practices as Word files, below `contribute/word/`."""

from django.urls import path

from practices.word.uploading import SaveView, UploadView
from practices.word.views import DraftView, published, template, word

urlpatterns = [
    path("", word, name="contribute-word"),
    path("template/<slug:language>/", template, name="contribute-word-template"),
    path("upload/", UploadView.as_view(), name="contribute-word-upload"),
    path("save/", SaveView.as_view(), name="contribute-word-save"),
    path("<int:pk>/", published, name="contribute-word-practice"),
    path("<int:pk>/draft/", DraftView.as_view(), name="contribute-word-draft"),
    path("<int:pk>/upload/", UploadView.as_view(), name="contribute-word-newer"),
]
