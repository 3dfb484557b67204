"""Addresses of communities themselves; `communities.urls` puts all together."""

from django.urls import path

from communities.groups.views import (
    facilitating,
    front,
    inviting,
    joining,
    leaving,
    people,
    requests,
    settings,
)

urlpatterns = [
    path("", front.CommunitiesView.as_view(), name="communities"),
    path("new/", settings.NewView.as_view(), name="community-new"),
    path("<slug:slug>/", front.HomeView.as_view(), name="community"),
    path("<slug:slug>/about/", front.AboutView.as_view(), name="community-about"),
    path("<slug:slug>/people/", people.PeopleView.as_view(), name="community-people"),
    path("<slug:slug>/people/mute/", people.MuteView.as_view(), name="community-mute"),
    path("<slug:slug>/join/", joining.JoinView.as_view(), name="community-join"),
    path(
        "<slug:slug>/join/withdraw/",
        joining.WithdrawView.as_view(),
        name="community-join-withdraw",
    ),
    path("<slug:slug>/invitation/", joining.InvitationView.as_view(), name="community-invitation"),
    path(
        "<slug:slug>/invitation/decline/",
        joining.DeclineView.as_view(),
        name="community-invitation-decline",
    ),
    path("<slug:slug>/leave/", leaving.LeaveView.as_view(), name="community-leave"),
    path("<slug:slug>/requests/", requests.RequestsView.as_view(), name="community-requests"),
    path(
        "<slug:slug>/requests/<int:pk>/admit/",
        requests.AdmitView.as_view(),
        name="community-admit",
    ),
    path(
        "<slug:slug>/requests/<int:pk>/decline/",
        requests.DeclineView.as_view(),
        name="community-decline",
    ),
    path("<slug:slug>/invite/", inviting.InviteView.as_view(), name="community-invite"),
    path(
        "<slug:slug>/invite/address/",
        inviting.AddressView.as_view(),
        name="community-invite-address",
    ),
    path(
        "<slug:slug>/invite/<int:pk>/withdraw/",
        inviting.WithdrawView.as_view(),
        name="community-invite-withdraw",
    ),
    path(
        "<slug:slug>/facilitators/",
        facilitating.FacilitatorsView.as_view(),
        name="community-facilitators",
    ),
    path(
        "<slug:slug>/facilitators/step-down/",
        facilitating.StepDownView.as_view(),
        name="community-step-down",
    ),
    path(
        "<slug:slug>/facilitators/<int:pk>/relieve/",
        facilitating.RelieveView.as_view(),
        name="community-relieve",
    ),
    path("<slug:slug>/settings/", settings.SettingsView.as_view(), name="community-settings"),
    path("<slug:slug>/settings/close/", settings.CloseView.as_view(), name="community-close"),
    path("<slug:slug>/settings/reopen/", settings.ReopenView.as_view(), name="community-reopen"),
]
