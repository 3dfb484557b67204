"""Addresses of the calendar; `communities.urls` puts all together."""

from django.urls import path

from communities.calendar import subscribing, views

urlpatterns = [
    path("<slug:slug>/calendar/", views.CalendarView.as_view(), name="community-calendar"),
    path(
        "<slug:slug>/calendar/events.ics",
        views.CalendarFileView.as_view(),
        name="community-calendar-file",
    ),
    path(
        "<slug:slug>/calendar/address/",
        subscribing.NewAddressView.as_view(),
        name="community-calendar-address",
    ),
    path(
        "feeds/<str:token>/events.ics",
        subscribing.CalendarFeedView.as_view(),
        name="community-calendar-feed",
    ),
    path("<slug:slug>/calendar/new/", views.NewEventView.as_view(), name="community-event-new"),
    path("<slug:slug>/calendar/<int:pk>/", views.EventView.as_view(), name="community-event"),
    path(
        "<slug:slug>/calendar/<int:pk>/event.ics",
        views.EventFileView.as_view(),
        name="community-event-file",
    ),
    path(
        "<slug:slug>/calendar/<int:pk>/change/",
        views.ChangeEventView.as_view(),
        name="community-event-change",
    ),
    path(
        "<slug:slug>/calendar/<int:pk>/cancel/",
        views.CancelEventView.as_view(),
        name="community-event-cancel",
    ),
]
