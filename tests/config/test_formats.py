"""Days and hours as each language writes them."""

import datetime

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

MOMENT = datetime.datetime(2026, 11, 30, 17, 24)


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
def test_the_day_stands_before_the_month_with_and_without_the_hour(language):
    with override(language):
        day, moment = (date_format(MOMENT, f"{name}_FORMAT") for name in ("DATE", "DATETIME"))
    assert day.startswith("30 ")
    assert moment.startswith(day)
