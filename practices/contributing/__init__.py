"""Writing a practice without the editor's interface; Wagtail keeps it underneath."""
