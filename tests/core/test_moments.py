"""Days and hours are read in the time of a place; what no clock there shows is refused."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from core.moments import moment, span, time_zones

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_moment_is_read_by_the_clock_of_its_place():
    read = moment("2027-03-15 14:30", BERLIN)
    assert read.astimezone(datetime.UTC) == datetime.datetime(
        2027, 3, 15, 13, 30, tzinfo=datetime.UTC
    )
    assert moment("2027-07-15T14:30", BERLIN).utcoffset() == datetime.timedelta(hours=2)
    assert "UTC" in dict(time_zones())


@pytest.mark.parametrize(
    "text", ["2027-03-28T02:30", "9999-12-31T23:00", "0001-01-01T00:00", "tomorrow", "2027-13-01"]
)
def test_what_no_clock_shows_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        moment(text, BERLIN)


def test_the_day_is_said_once_where_it_is_the_same():
    begins = datetime.datetime(2027, 3, 15, 9, 0)
    assert span(begins, begins.replace(hour=10)).count("2027") == 1
    assert span(begins, begins.replace(day=16)).count("2027") == 2
