"""`fatiao check`: a draft's citations held to the law, as a list, as JSON, or as the draft with comments."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.check.checked import Review
from assistant.check.drafts import commented, read_draft
from assistant.check.judging import review
from law.errors import DocumentError
from law.text.shown import json_shown
from prompts import say

if TYPE_CHECKING:
    from assistant.assistant import Assistant

_MARKS = {True: "✓", False: "✗", None: "—"}


def run_check(helper: "Assistant", file: Path, *, as_json: bool, out: Path | None) -> None:
    """Check a draft. Raises DocumentError where it cannot be read or written."""
    draft = read_draft(file)
    found = review(draft.blocks, helper.regulations(), file.name, draft.beside)
    if out is not None:
        try:
            out.write_bytes(commented(draft, found))
        except OSError as error:
            raise DocumentError(f"写不进「{out}」（{error.strerror or error}），请检查路径和权限。") from error
    if as_json:
        sys.stdout.write(json_shown(json.dumps(found.as_json(), ensure_ascii=False, indent=2)) + "\n")
        return
    sys.stdout.write(as_text(found))
    if out is not None:
        sys.stdout.write(say("check.written", target=out) + "\n")


def as_text(found: Review) -> str:
    """A summary first, then each citation, then claims without one."""
    unheld = sum(c.ok is None for c in found.citations)
    count, wrong = len(found.citations), found.to_look_at
    if not count:
        return say("check.none_found") + "\n"
    lines = [say("check.summary", count=count, right=count - wrong - unheld, wrong=wrong, unheld=unheld)]
    for one in found.citations:
        lines.append(f"{_MARKS[one.ok]} {one.mention.as_written}　{one.why}")
        lines += [f"　　{say('check.right', labels='、'.join(one.labels))}"] if one.labels else []
    if found.uncited:
        lines.append(say("check.uncited", count=len(found.uncited)))
        for claim in found.uncited:
            right = f"　{say('check.right', labels='、'.join(claim.labels))}" if claim.labels else ""
            lines.append(f"· {claim.sentence}{right}")
    return "\n".join(lines) + "\n"
