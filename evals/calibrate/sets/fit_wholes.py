"""Fit the head that tells a question about a whole regulation: `python -m evals.calibrate.sets.fit_wholes [--write]`.

`datasets/wholes.jsonl` holds requests for an outline, for the main differences, and others that look like them and ask
for one matter; the likely questions of the corpus, each of which asks for one fact, are what it must not take for
either. No evaluation question is among them.
"""

import json
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np

from evals.calibrate.rules_or_head import fit
from evals.questions.cases import bundled_set

FACT = "fact"
#: The penalty, chosen on five folds.
_STRENGTH = 0.0001


def examples() -> list[tuple[str, str]]:
    """Each text with its label: outline, differences, or fact."""
    rows = [json.loads(line) for line in bundled_set("wholes").read_text("utf-8").splitlines()]
    told = [(str(row["text"]), str(row["label"])) for row in rows]
    for file in sorted(Path(str(files("corpus"))).glob("*/questions.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            told += [(str(q["text"]), FACT) for q in json.loads(line)["questions"]]
    return told


def main() -> None:
    """Fit on all examples; with --write write the head of the embedding model in use."""
    from assistant import Assistant
    from assistant.decide.heads import keep
    from vectorstore.embeddings import model_name

    embeddings = Assistant().embeddings
    told = examples()
    vectors = np.asarray([embeddings.embed_query(text) for text, _ in told])
    head = fit(vectors, [label for _, label in told], _STRENGTH)
    rows = head.weights[:-1] * np.sqrt(vectors.shape[1])
    bias = head.weights[-1] - head.mean @ rows
    wholes = {"wholes": rows.T.astype(np.float32), "wholes_bias": bias.astype(np.float32)}
    chances = head.chances(vectors)
    wrong = sum(head.names[int(row.argmax())] != label for row, (_, label) in zip(chances, told, strict=True))
    print(f"{len(told)} 个例子，拟合后读错 {wrong} 个")
    if "--write" in sys.argv[1:]:
        file = keep(model_name(embeddings), "whole", {**wholes, "wholes_names": np.asarray(head.names)})
        print(f"写入 {file.name}")


if __name__ == "__main__":
    main()
