#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""truced-net against a real origin: frames in, frames out, and what the origin saw. Run by `origin.py run`."""
import json
import os
import select
import signal
import socket
import struct
import subprocess
import time
import unittest

from gi.repository import GLib

FETCH, FETCHED, PARSE, PARSED, READY = range(1, 6)
TYPES = {FETCHED: "(tuussssssxxay)", READY: "(us)"}
ANSWERED, FAILED, REFUSED, BROKEN = range(4)
ALONE = 1  # of FETCH's flags
NAMES = ("request", "result", "status", "error", "final_url", "moved_to", "etag", "last_modified", "content_type",
         "max_age", "retry_after", "body")
SECOND = 1_000_000
PATIENCE = 30

HTTP, HTTPS, WRONG, FAULTS, CLOSED = (os.environ[f"ORIGIN_{name}"] for name in
                                      ("HTTP", "HTTPS", "WRONG", "FAULTS", "CLOSED"))
PROGRAM = os.environ["TRUCED_LIBEXEC"] + "/truced-net"


class Net:
    """One truced-net and the socket to it."""

    def __init__(self, *options, ca=True, **environment):
        self.socket, theirs = socket.socketpair()
        environment = {**os.environ, **environment}
        if ca:
            environment["SSL_CERT_FILE"] = os.environ["ORIGIN_CA"]
        self.process = subprocess.Popen([PROGRAM, *options], stdin=theirs, stdout=subprocess.DEVNULL, env=environment)
        theirs.close()
        self.socket.settimeout(PATIENCE)
        kind, self.ready = self.read()
        assert kind == READY, kind
        self.number = 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.socket.close()
        status = self.process.wait(PATIENCE)
        assert error[0] or status == 0, f"truced-net ended with {status}"

    def receive(self, length):
        parts = []
        while length > 0:
            part = self.socket.recv(min(length, 1 << 20))
            if not part:
                raise EOFError("truced-net has closed")
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def read(self):
        length, kind = struct.unpack("<II", self.receive(8))
        payload = GLib.Variant.new_from_bytes(GLib.VariantType(TYPES[kind]), GLib.Bytes(self.receive(length)), False)
        assert payload.is_normal_form()
        if kind == READY:
            return kind, payload.unpack()
        values = [payload.get_child_value(i).unpack() for i in range(len(NAMES) - 1)]
        body = payload.get_child_value(len(NAMES) - 1).get_data_as_bytes().get_data()
        return kind, dict(zip(NAMES, (*values, body or b"")))

    def ask(self, url, etag="", last_modified="", allow_private=True, flags=0):
        self.number += 1
        payload = GLib.Variant("(tsssbu)", (self.number, url, etag, last_modified, allow_private, flags))
        self.send(FETCH, payload.get_data_as_bytes().get_data())
        return self.number

    def send(self, kind, payload):
        self.socket.sendall(struct.pack("<II", len(payload), kind) + payload)

    def fetch(self, url, **more):
        number = self.ask(url, **more)
        kind, answer = self.read()
        assert kind == FETCHED and answer["request"] == number
        return answer


def log():
    with open(os.environ["ORIGIN_LOG"]) as f:
        return [json.loads(line) for line in f]


