"""A real post office on this machine: SMTP takes mail into mailboxes, IMAP reads them.

There are two boxes, each on a server of its own: "site" gets what goes to the domain of answers,
"member" everything else.
"""

import datetime
import ipaddress
import select
import smtplib
import socket
import ssl
import subprocess
import sys
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from imap_tools import MailBoxUnencrypted

from tests.communities.inbound.letters import DOMAIN
from tests.site_server import eventually, free_address

PASSWORD = "a/secret@of the suite"
BOXES = ("site", "member")


@dataclass
class PostOffice:
    """Where its servers are."""

    smtp: tuple[str, int]
    imap: dict[str, tuple[str, int]]  # plain, and TLS when asked for
    imaps: tuple[str, int]  # of the site, TLS from the first byte
    certificate: Path

    def url(self, scheme="imaps", password=PASSWORD, folder="INBOX"):
        host, port = self.imaps if scheme == "imaps" else self.imap["site"]
        return f"{scheme}://site:{quote(password, safe='')}@{host}:{port}/{folder}"

    def send(self, raw, sender, *recipients):
        """Hand a mail to the server as a mail program does."""
        with smtplib.SMTP(*self.smtp) as server:
            server.sendmail(sender, recipients, raw)

    @contextmanager
    def box(self, name="member"):
        """The mailbox of somebody, as a mail program sees it."""
        with MailBoxUnencrypted(*self.imap[name]).login(name, PASSWORD) as inside:
            yield inside

    def subjects(self, folder="INBOX"):
        with self.box("site") as inside:
            if not inside.folder.exists(folder):
                return []
            inside.folder.set(folder)
            return [mail.subject for mail in inside.fetch(mark_seen=False)]


class Delivery:
    """Puts each mail into the box of its recipients, as a mail server does."""

    def __init__(self, imap):
        self.imap = imap

    async def handle_DATA(self, server, session, envelope):
        for recipient in envelope.rcpt_tos:
            name = "site" if recipient.lower().endswith(f"@{DOMAIN}") else "member"
            head = f"Return-Path: <{envelope.mail_from or ''}>\r\nDelivered-To: {recipient}\r\n"
            with MailBoxUnencrypted(*self.imap[name]).login(name, PASSWORD) as inside:
                inside.append(head.encode() + envelope.original_content)
        return "250 OK"


@contextmanager
def opened(folder):
    """Run all servers; what they hold goes with them."""
    folder.mkdir(parents=True, exist_ok=True)
    certificate, key = certified(folder)
    with ExitStack() as stack:
        imap = {name: split(free_address()) for name in BOXES}
        for name, address in imap.items():
            stack.enter_context(imap_server(folder, name, address, certificate, key))
        smtp = split(free_address())
        controller = Controller(Delivery(imap), hostname=smtp[0], port=smtp[1])
        controller.start()
        stack.callback(controller.stop)
        imaps = stack.enter_context(wrapped(imap["site"], certificate, key))
        yield PostOffice(smtp, imap, imaps, certificate)


def split(address):
    host, _colon, port = address.partition(":")
    return host, int(port)


@contextmanager
def imap_server(folder, name, address, certificate, key):
    log = (folder / f"{name}.log").open("w")
    command = "from pymap.main import main; raise SystemExit(main())"
    where = ["--host", address[0], "--port", str(address[1])]
    safe = ["--cert", str(certificate), "--key", str(key)]
    whose = ["dict", "--demo-user", name, "--demo-password", PASSWORD]
    process = subprocess.Popen(
        [sys.executable, "-c", command, *where, *safe, *whose], stdout=log, stderr=log
    )
    try:
        eventually(lambda: is_open(address), "the IMAP server answers")
        yield
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def is_open(address):
    try:
        socket.create_connection(address, timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def wrapped(address, certificate, key):
    """TLS from the first byte before a server that speaks without it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                outside, _address = listener.accept()
            except OSError:
                return
            threading.Thread(target=join, args=(outside,), daemon=True).start()

    def join(outside):
        try:
            with (
                context.wrap_socket(outside, server_side=True) as safe,
                socket.create_connection(address) as inside,
            ):
                other = {safe: inside, inside: safe}
                while True:
                    ready = [safe] if safe.pending() else select.select(other, [], [], 60)[0]
                    for each in ready:
                        content = each.recv(65536)
                        if not content:
                            return
                        other[each].sendall(content)
        except OSError:
            return

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def certified(folder):
    """A certificate for 127.0.0.1 that signs itself, and its key; both for some hours."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Invented for a test")])
    now = datetime.datetime.now(datetime.UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=12))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, private
