"""Addresses of this part; `communities.urls` puts them together."""

from django.urls import path

from communities.mailing.views import ChoicesView, HearAgainView, NewKeyView, StopView

urlpatterns = [
    path("mail/", ChoicesView.as_view(), name="community-mail"),
    path("mail/key/", NewKeyView.as_view(), name="community-mail-key"),
    path("mail/threads/<int:pk>/", HearAgainView.as_view(), name="community-mail-hear"),
    path("mail/stop/<str:token>/", StopView.as_view(), name="community-mail-stop"),
]
