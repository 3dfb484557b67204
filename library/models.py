"""Files that people upload."""

from wagtail.documents.models import AbstractDocument, Document


class LibraryFile(AbstractDocument):
    """A PDF or Word file with the text that was read from it."""

    admin_form_fields = Document.admin_form_fields
