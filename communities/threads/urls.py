"""Addresses of this part; `communities.urls` puts them together."""

from django.urls import URLPattern, path

from communities.threads.views.new import NewThreadView
from communities.threads.views.own import EditView, HistoryView, TakeBackView
from communities.threads.views.preview import PreviewView
from communities.threads.views.steps import AnswerView, DoneView, FollowView
from communities.threads.views.thread import ThreadView

POST = "<slug:slug>/threads/<int:pk>/posts/<int:number>"
urlpatterns: list[URLPattern] = [
    path("<slug:slug>/new/", NewThreadView.as_view(), name="thread-new"),
    path("<slug:slug>/preview/", PreviewView.as_view(), name="thread-preview"),
    path("<slug:slug>/threads/<int:pk>/", ThreadView.as_view(), name="thread"),
    path("<slug:slug>/threads/<int:pk>/answer/", AnswerView.as_view(), name="thread-answer"),
    path("<slug:slug>/threads/<int:pk>/done/", DoneView.as_view(), name="thread-done"),
    path("<slug:slug>/threads/<int:pk>/follow/", FollowView.as_view(), name="thread-follow"),
    path(f"{POST}/edit/", EditView.as_view(), name="post-edit"),
    path(f"{POST}/history/", HistoryView.as_view(), name="post-history"),
    path(f"{POST}/take-back/", TakeBackView.as_view(), name="post-take-back"),
]
