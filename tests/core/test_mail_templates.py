"""What is written as a mail is only ever a mail, and no mail tells anybody that it was read.

Templates of mails are not held to the policy of pages (`test_sheets`): they carry their own style
sheet. So no page may be made of one.
"""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
MAILS = sorted(path for path in (TEMPLATES / "mail").rglob("*") if path.is_file())
OTHERS = sorted(set(TEMPLATES.rglob("*.*")) - set(MAILS))
POSTMAN = "site/core/mail.py"
APPS = ("site", "adoption", "communities", "countries", "guidance", "library", "members")
APPS += ("pages", "practices", "reviewing", "safeguarding", "search", "workshops")
# What runs, what is fetched as soon as a mail is opened, and what sends something back.
DOES_SOMETHING = re.compile(
    r"<\s*(script|img|picture|svg|video|audio|source|iframe|frame|object|embed|applet|link|base"
    r"|form|input|button|meta\s+http-equiv)\b|\s(src|srcset|background|poster|action|ping)\s*="
    r"|\son[a-z]+\s*=|javascript:|url\s*\(|@import|@font-face|\{%\s*(static|image|icon)\b",
    re.IGNORECASE,
)


def fetched_or_run(text):
    found = DOES_SOMETHING.search(text)
    return found[0] if found else ""


def test_no_mail_runs_or_fetches_anything():
    assert len(MAILS) > 80
    assert [path.name for path in MAILS if fetched_or_run(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "text",
    [
        '<script src="x.js">',
        '<IMG alt="" width="1">',
        '<td background="//x">',
        "<style>p { background: url( //x ) }",
        '<link rel="stylesheet">',
        '<a onclick="x()">',
        '<a href="javascript:x()">',
        '<a href="/x" ping="//x">',
        '{% static "x.png" %}',
    ],
)
def test_what_runs_or_fetches_is_noticed(text):
    assert fetched_or_run(text)


def modules():
    for app in APPS:
        yield from (each for each in (ROOT / app).rglob("*.py") if "migrations" not in each.parts)


def names_a_mail(text):
    """Whether a module names a template of a mail; an address that begins so is none."""
    if "mail/" not in text:
        return False
    tree = ast.parse(text)
    addresses = {
        id(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "path" and node.args
    }
    return any(
        isinstance(node, ast.Constant)
        and str(node.value).startswith("mail/")
        and id(node) not in addresses
        for node in ast.walk(tree)
    )


def test_templates_of_mails_are_named_by_the_postman_alone():
    found = {
        str(module.relative_to(ROOT))
        for module in modules()
        if names_a_mail(module.read_text("utf-8"))
    }
    assert found == {POSTMAN}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('render(request, "mail/community-post.html")', True),
        ('render(request, f"mail/{name}.html")', True),
        ('template_name = "mail/community-post.html"', True),
        ('path("mail/stop/<str:token>/", StopView.as_view())', False),
    ],
)
def test_a_view_that_shows_a_mail_is_noticed(text, named):
    assert names_a_mail(text) is named


def test_no_page_includes_or_extends_a_mail():
    assert len(OTHERS) > 100
    assert [path for path in OTHERS if re.search(r"['\"]mail/", path.read_text("utf-8"))] == []


def test_the_postman_answers_no_request():
    """It hands what it renders to the mail server: nothing in it knows of requests and answers."""
    tree = ast.parse((ROOT / POSTMAN).read_text("utf-8"))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    assert not {name for name in imported if "Http" in name or name in ("render", "TemplateView")}
    assert "EmailMultiAlternatives" in imported


def test_who_makes_a_letter_gives_it_to_the_postman():
    """`letter` returns HTML; its callers are makers that run when a mail leaves, and no view."""
    callers = {
        str(module.relative_to(ROOT))
        for module in modules()
        if re.search(r"\bmail\.letter\(|import .*\bletter\b", module.read_text("utf-8"))
    }
    assert callers == {
        "communities/mailing/digesting.py",
        "communities/mailing/letters.py",
        "workshops/cafe/following.py",
        "workshops/preparing/reminding.py",
    }
