#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""corpus.py PARSE_FILE CORPUS [--differences]: how many of the values that the test suites of feed parsers state truced reads as they
say, and how many python3-feedparser, sfeed and newsboat do on the same files, where they are installed.

CORPUS is a folder with feeds and manifest.jsonl, a JSON object a line for each feed: `path` in the folder; `base_url` and `http_headers`
it was served with, or null; `expect`, or null: what its suite states, as `items` (how many) or `items_min` and `entries`, each with its
index `i` and some of `title`, `link`, `id`, `published`, `updated`. A folder hostile/ in it is left out.

A title is compared as a reader sees it (tags out, whether or not they part words, references resolved, white space folded), a link as it
stands or made absolute (where base_url is null, by whatever the reader took), a date to the second: published, else updated. The second
table leaves out what only the stating suite's own parser can know: it counts the values that at least one of the readers at hand gives.
"""
import argparse
import collections
import concurrent.futures
import datetime
import html
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import unicodedata
from urllib.parse import unquote, urljoin

FIELDS = ("items", "title", "link", "id", "date")
FEEDPARSER = r"""
import calendar, json, sys
import feedparser
feedparser.SANITIZE_HTML = 0
for line in sys.stdin:
    row = json.loads(line)
    headers = dict(row["headers"] or {})
    if row["base"]:
        headers["content-location"] = row["base"]
    items = []
    try:
        with open(row["path"], "rb") as file:
            entries = feedparser.parse(file.read(), response_headers=headers).entries
    except Exception:
        entries = []
    for entry in entries:
        item = {"title": entry.get("title"), "link": entry.get("link"), "id": entry.get("id")}
        for name in ("published", "updated"):
            parsed = entry.get(name + "_parsed") if name in entry else None
            item[name] = calendar.timegm(parsed) if parsed else None
        items.append(item)
    print(json.dumps(items), flush=True)
