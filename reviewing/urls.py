"""The pages of reviews, below the language's prefix."""

from django.urls import path

from reviewing.views import assigning, by_link, deciding, desk, links, practice

urlpatterns = [
    path("", desk.show, name="review-desk"),
    path("overview/", desk.overview, name="review-overview"),
    path("reviewers/", desk.roster, name="review-reviewers"),
    path("<int:pk>/", practice.show, name="review-practice"),
    path("<int:pk>/comments/", practice.comment, name="review-comments"),
    path("<int:pk>/conflict/", practice.conflict, name="review-conflict"),
    path("<int:pk>/office/", links.office, name="review-office"),
    path("<int:pk>/reviewers/", assigning.choose, name="review-assign"),
    path("<int:pk>/close/", assigning.close, name="review-close"),
    path("<int:pk>/decide/", deciding.decide, name="review-decide"),
    path("<int:pk>/links/", links.show, name="review-links"),
    path("<int:pk>/links/<int:invitation>/", links.one, name="review-link"),
    path("<int:pk>/by-link/<str:token>/", by_link.answer, name="review-by-link"),
]
