#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""Feeds that mean ill, or are broken, cost one alert each and nothing else: truced answers all the while, and the good feeds beside
them bring their news. Run in network-box.sh."""

import gzip
import os
import random
import socket
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import wait_for  # noqa: E402
from whole_case import WholeCase, children, rss  # noqa: E402

PAGE = "<!DOCTYPE html><html><head><title>Site</title></head><body><p>Tariff truce<br>Log in<img src=x></body></html>"
ENTITIES = ("<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'truce truce truce '>"
            + "".join(f"<!ENTITY {name} '{10 * f'&{of};'}'>" for of, name in zip("abcdefghi", "bcdefghij"))
            + "]><rss version='2.0'><channel><title>&j;</title><item><title>&j;</title></item></channel></rss>")
EXTERNAL = ("<?xml version='1.0'?><!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel><title>x</title>"
            "<item><title>&e;</title></item></channel></rss>")
ATTRIBUTES = ("<rss version='2.0'><channel><title>x</title><item " + " ".join(f"a{n}='1'" for n in range(250000))
              + "><title>truce</title></item></channel></rss>")
DEPTH = "<rss version='2.0'><channel>" + "<a>" * 200000
HEAVY_ITEMS, HEAVY_BYTES = 500, 15000  # as many and as large as they may be


def heavy(place):
    """A feed whose every item is news, and as long as it may be, in its title or in its summary."""
    words = random.Random(place)
    feed = rss("Heavy", *((f"{place}{n}", f"Headline {n}", 60) for n in range(HEAVY_ITEMS)))
    for n in range(HEAVY_ITEMS):
        text = "truce " + " ".join(f"{words.randrange(16**6):x}" for _ in range(HEAVY_BYTES // 7))
        feed = feed.replace(f"<title>Headline {n}</title>", f"<{place}>{text}</{place}>")
    return feed


def bodies():
    """{file: bytes} that are served as they are."""
    feed = rss("Cut", ("1", "Some headline", 60), ("2", "Another headline", 60))
    return {
        "page.xml": PAGE.encode(),
        "cut.xml": feed[: len(feed) // 2].encode(),
        "encoding.xml": feed.replace("<?xml version='1.0'?>", "<?xml version='1.0' encoding='UTF-16'?>").encode() + b"\xff\xfe\x80",
        "entities.xml": ENTITIES.encode(),
        "external.xml": EXTERNAL.encode(),
        "attributes.xml": ATTRIBUTES.encode(),
        "depth.xml": DEPTH.encode(),
        "noise.xml": os.urandom(100000),
        "empty.xml": b"",
        "json.json": b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 100000,
        "gzipped.xml": gzip.compress(bytes(64 << 20)),
    }


STATIC = ("page.xml", "cut.xml", "encoding.xml", "entities.xml", "external.xml", "attributes.xml", "depth.xml", "noise.xml", "empty.xml",
          "json.json", "gzipped.xml", "bomb", "bigzip", "huge.xml", "loop", "tofile", "toprivate", "toloopback", "noname")
FAULTS = ("truncated", "reset", "close", "garbage", "badgzip", "http09", "hugeheader", "endless", "slowloop", "drip", "stall",
          "headerflood", "continueflood", "trailerflood", "shortlength", "longlength", "badlength", "twolengths", "badchunk", "hugechunk",
          "nulheader", "nulbody")
SILENT = 8  # feeds whose names are never resolved


class Hostile(WholeCase):
    locations = "location = /gzipped.xml { gzip off; add_header Content-Encoding gzip; }\n"

    def section(self, id, address):
        return f"[feed {id}]\nurl = {address}\n"

    def config_text(self):
        hostile = [(f"static-{path.split('.')[0]}", self.url(f"/{path}")) for path in STATIC]
        hostile += [(f"fault-{path}", self.url(f"/{path}", self.faults)) for path in FAULTS]
        hostile += [(f"dead-{n}", self.url("/", self.closed)) for n in range(3)]
        hostile += [("private", f"http://127.0.0.1:{self.origin.http}/feed.xml"),
                    ("nowhere", f"http://198.41.1.1:{self.origin.http}/feed.xml")]
        hostile += [(f"silent-{n}", f"http://silent-{n}.example/feed.xml") for n in range(SILENT)]
        self.hostile = [id for id, _ in hostile]
        good = [(f"good{n}", self.url(f"/good{n}.xml")) for n in range(3)]
        return ("[truced]\ntimezone = UTC\nalert-to = stdout\n[watch truce]\ntitle = Truce\nmatch = truce\n"
                + "".join(self.section(*feed) for feed in [*hostile[::2], *good, *hostile[1::2]]))

    def silence_names(self):
        """A name server that takes every question and answers none."""
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        server.bind(("198.41.0.2", 53))
        self.addCleanup(server.close)
        resolver = self.folder / "resolv.conf"
        resolver.write_text("nameserver 198.41.0.2\n")
        subprocess.run(["mount", "--bind", resolver, "/etc/resolv.conf"], check=True)
        self.addCleanup(subprocess.run, ["umount", "/etc/resolv.conf"], check=True)
        return server

    def test_hostile(self):
        self.start_origin()
        names = self.silence_names()
        for name, body in bodies().items():
            (self.www / name).write_bytes(body)
        with (self.www / "huge.xml").open("wb") as huge:
            huge.truncate(64 << 20)
        for n in range(4):
            (self.www / f"good{n}.xml").write_text(rss(f"Good {n}", (f"good{n}", f"The truce holds, says source {n}", 600)))
        self.closed = self.origin.closed
        config = self.config_text()
        self.watch_turns()
        self.start_truced(config)
        begin = time.monotonic()

        def ended():
            return all(self.is_polled(feed) for feed in self.call("ListFeeds", "(s)", ""))

        times = self.measure_status(ended)
        print(f"{len(self.hostile)} hostile feeds took {time.monotonic() - begin:.1f} s")
        self.assert_quick(times, "beside hostile feeds")
        self.assert_turns("beside hostile feeds")

        # Nor do they make truced believe that there is no network: what is asked after them is asked at once.
        self.config.write_text(config + self.section("good3", self.url("/good3.xml")))
        self.call("Reload")
        news = wait_for(lambda: len(self.alerts("news")) == 4 and self.alerts("news"), "the good feeds' news")
        self.assertEqual(sorted(alert["items"][0]["feed"] for alert in news), [f"good{n}" for n in range(4)])

        alerts = self.alerts()
        self.assertEqual({alert["kind"] for alert in alerts} - {"feed", "news"}, set(), alerts)
        blamed = [alert["feed"] for alert in alerts if alert["kind"] == "feed"]
        self.assertEqual(len(blamed), len(set(blamed)), "one alert a feed")
        self.assertEqual([id for id in blamed if id not in self.hostile], [])
        feeds = self.feeds()
        for id in self.hostile:
            print(f"  {id}: {feeds[id].get('error', 'taken')}{', told' if id in blamed else ''}")
        self.assertNotIn("root:", self.log_text(), "no file of ours is told")
        for n in range(SILENT):
            self.assertIn(f"cannot resolve host silent-{n}.example", feeds[f"silent-{n}"]["error"])
        self.assertIn(b"silent", names.recv(512), "the name server was asked")
        for path in ("/passwd", "/etc/passwd"):
            self.assertEqual(self.requests(path), [])
        self.assertEqual(self.requests("/feed.xml"), [], "nothing private was asked")
        told = [alert["id"] for alert in self.told()]
        self.assertEqual(sorted(told), sorted(alert["id"] for alert in alerts), "each told once")
        # Nothing of theirs stays behind.
        self.assertLess(len(children(self.daemon.pid)), 3)

    def test_heavy(self):
        """The most that feeds can bring at once, all of it news: it is taken and told in turns, between which truced answers."""
        self.start_origin()
        for place in ("title", "description"):
            (self.www / f"{place}.xml").write_text(heavy(place))
        self.watch_turns()
        self.start_truced("[truced]\ntimezone = UTC\nalert-to = stdout\nbudget = 1000\n[watch truce]\ntitle = Truce\nmatch = truce\n"
                          "[milestone end]\ntitle = The truce ends\ndue = 2099-08-12\nmatch = truce\n"
                          + self.section("title", self.url("/title.xml")) + self.section("description", self.url("/description.xml")))
        times = self.measure_status(lambda: len(self.told()) >= HEAVY_ITEMS
                                    and all(self.is_polled(feed) for feed in self.call("ListFeeds", "(s)", "")), patience=30)
        self.assert_quick(times, "beside heavy feeds")
        self.assert_turns("beside heavy feeds", 70)  # forty, where nothing else takes the caches: five hundred alerts are one transaction
        told = [alert["id"] for alert in self.told()]
        self.assertEqual(len(told), len(set(told)), "each told once")


if __name__ == "__main__":
    unittest.main(verbosity=2)
