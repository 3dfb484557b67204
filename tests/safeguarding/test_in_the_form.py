"""Authors see what was found while they write, and before they send it in."""

import pytest
from django.urls import reverse

from tests.factories import practice
from tests.members.people import representative
from tests.safeguarding.pages import SAFE, UNSAFE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("said", "told"), [(UNSAFE, True), (SAFE, False)])
def test_the_form_of_a_practice_shows_what_was_found(client, said, told):
    author = representative("GEO")
    page = practice("Draft", draft=True, owner=author, countries=["GEO"], results=f"<p>{said}</p>")
    client.force_login(author)
    html = client.get(reverse("contribute-edit", args=[page.pk])).content.decode()
    assert ("1 thing to look at before this is published" in html) == told
    assert (f"/en/do-no-harm/{page.pk}/" in html) == told
