"""Thresholds of the verifier, read from `thresholds.toml`; `python -m evals.sentences --calibrate` tells how they do."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All are shares from 0 to 1: of weighted bigrams (aligned*, condition, exception, elsewhere) or of words (untold*)."""

    aligned: float
    aligned_modality: float
    aligned_agents: float
    aligned_conditions: float
    aligned_negation: float
    condition: float
    attributive: float
    told_whole: float
    condition_absolute: float
    exception: float
    untold: float
    untold_clause: float
    elsewhere: float
    elsewhere_ratio: float
    misplaced: int
    short: int
    short_told: float
    told: float


T = Thresholds(**tomllib.loads((files("assistant.verify") / "thresholds.toml").read_text("utf-8")))
