"""Addresses of the preparation of a workshop; `workshops.urls` puts all together."""

from django.urls import path

from workshops.preparing import views

HERE = "<int:workshop>/preparation/"

urlpatterns = [
    path(HERE, views.PreparationView.as_view(), name="workshop-preparation"),
    path(f"{HERE}begin/", views.BeginView.as_view(), name="workshop-assessments-begin"),
    path(f"{HERE}remind/", views.RemindView.as_view(), name="workshop-assessments-remind"),
    path(f"{HERE}share/", views.ShareView.as_view(), name="workshop-gaps-share"),
    path(f"{HERE}gaps.<slug:ending>", views.GapsFileView.as_view(), name="workshop-gaps"),
]
