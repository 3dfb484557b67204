"""Addresses of breakout groups; `workshops.urls` puts all together."""

from django.urls import path

from workshops.breakout import views

ALL = "<int:workshop>/breakouts/"

urlpatterns = [
    path(ALL, views.BreakoutsView.as_view(), name="workshop-breakouts"),
    path(f"{ALL}new/", views.KeepView.as_view(), name="workshop-breakout-new"),
    path(f"{ALL}<int:pk>/", views.BreakoutView.as_view(), name="workshop-breakout"),
    path(f"{ALL}<int:pk>/change/", views.KeepView.as_view(), name="workshop-breakout-change"),
    path(f"{ALL}groups/<int:pk>/", views.GroupView.as_view(), name="workshop-breakout-group"),
    path(
        f"{ALL}groups/<int:pk>/rapporteur/",
        views.RapporteurView.as_view(),
        name="workshop-rapporteur",
    ),
    path(f"{ALL}notes/<int:pk>/", views.NoteView.as_view(), name="workshop-note"),
]
