#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A private origin of feeds on loopback: a real nginx, http and https with a CA of its own, and a server of faults beside it.

    origin.py run [--address A] [DIR] -- COMMAND ...   starts it, runs COMMAND, ends it; the status is COMMAND's
    origin.py start [--address A] DIR                  starts it in the background and prints its variables, NAME=VALUE a line
    origin.py stop DIR                                 ends that one

DIR (made when missing; `run` without one makes and removes its own) holds everything. COMMAND's environment, and DIR/env, have

    ORIGIN_HTTP    http://127.0.0.1:PORT     ORIGIN_HTTPS   https://localhost:PORT
    ORIGIN_WRONG   https://localhost:PORT    with a certificate for elsewhere.test
    ORIGIN_FAULTS  http://127.0.0.1:PORT     the faults, below
    ORIGIN_CLOSED  http://127.0.0.1:PORT     where nothing listens
    ORIGIN_CA      the CA, PEM: give it to truced-net as SSL_CERT_FILE
    ORIGIN_WWW     the folder that is served: put feeds there; feed.xml is there already
    ORIGIN_LOG     one JSON object a request (of nginx, not of the faults): method uri status if_none_match if_modified_since
                   user_agent accept accept_encoding cookie referer authorization host https gzip_ratio connection. A line is written
                   after its answer was sent: poll for it

nginx answers, beside the files of ORIGIN_WWW with ETag, Last-Modified and gzip:

    /moved/X /moved308/X /found/X /seeother/X /temporary/X    redirects (301 308 302 303 307) to /X
    /chain/N       N redirects (301), then feed.xml          /loop           redirects to itself
    /tofile        redirects to file:///etc/passwd           /downgrade      redirects from https to http
    /toprivate     redirects to http://10.255.255.1/         /toloopback     redirects to ORIGIN_HTTP by 127.0.0.1
    /cookie        sets a cookie, redirects to feed.xml      /maxage         max-age=600 with Age: 100
    /429           Retry-After: 7                            /503 /410 /401  these statuses, with bodies
    /big           9 MiB with a length                       /noname         redirect without an address
    /bomb          4 MiB in 4 KiB of gzip                    /bigzip         9 MiB in less than 8 of gzip

