"""Thresholds of the verifier, read from `thresholds.toml`; `python -m evals.sentences` tells how they do."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares from 0 to 1 of weighted bigrams, of words (untold*, told), or numbers of bigrams (misplaced, short).

    `aligned*`: how like a clause of the law must be before this is checked against it. `told_whole`: the share of
    a clause that must be told before its conditions must be. `condition*`, `attributive`, `exception`: the share of
    them that counts as told. `untold*`: the share of a sentence or of one of its clauses that may be missing.
    `elsewhere*`: by how much, and how many times, another article may fit better.
    """

    aligned: float
    aligned_modality: float
    aligned_closely: float
    aligned_agents: float
    aligned_conditions: float
    aligned_negation: float
    condition: float
    condition_words: float
    attributive: float
    told_whole: float
    condition_absolute: float
    exception: float
    exception_told: float
    untold: float
    untold_clause: float
    elsewhere: float
    elsewhere_ratio: float
    misplaced: int
    short: int
    short_told: float
    told: float


T = Thresholds(**tomllib.loads((files("assistant.verify") / "thresholds.toml").read_text("utf-8")))
