"""Every address of workshops but their pages, below /<language>/workshop/.

Each part has a `urls.py` of its own; what is about one workshop begins with its number.
"""

from workshops.breakout.urls import urlpatterns as breakout
from workshops.cafe.urls import urlpatterns as cafe
from workshops.preparing.urls import urlpatterns as preparing
from workshops.report.urls import urlpatterns as report
from workshops.running.urls import urlpatterns as running
from workshops.survey.urls import urlpatterns as survey
from workshops.travel.urls import urlpatterns as travel

urlpatterns = [*running, *preparing, *travel, *cafe, *breakout, *survey, *report]