and what DIR/*.location (pieces of nginx configuration, there before the start) adds. The faults:

    /slowhead /stall /drip          nothing for ever; half a body and then nothing; a byte a second
    /truncated /reset /close        half a body and the end; the same and a reset; no answer at all
    /garbage /badgzip /http09       no HTTP; broken gzip; a body alone
    /hugeheader /endless            80 KiB of headers; a body without end
    /headerflood /continueflood /trailerflood    headers, 100 Continue and trailers without end
    /shortlength /longlength        a length of 10 before a feed; one of 2^62
    /badlength /twolengths          lengths of -5 and 10, then of 10 and 20, before a feed
    /badchunk /hugechunk            chunks of no size at all; of 2^64 bytes and more
    /nulheader /nulbody             a NUL in a header; a feed with a NUL after every tag
    /slowerror                      503 with Retry-After and a body that does not come
    /slowloop                       redirects to itself after 0.3 s
    /dates                          Expires 1 h after Date          /retrydate   Retry-After 5 min after Date
    /latin1                         an ETag that is no UTF-8        /etag?VALUE  that ETag, percent-decoded

Only what it started is ended. Packages: nginx-light, openssl.
"""
import gzip
import os
import random
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

FEED = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Origin</title><link>http://origin.test/</link>
<item><title>Tariff truce extended by 90 days</title><link>http://origin.test/1</link><guid>1</guid>
<pubDate>Mon, 11 Aug 2025 20:00:00 GMT</pubDate><description>The truce now ends on 10 November.</description></item>
</channel></rss>
"""
DATE = "Tue, 05 Aug 2025 12:00:00 GMT"
HOUR_LATER = "Tue, 05 Aug 2025 13:00:00 GMT"
MINUTES_LATER = "Tue, 05 Aug 2025 12:05:00 GMT"
PATIENCE = 20  # seconds for nginx to start; it takes a tenth of one


def answer(*headers, status="200 OK"):
    lines = [f"HTTP/1.1 {status}", "Connection: close", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"


def wait_for_end(client):
    """Until the other side has had enough."""
    while client.recv(4096):
        pass


def drip(client):
    client.sendall(answer("Content-Type: text/xml", f"Content-Length: {len(FEED)}"))
    for byte in FEED:
        client.sendall(bytes([byte]))
        time.sleep(1)


def half(client):
    client.sendall(answer("Content-Type: text/xml", f"Content-Length: {len(FEED)}") + FEED[: len(FEED) // 2])


def reset(client):
    half(client)
    time.sleep(0.1)  # so that the bytes are taken before the reset
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def endless(client):
    client.sendall(answer("Content-Type: text/xml", "Transfer-Encoding: chunked"))
    chunk = b"10000\r\n" + random.Random(1).randbytes(65536) + b"\r\n"
    while True:
        client.sendall(chunk)


def feed(client, *headers):
    client.sendall(answer("Content-Type: text/xml", f"Content-Length: {len(FEED)}", *headers) + FEED)


def flood(client, before, line):
    client.sendall(before)
    while True:
        client.sendall(line * 100)


HOSTILE = {  # what is sent at once
    "/shortlength": answer("Content-Length: 10") + FEED,
    "/longlength": answer("Content-Length: 4611686018427387904") + FEED,
    "/badlength": answer("Content-Length: -5", "Content-Length: 10") + FEED,
    "/twolengths": answer("Content-Length: 10", "Content-Length: 20") + FEED,
    "/badchunk": answer("Transfer-Encoding: chunked") + b"zz\r\n" + FEED,
    "/hugechunk": answer("Transfer-Encoding: chunked") + b"fffffffffffffffff\r\n" + FEED,
    "/nulheader": answer("X-Nul: a\0b", 'ETag: "a\0b"') + FEED,
    "/nulbody": answer() + FEED.replace(b">", b">\0"),
}
FLOODS = {
    "/headerflood": (answer()[:-2], b"X-Flood: " + b"y" * 100 + b"\r\n"),
    "/continueflood": (b"", b"HTTP/1.1 100 Continue\r\nX-Flood: y\r\n\r\n"),
    "/trailerflood": (answer("Transfer-Encoding: chunked") + b"0\r\n", b"X-Flood: " + b"y" * 100 + b"\r\n"),
}


def fault(client, path, query):
    if path == "/slowhead":
        wait_for_end(client)
    elif path == "/stall":
        half(client)
        wait_for_end(client)
    elif path == "/drip":
        drip(client)
    elif path == "/truncated":
        half(client)
    elif path == "/reset":
        reset(client)
    elif path == "/garbage":
        client.sendall(b"\x00\xff\x13 garbage\r\n\r\n" * 20)
    elif path == "/badgzip":
        client.sendall(answer("Content-Encoding: gzip") + gzip.compress(FEED)[:60] + bytes(100))
    elif path == "/http09":
        client.sendall(FEED)
    elif path == "/hugeheader":
        feed(client, *[f"X-{i}: " + "y" * 1000 for i in range(80)])
    elif path == "/endless":
        endless(client)
    elif path in HOSTILE:
        client.sendall(HOSTILE[path])
    elif path in FLOODS:
        flood(client, *FLOODS[path])
    elif path == "/slowerror":
        client.sendall(answer("Retry-After: 30", "Content-Length: 1000", status="503 Service Unavailable") + b"busy")
        wait_for_end(client)
    elif path == "/slowloop":
        time.sleep(0.3)
        client.sendall(answer("Location: /slowloop", status="302 Found"))
    elif path == "/dates":
        feed(client, f"Date: {DATE}", f"Expires: {HOUR_LATER}")
    elif path == "/retrydate":
        client.sendall(answer(f"Date: {DATE}", f"Retry-After: {MINUTES_LATER}", status="503 Service Unavailable"))
    elif path == "/latin1":
        feed(client, 'ETag: "caf\xe9"')
    elif path == "/etag":
        feed(client, "ETag: " + urllib.parse.unquote_to_bytes(query).decode("latin-1"))
    elif path != "/close":
        client.sendall(answer(status="404 Not Found"))


def serve_fault(client):
    try:
        request = b""
        while b"\r\n\r\n" not in request:
            part = client.recv(4096)
            if not part:
                return
            request += part
        path, _, query = request.split()[1].decode().partition("?")
        fault(client, path, query)
    except OSError:
        pass  # the other side has gone, which is often the point
    finally:
        client.close()


def serve_faults(listener):
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve_fault, args=(client,), daemon=True).start()


def listen(address="127.0.0.1"):
    listener = socket.socket()
    listener.bind((address, 0))
    listener.listen(128)
    return listener


def free_ports(n):
    sockets = [listen() for _ in range(n)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_key(path):
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path)


def make_certificate(folder, name, names):
    path = os.path.join(folder, name)
    make_key(path + ".key")
    with open(path + ".ext", "w") as f:
        f.write(f"subjectAltName={names}\n")
    openssl("req", "-new", "-key", path + ".key", "-subj", f"/CN={name}", "-out", path + ".csr")
    openssl("x509", "-req", "-in", path + ".csr", "-CA", f"{folder}/ca.pem", "-CAkey", f"{folder}/ca.key",
            "-CAcreateserial", "-days", "3650", "-extfile", path + ".ext", "-out", path + ".pem")


def make_certificates(folder):
    make_key(f"{folder}/ca.key")
    openssl("req", "-x509", "-new", "-key", f"{folder}/ca.key", "-subj", "/CN=origin test CA", "-days", "3650",
            "-addext", "keyUsage=critical,keyCertSign", "-out", f"{folder}/ca.pem")
    make_certificate(folder, "good", "DNS:localhost,IP:127.0.0.1")
    make_certificate(folder, "wrong", "DNS:elsewhere.test")


def make_files(folder):
    www = f"{folder}/www"
    os.makedirs(www, exist_ok=True)
    files = {
        "feed.xml": FEED,
        "big": bytes(9 << 20),
        "bomb": gzip.compress(bytes(4 << 20)),
        "bigzip": gzip.compress(random.Random(2).randbytes(9 << 19).hex().encode(), 1),
    }
    for name, content in files.items():
        path = f"{www}/{name}"
        if not os.path.exists(path):
            with open(path, "wb") as f:
                f.write(content)


LOG_FIELDS = {
    "method": "request_method", "uri": "request_uri", "if_none_match": "http_if_none_match",
    "if_modified_since": "http_if_modified_since", "user_agent": "http_user_agent", "accept": "http_accept",
    "accept_encoding": "http_accept_encoding", "cookie": "http_cookie", "referer": "http_referer",
    "authorization": "http_authorization", "host": "http_host", "https": "https", "gzip_ratio": "gzip_ratio",
}


def configuration(folder, address, http, https, wrong):
    log = ",".join(f'"{name}":"${variable}"' for name, variable in LOG_FIELDS.items())
    user = "user root;" if os.geteuid() == 0 else ""
    loopback = "" if address == "127.0.0.1" else f"listen 127.0.0.1:{http}; "
    redirects = "".join(
        f"    location ~ ^/{name}/(.*)$ {{ return {status} /$1; }}\n"
        for name, status in {"moved": 301, "moved308": 308, "found": 302, "seeother": 303, "temporary": 307}.items())
    chain = "    location = /chain/0 { rewrite ^ /feed.xml last; }\n" + "".join(
        f"    location = /chain/{n} {{ return 301 /chain/{n - 1}; }}\n" for n in range(1, 10))
    temporary = "".join(f"  {kind}_temp_path {folder}/tmp;\n" for kind in
                        ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return f"""{user}
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
  types {{ text/xml xml; application/atom+xml atom; application/feed+json json; text/html html; }}
  charset utf-8; server_tokens off; gzip on; gzip_min_length 1; gzip_types text/xml application/atom+xml application/feed+json;
  log_format requests escape=json '{{{log},"status":$status,"connection":$connection}}';
  access_log {folder}/access.json requests;
{temporary}  absolute_redirect off;
  server {{
    listen {address}:{http}; {loopback}listen 127.0.0.1:{https} ssl http2;
    ssl_certificate {folder}/good.pem; ssl_certificate_key {folder}/good.key;
    root {folder}/www;
{redirects}{chain}    location = /loop {{ return 302 /loop; }}
    location = /tofile {{ return 302 file:///etc/passwd; }}
    location = /downgrade {{ return 301 http://127.0.0.1:{http}/feed.xml; }}
    location = /toprivate {{ return 302 http://10.255.255.1/; }}
    location = /toloopback {{ return 302 http://127.0.0.1:{http}/feed.xml; }}
    location = /noname {{ return 302 "http://"; }}
    location = /cookie {{ add_header Set-Cookie "who=you; Path=/"; return 302 /feed.xml; }}
    location = /maxage {{ add_header Cache-Control "public, max-age=600"; add_header Age 100; rewrite ^ /feed.xml break; }}
    location = /429 {{ add_header Retry-After 7 always; return 429 "slow down\\n"; }}
    location = /503 {{ return 503 "busy\\n"; }}
    location = /410 {{ return 410 "gone\\n"; }}
    location = /401 {{ add_header WWW-Authenticate 'Basic realm="x"' always; return 401 "who?\\n"; }}
    location = /bomb {{ gzip off; add_header Content-Encoding gzip; }}
    location = /bigzip {{ gzip off; add_header Content-Encoding gzip; }}
    include {folder}/*.location;
  }}
  server {{ listen 127.0.0.1:{wrong} ssl; ssl_certificate {folder}/wrong.pem; ssl_certificate_key {folder}/wrong.key; root {folder}/www; }}
}}
"""


class Origin:
    def __init__(self, folder, address):
        self.folder = os.path.realpath(folder)
        self.address = address
        os.makedirs(f"{self.folder}/tmp", exist_ok=True)
        if not os.path.exists(f"{self.folder}/ca.pem"):
            make_certificates(self.folder)
        make_files(self.folder)
        self.listener = listen()
        threading.Thread(target=serve_faults, args=(self.listener,), daemon=True).start()
        self.start_nginx()

    def start_nginx(self):
        for _ in range(5):  # another program may take a free port before nginx does
            self.http, self.https, self.wrong, self.closed = free_ports(4)
            with open(f"{self.folder}/nginx.conf", "w") as f:
                f.write(configuration(self.folder, self.address, self.http, self.https, self.wrong))
            self.nginx = subprocess.Popen(["nginx", "-e", f"{self.folder}/error.log", "-c", f"{self.folder}/nginx.conf"],
                                          stdin=subprocess.DEVNULL, start_new_session=True)
            if self.is_up():
                return
            self.nginx.kill()
            self.nginx.wait()
        with open(f"{self.folder}/error.log") as f:
            sys.exit("nginx does not start: " + f.read())

    def is_up(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.nginx.poll() is None:
            try:
                socket.create_connection((self.address, self.http), 1).close()
                return True
            except OSError:
                time.sleep(0.02)
        return False

    def variables(self):
        return {
            "ORIGIN_HTTP": f"http://{self.address}:{self.http}",
            "ORIGIN_HTTPS": f"https://localhost:{self.https}",
            "ORIGIN_WRONG": f"https://localhost:{self.wrong}",
            "ORIGIN_FAULTS": f"http://127.0.0.1:{self.listener.getsockname()[1]}",
            "ORIGIN_CLOSED": f"http://127.0.0.1:{self.closed}",
            "ORIGIN_CA": f"{self.folder}/ca.pem",
            "ORIGIN_WWW": f"{self.folder}/www",
            "ORIGIN_LOG": f"{self.folder}/access.json",
        }

    def stop(self):
        self.nginx.terminate()
        self.nginx.wait()


def run(folder, address, command):
    own = folder is None
    folder = folder or tempfile.mkdtemp(prefix="origin-")
    try:
        origin = Origin(folder, address)
        try:
            return subprocess.run(command, env={**os.environ, **origin.variables()}).returncode
        finally:
            origin.stop()
    finally:
        if own:
            shutil.rmtree(folder)


def serve_in_background(folder, address, ready):
    os.setsid()
    null = os.open(os.devnull, os.O_RDWR)
    for fd in range(3):
        os.dup2(null, fd)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    origin = Origin(folder, address)
    with open(f"{folder}/pid", "w") as f:
        f.write(str(os.getpid()))
    with open(f"{folder}/env", "w") as f:
        f.writelines(f"{name}={value}\n" for name, value in origin.variables().items())
    os.write(ready, b"!")
    os.close(ready)
    signal.sigwait([signal.SIGTERM])
    origin.stop()
    os.unlink(f"{folder}/pid")


def start(folder, address):
    os.makedirs(folder, exist_ok=True)
    ready, tell = os.pipe()
    if os.fork() == 0:
        os.close(ready)
        try:
            serve_in_background(folder, address, tell)
        finally:
            os._exit(0)
    os.close(tell)
    if os.read(ready, 1) != b"!":
        sys.exit(f"the origin in {folder} does not start: see error.log there")
    with open(f"{folder}/env") as f:
        sys.stdout.write(f.read())
    return 0


def stop(folder):
    with open(f"{folder}/pid") as f:
        pid = int(f.read())
    os.kill(pid, signal.SIGTERM)
    while os.path.exists(f"{folder}/pid"):
        time.sleep(0.02)
    return 0


def main():
    arguments = sys.argv[1:]
    command = []
    address = "127.0.0.1"
    if "--" in arguments:
        at = arguments.index("--")
        arguments, command = arguments[:at], arguments[at + 1:]
    if "--address" in arguments:
        at = arguments.index("--address")
        address = arguments[at + 1]
        del arguments[at:at + 2]
    verb, folder = arguments[0] if arguments else "", arguments[1] if len(arguments) > 1 else None
    if verb == "run" and command:
        return run(folder, address, command)
    if verb == "start" and folder:
        return start(folder, address)
    if verb == "stop" and folder:
        return stop(folder)
    sys.exit(__doc__)


if __name__ == "__main__":
    sys.exit(main())
