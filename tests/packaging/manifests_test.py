#!/usr/bin/env python3
"""manifests_test.py KOERU_RELAY KOERU: what packaging/kubernetes.yaml, the Containerfile and the
packaged turnserver.conf say to the programs is what these understand. No cluster is asked."""

import os
import re
import subprocess
import sys
import tempfile
import textwrap

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGING = os.path.join(HERE, "../../packaging")


def read(name):
    with open(os.path.join(PACKAGING, name), encoding="utf-8") as file:
        return file.read()


def check_config(relay, text):
    """The exit code and what --check-config prints for a configuration file with this text."""
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:  # made with mode 0600
        file.write(text)
        file.flush()
        done = subprocess.run([relay, "-c", file.name, "--check-config"], capture_output=True,
                              text=True, timeout=60)
        return done.returncode, done.stdout + done.stderr


def main():
    relay, koeru = sys.argv[1:]
    manifest = read("kubernetes.yaml")

    block = re.search(r"  turnserver\.conf: \|\n((?:    .*\n)+)", manifest).group(1)
    code, said = check_config(relay, textwrap.dedent(block))
    assert code == 0, said
    # The probes ask what `prometheus` serves, and the drain hook the socket that koeru takes.
    port = re.search(r"^prometheus-port=(\d+)", said, re.M)
    assert port is None or f"port: {port.group(1)}" in manifest, said
    assert manifest.count("port: 9641") == 2 and "path: /healthz" in manifest
    assert "path: /readyz" in manifest
    assert "admin-socket=/run/koeru/admin.sock" in block
    grace = int(re.search(r"terminationGracePeriodSeconds: (\d+)", manifest).group(1))
    assert int(re.search(r"drain-timeout=(\d+)", block).group(1)) < grace

    help_text = subprocess.run([koeru, "relay", "--help"], capture_output=True, text=True,
                               timeout=60, check=True).stdout
    assert re.search(r"^  drain ", help_text, re.M) and "/run/koeru/admin.sock" in help_text
    assert re.search(r"^  reload ", help_text, re.M)

    # Nobody can use the packaged file before a secret is in it, and it says so; with one it is good.
    code, said = check_config(relay, read("turnserver.conf"))
    assert code == 1 and "nobody could use this relay" in said, said
    secret = "static-auth-secret=0123456789abcdef0123456789abcdef"
    code, said = check_config(relay, read("turnserver.conf").replace("#static-auth-secret=", secret))
    assert code == 0, said

    container = read("Containerfile")
    assert 'CMD ["-c", "/etc/koeru/turnserver.conf"]' in container
    for uid in re.findall(r"(?:runAsUser|runAsGroup|fsGroup): (\d+)", manifest):
        assert f"--uid {uid}" in container, uid


if __name__ == "__main__":
    main()
