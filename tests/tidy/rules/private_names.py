"""Sources that are compiled together (koeru_join) see each other's private names."""

import re
from pathlib import PurePosixPath

from rules.layout import cpp_files
from tree import Finding

FUNCTION = re.compile(r"^(?!return\b|using\b)[A-Za-z][\w:<>,&*\s\[\]]*[\s&*](\w+)\(")
NAMESPACE = re.compile(r"^namespace ([\w:]+) \{")


def private_functions_have_names_of_their_own(tree):
    """A function of an unnamed namespace is not called like a function of a header beside it.

    Where both are seen, C++ calls the inner one in silence, and in a joined build a file sees the
    unnamed namespaces of the files before it."""
    public = {}
    for path in cpp_files(tree, "core/", "native_server/", "wasm/"):
        if path.endswith(".h"):
            for key, _, _ in _functions(tree, path):
                public.setdefault(key, path)
    for path in cpp_files(tree, "core/", "native_server/", "wasm/"):
        if not path.endswith(".cc"):
            continue
        for key, number, is_private in _functions(tree, path):
            if is_private and key in public:
                yield Finding(
                    path, number, f"{key[-1]}() is also a function of {public[key]}",
                    "give the private one another name, or use the public one",
                )


def _functions(tree, path):
    """((library, namespace, name), line, is in an unnamed namespace) of each free function."""
    library = PurePosixPath(path).parts[:2]
    namespace, is_private = "", False
    for number, line in tree.code_lines(path):
        if line.startswith("namespace {"):
            is_private = True
        elif match := NAMESPACE.match(line):
            namespace = match[1]
        elif line.startswith("}") and _ends_unnamed(tree, path, number):
            is_private = False
        elif match := FUNCTION.match(line):
            yield (*library, namespace, match[1]), number, is_private


def _ends_unnamed(tree, path, number):
    """Whether this "}" closes the unnamed namespace: its comment says so."""
    return tree.text(path).splitlines()[number - 1].strip() == "}  // namespace"


RULES = (private_functions_have_names_of_their_own,)
