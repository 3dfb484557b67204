"""Addresses of a workshop's set-up and people; `workshops.urls` puts all together."""

from django.urls import path

from workshops.running import agenda, documents, people, views

ONE = "<int:workshop>/"

urlpatterns = [
    path("", views.WorkshopsView.as_view(), name="workshops"),
    path("new/", views.NewWorkshopView.as_view(), name="workshop-new"),
    path(ONE, views.DeskView.as_view(), name="workshop"),
    path(f"{ONE}set-up/", views.SetUpView.as_view(), name="workshop-set-up"),
    path(f"{ONE}clone/", views.CloneView.as_view(), name="workshop-clone"),
    path(f"{ONE}close/", views.CloseView.as_view(), name="workshop-close"),
    path(f"{ONE}community/", views.CommunityView.as_view(), name="workshop-community"),
    path(f"{ONE}register/", people.RegisterView.as_view(), name="workshop-register"),
    path(f"{ONE}withdraw/", people.WithdrawView.as_view(), name="workshop-withdraw"),
    path(f"{ONE}people/", people.PeopleView.as_view(), name="workshop-people"),
    path(f"{ONE}people/<int:pk>/decide/", people.DecideView.as_view(), name="workshop-decide"),
    path(
        f"{ONE}people/<int:pk>/attended/",
        people.AttendanceView.as_view(),
        name="workshop-attended",
    ),
    path(
        f"{ONE}facilitators/<int:pk>/relieve/",
        people.RelieveView.as_view(),
        name="workshop-relieve",
    ),
    path(f"{ONE}agenda.ics", agenda.CalendarFileView.as_view(), name="workshop-calendar"),
    path(f"{ONE}agenda/new/", agenda.SessionView.as_view(), name="workshop-session-new"),
    path(f"{ONE}agenda/<int:pk>/", agenda.SessionView.as_view(), name="workshop-session"),
    path(
        f"{ONE}agenda/<int:pk>/delete/",
        agenda.DeleteSessionView.as_view(),
        name="workshop-session-delete",
    ),
    path(f"{ONE}documents/new/", documents.NewDocumentView.as_view(), name="workshop-document-new"),
    path(f"{ONE}documents/<int:pk>/", documents.DocumentView.as_view(), name="workshop-document"),
    path(
        f"{ONE}documents/<int:pk>/delete/",
        documents.DeleteDocumentView.as_view(),
        name="workshop-document-delete",
    ),
]
