"""Asking, answering, editing: threads and posts on the site."""
