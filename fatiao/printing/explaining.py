"""A trace as text, for `fatiao ask --explain` and the page."""

import json
from typing import TYPE_CHECKING, Any

from prompts import say

if TYPE_CHECKING:
    from assistant.steps import Step, Trace


def trace_as_text(trace: "Trace") -> str:
    """Each step with its seconds, what it saw or decided, a line a fact, and the rules that spoke."""
    return "\n".join(line for step in trace.steps for line in _step(step)) + "\n"


def _step(step: "Step") -> list[str]:
    lines = [f"── {say(f'trace.{step.name}')}（{step.seconds * 1000:.1f} 毫秒）"]
    for name, value in step.saw.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"   {name}", *(f"     {_one(row)}" for row in value)]
        else:
            lines.append(f"   {name}：{_one(value)}")
    if step.rules:
        lines.append(f"   {say('trace.rules')}：{'、'.join(step.rules)}")
    return lines


def _one(value: Any) -> str:
    if isinstance(value, dict):
        return "　".join(f"{name}={_one(v)}" for name, v in value.items())
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
