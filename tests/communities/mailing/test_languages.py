"""Mails are wholly in their reader's language; what members wrote stays in its own."""

import datetime
import re

import pytest

from communities.mailing import digest
from communities.models import Follow, MailChoice
from search import saved
from search.asking import Search
from tests import factories
from tests.communities import groups
from tests.communities.mailing.telling import digests, html_of, told_at_once
from tests.kept import kept

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2030, 1, 7, 6, tzinfo=datetime.UTC)

SUBJECTS = {
    "en": "3 questions, 2 answers, 1 contribution in Region (invented) 1; "
    "1 text on what you follow",
    "es": "3 preguntas, 2 respuestas, 1 aportación en Region (invented) 1; "
    "1 texto sobre lo que sigue",
    "fr": "3 questions, 2 réponses, 1 contribution dans Region (invented) 1 ; "
    "1 texte sur ce que vous suivez",
    "ar": "3 أسئلة، إجابتان، مساهمة واحدة في Region (invented) 1؛ نص واحد عما تتابعونه",
}
DIGEST = {
    "en": [
        *("New for you, 7 January 2030", "Questions that you may have an answer to"),
        *("no answer yet", "In common with you: Georgia", "Question"),
        *("Only the 3 members of", "Your saved search “census”"),
        *("You get this every day on which there is something new.", "Choose what you are mailed"),
        *("Please do not forward this mail", "Stop the digest", "and 1 more discussion"),
    ],
    "es": [
        *(
            "Novedades para usted, 7 de enero de 2030",
            "Preguntas para las que quizá tenga respuesta",
        ),
        *("sin respuesta todavía", "En común con usted: Georgia", "Pregunta"),
        *("Su búsqueda guardada «census»", "Lo recibe cada día en que hay novedades."),
        *("Elegir qué correos recibe", "No reenvíe este correo", "Dejar de recibir el resumen"),
        "y 1 debate más",
    ],
    "fr": [
        *(
            "Du nouveau pour vous, 7 janvier 2030",
            "Des questions auxquelles vous pourriez répondre",
        ),
        *("pas encore de réponse", "En commun avec vous : Géorgie", "Question"),
        *("Votre recherche enregistrée « census »", "chaque jour où il y a du nouveau."),
        *("Choisir les courriels que vous recevez", "Merci de ne transférer ce courriel"),
        *("Ne plus recevoir le résumé", "et encore 1 discussion"),
    ],
    "ar": [
        *("الجديد لكم", "7 يناير", "أسئلة قد تكون لديكم إجابة عنها", "لا رد بعد"),
        *("ما يجمعكم به: جورجيا", "بحثكم المحفوظ «census»", "يصلكم هذا كل يوم يوجد فيه جديد."),
        *("اختيار ما يصلكم من رسائل", "يرجى عدم إعادة توجيه هذه الرسالة", "إيقاف الملخص"),
        "ونقاش آخر",
    ],
}
AT_ONCE = {
    "en": [
        *("mentions you in “Una pregunta (inventada)”", "To answer, open the thread:"),
        *(
            "You get this mail at once because you are mentioned.",
            "No more mail about this thread:",
        ),
    ],
    "es": [
        *("le menciona en «Una pregunta (inventada)»", "Para responder, abra el hilo:"),
        *("porque se le menciona.", "No recibir más correos sobre este hilo:"),
    ],
    "fr": [
        *("vous mentionne dans « Una pregunta (inventada) »", "Pour répondre, ouvrez le fil :"),
        *("parce que l’on vous y mentionne.", "Ne plus recevoir de courriels sur ce fil :"),
    ],
    "ar": [
        *("في «Una pregunta (inventada)»", "للإجابة، افتحوا النقاش:"),
        *("لأنه ورد ذكركم.", "إيقاف الرسائل عن هذا النقاش:"),
    ],
}
# Words of the interface that must not stand in a mail of another language.
ENGLISH = re.compile(
    r"\b(New for you|Questions that|answer yet|saved search|You get|Choose what|Stop the|"
    r"Please do not|Only the|mentions you|To answer|No more|more post|more discussion|Open the)"
)


@kept
def group():
    return groups.community("Region (invented)", visibility="members")


@pytest.fixture(params=["en", "es", "fr", "ar"])
def reader(request, vocabulary, group):
    user = groups.member_of(group, "GEO", language=request.param)
    MailChoice.objects.create(user=user, rhythm="daily")
    return user


def plain(text):
    """Without the spaces that keep a mark at its word, and without marks of direction."""
    for mark, instead in (("\u00a0", " "), ("\u202f", " "), ("\u2068", ""), ("\u2069", "")):
        text = text.replace(mark, instead)
    return text


def numbered(text, group):
    return text.replace("Region (invented) 1", group.name)


def test_a_digest(monkeypatch, settings, group, reader):
    settings.SEARCH_LAYERS = ["words", "vocabulary"]
    monkeypatch.setattr(digest, "MOST_THREADS", 2)
    author = groups.member_of(group, "CHL")
    saved.save(reader, Search("census"), reader.language)
    groups.thread(group, author, "Talk (invented)", kind="discussion")
    groups.thread(group, author, "¿Qué hace Georgia? (inventada)", language="es")
    answered = groups.thread(group, author, "Une question (inventée)", language="fr")
    for each in range(2):
        groups.reply(answered, groups.member_of(group, "KEN") if not each else author)
    groups.thread(group, author, "سؤال (مختلق)", language="ar")
    factories.practice("Un censo (inventado) census", language="es")
    (mail,) = [mail for mail in digests(MONDAY) if mail.to == [reader.email]]
    assert plain(mail.subject) == numbered(SUBJECTS[reader.language], group)
    html = html_of(mail)
    # The name of the language is what tells a screen reader how to speak.
    direction = "rtl" if reader.language == "ar" else "ltr"
    assert f'<html lang="{reader.language}" dir="{direction}">' in html
    assert '<bdi lang="es" dir="ltr">' in html
    assert '<bdi lang="ar" dir="rtl">' in html
    for text in (plain(mail.body), plain(html)):
        missing = [phrase for phrase in DIGEST[reader.language] if phrase not in text]
        assert missing == [], text
        for title in ("¿Qué hace Georgia? (inventada)", "سؤال (مختلق)", "Un censo (inventado)"):
            assert title in text
        assert reader.language == "en" or not ENGLISH.search(text)


def test_a_mail_at_once(group, reader):
    author = groups.member_of(group, "CHL")
    groups.thread(group, author, "Una pregunta (inventada)", language="es", mentioned=[reader.pk])
    (mail,) = told_at_once()
    text = plain(mail.body)
    assert [phrase for phrase in AT_ONCE[reader.language] if phrase not in text] == []
    assert reader.language == "en" or not ENGLISH.search(text + html_of(mail))
    assert '<h1 lang="es" dir="ltr">Una pregunta (inventada)</h1>' in html_of(mail)
    assert f"/{reader.language}/communities/" in mail.body


@pytest.mark.parametrize("language", ["es", "fr", "ar"])
def test_the_pages_are_in_their_reader_s_language(client, group, language):
    person = groups.member_of(group, "GEO")
    Follow.objects.create(user=person, kind="country", code="GEO")
    client.force_login(person)
    page = client.get(f"/{language}/communities/mail/").content.decode()
    assert not re.search(r"What you follow|Mail and alerts|Private feeds|Stop following", page)
