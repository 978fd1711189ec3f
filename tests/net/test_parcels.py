#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""truced-net --deliver against real receivers of HTTP and SMTP: what they get, and what it makes of their answers. Run by
`origin.py run`."""
import email
import os
import socket
import struct
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from gi.repository import GLib  # noqa: E402
from receivers import HttpReceiver, SmtpReceiver, free_port  # noqa: E402
from test_net import ANSWERED, BROKEN, FAILED, FETCH, READY, REFUSED, SECOND, Net  # noqa: E402

DELIVER, DELIVERED = 10, 11
PLAIN = 1  # of DELIVER's flags
CERTIFICATE = os.environ["ORIGIN_CA"].removesuffix("ca.pem") + "good"
MESSAGE = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n\r\nOne\r\n.Two\r\n..\r\nThree\r\n"


class Deliverer(Net):
    def __init__(self, *options, **more):
        super().__init__("--deliver", *options, **more)

    def read(self):
        length, kind = struct.unpack("<II", self.receive(8))
        form = GLib.VariantType("(us)" if kind == READY else "(tuussxb)")
        payload = GLib.Variant.new_from_bytes(form, GLib.Bytes(self.receive(length)), False)
        assert payload.is_normal_form()
        if kind == READY:
            return kind, payload.unpack()
        assert kind == DELIVERED, kind
        return kind, dict(zip(("request", "result", "status", "error", "said", "retry_after", "ours"), payload.unpack()))

    def ask(self, url, body=b"{}", method="POST", headers=(), user="", password="", sender="", to=(), timeout=20000, flags=0):
        self.number += 1
        payload = GLib.Variant("(tssassssasuuay)", (self.number, method, url, list(headers), user, password, sender, list(to), timeout,
                                                   flags, list(body)))
        self.send(DELIVER, payload.get_data_as_bytes().get_data())
        return self.number

    def deliver(self, url, **more):
        number = self.ask(url, **more)
        kind, answer = self.read()
        assert answer["request"] == number
        return answer

    def mail(self, port, to=("b@example.org",), scheme="smtp", host="localhost", body=MESSAGE, **more):
        return self.deliver(f"{scheme}://{host}:{port}", method="MAIL", sender="a@example.org", to=to, body=body, **more)


class TestParcels(unittest.TestCase):
    def setUp(self):
        self.net = self.enterContext(Deliverer())

    def start(self, receiver):
        self.addCleanup(receiver.stop)
        return receiver

    # --- HTTP ---

    def test_a_request_arrives_as_it_is_meant(self):
        receiver = self.start(HttpReceiver())
        body = '{"title":"Zölle – 关税"}'.encode()
        answer = self.net.deliver(receiver.url + "/hook?x=1", body=body,
                                  headers=["Content-Type: application/json", "Idempotency-Key: 1234"])
        self.assertEqual((answer["result"], answer["status"], answer["error"]), (ANSWERED, 200, ""))
        request = receiver.requests[0]
        self.assertEqual((request.method, request.path, request.body), ("POST", "/hook?x=1", body))
        self.assertEqual((request.headers["Content-Type"], request.headers["Idempotency-Key"]), ("application/json", "1234"))
        self.assertRegex(request.headers["User-Agent"], r"^truced/[0-9.]+ \(")
        for absent in ("Expect", "Cookie", "Referer", "Authorization", "Transfer-Encoding"):
            self.assertIsNone(request.headers[absent], absent)
        self.net.deliver(receiver.url + "/again", method="PUT", body=b"")
        self.assertEqual((receiver.requests[1].method, receiver.requests[1].body), ("PUT", b""))

    def test_what_is_answered_is_told(self):
        receiver = self.start(HttpReceiver())
        receiver.script = [(429, {"Retry-After": "7"}, b"slow\r\ndown\x1b[31m"), (500, {}, b"x" * 100000), (404, {}, b""),
                           (302, {"Location": receiver.url + "/elsewhere"}, b"")]
        answer = self.net.deliver(receiver.url)
        self.assertEqual((answer["status"], answer["retry_after"], answer["said"]), (429, 7 * SECOND, "slow down[31m"))
        answer = self.net.deliver(receiver.url)
        self.assertEqual((answer["status"], answer["said"]), (500, "x" * 300))
        self.assertEqual(self.net.deliver(receiver.url)["status"], 404)
        self.assertEqual(self.net.deliver(receiver.url)["status"], 302)
        self.assertEqual(len(receiver.requests), 4, "nothing that is sent goes where it was not sent to")

    def test_lines_cannot_be_broken(self):
        receiver = self.start(HttpReceiver())
        for headers in (["A: b\r\nCookie: c"], ["A: b\nB: c"], [""]):
            self.assertEqual(self.net.deliver(receiver.url, headers=headers)["result"], REFUSED)
        self.assertEqual(self.net.deliver(receiver.url, method="DELETE")["result"], REFUSED)
        self.assertEqual(self.net.deliver("file:///etc/passwd")["result"], REFUSED)
        self.assertNotEqual(self.net.deliver("ftp://127.0.0.1/")["result"], ANSWERED)
        self.assertEqual(receiver.requests, [])
        server = self.start(SmtpReceiver())
        self.assertEqual(self.net.mail(server.port, to=["b@example.org>\r\nRCPT TO:<c@example.org"], flags=PLAIN)["result"], REFUSED)
        self.assertEqual(server.mails, [])

    def test_nobody_there(self):
        answer = self.net.deliver(f"http://127.0.0.1:{free_port()}/secret")
        self.assertEqual((answer["result"], answer["error"]), (FAILED, "connection refused by 127.0.0.1"))
        answer = self.net.mail(free_port(), flags=PLAIN)
        self.assertEqual((answer["result"], answer["error"]), (FAILED, "connection refused by localhost"))

    def test_one_that_is_slow_holds_up_no_other(self):
        receiver = self.start(HttpReceiver())
        gate = threading.Event()
        self.addCleanup(gate.set)

        def wait(request):
            gate.wait(20)
            return 200, {}, b""

        receiver.script = [wait]
        slow = self.net.ask(receiver.url + "/slow")
        receiver.wait(1)
        begin = time.monotonic()
        self.net.ask(receiver.url + "/quick")
        self.assertEqual(self.net.read()[1]["request"], slow + 1)
        self.assertLess(time.monotonic() - begin, 5)
        gate.set()
        self.assertEqual(self.net.read()[1]["request"], slow)

    def test_a_timeout_of_its_own(self):
        receiver = self.start(HttpReceiver())
        receiver.script = [lambda request: time.sleep(3) or (200, {}, b"")]
        answer = self.net.deliver(receiver.url, timeout=300)
        self.assertEqual((answer["result"], answer["error"]), (BROKEN, "timed out after 300 ms without an answer"))

    def test_tls_is_verified(self):
        receiver = self.start(HttpReceiver(certificate=CERTIFICATE))
        self.assertEqual(self.net.deliver(f"https://localhost:{receiver.port}/")["status"], 200)
        wrong = self.start(HttpReceiver(certificate=CERTIFICATE.removesuffix("good") + "wrong"))
        answer = self.net.deliver(f"https://localhost:{wrong.port}/")
        self.assertEqual((answer["result"], answer["error"]), (FAILED, "certificate is not valid for localhost"))
        self.assertEqual(wrong.requests, [])

    def test_it_fetches_nothing_and_the_other_delivers_nothing(self):
        with self.assertRaises(AssertionError), Deliverer() as net:
            net.send(FETCH, GLib.Variant("(tsssbu)", (1, "http://127.0.0.1/", "", "", True, 0)).get_data_as_bytes().get_data())
            self.assertEqual(net.socket.recv(1), b"")
        with self.assertRaises(AssertionError), Net() as net:
            payload = GLib.Variant("(tssassssasuuay)", (1, "POST", "http://127.0.0.1/", [], "", "", "", [], 1, 0, []))
            net.send(DELIVER, payload.get_data_as_bytes().get_data())
            self.assertEqual(net.socket.recv(1), b"")

    # --- SMTP ---

    def test_a_mail_arrives_byte_for_byte(self):
        server = self.start(SmtpReceiver())
        answer = self.net.mail(server.port, to=["b@example.org", "c@example.org"], flags=PLAIN)
        self.assertEqual((answer["result"], answer["status"], answer["error"]), (ANSWERED, 250, ""))
        mail = server.mails[0]
        self.assertEqual((mail.sender, mail.recipients, mail.by_tls), ("a@example.org", ["b@example.org", "c@example.org"], False))
        self.assertEqual(email.message_from_bytes(mail.content).get_payload(), "One\r\n.Two\r\n..\r\nThree\r\n")

    def test_mail_goes_by_tls_or_not_at_all(self):
        for at_once, scheme in ((False, "smtp"), (True, "smtps")):
            server = self.start(SmtpReceiver(certificate=CERTIFICATE, at_once=at_once))
            self.assertEqual(self.net.mail(server.port, scheme=scheme)["status"], 250)
            self.assertTrue(server.mails[0].by_tls)
        bare = self.start(SmtpReceiver())
        answer = self.net.mail(bare.port)
        self.assertNotEqual(answer["result"], ANSWERED)
        self.assertEqual(answer["error"], "localhost offers no STARTTLS")
        wrong = self.start(SmtpReceiver(certificate=CERTIFICATE.removesuffix("good") + "wrong"))
        self.assertIn("certificate", self.net.mail(wrong.port)["error"])
        self.assertEqual((bare.mails, wrong.mails), ([], []))

    def test_a_login(self):
        server = self.start(SmtpReceiver(certificate=CERTIFICATE, login=("me", "p:ä ss")))
        self.assertEqual(self.net.mail(server.port, user="me", password="p:ä ss")["status"], 250)
        self.assertEqual(server.logins[0][1:], ("me", "p:ä ss"))
        answer = self.net.mail(server.port, user="me", password="wrong")
        self.assertEqual((answer["result"], answer["status"], answer["ours"]), (ANSWERED, 535, False))
        answer = self.net.mail(server.port)
        self.assertEqual((answer["result"], answer["status"]), (ANSWERED, 530))
        self.assertEqual(len(server.mails), 1)

    def test_what_a_server_refuses(self):
        server = self.start(SmtpReceiver())
        for where, reply, status in (("MAIL", "451 4.3.0 later", 451), ("MAIL", "550 5.7.1 not you", 550),
                                     ("RCPT b@example.org", "550 5.1.1 who?", 550), ("DATA", "452 4.2.2 full", 452),
                                     ("DATA", "554 5.6.0 spam", 554)):
            server.refuse = {where: reply}
            answer = self.net.mail(server.port, flags=PLAIN)
            self.assertEqual((answer["result"], answer["status"], answer["said"], answer["ours"]), (ANSWERED, status, reply, True))
        server.refuse = {"RCPT c@example.org": "550 5.1.1 who?"}
        self.assertEqual(self.net.mail(server.port, to=["c@example.org", "b@example.org"], flags=PLAIN)["status"], 250)
        self.assertEqual([mail.recipients for mail in server.mails], [["b@example.org"]])

    def test_a_server_that_does_not_want_us_at_all(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        for greeting, result, status, error in ((b"554 go away\r\n", ANSWERED, 554, ""), (b"SSH-2.0-x\r\n", BROKEN, 0, "localhost"),
                                                (b"", BROKEN, 0, "localhost")):
            def serve(greeting=greeting):
                client, _ = listener.accept()
                with client:
                    client.sendall(greeting)

            thread = threading.Thread(target=serve)
            thread.start()
            answer = self.net.mail(listener.getsockname()[1], flags=PLAIN)
            thread.join()
            self.assertEqual((answer["status"], answer["ours"]), (status, False), answer)
            self.assertIn(error, answer["error"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