"""


def instant(value):
    """Seconds since 1970, from a number or ISO 8601; None for none."""
    if value in (None, "", False):
        return None
    text = str(value).strip()
    if re.match(r"^-?\d{1,12}(\.\d+)?$", text):
        return int(float(text))
    match = re.match(r"^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$", text)
    if not match:
        return None
    day, clock, second, zone = match.groups()
    zone = "+00:00" if zone in (None, "Z") else zone if ":" in zone else zone[:3] + ":" + zone[3:]
    try:
        at = datetime.datetime.fromisoformat("%sT%s%s%s" % (day, clock, second or ":00", zone))
        return int((at - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)).total_seconds())
    except (ValueError, OverflowError):
        return None


def as_read(text, tag):
    text = str(text or "")
    for _ in range(2):
        text = html.unescape(re.sub(r"<[A-Za-z/!][^<>]*>", tag, text))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).replace("\u200b", "")).strip()


def same_title(got, want):
    return any(as_read(got, tag) == as_read(want, tag) for tag in (" ", ""))


def same_link(got, want, base):
    got, want = (got or "").strip(), (want or "").strip()
    if got == want or (got and got.rstrip("/") == want.rstrip("/")):
        return True
    if base:
        return urljoin(base, got) == want or urljoin(base, want) == got
    return "://" not in want and "://" in got and unquote(urljoin(got, want)) == unquote(got)


def lines_of(command, **keywords):
    try:
        output = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20, **keywords).stdout
    except subprocess.TimeoutExpired:
        return []
    return output.decode("utf-8", "replace").split("\n")


def read_with_truced(parse_file, row, path):
    command = [parse_file, path]
    if row.get("base_url"):
        command.append("--base=" + row["base_url"])
    if (row.get("http_headers") or {}).get("content-type"):
        command.append("--content-type=" + row["http_headers"]["content-type"])
    return [json.loads(line) for line in lines_of(command) if line.startswith("{")]


def read_with_sfeed(row, path):
    script = ('e=$(sfeed_xmlenc < "$1"); case "$e" in ""|utf-8) cat "$1";; *) iconv -cs -f "$e" -t utf-8 < "$1" 2>/dev/null;; esac '
              '| sfeed ${2:+"$2"}')
    items = []
    for line in lines_of(["sh", "-c", script, "sfeed", path, row.get("base_url") or ""]):
        fields = line.split("\t")
        if len(fields) >= 6:
            items.append({"title": fields[1].replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\"), "link": fields[2],
                          "id": fields[5], "published": fields[0]})
    return items


def read_with_newsboat(row, path):
    """A run a file: its cache drops items whose guid another feed has, and stores the present where there is no date."""
    begun = time.time()
    with tempfile.TemporaryDirectory(prefix="truced-bench-") as folder:
        shutil.copyfile(path, os.path.join(folder, "feed.xml"))
        for name, text in (("urls", "file://%s/feed.xml\n" % folder), ("config", "max-items 0\ndownload-retries 1\nauto-reload no\n")):
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)
        lines_of(["newsboat", "-q", "-C", folder + "/config", "-u", folder + "/urls", "-c", folder + "/cache.db", "-x", "reload"],
                 env=dict(os.environ, HOME=folder, LC_ALL="C.UTF-8", TERM="dumb"), stdin=subprocess.DEVNULL)
        try:
            cache = sqlite3.connect(folder + "/cache.db")
            cache.text_factory = lambda raw: raw.decode("utf-8", "replace")
            return [{"title": title, "link": link, "id": guid, "published": at if at and int(at) < begun - 5 else None}
                    for title, link, guid, at in cache.execute("select title, url, guid, pubDate from rss_item order by id desc")]
        except sqlite3.Error:
            return []


def read_all_with_feedparser(rows, corpus):
    requests = "".join(json.dumps({"path": os.path.join(corpus, row["path"]), "base": row.get("base_url"),
                                   "headers": row.get("http_headers")}) + "\n" for row in rows)
    output = subprocess.run(["/usr/bin/python3", "-c", FEEDPARSER], input=requests, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                            text=True, check=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def read_all(name, options, rows):
    if name == "feedparser":
        return read_all_with_feedparser(rows, options.corpus)
    read = {"truced": lambda row, path: read_with_truced(options.parse_file, row, path), "sfeed": read_with_sfeed,
            "newsboat": read_with_newsboat}[name]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda row: read(row, os.path.join(options.corpus, row["path"])), rows))


def find_readers():
    readers, absent = ["truced"], []
    for name, there in (("feedparser", subprocess.run(["/usr/bin/python3", "-c", "import feedparser"], capture_output=True).returncode == 0),
                        ("sfeed", shutil.which("sfeed") and shutil.which("sfeed_xmlenc")), ("newsboat", shutil.which("newsboat"))):
        (readers if there else absent).append(name)
    if absent:
        print("not installed, and left out: %s" % ", ".join(absent))
    return readers


def judge(row, items):
    """Each stated value as (field, index, wanted, got, met)."""
    expect, base = row["expect"], row.get("base_url")
    if expect.get("items") is not None:
        yield "items", None, expect["items"], len(items), len(items) == expect["items"]
    elif expect.get("items_min"):
        yield "items", None, ">= %d" % expect["items_min"], len(items), len(items) >= expect["items_min"]
    for entry in expect.get("entries") or []:
        i = entry["i"]
        got = items[i] if i < len(items) else {}
        if "title" in entry:
            yield "title", i, entry["title"], got.get("title"), same_title(got.get("title"), entry["title"])
        if entry.get("link") is not None:
            yield "link", i, entry["link"], got.get("link"), same_link(got.get("link"), entry["link"], base)
        if entry.get("id") is not None:
            yield "id", i, entry["id"], got.get("id"), (got.get("id") or "").strip() == entry["id"].strip()
        wanted = instant(entry.get("published") or entry.get("updated"))
        if wanted is not None:
            dates = [instant(got.get("published")), instant(got.get("updated"))]
            first = dates[0] if dates[0] is not None else dates[1]
            yield "date", i, wanted, first, first == wanted or (not entry.get("published") and wanted in dates)


def print_table(title, readers, counts):
    print("\n%s\n%-12s %s" % (title, "", "".join("%18s" % field for field in FIELDS)))
    for name in readers:
        cells = []
        for field in FIELDS:
            met, of = counts[name, field]
            cells.append("%18s" % ("%d/%d %5.1f %%" % (met, of, 100.0 * met / of) if of else "-"))
        print("%-12s %s" % (name, "".join(cells)), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parse_file")
    parser.add_argument("corpus")
    parser.add_argument("--differences", action="store_true", help="print each stated value that truced reads otherwise")
    options = parser.parse_args()
    with open(os.path.join(options.corpus, "manifest.jsonl"), encoding="utf-8") as manifest:
        rows = [json.loads(line) for line in manifest if line.strip()]
    rows = [row for row in rows if row.get("expect") and not row["path"].startswith("hostile/")
            and not (row["expect"].get("error") and row["expect"].get("items") is None and not row["expect"].get("entries"))
            and os.path.exists(os.path.join(options.corpus, row["path"]))]
    readers = find_readers()
    verdicts = {name: [list(judge(row, items)) for row, items in zip(rows, read_all(name, options, rows))] for name in readers}
    stated, common = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(lambda: [0, 0])
    for at, row in enumerate(rows):
        for values in zip(*(verdicts[name][at] for name in readers)):
            known = any(value[4] for value in values)
            for name, (field, i, wanted, got, met) in zip(readers, values):
                for counts in (stated, common) if known else (stated,):
                    counts[name, field][0] += bool(met)
                    counts[name, field][1] += 1
                if options.differences and name == "truced" and not met:
                    print(json.dumps([row["path"], field, i, wanted, got], ensure_ascii=False))
    print_table("%d feeds: values as their suites state them" % len(rows), readers, stated)
    print_table("of those that at least one of these readers gives", readers, common)
    if not rows:
        sys.exit("corpus.py: no feed of %s states anything" % options.corpus)


main()
