"""The four languages of the site exist from the first migration on."""

from django.db import migrations

LANGUAGES = ["en", "es", "fr", "ar"]


def create_locales(apps, schema_editor):
    Locale = apps.get_model("wagtailcore", "Locale")
    for code in LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_images_and_classification")]

    operations = [migrations.RunPython(create_locales, migrations.RunPython.noop)]
