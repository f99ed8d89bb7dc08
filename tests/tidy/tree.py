"""The tracked files of a tree, and findings about them."""

import os
import subprocess
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

CPP = (".cc", ".h")
CODE = CPP + (".c", ".ts", ".mjs", ".js", ".py", ".sh", ".css", ".html", ".cmake")


@dataclass(frozen=True)
class Finding:
    """One breach of a rule: where it is, what is wrong, and what to do."""

    path: str
    line: int
    what: str
    remedy: str


class Tree:
    """The files that git tracks below a root (of an export without git: all but what is built)."""

    SKIPPED = {".git", "build", "node_modules"}

    def __init__(self, root):
        self.root = Path(root).resolve()

    @cached_property
    def paths(self):
        listed = subprocess.run(
            ["git", "-C", self.root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True,
            check=False,
        )
        if listed.returncode == 0:
            names = listed.stdout.decode().split("\0")
        else:
            names = list(self._walk())
        return sorted(n for n in names if n and (self.root / n).is_file())

    def _walk(self):
        for folder, folders, files in os.walk(self.root):
            folders[:] = [f for f in folders if f not in self.SKIPPED]
            for name in files:
                yield str((Path(folder) / name).relative_to(self.root))

    def select(self, *prefixes, suffix=""):
        """Paths that start with one of the prefixes (all, when none is given) and have the suffix."""
        return [p for p in self.paths if p.endswith(suffix) and (not prefixes or p.startswith(prefixes))]

    @lru_cache(maxsize=None)
    def text(self, path):
        """The file's text, or an empty string when it is not text."""
        try:
            return (self.root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            return ""

    def lines(self, path):
        """(number, line) pairs, counted from 1."""
        return enumerate(self.text(path).splitlines(), 1)

    @lru_cache(maxsize=None)
    def code_lines(self, path):
        """(number, line) pairs of C++ or TypeScript with comments and literals blanked."""
        return list(enumerate(_without_comments_and_literals(self.text(path)).splitlines(), 1))


def _without_comments_and_literals(text):
    """Blanks comments, strings and character literals, and keeps every line break and #include."""
    out, i, n = [], 0, len(text)
    at_line_start = True
    while i < n:
        if at_line_start and text.startswith("#include", i):
            end = _find(text, "\n", i)
        elif text.startswith("//", i):
            end = _find(text, "\n", i)
            i = end
            continue
        elif text.startswith("/*", i):
            end = _find(text, "*/", i + 2) + 2
            out.append("\n" * text.count("\n", i, end))
            i = end
            continue
        elif text.startswith('R"', i):
            tag = text[i + 2 : _find(text, "(", i)]
            end = _find(text, f'){tag}"', i) + len(tag) + 2
            out.append('""' + "\n" * text.count("\n", i, end))
            i = end
            continue
        elif text[i] == '"' or (text[i] == "'" and not (i and text[i - 1].isalnum())):
            end = _end_of_literal(text, i)
            out.append(text[i] * 2)
            i = end
            continue
        else:
            end = i + 1
        out.append(text[i:end])
        at_line_start = text[i:end].strip() == "" and (at_line_start or "\n" in text[i:end])
        i = end
    return "".join(out)


def _find(text, needle, start):
    found = text.find(needle, start)
    return len(text) if found < 0 else found


def _end_of_literal(text, start):
    i = start + 1
    while i < len(text) and text[i] not in (text[start], "\n"):
        i += 2 if text[i] == "\\" else 1
    return i + 1
