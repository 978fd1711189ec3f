#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Sinks of kind mail, with a real SMTP server: what arrives, read by Python's email package; TLS, logins, and what a server refuses."""
import base64
import email
import email.policy
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from sink_case import KINDS, SinkCase

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
import origin  # noqa: E402
from receivers import SmtpReceiver, free_port  # noqa: E402

TRUCED = os.environ["TRUCED"]
SECRET = "s3cr3t that nobody sees"


class Mail(SinkCase):
    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="truced-mail-"))
        origin.make_certificates(folder)
        cls.good, cls.wrong = f"{folder}/good", f"{folder}/wrong"
        os.environ["SSL_CERT_FILE"] = f"{folder}/ca.pem"

    def start(self, **options):
        server = SmtpReceiver(**options)
        self.addCleanup(server.stop)
        return server

    def use(self, server, *lines):
        self.configure("alert-to = stdout post", "\n".join(
            ["[sink post]", "kind = mail", f"server = {server}", "from = Wächter <truced@example.org>", "to = me@example.org, you@example.org", *lines]))

    def secret(self, text=SECRET, mode=0o600):
        path = self.folder / "secret"
        path.write_text(text + "\n")
        path.chmod(mode)
        return f"file:{path}"

    def one(self, kind="lead"):
        """How the delivery of one alert ends, and why."""
        return self.send("post", kind)[0][1::2]

    def test_every_alert_arrives(self):
        records = self.records()
        server = self.start(certificate=self.good)
        self.use(f"smtp://localhost:{server.port}")
        self.assert_all(self.send("post"), "done")
        self.assertEqual(len(server.mails), len(KINDS))
        for mail, record in zip(server.mails, records):
            self.assertEqual((mail.sender, mail.recipients, mail.by_tls), ("truced@example.org", ["me@example.org", "you@example.org"], True))
            message = email.message_from_bytes(mail.content, policy=email.policy.default)
            self.assertFalse(message.defects)
            self.assertEqual(message["Message-ID"], f"<{record['id']}.truced@example.org>")
            self.assertEqual((message["X-Truced-Kind"], message["Auto-Submitted"]), (record["kind"], "auto-generated"))
            self.assertEqual(message["From"].addresses[0].display_name, "Wächter")
            text = message.get_content()
            self.assertEqual(text.splitlines()[0], str(message["Subject"]))
            self.assertIn(f"trucectl ack {record['id'][:8]}", text)
            for line in record["body"].splitlines():
                if line.isprintable():
                    self.assertIn(line, text)

    def test_tls_at_once_and_a_login(self):
        server = self.start(certificate=self.good, at_once=True)
        self.use(f"smtps://localhost:{server.port}")
        self.assertEqual(self.one(), ("done", ""))
        server = self.start(certificate=self.good, login=("me", SECRET))
        self.use(f"localhost:{server.port}", "user = me", f"password = {self.secret()}")
        self.assertEqual(self.one(), ("done", ""))
        self.secret("wrong")
        delivery, reason = self.one()
        self.assertEqual((delivery, reason[:8]), ("retry", "SMTP 535"))
        self.assertEqual(len(server.mails), 1)

    def test_a_login_that_a_server_repeats_is_not_told(self):
        server = self.start(certificate=self.good, login=("me", "another"))
        for user in ("a", "me", "you"):
            server.said = "535 5.7.8 nobody is " + base64.b64encode(f"\0{user}\0{SECRET}".encode()).decode()
            self.use(f"localhost:{server.port}", f"user = {user}", f"password = {self.secret()}")
            self.assertRegex(self.one()[1], r"^SMTP 535 5\.7\.8 nobody is \w{,7}\*\*\*\w?=*$")
        server.said = "535 5.7.8 nobody has " + base64.b64encode(SECRET.encode()).decode()
        self.assertRegex(self.one()[1], r"^SMTP 535 5\.7\.8 nobody has \*\*\*\w?=*$")

    def test_nothing_goes_without_tls_but_on_this_machine(self):
        server = self.start()
        self.use(f"localhost:{server.port}")
        self.assertEqual(self.one(), ("retry", "localhost offers no STARTTLS"))
        self.use(f"localhost:{server.port}", "tls = no")
        self.assertEqual(self.one(), ("done", ""))
        self.use("mail.example.org", "tls = no")
        self.check("only a server of this machine is spoken to without TLS")
        self.use("localhost", "tls = no", "user = me", "password = file:/x")
        self.check("a password is not sent without TLS")
        wrong = self.start(certificate=self.wrong)
        self.use(f"localhost:{wrong.port}")
        delivery, reason = self.one()
        self.assertEqual(delivery, "retry")
        self.assertIn("certificate", reason)
        self.assertEqual((len(server.mails), wrong.mails), (1, []))

    def test_what_a_server_says(self):
        server = self.start()
        self.use(f"127.0.0.1:{server.port}", "tls = no")
        for where, reply in (("MAIL", "451 4.3.0 later"), ("DATA", "452 4.2.2 full"), ("DATA", "554 5.6.0 spam")):
            server.refuse = {where: reply}
            self.assertEqual(self.one(), ("retry", f"SMTP {reply}"))
        server.refuse = {"RCPT you@example.org": "550 5.1.1 who?"}
        self.assertEqual(self.one(), ("done", ""))
        self.assertEqual(server.mails[0].recipients, ["me@example.org"])
        self.use(f"127.0.0.1:{free_port()}", "tls = no")
        self.assertEqual(self.one(), ("retry", "connection refused by 127.0.0.1"))

    # --- the configuration ---

    def check(self, *findings, status=1):
        result = subprocess.run([TRUCED, "--check", "--config", str(self.config)], capture_output=True, text=True, timeout=20, check=False)
        self.assertEqual(result.returncode, status, result.stderr)
        for finding in findings:
            self.assertIn(finding, result.stderr)
        return result.stderr

    def test_a_secret_is_not_repeated(self):
        self.use("localhost", "user = me", f"password = {SECRET}")
        self.assertNotIn(SECRET, self.check("a secret does not belong into a configuration"))
        self.use(f"smtp://me:{SECRET.replace(' ', '')}@localhost")
        self.assertNotIn("s3cr3t", self.check("does not belong into an address"))

    def test_what_is_missing(self):
        pathlib.Path(self.config).write_text("[truced]\nalert-to = post\n[sink post]\nkind = mail\n")
        self.check("server is missing", "from is missing", "to is missing")


if __name__ == "__main__":
    unittest.main(verbosity=2)
