#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""Feeds from a real origin to alerts, over several rounds of polls and restarts: formats, validators, push-back and the end of feeds, as
alerts, `trucectl feeds` and the origin's log show them. Run in network-box.sh."""

import datetime
import json
import os
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import utc, wait_for  # noqa: E402
from whole_case import WholeCase, rss  # noqa: E402

DAY = 86400


def atom(headline, age):
    return (f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Atom</title><id>urn:a</id><updated>{utc(-age)}</updated><entry><id>urn:a:1"
            f"</id><title>{headline}</title><link href='/story'/><published>{utc(-age)}</published><updated>{utc(-age)}</updated></entry></feed>")


def rdf(headline, age):
    return ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
            "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='http://example.org/'><title>RDF</title></channel>"
            f"<item rdf:about='http://example.org/r'><title>{headline}</title><link>http://example.org/r</link><dc:date>{utc(-age)}</dc:date>"
            "</item></rdf:RDF>")


def json_feed(headline, age):
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "JSON", "items": [
        {"id": "j1", "url": "https://example.org/j", "title": headline, "content_html": "<p>x</p>", "date_published": utc(-age)}]})


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Feeds(WholeCase):
    def write_feeds(self):
        (self.www / "rss.xml").write_text(rss("RSS", ("new", "The truce holds, says the RSS", 7200),
                                              ("old", "The truce of old", 3 * DAY), ("other", "Weather", 60)))
        (self.www / "changing.xml").write_text(rss("Changing", ("c1", "Rare earths in the first version", 3600)))
        (self.www / "atom.atom").write_text(atom("희토류 수출 in the Atom", 3600))
        (self.www / "rdf.xml").write_text(rdf("Truce and rare earths in the RDF", 3600))
        (self.www / "feed.json").write_text(json_feed("Truces in the JSON feed", 3600))
        (self.www / "far.xml").write_text(rss("Far", ("f1", "The truce was moved to another place", 60)))
        (self.folder / "wire.xml").write_text(rss("Wire", ("w1", "A local job writes of the truce", 60)))

    def config_text(self):
        feeds = {
            "rss": self.url("/rss.xml"), "changing": self.url("/changing.xml"), "rdf": self.url("/rdf.xml"),
            "json": self.url("/feed.json"), "moved": self.url("/moved/far.xml"), "chain": self.url("/chain/3"),
            "atom": f"https://localhost:{self.origin.https}/atom.atom\nallow-private = yes",
            "untrusted": f"https://localhost:{self.origin.wrong}/rss.xml\nallow-private = yes",
            "busy": self.url("/429"), "absent": self.url("/absent.xml"), "gone": self.url("/410"),
            "archive": self.url("/rss.xml?archive") + "\nbackfill = 7d",
        }
        sections = "".join(f"[feed {id}]\nurl = {address}\n" for id, address in feeds.items())
        return f"""[truced]
timezone = UTC
alert-to = stdout
budget = 1000
lead = 1d
[milestone truce]
title = Truce ends
due = {utc(30 * DAY)}
match = truce*
[watch earths]
title = Rare earths
match = "rare earths" | 희토류
[feed wire]
path = {self.folder}/wire.xml
tier = official
{sections}"""

    def headlines(self):
        """{(feed, headline): alert} of all news so far; each is told once."""
        told = [((item["feed"], item["title"]), alert) for alert in self.alerts("news") for item in alert["items"]]
        self.assertEqual(len(dict(told)), len(told))
        return dict(told)

    def next_round(self, seconds):
        """A restart, with that time gone by."""
        self.stop_truced()
        self.let_pass(seconds)
        since = utc()
        self.start_truced()
        wait_for(lambda: all(feed["state"] == "gone" or feed["due"] > utc(60) for feed in self.feeds().values()),
                 f"the polls after {since}")
        return self.feeds()

    def test_rounds(self):
        self.start_origin()
        self.write_feeds()
        self.start_truced(self.config_text())
        self.wait_for_polls()
        self.first_round()
        self.second_round()
        self.later_rounds()
        told = [alert["id"] for alert in self.told()]
        self.assertEqual(sorted(told), sorted(alert["id"] for alert in self.alerts()), "each told once, over all restarts")

    def first_round(self):
        news = self.headlines()
        self.assertEqual(sorted(news), sorted([
            ("rss", "The truce holds, says the RSS"), ("changing", "Rare earths in the first version"), ("atom", "희토류 수출 in the Atom"),
            ("rdf", "Truce and rare earths in the RDF"), ("json", "Truces in the JSON feed"), ("moved", "The truce was moved to another place"),
            ("wire", "A local job writes of the truce"),
            ("archive", "The truce holds, says the RSS"), ("archive", "The truce of old")]))
        self.assertEqual(news["rss", "The truce holds, says the RSS"]["id"], news["archive", "The truce holds, says the RSS"]["id"])
        both = news["rdf", "Truce and rare earths in the RDF"]
        self.assertEqual((both["milestone"], both["watch"]), ("truce", "earths"))
        self.assertEqual(sorted(word.lower() for word in both["matched"]), ["rare earths", "truce"])
        self.assertEqual(news["json", "Truces in the JSON feed"]["milestone"], "truce")
        self.assertEqual(news["wire", "A local job writes of the truce"]["items"][0]["tier"], "official")
        link = news["atom", "희토류 수출 in the Atom"]["items"][0]["link"]
        self.assertEqual(link, f"https://localhost:{self.origin.https}/story", "relative to the feed")

        self.assertEqual([(alert["feed"], alert["title"].split()[-1]) for alert in self.alerts("feed")], [("gone", "polled")])
        feeds = self.feeds()
        self.assertEqual({id: feed["state"] for id, feed in feeds.items() if feed["state"] != "ok"},
                         {"untrusted": "failing", "busy": "failing", "absent": "failing", "gone": "gone"})
        self.assertIn("certificate", feeds["untrusted"]["error"])
        self.assertEqual((feeds["busy"]["error"], feeds["busy"]["due_reason"]), ("HTTP status 429", "Retry-After"))
        self.assertLess(instant(feeds["busy"]["due"]), time.time() + 1200, "Retry-After, and no less than the floor")
        self.assertGreater(instant(feeds["busy"]["due"]), time.time() + 240)
        self.assertGreater(instant(feeds["absent"]["due"]), time.time() + 3 * 3600, "404 starts at 4 h")
        self.assertGreater(instant(feeds["rss"]["due"]), time.time() + 3000, "an interval of 1 h, spread by 10 %")
        for path in ("/rss.xml", "/changing.xml", "/atom.atom", "/feed.json", "/moved/far.xml", "/far.xml", "/410", "/429", "/absent.xml"):
            request, = self.requests(path, 1)
            self.assertEqual((request["if_none_match"], request["if_modified_since"], request["cookie"]), ("", "", ""))
            self.assertRegex(request["user_agent"], r"^truced/\d")
            if request["status"] == 200:
                self.assertGreater(float(request["gzip_ratio"]), 1, f"{path} came compressed")

    def second_round(self):
        """What is unchanged is not sent again, what is new is told and nothing else, and who pushed back is left alone."""
        was = self.headlines()
        (self.www / "changing.xml").write_text(rss("Changing", ("c2", "Rare earths once more", 60),
                                                   ("c1", "Rare earths in the first version", 3600)))
        (self.folder / "wire.xml").write_text(rss("Wire", ("w2", "The local job writes of the truce again", 60)))
        feeds = self.next_round(4000)
        new = sorted(set(self.headlines()) - set(was))
        self.assertEqual(new, [("changing", "Rare earths once more"), ("wire", "The local job writes of the truce again")])
        for path, id in (("/rss.xml", "rss"), ("/atom.atom", "atom"), ("/feed.json", "json"), ("/far.xml", "moved")):
            first, second = self.requests(path, 2)
            self.assertEqual((first["status"], second["status"]), (200, 304))
            self.assertTrue(second["if_none_match"] and second["if_modified_since"])
            self.assertGreater(feeds[id]["last_304"], feeds[id]["last_200"])
            self.assertEqual(feeds[id]["state"], "ok")
        first, second = self.requests("/changing.xml", 2)
        self.assertEqual((second["status"], bool(second["if_none_match"])), (200, True))
        self.assertEqual(len(self.requests("/429", 2)), 2, "Retry-After has passed")
        self.assertEqual(len(self.requests("/absent.xml", 1)), 1, "4 h have not")

    def later_rounds(self):
        """What stays absent is told at the third time, and its return too; what is gone is never asked again."""
        for _ in range(2):
            self.assertNotIn("absent", [alert["feed"] for alert in self.alerts("feed")])
            self.next_round(2 * DAY)
        alert, = [alert for alert in self.alerts("feed") if alert["feed"] == "absent"]
        self.assertEqual((alert["title"], alert["body"]), ("Feed absent fails", "HTTP status 404"))
        (self.www / "absent.xml").write_text(rss("Absent", ("a1", "The truce has been found", 60)))
        feeds = self.next_round(2 * DAY)
        self.assertEqual((feeds["absent"]["state"], feeds["absent"]["failures"]), ("ok", 0))
        self.assertIn(("absent", "The truce has been found"), self.headlines())
        self.assertEqual([alert["title"] for alert in self.alerts("feed") if alert["feed"] == "absent"],
                         ["Feed absent works again", "Feed absent fails"])
        self.assertEqual(feeds["gone"]["state"], "gone")
        self.assertEqual(len(self.requests("/410")), 1)
        self.ctl("refresh", "rss", status=1)
        self.assertEqual(len(self.requests("/rss.xml")), 5, "nobody is asked twice within a minute")


if __name__ == "__main__":
    unittest.main(verbosity=2)
