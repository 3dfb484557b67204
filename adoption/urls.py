"""The pages of this app, below the language's prefix."""

from django.urls import path

from adoption.views import feedback, fit, overview, reports, suggestions, trail, truth

urlpatterns = [
    path("", overview.OverviewView.as_view(), name="exchange-overview"),
    path("practice/<int:pk>/", overview.PracticeView.as_view(), name="exchange-practice"),
    path("practice/<int:pk>/feedback/", feedback.GiveView.as_view(), name="exchange-give"),
    path("practice/<int:pk>/adapted/", trail.AdaptView.as_view(), name="exchange-adapt"),
    path("practice/<int:pk>/fit/", fit.FitView.as_view(), name="exchange-fit"),
    path("practice/<int:pk>/fit/delete/", fit.DeleteFitView.as_view(), name="exchange-fit-delete"),
    path("practice/<int:pk>/checked/", truth.CheckedView.as_view(), name="exchange-checked"),
    path("feedback/<int:pk>/answer/", feedback.AnswerView.as_view(), name="exchange-answer"),
    path("feedback/<int:pk>/edit/", feedback.EditView.as_view(), name="exchange-edit"),
    path("feedback/<int:pk>/delete/", feedback.DeleteView.as_view(), name="exchange-delete"),
    path("feedback/<int:pk>/history/", feedback.HistoryView.as_view(), name="exchange-history"),
    path("feedback/<int:pk>/hide/", feedback.HideView.as_view(), name="exchange-hide"),
    path("feedback/<int:pk>/show/", feedback.ShowAgainView.as_view(), name="exchange-show"),
    path(
        "feedback/<int:pk>/take-over/",
        suggestions.TakeOverView.as_view(),
        name="exchange-take-over",
    ),
    path(
        "feedback/<int:pk>/give-back/",
        suggestions.GiveBackView.as_view(),
        name="exchange-give-back",
    ),
    path("adaptations/<int:pk>/", trail.AdoptionView.as_view(), name="exchange-adaptation"),
    path(
        "adaptations/<int:pk>/edit/",
        trail.ChangeAdoptionView.as_view(),
        name="exchange-adaptation-edit",
    ),
    path(
        "adaptations/<int:pk>/delete/",
        trail.DeleteAdoptionView.as_view(),
        name="exchange-adaptation-delete",
    ),
    path("adaptations/<int:pk>/confirm/", trail.ConfirmView.as_view(), name="exchange-confirm"),
    path("adaptations.csv", reports.AdoptionsCsvView.as_view(), name="exchange-adaptations-csv"),
    path("fit/", fit.MyFitsView.as_view(), name="exchange-fits"),
    path("fit/<int:pk>/", fit.TeamFitView.as_view(), name="exchange-team-fit"),
    path("to-confirm/", reports.StaleView.as_view(), name="exchange-stale"),
    path("to-confirm.csv", reports.StaleCsvView.as_view(), name="exchange-stale-csv"),
    path("still-true/<str:token>/<str:value>/", truth.TruthView.as_view(), name="exchange-true"),
]
