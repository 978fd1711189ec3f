#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Whatever `meson install` puts anywhere belongs to exactly one of the packages, in all three kinds of them; the versions are one; and what
desktops and app stores read of truced is valid.
"""
import fnmatch
import glob
import json
import os
import re
import shlex
import subprocess
import tempfile
import unittest

ROOT = os.environ["SOURCE_ROOT"]
BUILD = os.environ["BUILD_ROOT"]
MACROS = {"_bindir": "/usr/bin", "_libexecdir": "/usr/libexec", "_unitdir": "/usr/lib/systemd/system", "_datadir": "/usr/share",
          "_userunitdir": "/usr/lib/systemd/user", "_sysusersdir": "/usr/lib/sysusers.d", "_prefix": "/usr", "_sysconfdir": "/etc",
          "_mandir": "/usr/share/man", "_docdir": "/usr/share/doc"}


def read(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


def installed(folder):
    """The files, as a package has them: below /usr and /etc, whatever this build's prefix."""
    options = subprocess.run(["meson", "introspect", "--buildoptions", BUILD], check=True, capture_output=True, text=True).stdout
    prefix = next(option["value"] for option in json.loads(options) if option["name"] == "prefix")
    subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", folder], check=True,
                   stdout=subprocess.DEVNULL)
    for at, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)[len(folder):]
            if path.startswith(prefix + "/"):
                path = "/usr" + path[len(prefix):]
            yield path.replace("/usr/etc/", "/etc/", 1) if path.startswith("/usr/etc/") else path


def claims(path, patterns):
    """By a pattern for it, or for a folder that it is in."""
    return any(fnmatch.fnmatch(path, pattern) or path.startswith(pattern.rstrip("/") + "/") for pattern in patterns)


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="truced-packages-")
        cls.files = sorted(installed(cls.folder.name))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def check(self, packages, files):
        """`packages` are lists of patterns: each file is in one, and each pattern is for something."""
        for path in files:
            self.assertEqual(sum(claims(path, patterns) for patterns in packages), 1, path)
        for patterns in packages:
            for pattern in patterns:
                self.assertTrue(any(claims(path, [pattern]) for path in files), f"nothing is installed as {pattern}")

    def test_debian(self):
        packages = [["/" + line for line in read(f"debian/{name}.install").split()] for name in ("truced", "truced-desktop")]
        self.check(packages, [path.replace("/usr/lib/systemd/system/", "/lib/systemd/system/") for path in self.files])

    def test_rpm(self):
        packages = [[], []]
        for index, title in enumerate(("%files\n", "%files desktop\n")):
            for line in read("packaging/truced.spec").split(title)[1].split("\n\n")[0].splitlines():
                if line.startswith(("%license", "%doc", "%dir")):
                    continue
                line = re.sub(r"^%config\S*\s+", "", line)
                packages[index].append(re.sub(r"%\{(\w+)\}", lambda match: MACROS[match[1]], line))
        self.check(packages, self.files)
        # Its scriptlets run where nothing has been configured: a template would be taken at its word.
        scriptlets = read("packaging/truced.spec").split("%check\n")[1].split("%files\n")[0]
        self.assertIsNone(re.search(r"\.in\b|@\w+@", scriptlets))
        _, user, _, words, _ = shlex.split(read("systemd/truced.sysusers.in").splitlines()[-1])
        self.assertIn(f'-c "{words}" {user}', scriptlets)

    def test_arch(self):
        desktop = ["/" + line for line in re.search(r"_desktop=\((.*?)\)", read("packaging/PKGBUILD"), re.DOTALL)[1].split()]
        for path in desktop:
            self.assertIn(path, self.files)
        self.assertIn("/etc/truced/truced.conf", self.files) # that it backs up
        subprocess.run(["bash", "-n", os.path.join(ROOT, "packaging/PKGBUILD")], check=True)

    def test_one_version(self):
        version = re.search(r"version: '([^']+)'", read("meson.build"))[1]
        self.assertIn(f"truced ({version})", read("debian/changelog").splitlines()[0])
        self.assertRegex(read("packaging/truced.spec"), rf"(?m)^Version:\s+{re.escape(version)}$")
        self.assertRegex(read("packaging/PKGBUILD"), rf"(?m)^pkgver={re.escape(version)}$")
        self.assertIn(f'<release version="{version}"', read("daemon/desktop/org.truced.Truced.metainfo.xml"))
        self.assertIn(f"## {version}", read("NEWS.md"))

    def test_metainfo_and_entry_are_valid(self):
        subprocess.run(["appstreamcli", "validate", "--no-net", os.path.join(ROOT, "daemon/desktop/org.truced.Truced.metainfo.xml")],
                       check=True, stdout=subprocess.DEVNULL)
        entry = glob.glob(os.path.join(self.folder.name, "**/truced.desktop"), recursive=True)[0]
        subprocess.run(["desktop-file-validate", entry], check=True)
        with open(entry, encoding="utf-8") as file:
            icon = re.search(r"(?m)^Icon=(.*)$", file.read())[1]
        self.assertIn(f"/usr/share/icons/hicolor/scalable/apps/{icon}.svg", self.files)


if __name__ == "__main__":
    unittest.main(verbosity=2)
