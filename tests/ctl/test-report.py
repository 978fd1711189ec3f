#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""trucectl report: one page that stands alone, in which nothing that strangers wrote is markup."""

import email.utils
import html.parser
import os
import re
import sys
import unittest
import xml.etree.ElementTree

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import TrucedCase, utc, wait_for  # noqa: E402

FEED = """<rss version="2.0"><channel><title>Wire</title>
<item><title>Truce &amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt; holds</title><link>javascript:alert(1)</link><guid>1</guid><pubDate>{date}</pubDate></item>
<item><title>US and China extend truce to 1 March 2030</title><link>https://example.org/3</link><guid>3</guid><pubDate>{date}</pubDate></item>
<item><title>Truce talks</title><link>https://example.org/"quoted"&amp;x=1</link><guid>2</guid><pubDate>{date}</pubDate></item></channel></rss>
"""
ALLOWED = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "ul", "li", "a", "span", "table", "tr", "th", "td",
           "svg", "line", "text", "circle", "rect"}


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.elements, self.links, self.words = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), name
            if name in ("href", "src"):
                self.links.append(value)

    def handle_data(self, data):
        self.words.append(data)


class Report(TrucedCase):
    def setUp(self):
        super().setUp()
        feed = self.folder / "feed.xml"
        feed.write_text(FEED.format(date=email.utils.formatdate()))
        self.start_bus()
        self.start_truced(f"""[truced]
timezone = UTC
alert-to = desktop
[milestone truce]
title = The <i>truce</i> & "all" ends
due = {utc(86400 * 20)}
revised = {utc(-86400 * 30)}: {utc(86400 * 40)}: twenty days <b>more</b>
match = truce
[milestone vague]
title = Vague
due = 2031-04
[watch talks]
title = Talks of <any> kind
match = talks
[feed wire]
path = {feed}
backfill = 30d
[feed dead]
path = /nowhere/<b>
""")
        wait_for(lambda: len(self.ctl_records("news")) >= 2 and self.ctl_records("moves"), "the news")

    def test_page(self):
        file = self.folder / "report.html"
        self.ctl("report", "--html", file)
        text = file.read_text()
        page = Page(text)
        words = " ".join(page.words)
        self.assertLessEqual(set(page.elements), ALLOWED)
        self.assertEqual([link for link in page.links if not link.startswith("https://")], [])
        self.assertIn('https://example.org/quoted&x=1', page.links)  # what no address may have is left out
        for expected in ('The <i>truce</i> & "all" ends', "twenty days <b>more</b>", "extended once, +20 days", "What the news says of the date", "reported", "1 Mar 2030", "Truce talks", "Headlines a day, 3 at most; a dot is news of another date", "reported moved to Fri 1 Mar 2030?",
                         "holds", "/nowhere/<b>", "Talks of <any> kind", "Wire, "):
            self.assertIn(expected, words)
        self.assertIn("default-src 'none'", text)
        drawings = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
        self.assertEqual(len(drawings), 4)  # the dates of both, and the news of one and of the watch
        trees = [xml.etree.ElementTree.fromstring(drawing) for drawing in drawings]
        timeline = next(tree for tree in trees if len(tree.findall("circle")) == 3)  # the date asked for is the third
        self.assertEqual(len(timeline.findall("line[@class='asked']")), 1)
        density = next(tree for tree in trees if tree.findall("rect"))
        mark, = density.findall("circle[@class='move']/title")
        self.assertRegex(mark.text, r": moved to Fri 1 Mar 2030 \(reported\)$")
        floor = max(float(line.get("y2")) for line in density.findall("line"))
        self.assertEqual([text.text for text in density.findall("text") if float(text.get("y")) < floor + 6], [])  # none is among the bars
        label = next(text for text in timeline.findall("text") if "reported" in text.text)
        asked = timeline.find("line[@class='asked']")
        self.assertLess(float(label.get("y")), float(asked.get("y1")) - 6)  # its letters hang down to no line
        self.assertRegex(text, r"text\{paint-order:stroke;stroke:var\(--page\)")  # and those behind it stop at them
        xs = [float(dot.get("cx")) for dot in timeline.findall("circle")]
        self.assertLess(xs[0], xs[1])  # it moved to a later date
        self.assertEqual(len(timeline.findall("line[@class='now']")), 1)

    def test_taken_back(self):
        self.ctl("due", "vague", "2032-01-01", "--because", "later")
        self.ctl("undo", "vague")
        words = " ".join(Page(self.ctl("report", "--html", "-").stdout).words)
        self.assertIn("Thu 1 Jan 2032 (taken back)", words)

    def test_where(self):
        self.assertIn("</html>", self.ctl("report", "--html", "-").stdout)
        self.assertIn("--html", self.ctl("report", status=2).stderr)
        self.assertIn("nowhere", self.ctl("report", "--html", "/nowhere/x.html", status=1).stderr)
        self.assertNotIn("Truce talks", self.ctl("report", "--html", "-", "--since", utc(86400)).stdout)


if __name__ == "__main__":
    unittest.main(verbosity=2)
