"""Every address of communities, below /<language>/communities/."""

from communities.alerts.urls import urlpatterns as alerts
from communities.asking.urls import urlpatterns as asking
from communities.attachments.urls import urlpatterns as attachments
from communities.calendar.urls import urlpatterns as calendar
from communities.decisions.urls import urlpatterns as decisions
from communities.groups.urls import urlpatterns as groups
from communities.inbound.urls import urlpatterns as inbound
from communities.knowledge.urls import urlpatterns as knowledge
from communities.mailing.urls import urlpatterns as mailing
from communities.moderation.urls import urlpatterns as moderation
from communities.shelf.urls import urlpatterns as shelf
from communities.threads.urls import urlpatterns as threads

# What has a word of its own stands before `<slug>/`.
urlpatterns = [
    *mailing,
    *alerts,
    *inbound,
    *asking,
    *threads,
    *attachments,
    *calendar,
    *decisions,
    *shelf,
    *moderation,
    *knowledge,
    *groups,
]
