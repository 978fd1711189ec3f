# SPDX-License-Identifier: MIT
"""Receivers on loopback that behave badly, each in its own way: what is at the far end of a webhook, or of mail, on a bad day."""

import contextlib
import socket
import struct
import threading
import time


class FaultyServer:
    """`fault`, a function of the connection, has each that comes in; it is ended when that returns, or fails."""

    def __init__(self):
        self.fault, self.count, self.stopped = None, 0, threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(0.05)
        self.port = self.listener.getsockname()[1]
        self.threads = [threading.Thread(target=self.accept, daemon=True)]
        self.threads[0].start()

    def accept(self):
        while not self.stopped.is_set():
            try:
                connection, _ = self.listener.accept()
            except TimeoutError:
                continue
            self.count += 1
            self.threads.append(threading.Thread(target=self.serve, args=(connection, self.fault), daemon=True))
            self.threads[-1].start()

    def serve(self, connection, fault):
        with connection, contextlib.suppress(OSError):
            connection.settimeout(60)
            fault(connection)

    def stop(self):
        self.stopped.set()
        for thread in self.threads:
            thread.join(6)
        self.listener.close()


def read_until(connection, end):
    text = b""
    while end not in text:
        part = connection.recv(65536)
        if not part:
            raise OSError("it went")
        text += part


def wait_for_its_end(connection):
    while connection.recv(65536):
        pass


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def drip(connection, text):
    for byte in text:
        connection.sendall(bytes([byte]))
        time.sleep(0.1)


def flood(connection, text):
    while True:
        connection.sendall(text)


# --- HTTP ---

HEAD_END = b"\r\n\r\n"


def after_request(act):
    def fault(connection):
        read_until(connection, HEAD_END)
        act(connection)
    return fault


def half_close(connection):
    connection.shutdown(socket.SHUT_WR)
    wait_for_its_end(connection)


HTTP_FAULTS = {
    "resets at once": reset,
    "resets when asked": after_request(reset),
    "says nothing": wait_for_its_end,
    "closes its half": after_request(half_close),
    "ends within the head": after_request(lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Le")),
    "drips": after_request(lambda connection: drip(connection, b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 100)),
    "is no server of HTTP": after_request(lambda connection: connection.sendall(b"\x00\x01\x02 220 hello\r\n" * 100)),
    "floods headers": after_request(lambda connection: flood(connection, b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10000)),
    "floods its answer": after_request(lambda connection: flood(connection, b"HTTP/1.1 500 No\r\n\r\n" + b"x" * 65536)),
    "only ever continues": after_request(lambda connection: flood(connection, b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)),
}


# --- SMTP ---

def smtp(greeting=b"220 mail.test\r\n", **steps):
    """A server that greets, and takes all that it is told; but for the commands of `steps`, which have the connection."""
    def fault(connection):
        connection.sendall(greeting)
        lines = connection.makefile("rb")
        for line in lines:
            verb = line[:4].upper().decode("latin-1").strip()
            if verb in steps:
                return steps[verb](connection)
            if verb == "DATA":
                connection.sendall(b"354 go on\r\n")
                while lines.readline() not in (b".\r\n", b""):
                    pass
                if "END" in steps:
                    return steps["END"](connection)
            connection.sendall(b"250 mail.test\r\n")
        return None
    return fault


SMTP_FAULTS = {  # those that cost a timeout are where those of HTTP are that do: a test that goes through both waits once
    "resets at once": reset,
    "is busy": smtp(b"421 4.3.2 too busy\r\n"),
    "does not greet": wait_for_its_end,
    "is no server of mail": lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
    "floods its greeting": lambda connection: flood(connection, b"220-welcome to us\r\n" * 1000),
    "drips": smtp(RCPT=lambda connection: drip(connection, b"250 " + b"x" * 100)),
    "closes its half": smtp(EHLO=half_close),
    "resets at the sender": smtp(MAIL=reset),
    "resets when it has it all": smtp(END=reset),
    "says nothing when it has it all": smtp(END=wait_for_its_end),
}
