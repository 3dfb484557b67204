"""Mails byte by byte, for tests of how they are read."""

HEAD = b"From: a@example.org\r\nTo: b@example.org\r\nMessage-ID: <1@example.org>\r\n"


def part(content, kind="text/plain", charset="utf-8", encoding="8bit", more=""):
    head = f"Content-Type: {kind}; charset={charset}{more}\r\nContent-Transfer-Encoding: {encoding}"
    return head.encode() + b"\r\n\r\n" + content


def several(*parts, kind="mixed", mark="xx"):
    body = b"".join(f"--{mark}\r\n".encode() + each + b"\r\n" for each in parts)
    head = f"Content-Type: multipart/{kind}; boundary={mark}\r\n\r\n"
    return head.encode() + body + f"--{mark}--\r\n".encode()
