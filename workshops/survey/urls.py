"""Addresses of surveys; `workshops.urls` puts all together."""

from django.urls import path

from workshops.survey import by_link, reading, views

ALL = "<int:workshop>/surveys/"
ONE = f"{ALL}<int:pk>/"

urlpatterns = [
    path("survey/<str:token>/", by_link.ByLinkView.as_view(), name="workshop-survey-answer"),
    path(ALL, views.SurveysView.as_view(), name="workshop-surveys"),
    path(f"{ALL}new/", views.NewSurveyView.as_view(), name="workshop-survey-new"),
    path(ONE, views.SurveyView.as_view(), name="workshop-survey"),
    path(f"{ONE}step/", views.StepView.as_view(), name="workshop-survey-step"),
    path(f"{ONE}questions/new/", views.QuestionView.as_view(), name="workshop-question-new"),
    path(f"{ONE}questions/<int:question>/", views.QuestionView.as_view(), name="workshop-question"),
    path(
        f"{ONE}questions/<int:question>/change/",
        views.ChangeView.as_view(),
        name="workshop-question-change",
    ),
    path(f"{ONE}results/", reading.ResultsView.as_view(), name="workshop-survey-results"),
    path(f"{ONE}results.<slug:ending>", reading.TableView.as_view(), name="workshop-survey-table"),
    path(f"{ONE}tell/", reading.TellView.as_view(), name="workshop-survey-tell"),
]
