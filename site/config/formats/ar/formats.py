"""Arabic: Django has days and hours, but leaves the two together to the American order."""

DATETIME_FORMAT = "j F، Y، g:i A"
