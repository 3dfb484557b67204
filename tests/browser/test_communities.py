"""Two communities and five people, played in a real browser: from a question to a draft.

Everybody and everything in it is invented, but the practices of the demo knowledge base. The mails
are read from the folder in which the site leaves them; the worker runs as the site's own command.
"""

import json
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk, mails_in
from tests.seeded import environment, manage
from tests.site_server import serving

GOLDEN = Path(__file__).parents[1] / "communities" / "inbound" / "mails" / "gmail-web-en.eml"
QUESTION = "How can data of several ministries be brought together?"
DETAILS = (
    "Enrolment data sit in one ministry and border data in another, and nobody can link them "
    "(invented)."
)
ANSWERED = "We link both registers by a number that each person gets once"
SENTENCE = "A number that each person gets once links the registers (invented)."
PEOPLE = """
import json
from communities.models import Membership
from tests.communities import groups
from tests.members import people
asia = groups.community("Asia (invented)", slug="asia")
pacific = groups.community("Pacific (invented)", slug="pacific")
lead = people.representative("GEO")
told = {"lead": lead.email, "secret": people.second_factor(lead)}
Membership.objects.create(community=asia, user=lead, is_facilitator=True)
told["asker"] = groups.member_of(asia, "JOR").email
told["answerer"] = groups.member_of(asia, "THA").email
told["leaver"] = groups.member_of(asia, "NPL").email
told["outsider"] = groups.member_of(pacific, "FJI").email
print("told", json.dumps(told))
"""


@pytest.fixture(scope="module")
def world(templates, tmp_path_factory, django_db_blocker):
    """(address, people, environment, folder of mails) of a site of its own."""
    folder = tmp_path_factory.mktemp("communities") / "data"
    name = f"test_communities_{os.getpid()}"
    with django_db_blocker.unblock():
        templates.copy("seeded", folder, name)
        own = environment(folder, name)
    mails = folder / "mails"
    own |= {"MAIL_DIR": str(mails), "INBOUND_DOMAIN": "in.example.org"}
    said = manage("shell", "-c", PEOPLE, env=own)
    people = json.loads(re.search(r"told (\{.*\})", said).group(1))
    with serving(own, folder.parent / "server.log") as address:
        own["SITE_URL"] = address
        yield address, people, own, mails


def answer_by_mail(own, folder, notified):
    """Answer a mail of the site with the golden mail of a real client, from its receiver."""
    golden = GOLDEN.read_text()
    golden = re.sub(r"(?m)^From: .*$", f"From: Member Invented <{notified['To']}>", golden, count=1)
    golden = re.sub(r"(?m)^To: .*$", f"To: {notified['Reply-To']}", golden, count=1)
    file = folder / "answer.eml"
    file.write_text(golden)
    receive = f"""
from pathlib import Path
from communities.inbound.receiving import receive
print("outcome", receive(Path({str(file)!r}).read_bytes()).outcome)
"""
    return re.search(r"outcome (\w+)", manage("shell", "-c", receive, env=own)).group(1)


def test_from_a_question_to_a_draft(world, browser, tmp_path):
    address, people, own, mails = world
    # The fifth, who answers, never opens the site.
    lead, asker, leaver, outsider = (Desk(browser, address, own, mails) for _person in range(4))

    # The asker is shown comparable practices while the question is typed, and asks all the same.
    asker.sign_in(people["asker"])
    page = asker.go("/en/communities/asia/new/?kind=question")
    page.get_by_label("Title").fill(QUESTION)
    expect(page.locator("[data-nearby]")).to_contain_text("Georgia")
    page.get_by_label("Your text").fill(DETAILS)
    expect(page.get_by_text("Only the 4 members of")).to_have_count(3)
    page.get_by_text("Call people by name").click()
    page.get_by_label("Member of THA").check()
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url(re.compile(r"/threads/\d+/"))
    thread = re.search(r"(/en/communities/asia/threads/\d+/)", page.url).group(1)

    # The first answer lists the closest practices with the passage that fits.
    sent = asker.work()
    page = asker.go(thread)
    known = page.locator(".first-answer")
    expect(known).to_contain_text("Comparable experiences")
    expect(known).to_contain_text("Georgia")

    # Whoever is called by name is mailed at once, and answers from their own mail program.
    assert [to for to, _subject, _text in sent] == [people["answerer"]]
    assert answer_by_mail(own, tmp_path, mails_in(mails)[-1]) == "posted"
    assert answer_by_mail(own, tmp_path, mails_in(mails)[-1]) == "posted"
    told = [(to, text) for to, _subject, text in asker.work() if to == people["asker"]]
    assert len(told) == 1
    assert ANSWERED in told[0][1]
    page = asker.go(thread)
    expect(page.get_by_text(ANSWERED)).to_have_count(1)
    assert "Division of Invented Statistics" not in page.content()
    assert "A member asked in Asia" not in page.content()

    # The asker marks it as the answer.
    page.get_by_role("button", name=re.compile("This is the answer")).click()
    expect(page.locator(".answer")).to_contain_text("We link both registers")

    # The facilitator summarises: each sentence rests on a post. It becomes a draft practice.
    lead.sign_in(people["lead"], people["secret"])
    page = lead.go(thread)
    page.get_by_role("link", name="Summarise", exact=True).click()
    page.get_by_label("Sentence").first.fill(SENTENCE)
    page.get_by_role("button", name="Save the summary").click()
    expect(page.get_by_text("Say which posts this rests on")).to_be_visible()
    page.get_by_label("Rests on posts").first.fill("2")
    page.get_by_role("button", name="Save the summary").click()
    expect(page.locator(".summary__sentences")).to_contain_text(SENTENCE)
    page.get_by_role("link", name="A draft practice").click()
    page.get_by_label(SENTENCE).select_option(label="What was done")
    page.get_by_role("button", name="Make the draft").click()
    page.wait_for_url(re.compile(r"/en/contribute/\d+/"))
    assert SENTENCE in page.content()

    # Members find it among everything else; whoever is in another community does not.
    search = "/en/search/?q=a+number+that+each+person+gets+once+to+link+registers"
    leaver.sign_in(people["leaver"])
    outsider.sign_in(people["outsider"])
    lead.work()
    expect(leaver.go(search).locator("#results")).to_contain_text(QUESTION)
    assert QUESTION not in outsider.go(search).content()
    assert outsider.page.goto(address + thread).status == 404
    assert "Asia (invented)" not in outsider.go("/en/communities/").content()

    # A member is removed: every door is closed at the next request, with the page still open.
    leaver.go(thread)
    leaver.page.get_by_role("textbox", name="Your answer").fill("Too late (invented).")
    page = lead.go("/en/communities/asia/people/")
    page.get_by_role("link", name=re.compile("Remove.*Member of NPL")).click()
    page.get_by_label("Reason").fill("Has changed office (invented).")
    page.get_by_role("button", name="Remove", exact=True).click()
    with leaver.page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        leaver.page.get_by_role("button", name="Send", exact=True).click()
    assert posted.value.status in (403, 404)
    for door in ("", "people/", "calendar/", "decisions/", "library/", "new/"):
        assert leaver.page.goto(f"{address}/en/communities/asia/{door}").status == 404
    assert leaver.page.goto(address + thread).status == 404
    assert QUESTION not in leaver.go(search).content()
    assert "Too late (invented)" not in asker.go(thread).content()
