"""Every address of countries but their pages, below /<language>/country/.

Each part has a `urls.py` of its own; what is about one country begins with `<iso3:code>/`.
"""

from django.urls import path

import countries.addresses  # noqa: F401 - what `<iso3:…>` means
from countries.assessing.urls import urlpatterns as assessing
from countries.commitments.urls import urlpatterns as commitments
from countries.comparing import ComparableView
from countries.gaps.urls import urlpatterns as gaps
from countries.goals.urls import urlpatterns as goals
from countries.profile.urls import urlpatterns as profile
from countries.register.urls import urlpatterns as register

urlpatterns = [
    path("<iso3:code>/comparable/", ComparableView.as_view(), name="country-comparable"),
    *profile,
    *register,
    *commitments,
    *gaps,
    *goals,
    *assessing,
]
