"""Whose acts are kept here: who signed off stays on the record, with an account without a name."""

from users.personal import Erasure, Personal, register

register(
    Personal("safeguarding.SignOff", ("by",), Erasure.KEEP),
    Personal("safeguarding.Answer", ("by",), Erasure.KEEP),
    Personal("safeguarding.Request", ("by",), Erasure.KEEP, blanked={"note": ""}),
)
