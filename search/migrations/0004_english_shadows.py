"""The English form of passages in other languages, and how it was made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0003_weight_and_whole")]

    operations = [
        migrations.AddField(
            model_name="passage",
            name="english",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="passage",
            name="shadow_recipe",
            field=models.CharField(blank=True, db_index=True, default="", max_length=100),
            preserve_default=False,
        ),
    ]