def wait_until(condition):
    """What `condition` gives once it gives something."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError("waited in vain")


def requests_of(uri, n):
    """The last n requests of `uri`, once so many are logged."""
    wait_until(lambda: len([r for r in log() if r["uri"] == uri]) >= n)
    return [r for r in log() if r["uri"] == uri]


class TestNet(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.net = Net()

    @classmethod
    def tearDownClass(cls):
        cls.net.__exit__(None)

    def expect(self, url, result, error, **more):
        answer = self.net.fetch(url, **more)
        self.assertEqual((answer["result"], answer["status"], answer["body"]), (result, 0, b""), answer["error"])
        self.assertIn(error, answer["error"])
        return answer

    def test_plain_answer(self):
        answer = self.net.fetch(f"{HTTP}/feed.xml?plain")
        with open(os.environ["ORIGIN_WWW"] + "/feed.xml", "rb") as f:
            self.assertEqual(answer["body"], f.read())
        self.assertEqual((answer["result"], answer["status"], answer["error"]), (ANSWERED, 200, ""))
        self.assertEqual(answer["final_url"], f"{HTTP}/feed.xml?plain")
        self.assertEqual((answer["moved_to"], answer["max_age"], answer["retry_after"]), ("", 0, 0))
        self.assertEqual(answer["content_type"], "text/xml; charset=utf-8")
        self.assertTrue(answer["etag"].startswith('W/"'), "nginx weakens the ETag of what it compresses")

    def test_request_says_who_asks_and_nothing_else(self):
        self.net.fetch(f"{HTTP}/feed.xml?manners#part")
        seen = requests_of("/feed.xml?manners", 1)[0]
        self.assertEqual(seen["method"], "GET")
        self.assertRegex(seen["user_agent"], r"^truced/[0-9.]+ \(\+https://[^ ]+\)$")
        for wanted in ("application/atom+xml", "application/rss+xml", "application/feed+json"):
            self.assertIn(wanted, seen["accept"])
        self.assertIn("gzip", seen["accept_encoding"])
        for absent in ("cookie", "referer", "authorization", "if_none_match", "if_modified_since"):
            self.assertEqual(seen[absent], "", absent)

    def test_validators_go_back_byte_for_byte(self):
        uri = "/feed.xml?validators"
        first = self.net.fetch(HTTP + uri)
        second = self.net.fetch(HTTP + uri, etag=first["etag"], last_modified=first["last_modified"])
        self.assertEqual((second["result"], second["status"], second["body"]), (ANSWERED, 304, b""))
        odd = 'W/"a,b \\"c\\" é;"'
        date = "sunday,  1 January 2025"
        self.net.fetch(HTTP + uri, etag=odd, last_modified=date)
        seen = requests_of(uri, 3)
        self.assertEqual([r["status"] for r in seen], [200, 304, 200])
        self.assertEqual(seen[1]["if_none_match"], first["etag"])
        self.assertEqual(seen[1]["if_modified_since"], first["last_modified"])
        self.assertEqual(seen[2]["if_none_match"], odd)
        self.assertEqual(seen[2]["if_modified_since"], date)

    def test_etag_is_read_byte_for_byte(self):
        for etag in ('"plain"', 'W/"weak-gzip"', "bare", '"with \\"quotes\\" and, comma"', '"ü"'):
            answer = self.net.fetch(f"{FAULTS}/etag?" + "".join(f"%{b:02x}" for b in etag.encode()))
            self.assertEqual(answer["etag"], etag)
        self.assertEqual(self.net.fetch(f"{FAULTS}/latin1")["etag"], "", "what a frame cannot carry is left out")

    def test_validator_cannot_add_a_header(self):
        uri = "/feed.xml?injection"
        self.net.fetch(HTTP + uri, etag='"x"\r\nCookie: a=b', last_modified="x\nReferer: y")
        seen = requests_of(uri, 1)[0]
        self.assertEqual((seen["if_none_match"], seen["cookie"], seen["referer"]), ("", "", ""))

    def test_hints(self):
        self.assertEqual(self.net.fetch(f"{HTTP}/maxage")["max_age"], 500 * SECOND)
        self.assertEqual(self.net.fetch(f"{FAULTS}/dates")["max_age"], 3600 * SECOND)
        self.assertEqual(self.net.fetch(f"{FAULTS}/retrydate")["retry_after"], 300 * SECOND)
        busy = self.net.fetch(f"{HTTP}/429")
        self.assertEqual((busy["status"], busy["retry_after"], busy["body"]), (429, 7 * SECOND, b""))

    def test_error_statuses_come_without_bodies(self):
        for status in (401, 404, 410, 503):
            answer = self.net.fetch(f"{HTTP}/{status}")
            self.assertEqual((answer["result"], answer["status"], answer["body"]), (ANSWERED, status, b""))

    def test_permanent_redirects_are_told(self):
        for way in ("moved", "moved308", "moved/moved308"):
            answer = self.net.fetch(f"{HTTP}/{way}/feed.xml")
            self.assertEqual((answer["status"], answer["moved_to"]), (200, f"{HTTP}/feed.xml"))
            self.assertEqual(answer["final_url"], f"{HTTP}/feed.xml")
            self.assertIn(b"Tariff truce", answer["body"])

    def test_passing_redirects_are_followed_and_not_told(self):
        for way in ("found", "seeother", "temporary", "moved/found", "found/moved"):
            answer = self.net.fetch(f"{HTTP}/{way}/feed.xml")
            self.assertEqual((answer["status"], answer["moved_to"]), (200, ""), way)
            self.assertEqual(answer["final_url"], f"{HTTP}/feed.xml")

    def test_validators_go_along_with_redirects(self):
        etag = self.net.fetch(f"{HTTP}/feed.xml")["etag"]
        answer = self.net.fetch(f"{HTTP}/found/feed.xml", etag=etag)
        self.assertEqual((answer["status"], answer["final_url"]), (304, f"{HTTP}/feed.xml"))

    def test_five_redirects_and_no_more(self):
        self.assertEqual(self.net.fetch(f"{HTTP}/chain/5")["moved_to"], f"{HTTP}/chain/0")
        self.expect(f"{HTTP}/chain/6", REFUSED, "more than 5 redirects")
        self.expect(f"{HTTP}/loop", REFUSED, "more than 5 redirects")
        self.assertEqual(len(requests_of("/loop", 6)), 6)

    def test_redirects_that_are_refused(self):
        self.expect(f"{HTTP}/tofile", REFUSED, "file is not http or https")
        self.expect(f"{HTTPS}/downgrade", REFUSED, "redirect from https to http")
        self.expect(f"{HTTP}/noname", REFUSED, "")

    def test_cookies_are_neither_kept_nor_sent(self):
        before = len([r for r in log() if r["uri"] == "/feed.xml"])
        for _ in range(2):
            self.assertEqual(self.net.fetch(f"{HTTP}/cookie")["status"], 200)
        for seen in requests_of("/feed.xml", before + 2) + requests_of("/cookie", 2):
            self.assertEqual((seen["cookie"], seen["referer"]), ("", ""))

    def test_addresses_that_are_none(self):
        self.expect("file:///etc/passwd", REFUSED, "file is not http or https")
        self.expect("ftp://127.0.0.1/x", REFUSED, "ftp is not http or https")
        self.expect("gopher://127.0.0.1/x", REFUSED, "gopher is not http or https")
        self.expect("http://", REFUSED, "not an address")
        self.expect("nonsense", REFUSED, "not an address")
        self.expect("", REFUSED, "not an address")

    def test_private_addresses(self):
        port = HTTP.rsplit(":", 1)[1]
        for host, shown in (("127.0.0.1", "127.0.0.1 is loopback"), ("localhost", " is loopback"), ("0x7f.1", "127.0.0.1 is loopback"),
                            ("2130706433", "127.0.0.1 is loopback"), ("[::ffff:127.0.0.1]", "is loopback"), ("[::1]", "::1 is loopback"),
                            ("10.0.0.1", "10.0.0.1 is private"), ("192.168.1.1", "192.168.1.1 is private"),
                            ("169.254.169.254", "169.254.169.254 is link-local"), ("100.64.0.1", "100.64.0.1 is shared"),
                            ("0.0.0.0", "0.0.0.0 is unspecified"), ("[64:ff9b::a00:1]", "is private"), ("[2002:7f00:1::]", "is loopback"),
                            ("[fe80::1]", "is link-local"), ("[fd00::1]", "is private"), ("224.0.0.1", "is multicast")):
            before = len(log())
            answer = self.expect(f"http://{host}:{port}/feed.xml?private", REFUSED, shown, allow_private=False)
            self.assertTrue(answer["error"].endswith("; say allow-private = yes"), answer["error"])
            self.assertEqual(len(log()), before)

    def test_a_kept_connection_is_no_way_round(self):
        self.assertEqual(self.net.fetch(f"{HTTP}/feed.xml?kept")["status"], 200)
        self.expect(f"{HTTP}/feed.xml?kept", REFUSED, "is loopback", allow_private=False)
        self.assertEqual(len(requests_of("/feed.xml?kept", 1)), 1)

    def test_connections_are_kept(self):
        for _ in range(3):
            self.net.fetch(f"{HTTPS}/feed.xml?kept-connection")
        seen = requests_of("/feed.xml?kept-connection", 3)
        self.assertEqual(len({r["connection"] for r in seen}), 1)

    def test_connections_of_a_host_with_one_feed_are_not_kept(self):
        for _ in range(3):
            self.net.fetch(f"{HTTPS}/feed.xml?closed-connection", flags=ALONE)
        seen = requests_of("/feed.xml?closed-connection", 3)
        self.assertEqual(len({r["connection"] for r in seen}), 3)

    def test_proxies_of_the_environment_are_ignored(self):
        with Net(http_proxy=CLOSED, https_proxy=CLOSED, ALL_PROXY=CLOSED) as net:
            self.assertEqual(net.fetch(f"{HTTP}/feed.xml")["status"], 200)

    def test_tls(self):
        self.assertEqual(self.net.fetch(f"{HTTPS}/feed.xml")["status"], 200)
        self.expect(f"{WRONG}/feed.xml", FAILED, "certificate is not valid for localhost")
        self.expect(HTTP.replace("http:", "https:") + "/feed.xml", FAILED, "TLS with 127.0.0.1 failed")
        with Net(ca=False) as net:
            answer = net.fetch(f"{HTTPS}/feed.xml")
            self.assertEqual(answer["result"], FAILED)
            self.assertIn("certificate of localhost is not trusted", answer["error"])

    def test_nobody_there(self):
        self.expect(f"{CLOSED}/", FAILED, "connection refused by 127.0.0.1")
        self.expect("http://nowhere.invalid/", FAILED, "cannot resolve host nowhere.invalid")

    def test_sizes(self):
        self.expect(f"{HTTP}/big", REFUSED, "over 8 MiB")
        self.expect(f"{HTTP}/bigzip", REFUSED, "over 8 MiB")
        self.expect(f"{FAULTS}/endless", REFUSED, "over 8 MiB")
        self.expect(f"{HTTP}/bomb", REFUSED, "unpacks to more than 100 times its size")
        self.expect(f"{FAULTS}/hugeheader", REFUSED, "headers over 64 KiB")

    def test_the_largest_that_is_taken(self):
        path = os.environ["ORIGIN_WWW"] + "/largest"
        with open(path, "wb") as f:
            f.write(os.urandom(1 << 20) * 8)
        answer = self.net.fetch(f"{HTTP}/largest")
        self.assertEqual((answer["status"], len(answer["body"])), (200, 8 << 20))
        with open(path, "ab") as f:
            f.write(b"!")
        self.expect(f"{HTTP}/largest", REFUSED, "over 8 MiB")

    def test_broken_answers(self):
        for path, error in (("truncated", "the answer ended early"), ("reset", "broke"), ("close", "without an answer"),
                            ("badgzip", "compression is broken"), ("garbage", "does not answer in HTTP"),
                            ("http09", "does not answer in HTTP")):
            self.expect(f"{FAULTS}/{path}", BROKEN, error)

    def test_floods_of_headers(self):
        for path in ("headerflood", "continueflood", "trailerflood"):
            self.expect(f"{FAULTS}/{path}", REFUSED, "headers over 64 KiB")

    def test_wrong_lengths(self):
        for path, result in (("shortlength", ANSWERED), ("longlength", REFUSED), ("badlength", BROKEN), ("badchunk", BROKEN),
                             ("hugechunk", BROKEN)):
            answer = self.net.fetch(f"{FAULTS}/{path}")
            self.assertEqual(answer["result"], result, f"{path}: {answer}")
            self.assertLessEqual(len(answer["body"]), 10, path)
        answer = self.net.fetch(f"{FAULTS}/twolengths")  # some libcurl refuse it, others believe the last
        self.assertIn((answer["result"], len(answer["body"])), ((ANSWERED, 20), (BROKEN, 0)))

    def test_nuls(self):
        answer = self.net.fetch(f"{FAULTS}/nulheader")
        self.assertNotIn("\0", "".join(value for value in answer.values() if isinstance(value, str)))
        answer = self.net.fetch(f"{FAULTS}/nulbody")
        self.assertEqual((answer["result"], answer["status"], answer["body"].count(b"\0") > 5), (ANSWERED, 200, True))
        self.assertEqual(self.net.fetch(f"{FAULTS}/etag?%22fine%22")["etag"], '"fine"')

    def test_slow_answers(self):
        # Only the lengths are other than usual.
        with Net("--total-timeout-ms=700") as net:
            for path, error in (("slowhead", "timed out after 700 ms without an answer"), ("stall", "timed out after 700 ms"),
                                ("drip", "timed out after 700 ms"),
                                ("slowloop", "timed out after 700 ms without an answer")):
                answer = net.fetch(f"{FAULTS}/{path}")
                self.assertEqual((answer["result"], answer["error"]), (BROKEN, error))
            answer = net.fetch(f"{FAULTS}/slowerror")
            self.assertEqual((answer["result"], answer["status"], answer["retry_after"]), (ANSWERED, 503, 30 * SECOND))
        with Net("--low-speed-seconds=1") as net:
            began = time.monotonic()
            answer = net.fetch(f"{FAULTS}/stall")
            self.assertEqual((answer["result"], answer["error"]), (BROKEN, "slower than 100 bytes a second for 1 s"))
            self.assertLess(time.monotonic() - began, 10)

    def test_many_at_once_and_a_slow_one_holds_up_none(self):
        with Net("--total-timeout-ms=20000") as net:
            slow = net.ask(f"{FAULTS}/slowhead")
            wanted = {net.ask(f"{HTTP}/feed.xml?many{i}") for i in range(300)}
            while wanted:
                kind, answer = net.read()
                self.assertEqual((kind, answer["status"]), (FETCHED, 200))
                wanted.remove(answer["request"])
            self.assertNotIn(slow, wanted)

    def test_a_slow_reader_gets_everything(self):
        path = os.environ["ORIGIN_WWW"] + "/four"
        with open(path, "wb") as f:
            f.write(os.urandom(4 << 20))
        with Net() as net:
            wanted = {net.ask(f"{HTTP}/four?{i}") for i in range(12)}
            wait_until(lambda: len([r for r in log() if r["uri"].startswith("/four?")]) >= 4)
            while wanted:
                kind, answer = net.read()
                self.assertEqual((answer["status"], len(answer["body"])), (200, 4 << 20))
                wanted.remove(answer["request"])

    def test_ends_at_end_of_file_even_in_the_middle(self):
        net = Net()
        net.ask(f"{FAULTS}/slowhead")
        net.ask("http://nowhere.invalid/")
        net.socket.close()
        self.assertEqual(net.process.wait(5), 0)

    def test_nonsense_ends_it(self):
        for kind, payload in ((PARSE, b"\0" * 20), (99, b"x"), (FETCH, b"\0" * 3), (FETCH, b"")):
            net = Net()
            net.send(kind, payload)
            self.assertEqual(net.process.wait(PATIENCE), 1, (kind, payload))
            net.socket.close()

    def test_idle_costs_nothing(self):
        with Net() as net:
            net.fetch(f"{HTTP}/feed.xml")

            def status(name):
                with open(f"/proc/{net.process.pid}/status") as f:
                    return [line.split()[1] for line in f if line.startswith(name + ":")][0]

            def wakeups():
                return status("voluntary_ctxt_switches")

            wait_until(lambda: status("State") == "S")
            before = int(wakeups())
            self.assertEqual(select.select([net.socket], [], [], 2.5)[0], [])
            self.assertEqual(int(wakeups()), before + 1, "once, to give memory back a second after the round")


if __name__ == "__main__":
    signal.alarm(240)
    unittest.main(verbosity=2)
