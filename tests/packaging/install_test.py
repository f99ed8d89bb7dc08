#!/usr/bin/env python3
"""install_test.py CMAKE BUILD_TREE: installs into a folder that goes away, looks whether everything
is there, and starts what was installed."""

import os
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../bench"))
from servers import free_port  # noqa: E402

LIMIT_S = 60
FILES = [
    "usr/bin/koeru-relay", "usr/bin/koeru", "etc/koeru/turnserver.conf",
    "usr/lib/systemd/system/koeru-relay.service", "usr/share/man/man1/koeru-relay.1",
    "usr/share/bash-completion/completions/koeru-relay", "usr/share/koeru/page/koeru.wasm",
]


def page_of(port):
    """What GET / gives, once the server is there."""
    context = ssl.create_default_context()
    context.check_hostname = False  # its certificate is its own
    context.verify_mode = ssl.CERT_NONE
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}),
                                         urllib.request.HTTPSHandler(context=context))
    for _ in range(LIMIT_S * 5):
        try:
            with opener.open(f"https://localhost:{port}/", timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the installed server did not answer")


def main():
    cmake, build_tree = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="koeru-install-") as root:
        subprocess.run([cmake, "--install", build_tree, "--prefix", "/usr"], check=True,
                       timeout=LIMIT_S, stdout=subprocess.DEVNULL,
                       env={**os.environ, "DESTDIR": root})
        missing = [name for name in FILES if not os.path.exists(os.path.join(root, name))]
        assert not missing, f"not installed: {missing}"
        port, stun_port = free_port("127.0.0.1"), free_port("127.0.0.1")
        server = subprocess.Popen(
            [os.path.join(root, "usr/bin/koeru-relay"), "--demo", f"--https-port={port}",
             "--http-port=0", f"--listening-port={stun_port}", "--no-tls", "--no-dtls",
             "--listening-ip=127.0.0.1", f"--state-dir={root}/state"],
            stdout=subprocess.DEVNULL)
        try:
            page = page_of(port)
        finally:
            server.terminate()
            status = server.wait(LIMIT_S)
        assert "koeru" in page.lower(), page[:500]
        assert status == 0, f"the installed server ended with {status}"


main()
