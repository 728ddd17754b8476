"""The rules of `order.toml`: what belongs together within one rule of an article."""

from law.text.rules import Rule, load_rules


def order() -> dict[str, Rule]:
    """The rules by name."""
    return load_rules("assistant.verify.one_rule", "order.toml")
