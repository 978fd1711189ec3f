#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Checks the rules of the house that no compiler knows (ARCHITECTURE.md):

an include points down or sideways and never in a circle; the pure rooms include nothing of the world; only daemon/io
reads the clock; no function is over 60 lines; every source file names its licence; public headers are
documented. Prints each breach with its place, and fails when there is any, or when it found nothing to check.
"""
import collections
import os
import re
import sys

FLOORS = {
    "base": 0, "deadline": 1, "news": 1, "alert": 2, "config": 3, "engine": 4, "io": 5, "worker": 5, "bus": 6,
    "desktop": 7, "ctl": 7, "": 7,
}
PURE = {"base", "deadline", "news", "alert", "config", "engine"}
WORLD = re.compile(r"<(gio/|glib-unix|sys/socket|sys/timerfd|sqlite3|curl/|libnotify/|systemd/|libxml/|unistd|fcntl)")
CLOCK = re.compile(
    r"\b(time|clock_gettime|gettimeofday)\s*\(|g_get_real_time|g_get_monotonic_time|g_date_time_new_now")
FUNCTION_MAX = 60  # lines; longer ones do two things
FILE_MAX = 500     # lines; longer ones are two concepts

root = os.path.join(sys.argv[1] if len(sys.argv) > 1 else os.environ["SOURCE_ROOT"], "daemon")
breaches = []
includes = collections.defaultdict(set)
n_files = 0


def breach(path, line, text):
    breaches.append("%s:%d: %s" % (os.path.relpath(path, os.path.dirname(root)), line, text))


def room_of(path):
    relative = os.path.relpath(path, root)
    return relative.split(os.sep)[0] if os.sep in relative else ""


def check_include(path, number, target):
    room, target_room = room_of(path), target.split("/")[0] if "/" in target else None
    if target_room is None:
        if not target.startswith("truced-config.h") and not target.endswith(("-generated.h", "-interface.h")):
            breach(path, number, 'include "%s" without its room' % target)
        return
    if target_room not in FLOORS:
        breach(path, number, 'include "%s": no such room' % target)
        return
    includes[os.path.relpath(path, root)].add(target)
    if FLOORS[target_room] > FLOORS[room]:
        breach(path, number, "an include that points up: %s -> %s" % (room, target))
    if room in PURE and target_room not in PURE:
        breach(path, number, "a pure room includes one that is not: %s" % target)


def without_comments(text):
    return re.sub(r"/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"", lambda m: re.sub(r"[^\n]", " ", m.group(0)), text, flags=re.S)


def check_functions(path, lines):
    start = None
    for number, line in enumerate(lines, 1):
        if line.startswith("{"):
            start = number
        elif line.startswith("}") and start:
            if number - start > FUNCTION_MAX:
                breach(path, start, "a function of %d lines" % (number - start))
            start = None


def check_header(path, lines):
    if path.endswith("_private.h"):
        return
    if not re.match(r"\s*(#pragma once\s+)?/\*", "".join(lines[1:])):
        breach(path, 1, "a header that does not say what it is for")


def check_file(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    lines = text.splitlines(keepends=True)
    if not lines or "SPDX-License-Identifier: MIT" not in lines[0]:
        breach(path, 1, "no SPDX line")
    for number, line in enumerate(lines, 1):
        match = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if match:
            check_include(path, number, match.group(1))
        if room_of(path) in PURE and WORLD.search(line) and line.lstrip().startswith("#"):
            breach(path, number, "a pure room includes the world: %s" % line.strip())
    code = without_comments(text).splitlines()
    for number, line in enumerate(code, 1):
        if room_of(path) != "io" and CLOCK.search(line):
            breach(path, number, "the clock is read outside daemon/io")
    if path.endswith(".c"):
        check_functions(path, lines)
    else:
        check_header(path, lines)
    if len(lines) > FILE_MAX and "Over 500 lines because" not in text:
        breach(path, 1, "a file of %d lines" % len(lines))


def find_cycle(graph):
    """A circle in {node: set of nodes}, as the nodes on the way, or None."""
    done, path = set(), []

    def visit(node):
        if node in path:
            return path[path.index(node):] + [node]
        if node in done:
            return None
        path.append(node)
        for target in sorted(graph.get(node, ())):
            cycle = visit(target)
            if cycle:
                return cycle
        path.pop()
        done.add(node)
        return None

    for node in sorted(graph):
        cycle = visit(node)
        if cycle:
            return cycle
    return None


for folder, _, names in os.walk(root):
    for name in sorted(names):
        if name.endswith((".c", ".h")):
            n_files += 1
            check_file(os.path.join(folder, name))
headers = {source: targets for source, targets in includes.items() if source.endswith(".h")}
rooms = collections.defaultdict(set)
for source, targets in includes.items():
    rooms[room_of(os.path.join(root, source))] |= {target.split("/")[0] for target in targets}
for room, targets in rooms.items():
    targets.discard(room)
for kind, graph in (("headers", headers), ("rooms", rooms)):
    cycle = find_cycle(graph)
    if cycle:
        breaches.append("a circle of %s: %s" % (kind, " -> ".join(cycle)))
for text in breaches:
    print(text)
print("%d files, %d breaches" % (n_files, len(breaches)))
sys.exit(1 if breaches or n_files < 20 else 0)
