"""Mail that cannot wait for the digest: somebody is mentioned, or has got an answer."""

from django_tasks import task


@task()
def tell() -> None:
    """Send what waits to be told at once; safe to run at any time."""
