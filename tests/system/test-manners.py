#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""How truced treats those whose feeds it reads, by what a scripted origin has in its log: validators, pauses, redirects, what a request
carries and what it does not. Run in network-box.sh."""

import datetime
import email.utils
import gzip
import http.server
import os
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import utc, wait_for  # noqa: E402
from whole_case import WholeCase, rss  # noqa: E402

DAY = 86400
ROUND = 3 * DAY  # between rounds: longer than any wait but the one for what is gone


def answer(status, *headers, body=""):
    return status, dict(headers), body.encode() if isinstance(body, str) else body


def feed(number=1):
    return rss("Scripted", (f"g{number}", f"Entry {number}", 60))


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers each path by its script, an answer a request; the last one for ever."""
    protocol_version = "HTTP/1.1"

    def handle_any(self):
        began = time.monotonic()
        log, scripts = self.server.log, self.server.scripts
        earlier = sum(record["path"] == self.path for record in log)
        record = {"method": self.command, "path": self.path, "headers": dict(self.headers), "began": began}
        log.append(record)
        script = scripts.get(self.path, [answer(404)])
        status, headers, body = script[min(earlier, len(script) - 1)]
        if self.path.startswith("/slow"):
            time.sleep(0.3)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)
        record["ended"] = time.monotonic()

    do_GET = do_HEAD = do_POST = do_OPTIONS = handle_any

    def log_message(self, *arguments):
        pass


