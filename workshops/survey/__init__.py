"""Surveys after a workshop: built by the secretariat, answered by link, told without anybody."""
