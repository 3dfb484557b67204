"""Writing practices without the editor's interface, below the language's prefix."""

from typing import Any

from django.urls import include, path

from practices.contributing.desk import DeskView
from practices.contributing.editing import EditView, NewView
from practices.contributing.going_back import GoBackView
from practices.contributing.nearby import NearbyView
from practices.contributing.presence import HereView
from practices.contributing.preview import PreviewView
from practices.contributing.sending import DeleteView, SendView, WithdrawView
from practices.contributing.versions import CompareView, VersionsView

urlpatterns: list[Any] = [
    path("word/", include("practices.word.urls")),
    path("import/", include("practices.importing.urls")),
    path("", DeskView.as_view(), name="contribute-desk"),
    path("new/", NewView.as_view(), name="contribute-new"),
    path("similar/", NearbyView.as_view(), name="contribute-similar"),
    path("<int:pk>/", EditView.as_view(), name="contribute-edit"),
    path("<int:pk>/snapshot/", EditView.as_view(short=True), name="contribute-short"),
    path("<int:pk>/here/", HereView.as_view(), name="contribute-here"),
    path("<int:pk>/preview/", PreviewView.as_view(), name="contribute-preview"),
    path("<int:pk>/versions/", VersionsView.as_view(), name="contribute-versions"),
    path("<int:pk>/versions/compare/", CompareView.as_view(), name="contribute-compare"),
    path("<int:pk>/versions/<int:version>/back/", GoBackView.as_view(), name="contribute-go-back"),
    path("<int:pk>/send/", SendView.as_view(), name="contribute-send"),
    path("<int:pk>/withdraw/", WithdrawView.as_view(), name="contribute-withdraw"),
    path("<int:pk>/delete/", DeleteView.as_view(), name="contribute-delete"),
]
