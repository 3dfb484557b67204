"""What a browser would send from the form of a practice."""

from html.parser import HTMLParser

from practices.contributing.saving import save_draft
from practices.models import PracticePage
from reviewing.digest import text_digest
from reviewing.models import SignOff
from tests import factories


class _Form(HTMLParser):
    """The names and values of the form that writes a practice."""

    def __init__(self):
        super().__init__()
        self.values, self.inside, self.area, self.select, self.skip = [], False, None, None, 0

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "template":
            self.skip += 1
        if tag == "form":
            self.inside = "writing" in (told.get("class") or "")
        if not self.inside or self.skip:
            return
        kind = told.get("type", "text")
        if tag == "input" and (kind not in ("checkbox", "radio") or "checked" in told):
            self.values.append(
                (told.get("name"), told.get("value") or ("on" if kind == "checkbox" else ""))
            )
        elif tag == "textarea":
            self.area = [told["name"], ""]
        elif tag == "select":
            self.select = [told["name"], None]
        elif tag == "option" and self.select and (self.select[1] is None or "selected" in told):
            self.select[1] = told.get("value", "")

    def handle_endtag(self, tag):
        if tag == "template":
            self.skip -= 1
        elif tag == "form":
            self.inside = False
        elif tag == "textarea" and self.area:
            # Browsers drop the line break with which Django begins a text.
            self.values.append((self.area[0], self.area[1].removeprefix("\n")))
            self.area = None
        elif tag == "select" and self.select:
            self.values.append(tuple(self.select))
            self.select = None

    def handle_data(self, data):
        if self.area:
            self.area[1] += data


def filled(answer, **changes):
    """The data that the form of an answer sends, with some fields changed."""
    reader = _Form()
    reader.feed(answer.content.decode())
    data = {}
    for name, value in reader.values:
        if name and name != "csrfmiddlewaretoken":
            data.setdefault(name, []).append(value)
    for name, value in changes.items():
        data[name] = value if isinstance(value, list) else [value]
    return data


def draft(user, title="An invented draft", countries=("GEO",), **fields):
    for code in countries:
        factories.country(code)
    page = PracticePage(locale=factories.locale())
    save_draft(page, user, {"title": title, "countries": countries, **fields})
    return PracticePage.objects.get(pk=page.pk)


def newest(page):
    return PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def sign_off(page):
    """As the secretariat would: the newest draft may be published."""
    SignOff.objects.create(page=page, digest=text_digest(newest(page)))


def publish(page):
    """Let a practice through all that stands before publication."""
    sign_off(page)
    PracticePage.objects.get(pk=page.pk).latest_revision.publish()
    page.refresh_from_db()
