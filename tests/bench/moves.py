#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""moves.py TRUCECTL BENCH-DATES FILE: how well `trucectl classify` reads a labelled set, JSON lines with title, lede, published, label,
new_date (EDTF: a day, month, year or interval) and delta_days; how well it reads the dates when it is told the label; and how well
chrono-node reads the dates of the same items, when node finds it.
"""
import calendar
import collections
import json
import os
import subprocess
import sys
import time

LABELS = ("moved", "proposed", "rejected", "resolved", "cancelled", "mention", "unrelated")


def span(text):
    """First and last day."""
    if not text:
        return None
    if "/" in text:
        first, last = text.split("/")
        return span(first)[0], span(last)[1]
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return text, text
    if len(parts) == 2:
        return "%s-01" % text, "%s-%02d" % (text, calendar.monthrange(*parts)[1])
    return "%s-01-01" % text, "%s-12-31" % text


def read_with(*command):
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in result.stdout.splitlines()]


def print_labels(gold, read):
    counts = collections.Counter((g["label"], r["label"]) for g, r in zip(gold, read))
    scores = []
    print("%-12s %5s %10s %8s %6s" % ("label", "items", "precision", "recall", "F1"))
    for label in LABELS:
        right = counts[label, label]
        told = sum(n for (_, second), n in counts.items() if second == label)
        there = sum(n for (first, _), n in counts.items() if first == label)
        if told + there == 0:
            continue
        scores.append(2 * right / (told + there))
        print("%-12s %5d %10s %8s %6.3f" % (label, there, "%.3f" % (right / told) if told else "-",
                                            "%.3f" % (right / there) if there else "-", scores[-1]))
    print("macro-F1 %.3f, %d of %d labels right" % (sum(scores) / len(scores), sum(counts[l, l] for l in LABELS), len(gold)))


def print_dates(how, gold, read):
    stated = right = missed = invented = lengths = lengths_right = lengths_invented = 0
    for g, r in zip(gold, read):
        wanted, got = span(g.get("new_date")), r["new_date"] and (r["new_date"], r["new_date_latest"] or r["new_date"])
        stated += wanted is not None
        right += wanted is not None and wanted == got
        missed += wanted is not None and got is None
        invented += wanted is None and got is not None and not g.get("due")
        lengths += bool(g.get("delta_days"))
        lengths_right += bool(g.get("delta_days")) and g["delta_days"] == r["delta_days"]
        lengths_invented += not g.get("delta_days") and bool(r["delta_days"])
    print("%s: new dates %d of %d right, %d missed, %d wrong; %d where none is stated; lengths %d of %d right, %d where none is stated" %
          (how, right, stated, missed, stated - right - missed, invented, lengths_right, lengths, lengths_invented))


def print_chrono(gold, path):
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "chrono.js")
    try:
        result = subprocess.run(["node", script, path], capture_output=True, text=True)
    except FileNotFoundError:
        result = None
    if not result or result.returncode != 0:
        print("chrono-node: not here; npm install chrono-node, and NODE_PATH=.../node_modules")
        return
    found = [json.loads(line) for line in result.stdout.splitlines()]
    stated = any_right = last_right = other = 0
    for g, dates in zip(gold, found):
        wanted = span(g.get("new_date"))
        spans = [span(date) for date in dates]
        other += wanted is None and bool(spans)
        if wanted:
            stated += 1
            any_right += wanted in spans
            last_right += bool(spans) and spans[-1] == wanted
    print("chrono-node on the same: %d of %d among what it finds, %d where the last it finds is taken; %d items with a date where no "
          "new one is stated" % (any_right, stated, last_right, other))


def main():
    trucectl, dates, path = sys.argv[1:4]
    with open(path) as file:
        gold = [json.loads(line) for line in file if line.strip()]
    begun = time.monotonic()
    read = read_with(trucectl, "classify", path, "--json")
    took = time.monotonic() - begun
    if len(read) != len(gold):
        sys.exit("moves.py: %d items, %d answers" % (len(gold), len(read)))
    print_labels(gold, read)
    print_dates("as classify gives them", gold, read)
    print_dates("with the label known", gold, read_with(dates, path))
    print_chrono(gold, path)
    print("%.2f ms an item, starting the program included" % (1e3 * took / len(gold)))


main()
