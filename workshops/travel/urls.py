"""Addresses of travel support; `workshops.urls` puts all together."""

from django.urls import path

from workshops.travel import views

ONE = "<int:workshop>/travel/"

urlpatterns = [
    path(ONE, views.TravelView.as_view(), name="workshop-travel"),
    path(f"{ONE}withdraw/", views.WithdrawView.as_view(), name="workshop-travel-withdraw"),
    path(f"{ONE}requests/", views.RequestsView.as_view(), name="workshop-travel-requests"),
    path(f"{ONE}requests/<int:pk>/", views.DecideView.as_view(), name="workshop-travel-decide"),
]
