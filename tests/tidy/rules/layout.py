"""Who may include whom: bytes -> codecs -> machines -> edges, and nothing points back."""

import re

from tree import CPP, Finding

# The height of each core folder in the picture of ARCHITECTURE.md. A dependency points down or
# stays on its level.
HEIGHT = {
    "bytes": 0,
    "net": 1,
    "capture": 2,
    "rtp": 2,
    "crypto": 1,
    "stun": 2,
    "turn": 2,
    "ice": 2,
    "sdp": 2,
    "inspect": 3,
    "media": 3,
    "nat": 3,
    "client": 3,
    "relay": 3,
}
EDGES = ("wasm", "native_server")
# Quoted includes of libraries, which Google's style writes like our own.
LIBRARIES = ("absl/", "mbedtls/", "psa/", "gtest/", "gmock/", "benchmark/", "boost/")
INCLUDE = re.compile(r'\s*#include\s+"([^"]+)"')


def includes(tree, path):
    for number, line in tree.code_lines(path):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1)


def cpp_files(tree, *prefixes):
    return [p for p in tree.select(*prefixes) if p.endswith(CPP)]


def dependency_lines(tree):
    """{folder: (line, [dependencies])} of core/CMakeLists.txt."""
    text = tree.text("core/CMakeLists.txt") if "core/CMakeLists.txt" in tree.paths else ""
    found = {}
    for match in re.finditer(r"^koeru_core_library\((\w+)(?:\s+DEPS\s+([^)]*))?\)", text, re.MULTILINE):
        line = text.count("\n", 0, match.start()) + 1
        found[match.group(1)] = (line, (match.group(2) or "").split())
    return found


def core_includes_follow_dependency_lines(tree):
    """A core folder includes only itself and what its DEPS line in core/CMakeLists.txt names."""
    lines = dependency_lines(tree)
    for path in cpp_files(tree, "core/"):
        folder = path.split("/")[1]
        allowed = {folder, *lines.get(folder, (0, []))[1]}
        for number, name in includes(tree, path):
            parts = name.split("/")
            if parts[0] == "core" and len(parts) > 2 and parts[1] not in allowed:
                yield Finding(
                    path,
                    number,
                    f"core/{folder} includes {name}, but does not depend on core/{parts[1]}",
                    f"move the code to where both may use it, or add {parts[1]} to the DEPS of {folder} in "
                    "core/CMakeLists.txt if the picture in ARCHITECTURE.md allows it",
                )


def dependency_lines_point_down(tree):
    """The DEPS lines of core follow the arrow bytes -> codecs -> machines, without a cycle."""
    lines = dependency_lines(tree)
    ours = {name: [d for d in deps if d in lines] for name, (_, deps) in lines.items()}
    for name, (number, _) in lines.items():
        if name not in HEIGHT:
            yield Finding(
                "core/CMakeLists.txt", number, f"core/{name} has no place in the picture",
                "give it a height in tests/tidy/rules/layout.py and a line in ARCHITECTURE.md",
            )
            continue
        for dep in ours[name]:
            if HEIGHT.get(dep, 0) > HEIGHT[name] or _reaches(ours, dep, name):
                yield Finding(
                    "core/CMakeLists.txt", number, f"core/{name} depends on core/{dep}, which points back",
                    "turn the dependency round, or move what both need further down",
                )


def _reaches(deps, start, goal):
    seen, todo = set(), [start]
    while todo:
        name = todo.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            todo.extend(deps.get(name, []))
    return False


def edges_stay_apart(tree):
    """core includes no edge (wasm, native_server), the edges never include each other."""
    for path in cpp_files(tree, "core/", *(f"{e}/" for e in EDGES)):
        own = path.split("/")[0]
        for number, name in includes(tree, path):
            other = name.split("/")[0]
            if other != own and other in (*EDGES, "tests"):
                yield Finding(
                    path, number, f"{own}/ includes {name}",
                    "move what both need into core/, and pass the rest as a parameter",
                )


def includes_start_at_the_root(tree):
    """A quoted include names one of our files from the repository's root."""
    known = set(tree.paths)
    for path in cpp_files(tree):
        for number, name in includes(tree, path):
            if name not in known and not name.startswith(LIBRARIES):
                yield Finding(
                    path, number, f'there is no file "{name}" below the root',
                    "write the path from the root of the repository; system headers go into <>",
                )


RULES = (
    core_includes_follow_dependency_lines,
    dependency_lines_point_down,
    edges_stay_apart,
    includes_start_at_the_root,
)
