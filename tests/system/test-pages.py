#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""What the manual pages and README show as examples is what the programs take."""

import itertools
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

sys.path.insert(0, os.path.join(os.environ["SOURCE_ROOT"], "tests/lib"))
from truced_case import TrucedCase  # noqa: E402

PAGES = pathlib.Path(os.environ["SOURCE_ROOT"]) / "man"
TRUCECTL = os.environ["TRUCECTL"]


def page(name):
    return (PAGES / f"{name}.in").read_text()


def plain(text):
    """mdoc's escapes as characters."""
    text = re.sub(r"\\\[u([0-9A-F]{4})\]", lambda match: chr(int(match[1], 16)), text)
    return text.replace(r"\&", "").replace(r"\(dq", '"').replace(r"\-", "-")


def blocks(text):
    return [plain(block) for block in re.findall(r"^\.Bd -literal.*\n((?:[^.\n].*\n|\n)*)\.Ed", text, re.M)]


def section(text, title):
    return re.search(rf"^\.S[sh] {title}\n(.*?)(?=^\.S[sh] |\Z)", text, re.M | re.S)[1]


def trucectl(*arguments, text=None):
    return subprocess.run([TRUCECTL, *arguments], input=text, capture_output=True, text=True, timeout=30)


class Pages(unittest.TestCase):
    def test_configurations(self):
        found = [block for block in blocks(page("truced.conf.5")) if block.startswith("[")]
        self.assertEqual(len(found), 2)
        for block in found:
            path = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / "truced.conf"
            path.write_text(block)
            result = trucectl("check", str(path))
            self.assertEqual(result.returncode, 0, f"{block}\n{result.stdout}{result.stderr}")

    def test_configuration_keys(self):
        """Every key that the page names is known, and every key that is known is named."""
        text = page("truced.conf.5")
        known = set()
        for source in ("general.c", "milestones.c", "sources.c", "event_sources.c", "sinks.c"):
            code = (pathlib.Path(os.environ["SOURCE_ROOT"]) / "daemon/config" / source).read_text()
            known |= set(re.findall(r'\{ "([a-z-]+)", TRUCE_KEY_(?:ONCE|SECRET|REPEATABLE) \}', code))
        named = set()
        for title in (r"\[truced\]", r"\[milestone ID\]", r"\[watch ID\]", r"\[feed ID\]", r"\[calendar ID\]", r"\[sink ID\]"):
            for line in re.findall(r"^\.It Cm (.*)$", section(text, title + r"\\&"), re.M):
                named |= set(line.replace(",", " ").split())
        self.assertEqual(named, known)

    def test_dates(self):
        text = page("truced-dates.7")
        statements = []
        for title in ("Days", "Spans"):
            for line in re.findall(r"^\.It Li (.*?) Ta", section(text, title), re.M):
                # "June 2025 , 2025-06" are two; the comma of "August 12, 2025" has no space before it.
                statements += plain(line).split(" , ")
        for title in ("Times of day", "Spans"):
            for block in blocks(section(text, title)):
                statements += block.splitlines()
        arithmetic = blocks(section(text, "Arithmetic"))[0].splitlines()
        statements += [line for line in arithmetic if not line.startswith(("starts", "milestone:"))]
        self.assertGreater(len(statements), 25)
        for statement in statements:
            with self.subTest(statement):
                result = trucectl("when", statement)
                self.assertEqual(result.returncode, 0, result.stderr)

    def test_business_days(self):
        statements, holidays = blocks(section(page("truced-dates.7"), "Business days"))
        for statement in statements.splitlines():
            with self.subTest(statement):
                result = trucectl("when", "--holidays", str(PAGES.parent / "config/holidays/us-federal"), statement)
                self.assertEqual(result.returncode, 0, result.stderr)
        path = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / "holidays"
        path.write_text(holidays)
        result = trucectl("when", "--holidays", str(path), "2026-07-03")
        self.assertEqual((result.returncode, "Independence Day (observed)" in result.stdout), (0, True), result.stderr)

    def test_calendars(self):
        """Every calendar that comes along is named, and installed."""
        here = {file.name for file in (PAGES.parent / "config/holidays").iterdir()}
        named = set(re.findall(r"^\.It Pa ([a-z-]+)$", section(page("truced-dates.7"), "Business days"), re.M))
        installed = set(re.findall(r"'holidays/([a-z-]+)'", (PAGES.parent / "config/meson.build").read_text()))
        self.assertEqual(named, here)
        self.assertEqual(installed, here)

    def test_queries(self):
        text = page("truced-query.7")
        queries = [plain(line) for line in re.findall(r"^\.It Li (.*)$", text, re.M)]
        queries += blocks(section(text, "EXAMPLES"))[0].splitlines()
        self.assertGreater(len(queries), 12)
        for query in queries:
            with self.subTest(query):
                # An exclusion alone is refused, as the page says.
                result = trucectl("match", "China " + query if query.startswith("-") else query, text="{}\n")
                self.assertEqual((result.returncode, result.stderr), (1, ""), "nothing matches, nothing is wrong")

    def test_message_ids(self):
        text = page("truced-alerts.7")
        code = (pathlib.Path(os.environ["SOURCE_ROOT"]) / "daemon/alert/render.c").read_text()
        self.assertEqual(set(re.findall(r"\b[0-9a-f]{32}\b", section(text, r"\\&In the journal"))),
                         set(re.findall(r'"([0-9a-f]{32})"', code)))

    def test_interface(self):
        """The page of the D-Bus interface and its XML name the same members, with the same arguments, and the same errors as the code."""
        root = pathlib.Path(os.environ["SOURCE_ROOT"])
        text = page("org.truced.Truced1.5")
        interface = xml.etree.ElementTree.parse(root / "daemon/bus/org.truced.Truced1.xml").find("interface")
        stated = set()
        for member in interface:
            if member.tag == "property":
                stated.add(f"Va {member.get('name')} Pq Vt {member.get('type')}")
                continue
            arguments = "".join(' "' + " ".join(filter(None, (argument.get("direction"), argument.get("type"), argument.get("name")))) + '"'
                                for argument in member)
            stated.add(f"Fn {member.get('name')}{arguments}")
        self.assertEqual(set(re.findall(r"^\.It ((?:Fn|Va) .*)$", text, re.M)), stated)
        self.assertEqual(set(re.findall(r"^\.It Bq Er (\w+)$", text, re.M)),
                         set(re.findall(r'ERROR_PREFIX "(\w+)"', (root / "daemon/bus/methods.c").read_text())))

    def test_interface_comments(self):
        """Every member and argument is documented, for those who make documents of the XML."""
        path = pathlib.Path(os.environ["SOURCE_ROOT"]) / "daemon/bus/org.truced.Truced1.xml"
        builder = xml.etree.ElementTree.TreeBuilder(insert_comments=True)
        interface = xml.etree.ElementTree.parse(path, xml.etree.ElementTree.XMLParser(target=builder)).find("interface")
        for comment, member in itertools.pairwise(interface):
            if comment.tag is not xml.etree.ElementTree.Comment:
                continue
            lines = [line.strip() for line in comment.text.strip().splitlines()]
            arguments = [f"@{argument.get('name')}" for argument in member.iter("arg")]
            self.assertEqual(lines[0], member.get("name") + ":")
            self.assertEqual([line.split(":")[0] for line in lines[1:len(arguments) + 1]], arguments, lines[0])
            self.assertTrue(lines[-1].endswith("."), lines[0])
        self.assertEqual(len(interface), 2 * sum(1 for member in interface if isinstance(member.tag, str)))

    def test_bus_policy(self):
        """On the system bus everybody may call what the page has under Reading, and what a desktop needs."""
        root = pathlib.Path(os.environ["SOURCE_ROOT"])
        policy = xml.etree.ElementTree.parse(root / "systemd/org.truced.Truced1.conf").find("policy[@context='default']")
        allowed = {rule.get("send_member") for rule in policy if rule.get("send_interface") == "org.truced.Truced1"}
        text = page("org.truced.Truced1.5")
        for_all = section(text, "Reading") + section(text, "For the desktop")
        self.assertEqual(allowed, set(re.findall(r"^\.It Fn (\w+)", for_all, re.M)))

    def test_long_lines(self):
        """A command that goes on is shown with its backslash: at the end of a line one by itself is the formatter's."""
        for path in PAGES.glob("*.in"):
            self.assertNotRegex(path.read_text(), r"\\\n", path.name)

    def test_verbs(self):
        shown = set(re.findall(r"^  ([a-z][a-z-]*)  +[a-z]", trucectl("--help").stdout, re.M))
        named = set(re.findall(r"^\.It Cm ([a-z-]+)", page("trucectl.1"), re.M))
        self.assertEqual(named, shown)


