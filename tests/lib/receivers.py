# SPDX-License-Identifier: MIT
"""Receivers of alerts on loopback, for tests: one of HTTP requests, and a real SMTP server. Each keeps what it was sent."""

import contextlib
import dataclasses
import http.server
import socket
import ssl
import threading
import time

PATIENCE = 20


@dataclasses.dataclass
class Request:
    method: str
    path: str
    headers: object  # an email.message.Message: names in any case
    body: bytes
    at: float


class HttpReceiver:
    """Answers by `script`, a list of (status, headers, body) or functions of the request that give one, each used once; then by 200."""

    def __init__(self, port=0, certificate=None):
        self.requests, self.script, self.lock = [], [], threading.Lock()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                length = int(self.headers.get("Content-Length", 0))
                request = Request(self.command, self.path, self.headers, self.rfile.read(length), time.monotonic())
                with receiver.lock:
                    receiver.requests.append(request)
                    step = receiver.script.pop(0) if receiver.script else (200, {}, b"ok")
                status, headers, body = step(request) if callable(step) else step
                with contextlib.suppress(OSError):  # who asked may have gone
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

            do_POST = do_PUT = do_GET = answer

            def log_message(self, *arguments):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            allow_reuse_address = True

            def handle_error(self, *arguments):
                pass

        self.server = Server(("127.0.0.1", port), Handler)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(f"{certificate}.pem", f"{certificate}.key")
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def stop(self):
        self.server.shutdown()
        self.thread.join(PATIENCE)
        self.server.server_close()

    def wait(self, count, patience=PATIENCE):
        """The first so many requests, once there are so many."""
        end = time.monotonic() + patience
        while len(self.requests) < count:
            assert time.monotonic() < end, f"{len(self.requests)} requests of {count} within {patience} s"
            time.sleep(0.02)
        return self.requests[:count]


class SmtpReceiver:
    """aiosmtpd: with `certificate` it offers STARTTLS, or with `at_once` begins with TLS; with `login` (user, password) it takes mail
    from nobody else, under TLS. `refuse` maps a command or recipient to the reply that it gets, as "RCPT a@example.org": "550 5.1.1 who?"; `said` is what a login that
    fails is told."""

    def __init__(self, port=0, certificate=None, at_once=False, login=None):
        from aiosmtpd.controller import Controller
        from aiosmtpd.smtp import SMTP, AuthResult

        self.mails, self.refuse, self.logins, self.said = [], {}, [], None
        receiver = self
        context = None
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(f"{certificate}.pem", f"{certificate}.key")

        class Handler:
            async def handle_MAIL(self, server, session, envelope, address, options):
                if "MAIL" in receiver.refuse:
                    return receiver.refuse["MAIL"]
                envelope.mail_from = address
                return "250 OK"

            async def handle_RCPT(self, server, session, envelope, address, options):
                reply = receiver.refuse.get(f"RCPT {address}")
                if reply:
                    return reply
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope):
                if "DATA" in receiver.refuse:
                    return receiver.refuse["DATA"]
                receiver.mails.append(Mail(envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content,
                                           session.ssl is not None or at_once))
                return "250 Message accepted for delivery"

        def authenticate(server, session, envelope, mechanism, data):
            receiver.logins.append((mechanism, data.login.decode(), data.password.decode()))
            return AuthResult(success=(data.login.decode(), data.password.decode()) == login, handled=False, message=receiver.said)

        class Server(Controller):
            def factory(self):
                options = {"authenticator": authenticate, "auth_required": True} if login else {}
                if context and not at_once:
                    options["tls_context"] = context
                else:
                    options["auth_require_tls"] = False
                return SMTP(self.handler, hostname="mail.test", **options)

        port = port or free_port()
        self.port = port
        self.controller = Server(Handler(), hostname="127.0.0.1", port=port, ssl_context=context if at_once else None)
        self.controller.start()

    def stop(self):
        self.controller.stop()

    def wait(self, count, patience=PATIENCE):
        end = time.monotonic() + patience
        while len(self.mails) < count:
            assert time.monotonic() < end, f"{len(self.mails)} mails of {count} within {patience} s"
            time.sleep(0.02)
        return self.mails[:count]


@dataclasses.dataclass
class Mail:
    sender: str
    recipients: list
    content: bytes
    by_tls: bool


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
