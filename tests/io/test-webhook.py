#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Sinks of kind webhook: what a receiver gets in each form, how its answers are understood, and where secrets are from."""
import base64
import hashlib
import hmac
import json
import os
import re
import subprocess
import sys
import time
import unittest
import urllib.parse

from sink_case import SinkCase

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from receivers import HttpReceiver, free_port  # noqa: E402

TRUCED = os.environ["TRUCED"]
SECRET = "s3cr3t-that-nobody-sees"


class Webhook(SinkCase):
    def setUp(self):
        super().setUp()
        self.receiver = HttpReceiver()
        self.addCleanup(self.receiver.stop)

    def use(self, *lines, url=None):
        self.configure("alert-to = stdout hook",
                       "\n".join(["[sink hook]", "kind = webhook", f"url = {url or self.receiver.url + '/hook'}", *lines]))

    def secret(self, text=SECRET, mode=0o600, name="secret"):
        path = self.folder / name
        path.write_text(text + "\n")
        path.chmod(mode)
        return f"file:{path}"

    def bodies(self, *lines, url=None):
        """What is sent of every kind of alert, parsed; and the records beside it."""
        self.use(*lines, url=url)
        self.assert_all(self.send("hook"), "done")
        return [json.loads(request.body) for request in self.receiver.requests]

    def one(self, kind="lead"):
        """How the delivery of one alert ends, and why."""
        return self.send("hook", kind)[0][1::2]

    # --- the forms ---

    def test_json_is_the_record(self):
        records = self.records()
        self.assertEqual(self.bodies(), records)
        for request, record in zip(self.receiver.requests, records):
            self.assertEqual((request.method, request.path), ("POST", "/hook"))
            self.assertEqual(request.headers["Content-Type"], "application/json")
            self.assertEqual(request.headers["Idempotency-Key"], record["id"])

    def test_slack(self):
        records = self.records()
        for body, record in zip(self.bodies("format = slack"), records):
            head, *rest = body["blocks"]
            self.assertEqual((head["type"], head["text"]["type"]), ("header", "plain_text"))
            self.assertLessEqual(len(head["text"]["text"]), 150)
            self.assertEqual(rest[-1]["type"], "context")
            self.assertIn(record["id"][:8], rest[-1]["elements"][0]["text"])
            for block in rest:
                if block["type"] == "section":
                    self.assertTrue(block["text"]["verbatim"])
                    self.assertLessEqual(len(block["text"]["text"]), 3000)
                    self.assertIsNone(re.search("[<>]|&(?!amp;|lt;|gt;)", block["text"]["text"]))
            self.assertIsNone(re.search("[<>]", body["text"]))
            self.assertLessEqual(len(body["text"]), 2000)
            text = body["text"].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").splitlines()
            self.assertEqual(text[0], self.clean(record["title"]))
            if "url" in record:
                self.assertEqual(text[-1], record["url"])
            buttons = [block["elements"][0]["url"] for block in rest if block["type"] == "actions"]
            self.assertEqual(buttons, [record["url"]] if "url" in record else [])

    def test_mattermost(self):
        records = self.records()
        for body, record in zip(self.bodies("format = mattermost"), records):
            self.assertEqual(list(body), ["text"])
            self.assertLessEqual(len(body["text"]), 16383)
            self.assertIn(record["id"][:8], body["text"])
            # With the marks undone it is the title.
            self.assertEqual(re.sub(r"\\(.)", r"\1", body["text"].splitlines()[0]).replace("\u200b", ""),
                             f"**{self.clean(record['title'])}**")

    def test_ntfy(self):
        records = self.records()
        for body, record, request in zip(self.bodies("format = ntfy", url=self.receiver.url + "/sub/my-topic"), records,
                                         self.receiver.requests):
            self.assertEqual((request.path, body["topic"]), ("/sub/", "my-topic"))
            self.assertEqual(body["title"], self.clean(record["title"]))
            self.assertEqual(body["priority"], {"low": 2, "normal": 3, "critical": 5}[record["urgency"]])
            self.assertIn(record["kind"], body["tags"])
            self.assertTrue(body["message"])
            self.assertEqual(body.get("click"), record.get("url"))

    def test_matrix(self):
        records = self.records()
        token = self.secret()
        for body, record, request in zip(self.bodies("format = matrix", "room = !abc:example.org", f"token = {token}",
                                                     url=self.receiver.url), records, self.receiver.requests):
            self.assertEqual((request.method, request.path), (
                "PUT", f"/_matrix/client/v3/rooms/%21abc%3Aexample.org/send/m.room.message/{record['id']}"))
            self.assertEqual(request.headers["Authorization"], f"Bearer {SECRET}")
            self.assertEqual(body["msgtype"], "m.notice" if record["urgency"] == "low" else "m.text")
            self.assertEqual(body["m.mentions"], {})
            self.assertTrue(body["body"].startswith(self.clean(record["title"])))
            self.assertNotIn("<script", body["formatted_body"])
            self.assertEqual(len(re.findall("<(?!/|strong>|br>|em>|a href=\"[^\"<>]*\">)", body["formatted_body"])), 0)

    def test_alertmanager(self):
        records = self.records()
        for body, record, request in zip(self.bodies("format = alertmanager", url=self.receiver.url + "/am"), records,
                                         self.receiver.requests):
            self.assertEqual(request.path, "/am/api/v2/alerts")
            [alert] = body
            self.assertEqual(alert["labels"]["id"], record["id"])
            self.assertEqual(alert["labels"]["severity"], {"low": "info", "normal": "warning", "critical": "critical"}[record["urgency"]])
            self.assertEqual(alert["annotations"]["summary"], self.clean(record["title"]))
            self.assertEqual(alert["startsAt"], record["raised"])
            ends = time.mktime(time.strptime(alert["endsAt"][:19], "%Y-%m-%dT%H:%M:%S")) - time.timezone
            self.assertLess(abs(ends - time.time() - 3600), 60)
        self.assertEqual(body[0]["labels"]["alertname"], "TrucedTest")

    def clean(self, text):
        return " ".join(re.sub("[\x00-\x1f\x7f-\x9f]", lambda c: " " if c[0].isspace() else "", text).split())

    # --- answers ---

    def test_what_an_answer_means(self):
        self.use()
        for status, body, delivery, reason in ((200, b"", "done", ""), (202, b"", "done", ""), (204, b"", "done", ""),
                                               (404, b"no_service", "retry", "HTTP 404: no_service"),
                                               (500, b"", "retry", "HTTP 500"),
                                               (400, b"invalid_payload", "retry", "HTTP 400: invalid_payload"),
                                               (301, b"", "retry", "HTTP 301: it sends us elsewhere; its new address belongs into the "
                                                                   "configuration")):
            self.receiver.script = [(status, {}, body)]
            self.assertEqual(self.one(), (delivery, reason))
        self.use(url=f"http://127.0.0.1:{free_port()}/")
        self.assertEqual(self.one(), ("retry", "connection refused by 127.0.0.1"))

    def test_a_timeout(self):
        self.use("timeout = 1s")
        self.receiver.script = [lambda request: time.sleep(3) or (200, {}, b"")]
        self.assertEqual(self.one(), ("retry", "timed out after 1 s without an answer"))

    # --- secrets ---

    def test_a_token_and_headers(self):
        key = self.secret("key-of-mine", name="key")
        self.use(f"token = {self.secret()}", "header = X-Team: trade policy", f"header = X-Key: {key}")
        self.assertEqual(self.one()[0], "done")
        headers = self.receiver.requests[0].headers
        self.assertEqual((headers["Authorization"], headers["X-Team"], headers["X-Key"]),
                         (f"Bearer {SECRET}", "trade policy", "key-of-mine"))
        (self.folder / "secret").write_text("another")  # and no reload is needed
        self.one()
        self.assertEqual(self.receiver.requests[1].headers["Authorization"], "Bearer another")

    def test_user_and_password(self):
        self.use("user = me", f"password = {self.secret()}")
        self.assertEqual(self.one()[0], "done")
        self.assertEqual(self.receiver.requests[0].headers["Authorization"],
                         "Basic " + base64.b64encode(f"me:{SECRET}".encode()).decode())

    def test_a_signature_by_the_standard(self):
        raw = os.urandom(32)
        for text, key in (("plain words", b"plain words"), ("whsec_" + base64.b64encode(raw).decode(), raw)):
            self.use(f"sign-with = {self.secret(text)}")
            [(_, delivery, alert, _)] = self.send("hook", "news")
            self.assertEqual(delivery, "done")
            request = self.receiver.requests[-1]
            stamp = request.headers["webhook-timestamp"]
            self.assertLess(abs(int(stamp) - time.time()), 60)
            self.assertEqual(request.headers["webhook-id"], alert)
            signed = f"{alert}.{stamp}.".encode() + request.body
            self.assertEqual(request.headers["webhook-signature"],
                             "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode())

    def test_a_key_that_is_none(self):
        self.use(f"sign-with = {self.secret('whsec_!!!')}")
        self.assertEqual(self.one(), ("retry", f"what file:{self.folder}/secret says is no key: whsec_ goes on in base64"))
        self.assertEqual(self.receiver.requests, [])

    def test_an_address_that_is_a_secret(self):
        self.use("format = slack", url=self.secret(self.receiver.url + "/services/T/B/x"))
        self.assertEqual(self.one()[0], "done")
        self.assertEqual(self.receiver.requests[0].path, "/services/T/B/x")
        self.use(url=self.secret("ftp://example.org/"))
        self.assertEqual(self.one()[0], "retry")

    def test_where_a_secret_must_not_be(self):
        self.use(f"token = {self.secret(mode=0o640)}")
        self.assertEqual(self.one(), ("retry", f"{self.folder}/secret can be read by others than its owner: chmod 600 keeps it secret"))
        self.use(f"token = file:{self.folder}/none")
        self.assertEqual(self.one(), ("retry", f"cannot read {self.folder}/none: No such file or directory"))
        self.use(f"token = {self.secret('two' + chr(10) + 'Cookie: x')}")
        self.assertEqual(self.one(), ("retry", f"{self.folder}/secret is more than one line of text"))
        self.use("token = credential:hook")
        os.environ.pop("CREDENTIALS_DIRECTORY", None)
        self.assertEqual(self.one(), ("retry", "there is no credential hook: its unit says no LoadCredential="))
        self.assertEqual(self.receiver.requests, [])

    def test_a_credential(self):
        (self.folder / "hook").write_text(SECRET)
        self.use("token = credential:hook")
        self.assertEqual(self.send("hook", "lead", env=dict(os.environ, CREDENTIALS_DIRECTORY=str(self.folder)))[0][1], "done")
        self.assertEqual(self.receiver.requests[0].headers["Authorization"], f"Bearer {SECRET}")

    def test_what_it_echoes_is_not_told(self):
        self.receiver.script = [lambda request: (401, {}, f"wrong: {request.headers['Authorization']}".encode())]
        self.use(f"token = {self.secret()}")
        self.assertEqual(self.one(), ("retry", "HTTP 401: wrong: Bearer ***"))

    def test_what_it_echoes_encoded_is_not_told(self):
        """In base64, wherever the secret stands in it and in both alphabets, whole and cut short; and percent-encoded."""
        secret = "pass~word>with?odd/bytes"
        for user in ("a", "me", "you", "them"):
            self.use(f"user = {user}", f"password = {self.secret(secret)}")
            self.receiver.script = [lambda request: (401, {}, b"who is " + request.headers["Authorization"].encode() + b"?")]
            told = self.one()[1]
            self.assertRegex(told, r"^HTTP 401: who is Basic [\w+/]{,8}\*\*\*[\w+/]?=*\?$")
            for encode in (base64.b64encode, base64.urlsafe_b64encode):
                for before in range(252, 300, 12):
                    echoed = "." * before + encode(f"{user}:{secret}".encode()).decode()
                    self.receiver.script = [(401, {}, echoed.encode())]
                    shown = re.search(r"\.([^.]*)$", self.one()[1])[1].replace("***", "")
                    self.assertLess(len(shown), 8 + 4, (echoed, shown))
        self.receiver.script = [(401, {}, f"no {urllib.parse.quote(secret, safe='')} here".encode())]
        self.assertEqual(self.one()[1], "HTTP 401: no *** here")

    def test_what_it_echoes_of_a_secret_address_is_not_told(self):
        self.use(url=self.secret(self.receiver.url + "/services/T0/B0/xoxb-a-long-one?key=another-one"))
        for said, told in (("Cannot POST {0}", "Cannot POST ***"), ("no xoxb-a-long-one here", "no *** here"),
                           ("key another-one", "key ***"), ("hook is down", "hook is down"),
                           ("." * 280 + " xoxb-a-long-one", "." * 280 + " ***")):
            self.receiver.script = [lambda request, said=said: (404, {}, said.format(request.path).encode())]
            self.assertEqual(self.one(), ("retry", f"HTTP 404: {told}"))

    def test_what_it_echoes_and_is_cut_is_not_told(self):
        self.use(f"token = {self.secret()}")
        for before in range(274, 300):
            self.receiver.script = [lambda request, n=before: (401, {}, b"." * n + SECRET.encode() + b" and more")]
            why = self.one()[1]
            self.assertNotIn(SECRET[:4], why, before)

    # --- the configuration ---

    def check(self, status=0):
        result = subprocess.run([TRUCED, "--check", "--config", str(self.config)], capture_output=True, text=True, timeout=20, check=False)
        self.assertEqual(result.returncode, status, result.stderr)
        return result.stderr

    def test_what_check_finds(self):
        self.use(f"token = file:{self.folder}/none")
        self.assertIn(f"[sink hook].token: warning: cannot read {self.folder}/none: No such file", self.check())
        self.use(f"token = {self.secret(mode=0o644)}")
        self.assertIn("chmod 600", self.check())
        self.use("format = slack")
        self.config.chmod(0o644)
        self.assertIn("whoever can read this file can post there", self.check())
        self.config.chmod(0o600)
        self.assertNotIn("[sink hook]", self.check())

    def test_a_secret_in_the_configuration_is_refused_and_not_repeated(self):
        for line in (f"token = {SECRET}", f"sign-with = {SECRET}", f"user = me\npassword = {SECRET}",
                     f"header = Authorization: Bearer {SECRET}", f"header = {SECRET}"):
            self.use(line)
            found = self.check(1)
            self.assertIn("[sink hook]", found)
            self.assertNotIn(SECRET, found)


if __name__ == "__main__":
    unittest.main(verbosity=2)
