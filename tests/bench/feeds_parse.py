#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""feeds_parse.py BENCH_PARSE [--runs N] [--corpus FOLDER]: what parsing feeds costs, CPU for each byte, as ratios measured in turns:
against a bare libxml2 push parser that collects the text of the same fields, and against sfeed where it is installed, a process a feed
as it is used, and that with the start of the process taken off.

The feeds are made here, of the sizes and the make-up of real ones: RSS with CDATA and Atom with escaped HTML, summaries and whole texts,
in English, German, Korean and Chinese. FOLDER has others, *.xml in it and below, of which those count that have
4 KB or more, are not in a folder hostile/, and that libxml2 reads to their end.
"""
import argparse
import glob
import html
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import tempfile

ROUNDS = 5  # of bench-parse over each file


class Writer:
    """Texts of one language, from a seed."""

    def __init__(self, rng, language):
        self.rng, self.gap = rng, "" if language == "zh" else " "
        letters = {"en": "etaoinshrdlcum", "de": "enisratdhulcgäöüß"}
        if language in letters:
            make = lambda: "".join(rng.choice(letters[language]) for _ in range(rng.randrange(1, 11)))
        else:
            first, count = (0xAC00, 11172) if language == "ko" else (0x4E00, 6000)
            make = lambda: "".join(chr(first + rng.randrange(count)) for _ in range(rng.randrange(1, 5)))
        self.known = [make() for _ in range(2000)]

    def words(self, least, most):
        return self.gap.join(self.known[int(self.rng.random() ** 3 * 1999)] for _ in range(self.rng.randint(least, most)))

    def paragraph(self):
        text = self.words(25, 70)
        if self.rng.random() < 0.4:
            text += ' <a href="https://example.com/%s?id=%d&amp;ref=rss">%s</a>' % (self.words(1, 1), self.rng.randrange(10 ** 6), self.words(1, 3))
        if self.rng.random() < 0.2:
            text += "<em>%s</em>&nbsp;&#8211; %s" % (self.words(2, 4), self.words(3, 6))
        return "<p>%s.</p>\n" % text

    def whole_text(self):
        picture = '<figure><img src="https://cdn.example.com/%d.jpg" alt="%s" width="1200" height="675" /></figure>\n' % (
            self.rng.randrange(10 ** 9), self.words(2, 5))
        return picture + "".join(self.paragraph() for _ in range(self.rng.randint(3, 9)))


def rss_item(writer, feed, n, whole):
    rng, title = writer.rng, writer.words(5, 12) + (" & more" if writer.rng.random() < 0.2 else "")
    item = "\t<item>\n\t\t<title>%s</title>\n" % ("<![CDATA[%s]]>" % title if rng.random() < 0.4 else html.escape(title, False))
    item += "\t\t<link>https://example.com/%d/2026/11/%d/?utm_source=rss&amp;utm_medium=feed</link>\n" % (feed, n)
    item += "\t\t<dc:creator><![CDATA[%s]]></dc:creator>\n" % writer.words(2, 2)
    item += "\t\t<pubDate>Tue, %02d Nov 2026 %02d:%02d:00 +0000</pubDate>\n" % (n % 28 + 1, n % 24, n % 60)
    item += "".join("\t\t<category><![CDATA[%s]]></category>\n" % writer.words(1, 2) for _ in range(rng.randrange(5)))
    item += '\t\t<guid isPermaLink="false">https://example.com/%d/?p=%d</guid>\n' % (feed, n)
    item += "\t\t<description><![CDATA[%s [&#8230;]]]></description>\n" % writer.words(20, 45)
    if whole:
        item += "\t\t<content:encoded><![CDATA[%s]]></content:encoded>\n" % writer.whole_text()
    if rng.random() < 0.4:
        item += '\t\t<media:content url="https://cdn.example.com/%d.jpg" medium="image"><media:title type="html">%s</media:title></media:content>\n' % (
            n, writer.words(2, 5))
    return item + "\t</item>\n"


def atom_entry(writer, feed, n, whole):
    entry = '  <entry>\n    <title type="html">%s</title>\n' % html.escape(writer.words(5, 12), False)
    entry += '    <link rel="alternate" type="text/html" href="https://example.com/%d/%d?a=1&amp;b=2"/>\n' % (feed, n)
    entry += "    <id>tag:example.com,2026:%d/%d</id>\n" % (feed, n)
    entry += "    <published>2026-11-%02dT%02d:%02d:00Z</published>\n    <updated>2026-11-%02dT%02d:%02d:30+00:00</updated>\n" % (
        (n % 28 + 1, n % 24, n % 60) * 2)
    entry += "    <author><name>%s</name></author>\n" % writer.words(2, 2)
    entry += "".join('    <category term="%s"/>\n' % writer.words(1, 1) for _ in range(writer.rng.randrange(4)))
    entry += '    <content type="html">%s</content>\n' % html.escape(writer.whole_text() if whole else writer.words(20, 50), False)
    return entry + "  </entry>\n"


def write_feeds(folder, n_feeds, n_items):
    rng = random.Random(7)
    writers = [Writer(rng, language) for language in ("en", "en", "de", "ko", "zh")]
    for feed in range(n_feeds):
        writer, whole, atom = rng.choice(writers), rng.random() < 0.6, rng.random() < 0.3
        items = "".join((atom_entry if atom else rss_item)(writer, feed, n, whole) for n in range(n_items))
        head = '<feed xmlns="http://www.w3.org/2005/Atom">\n  <title>%s</title>\n  <link href="https://example.com/%d"/>\n' if atom else (
            '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:media="http://search.yahoo.com/mrss/">\n<channel>\n\t<title>%s</title>\n\t<link>https://example.com/%d</link>\n')
        with open(os.path.join(folder, "%04d.xml" % feed), "w", encoding="utf-8") as file:
            file.write('<?xml version="1.0" encoding="UTF-8"?>\n' + head % (writer.words(2, 5), feed) + items
                       + ("</feed>\n" if atom else "</channel>\n</rss>\n"))
    return sorted(glob.glob(os.path.join(folder, "*.xml")))


def parse_seconds(bench_parse, which, files):
    output = subprocess.run([bench_parse, which] + files, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"seconds ([\d.]+)", output).group(1)) / ROUNDS


def sfeed_seconds(files):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for path in files:
        with open(path, "rb") as feed:
            subprocess.run(["sfeed"], stdin=feed, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def row(name, figure, ratio):
    print("%-44s %18s   %s" % (name, figure, ratio), flush=True)


def compare(name, options, files, empty):
    """Medians of ratios, each of measurements that stand side by side."""
    sfeed = shutil.which("sfeed")
    ours, answered, floor, theirs, bare = [], [], [], [], []
    for _ in range(options.runs):
        ours.append(parse_seconds(options.bench_parse, "ours", files))
        answered.append(parse_seconds(options.bench_parse, "answer", files))
        floor.append(parse_seconds(options.bench_parse, "floor", files))
        if sfeed:
            with_start = sfeed_seconds(files)
            theirs.append(ours[-1] / with_start)
            bare.append(ours[-1] / max(with_start - sfeed_seconds([empty] * len(files)), 1e-6))
    megabytes = sum(os.path.getsize(path) for path in files) / 1e6
    row("feeds: %s, %d of %.1f MB" % (name, len(files), megabytes), "%.2f ns a byte" % (1e3 * statistics.median(ours) / megabytes),
        "%.2f of a bare libxml2 push parse, %.2f with the answer to truced" % tuple(
            statistics.median(a / b for a, b in zip(which, floor)) for which in (ours, answered)))
    if sfeed:
        row("", "", "%.2f of sfeed, a process a feed; %.2f without its start" % (statistics.median(theirs), statistics.median(bare)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench_parse")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--corpus")
    options = parser.parse_args()
    if not shutil.which("sfeed"):
        print("feeds: sfeed is not installed, and left out")
    with tempfile.TemporaryDirectory(prefix="truced-bench-") as folder:
        empty = os.path.join(folder, "empty")
        with open(empty, "w") as file:
            file.write("<rss><channel></channel></rss>\n")
        for name, n_feeds, n_items in (("30 items each", 150, 30), ("450 items each", 10, 450)):
            made = os.path.join(folder, str(n_items))
            os.mkdir(made)
            compare(name, options, write_feeds(made, n_feeds, n_items), empty)
        if options.corpus:
            found = [path for path in sorted(glob.glob(os.path.join(options.corpus, "**", "*.xml"), recursive=True))
                     if os.path.getsize(path) >= 4096 and "/hostile/" not in path]
            sound = subprocess.run([options.bench_parse, "sound"] + found, check=True, capture_output=True, text=True).stdout.splitlines()
            compare("of the corpus", options, sound, empty)


main()
