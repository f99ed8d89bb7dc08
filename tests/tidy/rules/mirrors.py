"""tests/ mirrors the tree path for path, and nothing lies about unused."""

import re
from pathlib import PurePosixPath

from rules.layout import cpp_files, includes
from tree import Finding

FUNCTION_BODY = re.compile(r"\)\s*(?:const\s*)?(?:noexcept\s*)?(?:->\s*[\w:<>&*\s]+)?(?::\s*\w+\(.*)?\{")


def core_files_have_mirrored_tests(tree):
    """Each core file with functions is tested in tests/ at the mirrored path."""
    for stem, path in sorted(_files_with_functions(tree, "core/").items()):
        if not _is_tested(tree, stem):
            yield Finding(
                path, 1, f"no test at the mirrored path: tests/{stem}_test.cc",
                "write it (a vector, a round trip, every truncation, unknown content)",
            )


def _files_with_functions(tree, prefix):
    """{path without suffix: path} of .cc files, and of headers that define functions themselves."""
    found = {}
    for path in cpp_files(tree, prefix):
        stem = str(PurePosixPath(path).with_suffix(""))
        text = "\n".join(line for _, line in tree.code_lines(path))
        if path.endswith(".cc") or FUNCTION_BODY.search(text):
            found.setdefault(stem, path)
    return found


TYPE = re.compile(r"^(?:struct|class) (\w+)", re.MULTILINE)


def _is_tested(tree, stem):
    """By its own test, or, where a folder holds many small types (core/stun/attributes/x.h), by a test
    of that folder (tests/core/stun/attributes_test.cc) that names one of its types."""
    if f"tests/{stem}_test.cc" in tree.paths:
        return True
    folder = str(PurePosixPath(stem).parent)
    if folder.count("/") < 2:  # core/stun itself: each file has a test of its own
        return False
    header = f"{stem}.h"
    types = TYPE.findall(tree.text(header)) if header in tree.paths else []
    shared = [f"tests/{folder}_test.cc", *tree.select(f"tests/{folder}/", suffix="_test.cc")]
    words = {w for test in shared if test in tree.paths for w in re.findall(r"\w+", tree.text(test))}
    return any(name in words for name in types)


def headers_are_included(tree):
    """Each header is included by some file: a header that nobody reads is dead."""
    used = {name for path in cpp_files(tree) for _, name in includes(tree, path)}
    for path in tree.select(suffix=".h"):
        if path not in used:
            yield Finding(path, 1, "no file includes this header", "delete it, or use it")


def test_sources_are_found_by_name(tree):
    """Each .cc file of a tests/ folder without a list of its own ends in _test.cc, or no build sees it."""
    listed = {str(PurePosixPath(p).parent) for p in tree.select("tests/", suffix="/CMakeLists.txt")} - {"tests"}
    for path in tree.select("tests/", suffix=".cc"):
        parents = {str(p) for p in PurePosixPath(path).parents}
        if not path.endswith("_test.cc") and not parents & listed:
            yield Finding(
                path, 1, "no build target compiles this file",
                "name it *_test.cc, or give its folder a CMakeLists.txt that names it",
            )


SCRIPT_IMPORT = re.compile(r"""(?:from|import|require\()\s*['"](\.[^'"]+)['"]""")


def scripts_are_imported(tree):
    """Each TypeScript source is an entry (entry_*.ts), or some other source imports it."""
    sources = tree.select("js/src/", suffix=".ts")
    used = set()
    for path in sources:
        for name in SCRIPT_IMPORT.findall(tree.text(path)):
            target = (PurePosixPath(path).parent / name).with_suffix(".ts")
            used.add(_normal(target))
    for path in sources:
        if path not in used and not PurePosixPath(path).name.startswith("entry_"):
            yield Finding(path, 1, "no source imports this module", "delete it, or use it")


def _normal(path):
    parts = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


RULES = (
    core_files_have_mirrored_tests,
    headers_are_included,
    test_sources_are_found_by_name,
    scripts_are_imported,
)
