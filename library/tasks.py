"""What the worker does for files."""

from django_tasks import task

from library.extract import read_file
from library.models import LibraryFile


@task()
def read_uploaded_file(file_id: int) -> None:
    """Read the text of a file; nothing happens if it is gone or was read already."""
    file = LibraryFile.objects.filter(pk=file_id).first()
    if file is not None:
        read_file(file)
