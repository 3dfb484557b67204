"""A client that sends a form as a browser does: with the token, and with where it comes from."""

import re

from django.test import Client


def sent_as_a_browser_does(address, data, client=None):
    """Open a page and send its form; the page's own policy decides what the browser says of it."""
    client = client or Client(enforce_csrf_checks=True)
    page = client.get(address)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
    policy = page.headers.get("Referrer-Policy", "")
    origin = "null" if policy == "no-referrer" else "http://testserver"
    told = {"csrfmiddlewaretoken": token, **data}
    return client.post(address, told, headers={"Origin": origin})
