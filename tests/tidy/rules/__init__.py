"""All rules by name. A rule is a function: tree -> findings; its first line of text says what holds."""

from rules import calls, files, layout, mirrors, private_names, words

ALL = {
    rule.__name__.replace("_", "-"): rule
    for module in (layout, calls, mirrors, files, private_names, words)
    for rule in module.RULES
}
