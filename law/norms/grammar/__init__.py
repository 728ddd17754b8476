"""The grammar of a rule: what the reader of norms knows of words, over plain text (NFKC, Simplified, lower case, no
white space). Who acts stands in `actors.toml`, how binding and by what means in `marks.toml` beside this folder."""

from collections.abc import Mapping

from law.text.rules import Rule, load_rules

_FILES = ("acts", "beneficiaries", "clauses", "conditions", "figures", "readings", "who_acts")
#: Every rule of the grammar by its id without `norms.`.
GRAMMAR: Mapping[str, Rule] = {
    name: rule for file in _FILES for name, rule in load_rules("law.norms.grammar", f"{file}.toml").items()
}
