#!/usr/bin/env python3
"""hook_server.py [CERTIFICATE KEY]: an operator's endpoint, as native_server/users/http_hook.h
describes it, on a free port of loopback, which is the first line printed. What it does depends on
the user's name. It ends with its standard input."""

import http.server
import json
import ssl
import sys
import threading
import time

ANSWERS = {
    "alice": (200, {"password": "pass \"word\" é"}),
    "key": (200, {"key": "0123456789abcdef0123456789ABCDEF"}),
    "short-key": (200, {"key": "0123"}),
    "number": (200, {"password": 5}),
    "list": (200, ["password"]),
    "forbidden": (403, {"error": "no"}),
    "broken": (500, {}),
    "long": (200, {"password": "x" * 10_000}),
}


class Hook(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = json.loads(text)
        name = asked["username"]
        if name == "slow":
            time.sleep(3)
        status, body = ANSWERS.get(name, (404, {}))
        if name == "echo-token":
            status, body = 200, {"password": self.headers.get("Authorization", "none")}
        if name == "echo":
            status, body = 200, {"password": f"{self.headers['Content-Type']} {asked['realm']}"}
        if name == "redirect":
            status = 302
        text = json.dumps(body).encode() if name != "junk" else b"<html>"
        if name == "junk":
            status = 200
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def main():
    http.server.ThreadingHTTPServer.request_queue_size = 128
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.daemon_threads = True
    if len(sys.argv) == 3:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1], sys.argv[2])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
