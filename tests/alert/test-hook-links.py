#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What webhooks make a link of: an address of the web, and nothing else that a stranger's feed may have given as one."""
import json
import os
import subprocess
import unittest

FORMATS = ("slack", "mattermost", "ntfy", "matrix", "alertmanager")
GOOD = "https://example.org/a?b=c&d=e", "http://example.org/", "HTTPS://EXAMPLE.org/x"
BAD = ("javascript:alert(1)//https://example.org/", "file:///etc/passwd", "data:text/html,x", "JavaScript:x", "//example.org/x", "mailto:a@b", "",
       "https://example.org/ javascript:x", "https:example.org", "vbscript:x", "slack://open", "/x", "https://example.org/\nx")


def record(url):
    return {"id": "0123456789abcdef" * 2, "kind": "news", "urgency": "normal", "title": "A headline", "body": "told", "raised": "2025-08-05T12:00:00Z",
            "url": url, "items": [{"title": "Another", "link": url + "#2", "feed": "f", "tier": "press"}]}


class Links(unittest.TestCase):
    def bodies(self, form, urls):
        lines = "".join(json.dumps(record(url)) + "\n" for url in urls)
        output = subprocess.run([os.environ["RENDER_HOOK"], form], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
        self.assertEqual(len(output), len(urls))
        return output

    def test_what_is_of_the_web_becomes_one(self):
        for form in FORMATS:
            for url, body in zip(GOOD, self.bodies(form, GOOD)):
                self.assertIn(json.dumps(url.replace("&", "&amp;") if form == "matrix" else url, ensure_ascii=False)[1:-1], body, form)

    def test_what_is_not_does_not(self):
        for form in FORMATS:
            [plain] = self.bodies(form, ["/x"])
            for url, body in zip(BAD, self.bodies(form, BAD)):
                self.assertEqual(body, plain, (form, url))


if __name__ == "__main__":
    unittest.main(verbosity=2)