class BuildFolder(TrucedCase):
    def test_commands_of_readme(self):
        """As they stand there, with a configuration that asks nobody outside."""
        root = pathlib.Path(os.environ["SOURCE_ROOT"])
        text = (root / "README.md").read_text().partition("Or from the build folder")[2].partition("## ")[0]
        commands = re.findall(r"^    (.*)$", text, re.M)
        self.assertEqual(commands.pop(0), "meson setup build && ninja -C build")
        commands.insert(1 + commands.index(next(line for line in commands if line.startswith("truced "))),
                        "gdbus wait --session --timeout 20 org.truced.Truced1")
        for name, place in (("build", os.environ["BUILD_ROOT"]), ("daemon", root / "daemon")):
            (self.folder / name).symlink_to(place)
        (self.folder / "config").mkdir()
        (self.folder / "feed.xml").write_text("<rss version='2.0'><channel><title>F</title></channel></rss>")
        (self.folder / "config/truced.conf").write_text(
            "[truced]\nalert-to = stdout\n[milestone tax]\ntitle = Tax return\ndue = 2099-04-15\nmatch = tax\n"
            f"[feed f]\npath = {self.folder}/feed.xml\n")
        self.start_bus()
        for name in ("TRUCED_LIBEXEC", "WAYLAND_DISPLAY"):
            self.environment.pop(name, None)
        script = "set -e\n" + "\n".join(commands) + """
            complete -p trucectl
            until trucectl feeds f --json | grep '"last_200"'; do sleep 0.05; done
            kill %1; wait %1; kill %2; wait %2
            echo ended well; ls state/mine"""
        result = subprocess.run(["bash", "-c", script], cwd=self.folder, env=dict(self.environment, MANPAGER="cat"), stdin=subprocess.DEVNULL,
                                capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        for words in ("1 milestone, next in", "no findings", "watch over deadlines and the news", "-F _trucectl trucectl", "ended well\ntruced.db"):
            self.assertIn(words, result.stdout, result.stdout + result.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
