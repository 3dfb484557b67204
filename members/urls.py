"""The pages of this app, below the language's prefix."""

from django.urls import path

from members import board, directory, joining, leaving, me, persons

urlpatterns = [
    path("me/", me.MeView.as_view(), name="members-me"),
    path("me/export/", leaving.export_mine, name="members-export"),
    path("me/erase/", leaving.EraseView.as_view(), name="members-erase"),
    path("apply/", joining.ApplyView.as_view(), name="members-apply"),
    path("apply/answer/", joining.answer, name="members-answer"),
    path("apply/withdraw/", joining.withdraw, name="members-withdraw"),
    path("directory/", directory.DirectoryView.as_view(), name="members-directory"),
    path("directory/<int:pk>/ask/", directory.AskView.as_view(), name="members-ask"),
    path("board/", board.BoardView.as_view(), name="members-board"),
    path("board/<int:pk>/", board.ApplicationView.as_view(), name="members-application"),
    path("board/<int:pk>/accept/", board.accept, name="members-accept"),
    path("board/<int:pk>/ask/", board.ask, name="members-question"),
    path("board/<int:pk>/decline/", board.decline, name="members-decline"),
    path("people/", persons.PeopleView.as_view(), name="members-people"),
    path("people/<int:pk>/", persons.PersonView.as_view(), name="members-person"),
    path("roles/<int:pk>/extend/", persons.extend, name="members-extend"),
    path("roles/<int:pk>/end/", persons.end, name="members-end"),
]
