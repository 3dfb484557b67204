"""Addresses of moderation; `communities.urls` puts all together."""

from django.urls import path

from communities.moderation import post_views, views

POST = "<slug:slug>/threads/<int:pk>/posts/<int:number>"
urlpatterns = [
    path("<slug:slug>/moderation/", views.DeskView.as_view(), name="community-moderation"),
    path("<slug:slug>/moderation/log/", views.LogView.as_view(), name="community-log"),
    path("<slug:slug>/moderation/log.csv", views.LogFileView.as_view(), name="community-log-file"),
    path("<slug:slug>/threads/<int:pk>/move/", views.MoveView.as_view(), name="thread-move"),
    *(
        path(
            f"<slug:slug>/threads/<int:pk>/{step}/",
            views.ThreadSwitchView.as_view(),
            {"step": step},
            name=f"thread-step-{step}",
        )
        for step in ("close", "reopen", "pin", "unpin")
    ),
    path(f"{POST}/report/", post_views.ReportView.as_view(), name="post-report"),
    path(f"{POST}/hide/", post_views.HideView.as_view(), name="post-hide"),
    path(f"{POST}/purge/", post_views.PurgeView.as_view(), name="post-purge"),
    path(
        f"{POST}/restore/",
        post_views.PostSwitchView.as_view(),
        {"step": "restore"},
        name="post-restore",
    ),
    path(
        f"{POST}/let-through/",
        post_views.PostSwitchView.as_view(),
        {"step": "let-through"},
        name="post-let-through",
    ),
    path(f"{POST}/keep/", post_views.PostSwitchView.as_view(), {"step": "keep"}, name="post-keep"),
    path("<slug:slug>/people/<int:pk>/warn/", views.WarnView.as_view(), name="community-warn"),
    path(
        "<slug:slug>/people/<int:pk>/remove/", views.RemoveView.as_view(), name="community-remove"
    ),
]
