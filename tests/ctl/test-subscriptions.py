#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""Feeds from elsewhere and for others: OPML in and out, and the feeds of a web page, on a real nginx."""

import json
import os
import pathlib
import re
import sys
import time
import unittest
import xml.etree.ElementTree

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
import origin  # noqa: E402
from truced_case import TrucedCase, wait_for  # noqa: E402

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<!-- <outline xmlUrl="https://comment.example/"/> -->
<opml version="1.0"><head><title>AT&T & me</title></head><body>
<outline text="Trade &amp; Tariffs">
  <outline text="USTR &#8212; press" type="rss" xmlUrl="https://ustr.example/rss?a=1&amp;b=2" category="/gov/usa,official"/>
  <outline text="Deep"><outline title="; Semi ;colon" XMLURL='feed://example.org/atom'/></outline>
</outline>
<outline text="USTR again" xmlUrl="https://ustr.example/rss?a=1&b=2"/>
<outline text="Local" xmlUrl="file:///etc/passwd"/>
<outline text="Command\x1b[31m" xmlUrl="|sh -c id"/>
<outline text="[feed x]&#10;url = y" xmlUrl="https://evil.example/&#10;allow-private = yes"/>
<outline text="희토류" xmlUrl="https://kr.example/rss"/>
</body></opml>
"""


def sections(text):
    return {name: dict(re.findall(r"^(\S+) = (.*)$", body, re.M)) for name, body in re.findall(r"^\[feed (\S+)\]\n((?:.+\n)*)", text, re.M)}


class Opml(TrucedCase):
    def write(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    def test_import(self):
        result = self.ctl("import", "opml", self.write("a.opml", OPML))
        found = sections(result.stdout)
        self.assertEqual(found["ustr-press"], {"url": "https://ustr.example/rss?a=1&b=2", "title": "USTR — press",
                                               "tags": "trade-tariffs gov usa official"})
        self.assertEqual(found["semi-colon"], {"url": "http://example.org/atom", "title": "Semi;colon", "tags": "trade-tariffs deep"})
        self.assertEqual(found["kr-example"], {"url": "https://kr.example/rss", "title": "희토류"})
        self.assertNotIn("comment.example", result.stdout)
        self.assertNotIn("\nallow-private", result.stdout, "no line of a list becomes a key")
        self.assertEqual(result.stdout.count("ustr.example"), 1, "each address once")
        self.assertIn('"Local" is left out', result.stderr)
        self.assertNotIn("\x1b", result.stdout + result.stderr)
        self.ctl("check", self.write("a.conf", result.stdout))

    def test_round_trip(self):
        first = self.ctl("import", "opml", self.write("a.opml", OPML)).stdout
        config = self.write("a.conf", first + "[feed local]\npath = /var/lib/feed.xml\n")
        exported = self.ctl("--config", config, "export", "opml").stdout
        tree = xml.etree.ElementTree.fromstring(exported)
        self.assertEqual([outline.get("text") for outline in tree.findall("body/outline")][0], "trade-tariffs")
        self.assertEqual(self.ctl("import", "opml", "-", stdin=exported).stdout, first)

    def test_export_of_truced(self):
        self.start_bus()
        self.start_truced("[truced]\nalert-to = stdout\n[watch x]\ntitle = X\nmatch = truce\n"
                          f"[feed a]\nurl = http://127.0.0.1:1/a\ntags = trade\n[calendar c]\nurl = http://127.0.0.1:1/c.ics\n[feed f]\npath = {self.folder}/f.xml\n")
        exported = self.ctl("--bus", self.address, "export", "opml").stdout
        outlines = [outline.attrib for outline in xml.etree.ElementTree.fromstring(exported).iter("outline") if outline.get("xmlUrl")]
        self.assertEqual(outlines, [{"type": "rss", "text": "a", "xmlUrl": "http://127.0.0.1:1/a", "category": "trade"}])

    def test_encodings(self):
        text = '<?xml version="1.0" encoding="{}"?><opml><body><outline text="Zölle" xmlUrl="https://a.example/"/></body></opml>'
        for encoding in ("utf-8", "utf-16", "iso-8859-1"):
            found = sections(self.ctl("import", "opml", self.write("e.opml", text.format(encoding).encode(encoding))).stdout)
            self.assertEqual([body["title"] for body in found.values()], ["Zölle"], encoding)

    def test_refused(self):
        for text in (b"", b"hello", b"<rss/>", b"\0\xff"):
            self.assertIn("neither OPML nor a web page", self.ctl("import", "opml", self.write("x", text), status=1).stderr)
        self.assertIn("not OPML", self.ctl("import", "opml", self.write("x", "<html></html>"), status=1).stderr)
        self.ctl("import", "opml", self.folder / "nowhere", status=1)
        self.ctl("export", "opml", "x", status=2)
        self.ctl("export", "xml", status=2)

    def test_long(self):
        outlines = "".join(f'<outline text="f{i}" xmlUrl="https://h{i}.example/"/>' for i in range(5100))
        result = self.ctl("import", "opml", self.write("l.opml", f"<opml><body>{outlines}</body></opml>"))
        self.assertEqual(len(sections(result.stdout)), 5000)
        self.assertIn("more feeds than are read", result.stderr)


class Pages(TrucedCase):
    locations = ""

    def setUp(self):
        super().setUp()
        folder = self.folder / "origin"
        folder.mkdir()
        (folder / "busy.location").write_text(self.locations)
        self.origin = origin.Origin(str(folder), "127.0.0.1")
        self.addCleanup(self.origin.stop)
        self.variables = self.origin.variables()
        self.www = pathlib.Path(self.variables["ORIGIN_WWW"])
        self.http = self.variables["ORIGIN_HTTP"]

    def requests(self, at_least):
        def look():
            records = [json.loads(line) for line in pathlib.Path(self.variables["ORIGIN_LOG"]).read_text().splitlines()]
            return records if len(records) >= at_least else None

        return wait_for(look, f"{at_least} requests")

    def test_a_page_that_names_its_feeds(self):
        (self.www / "index.html").write_text("""<!doctype html><title>Example &amp; Co</title>
            <script>"<link rel=alternate type=application/rss+xml href=/script>"</script><base href="/sub/">
            <link rel="alternate" type="application/rss+xml" title="Press releases" href="feed.xml">
            <link rel=alternate type=application/json href=/wp-json/1><link rel=stylesheet href=/s.css>
            <link type='application/atom+xml' rel='home ALTERNATE' href='https://elsewhere.example/atom?x=1&amp;y=2'>""")
        result = self.ctl("feed", self.http)
        self.assertEqual(sections(result.stdout), {
            "press-releases": {"url": f"{self.http}/sub/feed.xml", "allow-private": "yes", "title": "Press releases"},
            "elsewhere-example": {"url": "https://elsewhere.example/atom?x=1&y=2"}})
        self.assertIn("(Example & Co) that names 2 feeds", result.stderr)
        self.assertEqual([(record["method"], record["uri"]) for record in self.requests(1)], [("GET", "/")], "nothing else is asked")
        records = [json.loads(line) for line in self.ctl("feed", "--json", self.http).stdout.splitlines()]
        self.assertEqual([record["url"] for record in records], [f"{self.http}/sub/feed.xml", "https://elsewhere.example/atom?x=1&y=2"])

    def test_a_page_that_names_none(self):
        (self.www / "index.html").write_text("<html><title>Bare</title><p>Nothing here")
        began = time.monotonic()
        result = self.ctl("feed", f"{self.http}/")
        self.assertEqual(sections(result.stdout), {"origin": {"url": f"{self.http}/feed.xml", "allow-private": "yes", "title": "Origin"}})
        uris = [record["uri"] for record in self.requests(4)]
        self.assertEqual(uris, ["/", "/feed", "/rss.xml", "/feed.xml"], "the first that is a feed ends it")
        self.assertGreaterEqual(time.monotonic() - began, 6, "two seconds apart")

    def test_a_feed_and_a_file(self):
        records = [json.loads(line) for line in self.ctl("feed", f"{self.http}/feed.xml").stdout.splitlines()]
        self.assertEqual([record["title"] for record in records], ["Tariff truce extended by 90 days"])
        page = self.folder / "page.html"
        page.write_text("<html><link rel=alternate type=application/rss+xml href=/feed.xml>")
        self.assertIn("not a feed", self.ctl("feed", page, status=1).stderr, "a file says not where it is from")
        result = self.ctl("feed", page, "--base", "https://example.org/")
        self.assertEqual(sections(result.stdout), {"example-org": {"url": "https://example.org/feed.xml"}})


class Busy(Pages):
    """Only this of it: a host that pushes back is asked no more."""
    locations = "location = /feed { return 429; }\n"
    test_a_page_that_names_its_feeds = test_a_feed_and_a_file = None

    def test_a_page_that_names_none(self):
        (self.www / "index.html").write_text("<html><title>Bare</title><p>Nothing here")
        self.assertIn("not a feed", self.ctl("feed", f"{self.http}/", status=1).stderr)
        self.assertEqual([record["uri"] for record in self.requests(2)], ["/", "/feed"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
