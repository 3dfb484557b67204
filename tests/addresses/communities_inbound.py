"""What a provider of mail calls; nobody else, whoever they are."""

from tests.addresses.rows import NOBODY, Row

INBOUND = [Row("mail/in/", None, NOBODY)]
