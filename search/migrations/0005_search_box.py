"""Saved searches, and questions without an answer."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("search", "0004_english_shadows"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchGap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(db_index=True, verbose_name="day")),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                ("country", models.CharField(blank=True, max_length=3, verbose_name="country")),
                ("filters", models.JSONField(default=list)),
                ("concepts", models.JSONField(default=list)),
                ("words", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "question without an answer",
                "verbose_name_plural": "questions without an answer",
                "ordering": ["-day", "-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("query", models.TextField(blank=True)),
                ("filters", models.JSONField(default=dict)),
                ("country", models.CharField(blank=True, max_length=3)),
                ("sort", models.CharField(blank=True, max_length=20)),
                ("language", models.CharField(max_length=12)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("seen_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved search",
                "verbose_name_plural": "saved searches",
                "ordering": ["-created_at", "-pk"],
            },
        ),
    ]
