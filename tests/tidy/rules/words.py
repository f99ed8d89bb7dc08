"""Words that must not stand in any tracked file."""

import re

from tree import Finding

GENERATED = ("package-lock.json",)
# Written so that this file does not find itself.
MARK = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
MACHINE_PATH = re.compile(r"(?<![\w.$}{~<>-])/(?:work|root|home/\w+|Users/\w+)/[\w.-]+")
REGISTRY = re.compile(
    r"\b(?:registry\.(?:npmjs|yarnpkg)\.\w+|(?:deb|security|ftp)(?:\.\w+)?\.debian\.org|pypi\.org"
    r"|[\w-]+\.pkg\.dev|proxy\.golang\.org)\b"
)
PRIVATE_KEY = re.compile(r"-----BEGIN (?:\w+ )*PRIVATE" + r" KEY-----(?:\\n|[\s\"'+])*[A-Za-z0-9+/=]{40}")


def _grep(tree, pattern, what, remedy):
    for path in tree.paths:
        if path.endswith(GENERATED):
            continue
        for number, line in tree.lines(path):
            match = pattern.search(line)
            if match:
                yield Finding(path, number, f"{what}: {match.group(0)}", remedy)


def no_left_over_marks(tree):
    """No mark of unfinished work."""
    return _grep(tree, MARK, "a mark of unfinished work", "finish it, or write it into an issue")


def no_paths_of_a_machine(tree):
    """No absolute path of somebody's machine."""
    return _grep(tree, MACHINE_PATH, "a path of one machine", "write it relative to the repository, or derive it")


def no_registry_hosts(tree):
    """No host of a package registry: each machine has its own mirrors."""
    return _grep(tree, REGISTRY, "a host of a package registry", "derive it from the machine's configuration")


def no_private_keys(tree):
    """No private key: its first line, followed by what it holds."""
    for path in tree.paths:
        for match in PRIVATE_KEY.finditer(tree.text(path)):
            line = tree.text(path).count("\n", 0, match.start()) + 1
            yield Finding(path, line, "a private key", "make one when it is needed, as the demo and the tests do")


RULES = (no_left_over_marks, no_paths_of_a_machine, no_registry_hosts, no_private_keys)