class Manners(WholeCase):
    def setUp(self):
        super().setUp()
        self.server = http.server.ThreadingHTTPServer(("0.0.0.0", 0), Handler)
        self.server.log, self.server.scripts = [], {}
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.hosts = iter(range(10, 250))
        self.sections = ""

    def script(self, path, *answers, host=None):
        self.server.scripts[path] = list(answers)
        address = f"http://198.41.0.{host or next(self.hosts)}:{self.server.server_port}{path}"
        self.sections += f"[feed {path[1:]}]\nurl = {address}\n"
        return address

    def asked(self, path):
        return [record for record in self.server.log if record["path"] == path]

    def validators(self, path):
        return [(record["headers"].get("If-None-Match"), record["headers"].get("If-Modified-Since")) for record in self.asked(path)]

    def first_round(self):
        self.start_truced("[truced]\ntimezone = UTC\nalert-to = stdout\n[watch x]\ntitle = X\nmatch = nothing\n" + self.sections)
        self.wait_for_round()
        return self.feeds()

    def next_round(self, seconds=ROUND):
        self.stop_truced()
        self.let_pass(seconds)
        self.start_truced()
        self.wait_for_round()
        return self.feeds()

    def wait_for_round(self):
        wait_for(lambda: all(feed["state"] == "gone" or feed.get("due", "") > utc(60) for feed in self.feeds().values()), "all polls")

    def test_validators(self):
        self.script("/set", answer(200, ("ETag", 'W/"a b\\"'), ("Last-Modified", "some day, 5 o'clock"), body=feed(1)),
                    answer(200, ("ETag", '"2"'), body=feed(2)), answer(304))
        self.script("/renewed", answer(200, ("ETag", '"1"'), body=feed(1)), answer(304, ("ETag", '"2"')), answer(304))
        self.script("/trouble", answer(200, ("ETag", '"good"'), ("Last-Modified", "then"), body=feed(1)),
                    answer(429, ("Retry-After", "1"), ("ETag", '"pushed"')), answer(500, ("ETag", '"broken"'), body="x"),
                    answer(200, ("ETag", '"page"'), body="<html><p>no feed"), answer(304))
        self.script("/page", answer(200, ("ETag", '"page"'), ("Last-Modified", "then"), body="<html><p>no feed"))
        self.script("/same", answer(200, body=feed(1)), answer(200, ("ETag", '"late"'), body=feed(1)), answer(304))
        self.first_round()
        for _ in range(4):
            self.next_round()
        self.assertEqual(self.validators("/set")[:4], [(None, None), ('W/"a b\\"', "some day, 5 o'clock"), ('"2"', None), ('"2"', None)],
                         "byte for byte, and replaced as a set")
        self.assertEqual(self.validators("/renewed")[:4], [(None, None), ('"1"', None), ('"2"', None), ('"2"', None)],
                         "a 304 with a new one replaces it, one without keeps it")
        self.assertEqual(self.validators("/trouble"), [(None, None)] + [('"good"', "then")] * 4,
                         "kept over restarts, 429, 500 and a body that is no feed")
        self.assertEqual(set(self.validators("/page")), {(None, None)}, "what could not be parsed stores none")
        self.assertEqual(self.validators("/same")[:3], [(None, None), (None, None), ('"late"', None)])
        polls = self.ctl_records("feeds", "same")[0]["polls"]
        self.assertEqual([poll["outcome"] for poll in polls[:3]], ["ok", "same body", "not modified"], "the same body is not parsed again")

    def test_pauses(self):
        date = email.utils.formatdate(time.time() + 2 * 3600, usegmt=True)
        self.script("/maxage", answer(200, ("ETag", '"1"'), ("Cache-Control", "public, max-age=18000"), body=feed()),
                    answer(304, ("Cache-Control", "max-age=28800")))
        self.script("/ages", answer(200, ("Cache-Control", "max-age=999999999"), body=feed()))
        self.script("/retrydate", answer(503, ("Retry-After", date)))
        self.script("/retrynow", answer(503, ("Retry-After", "0")))
        self.script("/missing", answer(404))
        self.script("/plain", answer(200, body=feed()))
        self.script("/gone", answer(410))
        self.script("/busy", answer(429, ("Retry-After", "3600")), host=9)
        self.script("/neighbour", answer(200, body=feed()), host=9)
        before = time.time()
        feeds = self.first_round()

        def wait_of(id):
            return instant(feeds[id]["due"]) - before

        self.assertGreaterEqual(wait_of("maxage"), 18000)
        self.assertEqual(feeds["maxage"]["due_reason"], "max-age")
        self.assertLessEqual(wait_of("ages"), 1.2 * DAY, "no feed is silenced for longer than a day")
        self.assertGreaterEqual(wait_of("retrydate"), 7190)
        self.assertEqual(feeds["retrydate"]["due_reason"], "Retry-After")
        self.assertGreaterEqual(wait_of("retrynow"), 600, "ten minutes where none is given")
        self.assertGreaterEqual(wait_of("missing"), 4 * 3600 - 360, "four hours, spread by a tenth of the interval")
        self.assertTrue(3000 < wait_of("plain") < 4500, "an hour, give or take a tenth")
        self.assertEqual(feeds["neighbour"]["due_reason"], "its host asks for a pause (status 429)")
        self.assertGreaterEqual(wait_of("neighbour"), 3600)
        count = len(self.server.log)
        feeds = self.next_round(1)
        self.assertEqual(len(self.server.log), count, "a restart asks nobody before the time, the busy host's other feed neither")
        self.assertIn("once a minute", self.ctl("refresh", "plain", status=1).stderr)
        feeds = self.next_round()
        self.assertGreaterEqual(instant(feeds["maxage"]["due"]) - time.time(), 28700, "a 304's freshness counts too")
        self.next_round()
        self.assertEqual(len(self.asked("/gone")), 1, "410 ends it")
        self.assertEqual([alert["feed"] for alert in self.alerts("feed") if "no longer polled" in alert["title"]], ["gone"])

    def test_one_at_a_time(self):
        for number in range(3):
            self.script(f"/slow{number}", answer(200, body=feed()), host=9)
        self.first_round()
        spans = sorted((record["began"], record["ended"]) for record in self.server.log)
        self.assertEqual(len(spans), 3)
        for (_, ended), (began, _) in zip(spans, spans[1:]):
            self.assertGreaterEqual(began - ended, 1.9, "one request at a time a host, two seconds apart")

    def test_redirects(self):
        target = self.script("/target", answer(200, ("ETag", '"t"'), body=feed()), answer(304))
        self.sections = self.sections.replace("[feed target]\n", "[feed moved]\n").replace("/target", "/moved")
        self.server.scripts["/moved"] = [answer(301, ("Location", target))]
        self.script("/passing", answer(302, ("Location", target)))
        self.first_round()
        self.next_round()
        self.next_round()
        self.assertEqual(len(self.asked("/moved")), 3)
        self.next_round()
        self.next_round()
        self.assertEqual(len(self.asked("/moved")), 3, "after three times over a day it is remembered")
        self.assertEqual(len(self.asked("/passing")), 5, "what is temporary is not")
        self.assertEqual([(alert["title"], alert["url"]) for alert in self.alerts("feed")], [("Feed moved has moved for good", target)])
        self.assertEqual(self.ctl_records("feeds", "moved")[0]["address"], target)
        self.assertIn(target, self.ctl("feeds", "moved").stdout)

    def test_what_a_request_carries(self):
        self.script("/plain", answer(200, ("Set-Cookie", "id=1; Path=/"), ("ETag", '"1"'), body=feed()), answer(304))
        self.script("/packed", answer(200, ("Content-Encoding", "gzip"), body=gzip.compress(feed().encode())))
        feeds = self.first_round()
        self.next_round()
        self.assertEqual(feeds["packed"]["state"], "ok")
        for record in self.server.log:
            headers = {name.lower(): value for name, value in record["headers"].items()}
            self.assertEqual(record["method"], "GET")
            self.assertRegex(headers["user-agent"], r"^truced/\S+ \(\+https?://[^)]+\)$", "who asks, and where to complain")
            for kind in ("application/atom+xml", "application/rss+xml", "application/feed+json"):
                self.assertIn(kind, headers["accept"])
            self.assertIn("gzip", headers["accept-encoding"])
            self.assertEqual({"cookie", "referer", "authorization", "pragma", "cache-control"} & set(headers), set())
        self.assertEqual(len(self.server.log), 4, "nothing but the feeds is asked for")


if __name__ == "__main__":
    unittest.main(verbosity=2)
