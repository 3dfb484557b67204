"""Addresses of this part; `communities.urls` puts them together."""

from django.urls import path

from communities.alerts.views import (
    FeedView,
    FollowView,
    NewFeedView,
    RevokeFeedView,
    Rss,
    UnfollowView,
)

urlpatterns = [
    path("alerts/follow/", FollowView.as_view(), name="follow"),
    path("alerts/unfollow/", UnfollowView.as_view(), name="unfollow"),
    path("alerts/feeds/", NewFeedView.as_view(), name="community-feed-new"),
    path("alerts/feeds/<int:pk>/", RevokeFeedView.as_view(), name="community-feed-revoke"),
    path("feeds/<str:token>/", FeedView.as_view(), name="community-feed"),
    path("feeds/<str:token>/rss/", FeedView.as_view(form=Rss), name="community-feed-rss"),
]
