#!/usr/bin/env python3
"""Tests of the rules themselves: each one passes on a good tree, and fails on a bad one at the
right file and line. A rule without a bad case here fails this test."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from core_symbols import breaches  # noqa: E402
from rules import ALL  # noqa: E402
from tidy import check  # noqa: E402
from tree import Tree  # noqa: E402

# A small tree that keeps every rule.
GOOD = {
    "core/CMakeLists.txt": "koeru_core_library(bytes)\nkoeru_core_library(stun DEPS bytes)\n",
    "core/bytes/hex.h": "#pragma once\n\n// Bytes as text.\n\nnamespace koeru {\nint Hex(int digit);\n}\n",
    "core/bytes/hex.cc": '#include "core/bytes/hex.h"\n\nint koeru::Hex(int digit) {\n  return digit;\n}\n',
    "tests/core/bytes/hex_test.cc": '#include "core/bytes/hex.h"\n\nTEST(Hex, IsItself) {}\n',
    "core/stun/method.h": "#pragma once\n\n// Methods.\n\nnamespace koeru::stun {\nint send(int time);\n}\n",
    "core/stun/method.cc": '#include "core/stun/method.h"\n\n#include "core/bytes/hex.h"\n\n'
    "// Talks of time( and TO DO only in words.\n"
    'int koeru::stun::send(int time) { return Hex(time) + view.send(1); }\n',
    "tests/core/stun/method_test.cc": '#include "core/stun/method.h"\n\n#include "absl/strings/match.h"\n',
    "js/src/entry_script.ts": "import { camera } from './camera.js';\n",
    "js/src/camera.ts": "export const camera = 1;\n",
    "wasm/README.md": "# The C functions\n",
}

# rule: (file, its new content, line of the finding)
BAD = {
    "core-includes-follow-dependency-lines": (
        "core/bytes/hex.cc",
        '#include "core/bytes/hex.h"\n\n#include "core/stun/method.h"\n',
        3,
    ),
    "dependency-lines-point-down": (
        "core/CMakeLists.txt",
        "koeru_core_library(bytes DEPS stun)\nkoeru_core_library(stun)\n",
        1,
    ),
    "edges-stay-apart": ("wasm/decode.cc", '#include "native_server/io/clock.h"\n', 1),
    "includes-start-at-the-root": ("core/bytes/hex.cc", '#include "hex.h"\n', 1),
    "core-includes-no-outside-world": ("core/bytes/hex.cc", "#include <sys/socket.h>\n", 1),
    "core-calls-no-outside-world": (
        "core/bytes/hex.cc",
        '#include "core/bytes/hex.h"\n\nint Now() {\n  return static_cast<int>(std::time(nullptr));\n}\n',
        4,
    ),
    "core-files-have-mirrored-tests": ("core/bytes/crc.cc", "int Crc() { return 1; }\n", 1),
    "headers-are-included": ("core/bytes/lonely.h", "#pragma once\n\n// Alone.\n", 1),
    "test-sources-are-found-by-name": ("tests/core/bytes/hextest.cc", "int main() {}\n", 1),
    "scripts-are-imported": ("js/src/lonely.ts", "export const alone = 1;\n", 1),
    "private-functions-have-names-of-their-own": (
        "core/bytes/text.cc",
        "namespace koeru {\nnamespace {\n\nint Hex(char c) {\n  return c;\n}\n\n}  // namespace\n}  // namespace koeru\n",
        4,
    ),
    "files-are-small": ("native_server/connection.cc", "// a line\n" * 501, 500),
    "functions-are-short": (
        "native_server/loop.cc",
        "namespace koeru {\n\nvoid Loop() {\n" + "  Step();\n" * 70 + "}\n\n}  // namespace koeru\n",
        3,
    ),
    "readmes-are-short": ("wasm/README.md", "words\n" * 41, 40),
    "headers-begin-with-pragma-once": ("core/bytes/hex.h", "// Bytes as text.\n#include <span>\n", 2),
    "headers-introduce-themselves": ("core/bytes/hex.h", "#pragma once\nint Hex(int);\n", 1),
    "lines-are-clean": ("core/bytes/hex.cc", "int a;\nint b; \n", 2),
    "nothing-big-is-tracked": ("tests/vectors/call.pcap", "x" * (1 << 20) + "x", 1),
    "no-left-over-marks": ("core/bytes/hex.cc", "\n// " + "TO" + "DO: the rest\n", 2),
    "no-paths-of-a-machine": ("wasm/run.sh", "cd " + "/home/" + "ada/koeru\n", 1),
    "no-registry-hosts": ("js/fetch.mjs", "get('https://registry" + ".npmjs.org/')\n", 1),
    "no-private-keys": (
        "tests/key.pem",
        "-----BEGIN EC PRIVATE" + " KEY-----\n" + "MHcCAQEEIIGlRHtI9zUqUJoAoGCCqGSM49AwEHoUQDQgAE" + "\n",
        1,
    ),
}


class Fixture:
    """A tree in a temporary folder, without git."""

    def __init__(self, files):
        self._folder = tempfile.TemporaryDirectory()
        for path, text in files.items():
            file = Path(self._folder.name) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def __enter__(self):
        return Tree(self._folder.name)

    def __exit__(self, *_):
        self._folder.cleanup()


class Rules(unittest.TestCase):
    def test_each_rule_has_a_bad_case(self):
        self.assertEqual(set(ALL), set(BAD))

    def test_a_good_tree_keeps_every_rule(self):
        with Fixture(GOOD) as tree:
            found = {name: findings for name, findings in check(tree, list(ALL)).items() if findings}
        self.assertEqual(found, {})

    def test_each_rule_finds_its_bad_case(self):
        for name, (path, text, line) in BAD.items():
            with self.subTest(rule=name), Fixture({**GOOD, path: text}) as tree:
                findings = check(tree, [name])[name]
                self.assertIn((path, line), [(f.path, f.line) for f in findings])
                self.assertTrue(all(f.what and f.remedy for f in findings))

    def test_a_cycle_between_equals_is_found(self):
        deps = "koeru_core_library(stun DEPS turn)\nkoeru_core_library(turn DEPS stun)\n"
        with Fixture({"core/CMakeLists.txt": deps}) as tree:
            name = "dependency-lines-point-down"
            self.assertEqual([f.line for f in check(tree, [name])[name]], [1, 2])

    def test_declarations_methods_and_text_are_no_calls(self):
        fine = (
            "Result<Message> read(Reader& in);\n"
            "void time(int now);\n"
            "State::State(Random& r) : random(r), clock_(r) {}\n"
            "if (read(TakeUntil(text))) return;\n"
            "int x = reader.read(4) + view->time(1) + relay::send(2);\n"
            "// socket( in a comment\n"
            'auto s = "socket(";\n'
            "auto r = R\"(rand())\";\n"
        )
        with Fixture({"core/bytes/a.cc": fine}) as tree:
            name = "core-calls-no-outside-world"
            self.assertEqual(check(tree, [name])[name], [])

    def test_a_long_table_is_no_function(self):
        table = "constexpr auto kRows = std::to_array<Row>({\n" + "    {1, 2},\n" * 80 + "});\n"
        with Fixture({"core/a.cc": table}) as tree:
            self.assertEqual(check(tree, ["functions-are-short"])["functions-are-short"], [])

    def test_calls_are_found_wherever_they_stand(self):
        calls = (
            "auto t = std::time(nullptr);\n"
            "return rand();\n"
            "Use(::socket(1, 2, 3));\n"
            "auto n = std::chrono::steady_clock::now();\n"
            "if (ok) ::close(fd);\n"
        )
        with Fixture({"core/bytes/a.cc": calls}) as tree:
            name = "core-calls-no-outside-world"
            self.assertEqual([f.line for f in check(tree, [name])[name]], [1, 2, 3, 4, 5])


class Exceptions(unittest.TestCase):
    ALLOW = "tests/tidy/allow.txt"

    def findings(self, allow, files):
        with Fixture({**files, self.ALLOW: allow}) as tree:
            return check(tree, ["files-are-small"])["files-are-small"]

    def test_an_exception_with_a_reason_silences_its_file(self):
        big = {"core/a.cc": "// a line\n" * 501}
        self.assertEqual(self.findings("files-are-small core/a.cc # a table\n", big), [])

    def test_an_unused_exception_is_an_error(self):
        found = self.findings("files-are-small core/a.cc # a table\n", {"core/a.cc": "// small\n"})
        self.assertEqual([(f.path, f.line) for f in found], [(self.ALLOW, 1)])

    def test_an_exception_without_reason_or_of_no_rule_is_an_error(self):
        found = self.findings("files-are-small core/a.cc\nno-such-rule core/a.cc # x\n", {})
        self.assertEqual([f.line for f in found], [1, 2])


class CompiledCode(unittest.TestCase):
    def test_symbols_of_the_outside_world_are_found(self):
        listing = (
            "\nrelay.cc.o:\n                 U time\n                 U koeru::relay::time(int)\n"
            "                 U std::chrono::_V2::steady_clock::now()\n                 w pthread_create\n"
            "\nreply.cc.o:\n                 U rand@GLIBC_2.2.5\n                 U memcpy\n"
            "                 U operator new(unsigned long)\n                 U sendto\n"
        )
        self.assertEqual(
            [(member, kind) for member, kind, _ in breaches(listing)],
            [("relay.cc.o", "clocks"), ("relay.cc.o", "clocks"), ("reply.cc.o", "randomness"), ("reply.cc.o", "sockets")],
        )


class CommandLine(unittest.TestCase):
    def run_tidy(self, *arguments):
        return subprocess.run(
            [sys.executable, HERE / "tidy.py", *arguments], capture_output=True, text=True, timeout=60, check=False
        )

    def test_prints_file_line_rule_and_remedy_and_fails(self):
        with Fixture({"core/a.cc": "int b; \n"}) as tree:
            result = self.run_tidy("--root", str(tree.root), "lines-are-clean")
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stdout, r"^core/a\.cc:1: \[lines-are-clean\] .+; .+\n$")

    def test_succeeds_silently_on_a_good_tree(self):
        with Fixture(GOOD) as tree:
            result = self.run_tidy("--root", str(tree.root))
        self.assertEqual((result.returncode, result.stdout), (0, ""))

    def test_an_unknown_rule_is_refused(self):
        self.assertEqual(self.run_tidy("no-such-rule").returncode, 2)


if __name__ == "__main__":
    unittest.main()
