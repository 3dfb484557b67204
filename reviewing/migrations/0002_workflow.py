"""The workflow "Practices" for the lists of practices that are there already."""

from django.db import migrations

STEPS = (
    ("PeerReviewTask", "Review by peers"),
    ("ClearanceTask", "Clearance by the institution"),
    ("PublicationTask", "Publication by the secretariat"),
)


def make(apps, schema_editor):
    content_types = apps.get_model("contenttypes", "ContentType")
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name="Practices")
    steps = apps.get_model("wagtailcore", "WorkflowTask")
    for place, (model, name) in enumerate(STEPS):
        kind, _new = content_types.objects.get_or_create(
            app_label="reviewing", model=model.lower()
        )
        task = apps.get_model("reviewing", model).objects.create(name=name, content_type=kind)
        steps.objects.create(workflow=workflow, task_id=task.pk, sort_order=place)
    pages = apps.get_model("wagtailcore", "WorkflowPage")
    lists = apps.get_model("practices", "PracticeIndexPage").objects.values_list("pk", flat=True)
    taken = set(pages.objects.values_list("page_id", flat=True))
    for pk in set(lists) - taken:
        pages.objects.create(page_id=pk, workflow=workflow)


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("reviewing", "0001_reviewing"),
    ]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
