"""Those whom a question names, by the names that the law knows them by."""

import re

from law.norms.actors import Actor, actors_in, class_of
from law.norms.norm import DEPARTMENT
from law.text.rules import Rule, load_rules, read_once


@read_once(8)
def named_in(topic: str) -> tuple[str, tuple[Actor, ...]]:
    """A topic with those who act by their formal names, and they."""
    aside, in_charge = _whole()["aside"], _rules()["in_charge"]
    formally = formal(aside.sub("", in_charge.sub(r"\g<field>部门", topic)))
    bare = _whole()["level_of"].sub("", formally)
    return bare, tuple(a for a in actors_in(bare) if not {"任何主体", DEPARTMENT} & set(a.classes))


@read_once(1024)
def formal(text: str) -> str:
    """A question with everyday names of those who act put as the law knows them.

    >>> formal("科委要做啥"), formal("财政那边有哪些活"), formal("海外那边")
    ('科学技术部门要做啥', '财政部门有哪些活', '海外那边')
    """
    for rule in load_rules("assistant.understand", "named.toml").values():
        text = rule.sub(rule.id.partition(".")[2], text)
    return _rules()["side"].sub(_department, text)


def _department(said: re.Match[str]) -> str:
    """财政部门 of 财政那边; a side of nobody stays as it is."""
    for start in range(len(said["field"]) - 1):
        name = said["field"][start:]
        if actors_in(name):
            return said["field"]
        if class_of(f"{name}部门").partition(":")[2]:
            return f"{said['field'][:start]}{name}{DEPARTMENT}"
    return said[0]


def _whole() -> dict[str, Rule]:
    return load_rules("assistant.understand", "whole.toml")


def _rules() -> dict[str, Rule]:
    return load_rules("assistant.understand", "breadth.toml")
