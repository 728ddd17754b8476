"""A model that rambles and invents, held to the law: `python -m evals.rambling [--number N] [--report FILE]`.

Asks questions of the development set through llama.cpp's own server with a small base model, over HTTP and
streaming, and has every text that a reader saw, also what was replaced afterwards, looked at independently.
Prints what was kept, dropped and replaced; exits 1 where a figure, quote or city was found that the cited
article lacks.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant import Answer, Assistant, Settings, load_settings
from assistant.model.client import ChatModel
from assistant.path import AnswerPath
from evals.questions.case import Case
from evals.questions.cases import bundled_set, load_cases
from evals.scores.strictness import Fault, faults_of, know, shown_faults
from evals.servers.llama_server import llama_server

#: The model says what comes to its mind, and not for ever; seconds that an answer may take.
TEMPERATURE, MAX_TOKENS, SECONDS = 0.7, 120, 120.0


@dataclass(frozen=True, slots=True)
class Rambled:
    """One question: what was shown in the end, what was shown before it was replaced, and what was wrong with both."""

    case: Case
    answer: Answer
    before: str
    faults: tuple[Fault, ...]


def main(arguments: Sequence[str]) -> int:
    """Ask, check, print."""
    import argparse

    parser = argparse.ArgumentParser(prog="evals.rambling")
    parser.add_argument("--number", type=int, default=100, help="questions to ask")
    parser.add_argument("--report", type=Path, help="write every answer there, to be read by eye")
    parser.add_argument("--models", type=Path, help="folder that keeps the assembled model")
    said = parser.parse_args(arguments)
    with llama_server(said.models) as url:
        results = ramble(load_settings(), url, questions(said.number))
    if said.report:
        said.report.write_text("".join(json.dumps(_row(r), ensure_ascii=False) + "\n" for r in results), "utf-8")
    return _print(results)


def ramble(settings: Settings, url: str, cases: Sequence[Case]) -> list[Rambled]:
    """Ask every case. The model's server is at `url`."""
    result: list[Rambled] = []
    with Assistant(settings) as helper:
        know(helper.regulations())
        held = helper.library().by_id
        model = ChatModel("gemma", url, temperature=TEMPERATURE, max_tokens=MAX_TOKENS)
        path = AnswerPath(helper, helper.embeddings, model, SECONDS)
        for case in cases:
            shown, before = "", ""
            for event in path.events({"question": case.question, "history": list(case.history)}):
                if event.kind == "replace":
                    before, shown = shown, event.text
                elif event.kind == "text":
                    shown += event.text
                elif event.answer is not None:
                    faults = (*faults_of(event.answer, held), *shown_faults(before, held))
                    result.append(Rambled(case, event.answer, before, faults))
    return result


def questions(number: int) -> list[Case]:
    """Evenly spread over the set, those that have an answer."""
    cases = [c for c in load_cases([bundled_set("dev")]) if not c.refuse]
    return [cases[i * len(cases) // number] for i in range(min(number, len(cases)))]


def _print(results: Sequence[Rambled]) -> int:
    written = [r.answer.writing for r in results if r.answer.writing]
    prose = sum(bool(w.prose) for w in written)
    kept, dropped = sum(w.kept for w in written), sum(w.dropped for w in written)
    refused, shown = sum(r.answer.refused for r in results), sum(bool(r.before) for r in results)
    faults = [(r, f) for r in results for f in r.faults]
    sys.stdout.write(
        f"{len(results)} 个回答：模型写的 {prose} 个，换成离线的 {len(results) - refused - prose} 个"
        f"（其中 {shown} 个已显示过部分），拒答 {refused} 个；"
        f"句子通过 {kept}，略去 {dropped}；词元 {sum(r.answer.tokens for r in results)}\n"
    )
    for rambled, fault in faults:
        sys.stdout.write(f"{rambled.case.id} {fault.kind}「{fault.said}」：{fault.sentence}\n")
    sys.stdout.write(f"所引条文里没有的数字、引文、城市：{len(faults)} 处\n")
    return 1 if faults else 0


def _row(one: Rambled) -> dict[str, object]:
    writing = asdict(one.answer.writing) if one.answer.writing else None
    return {
        "id": one.case.id,
        "question": one.case.question,
        "model": one.answer.model,
        "writing": writing,
        "before": one.before,
        "text": one.answer.text,
        "faults": [asdict(f) for f in one.faults],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
