"""Addresses of the World Cafe; `workshops.urls` puts all together."""

from django.urls import path

from workshops.cafe import answering, cards, leading, presenting, views

CAFE = "<int:workshop>/cafe/"
ONE = f"{CAFE}<int:pk>/"

urlpatterns = [
    path(CAFE, views.CafeView.as_view(), name="workshop-cafe"),
    path(f"{CAFE}now/", views.NowView.as_view(), name="workshop-cafe-now"),
    path(f"{CAFE}new/", presenting.NewChallengeView.as_view(), name="workshop-challenge-new"),
    path(f"{CAFE}rounds/", leading.StartRoundView.as_view(), name="workshop-round-start"),
    path(f"{CAFE}rounds/<int:number>/", leading.ChangeRoundView.as_view(), name="workshop-round"),
    path(f"{CAFE}screen/", leading.ScreenView.as_view(), name="workshop-screen"),
    path(f"{CAFE}screen/now/", leading.ScreenNowView.as_view(), name="workshop-screen-now"),
    path(ONE, views.ChallengeView.as_view(), name="workshop-challenge"),
    path(f"{ONE}cards/", views.CardsView.as_view(), name="workshop-cards"),
    path(f"{ONE}near/", views.NearView.as_view(), name="workshop-near"),
    path(
        f"{ONE}change/", presenting.ChangeChallengeView.as_view(), name="workshop-challenge-change"
    ),
    path(f"{CAFE}cards/<int:pk>/", cards.CardView.as_view(), name="workshop-card"),
    path(
        "follow-up/<str:token>/<slug:choice>/",
        answering.FollowUpView.as_view(),
        name="workshop-follow-up",
    ),
]
