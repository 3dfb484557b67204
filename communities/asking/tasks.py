"""What the worker does for questions."""

from django_tasks import task

from communities.asking.first import look


@task()
def look_for_first_answer(thread_id: int) -> None:
    """Look for what is known of a question; safe to run again, and for a thread that is gone."""
    look(thread_id)
