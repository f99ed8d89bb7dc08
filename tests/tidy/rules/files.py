"""Sizes and shapes of files and functions."""

import re

from rules.layout import cpp_files
from tree import CODE, Finding

MAX_LINES = 500
MAX_FUNCTION_LINES = 70
MAX_README_LINES = 40
MAX_COLUMNS = 100
MAX_BYTES = 1 << 20


def files_are_small(tree):
    """No source file has more than 500 lines."""
    for path in tree.paths:
        count = tree.text(path).count("\n") if path.endswith(CODE) else 0
        if count > MAX_LINES:
            yield Finding(path, MAX_LINES, f"{count} lines", f"split it: at most {MAX_LINES} lines a file")


# Types, namespaces, and tables: `constexpr auto kRows = std::to_array<Row>({`.
NOT_A_FUNCTION = re.compile(r"(namespace|class|struct|enum|union|extern|template)\b|.*[^=!<>]= ?[\w:<>, ]*\(?\{$")


def functions_are_short(tree):
    """No C++ function at namespace level has more than 70 lines."""
    for path in cpp_files(tree):
        start = 0
        for number, line in tree.code_lines(path):
            if re.match(r"[\w\[].*\{$|\) .*\{$| {4}\S.*\) (?:const )?\{$", line) and not start:
                start = 0 if NOT_A_FUNCTION.match(line) else number
            elif line.startswith("}"):
                if start and not line.startswith("};") and number - start > MAX_FUNCTION_LINES:
                    yield Finding(
                        path, start, f"a function of {number - start + 1} lines",
                        f"split it by what it does: at most {MAX_FUNCTION_LINES} lines",
                    )
                start = 0


def readmes_are_short(tree):
    """The README of a folder has at most 40 lines."""
    for path in tree.select(suffix="/README.md"):
        count = tree.text(path).count("\n")
        if count > MAX_README_LINES:
            yield Finding(path, MAX_README_LINES, f"{count} lines", "say what the folder is for, and link the rest")


def headers_begin_with_pragma_once(tree):
    """The first line of code of a header is #pragma once."""
    for path in tree.select(suffix=".h"):
        first = next(((n, line) for n, line in tree.code_lines(path) if line.strip()), (1, ""))
        if first[1].strip() != "#pragma once":
            yield Finding(path, first[0], "the header does not begin with #pragma once", "put it there")


def headers_introduce_themselves(tree):
    """A header of core says in its first lines what it is for."""
    for path in tree.select("core/", suffix=".h"):
        head = tree.text(path).splitlines()[:12]
        if not any(line.startswith(("//", "/*")) for line in head):
            yield Finding(path, 1, "no introduction", "open with a comment that a newcomer can read")


def lines_are_clean(tree):
    """Text has no tab, no blank at a line's end, one newline at its end; C++ fits in 100 columns."""
    for path in tree.paths:
        text = tree.text(path)
        if not path.endswith(CODE) or not text:
            continue
        if not text.endswith("\n") or text.endswith("\n\n"):
            yield Finding(path, text.count("\n") + 1, "the file does not end in one newline", "end it in one")
        for number, line in tree.lines(path):
            if "\t" in line or line != line.rstrip() or "\r" in line:
                yield Finding(path, number, "a tab, or a blank at the end of the line", "run make format")
            if path.endswith((".cc", ".h")) and len(line) > MAX_COLUMNS and "http" not in line:
                yield Finding(path, number, f"{len(line)} columns", "run make format")


def nothing_big_is_tracked(tree):
    """No tracked file is over one megabyte, and third_party/ holds lists and scripts only."""
    for path in tree.paths:
        size = (tree.root / path).stat().st_size
        if size > MAX_BYTES:
            yield Finding(path, 1, f"{size} bytes", "make it when it is needed, or fetch it by checksum")
        if path.startswith("third_party/") and path.count("/") > 1:
            yield Finding(path, 1, "a fetched source is tracked", "pin it in third_party/pins.txt instead")


RULES = (
    files_are_small,
    functions_are_short,
    readmes_are_short,
    headers_begin_with_pragma_once,
    headers_introduce_themselves,
    lines_are_clean,
    nothing_big_is_tracked,
)
