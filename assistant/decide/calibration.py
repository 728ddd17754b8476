"""Thresholds as data: read from `calibration.toml`, written by `python -m evals.calibrate`."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.decide.of_the_law.of_the_matter import MatterHead, load_matter


@dataclass(frozen=True, slots=True)
class Logistic:
    """P = 1 / (1 + exp(-(bias + weights · features))), features as in `relevance` or `confirmation.FEATURES`."""

    bias: float
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Margins:
    """What is quoted beside the best. Margins of articles are in units of the summed standard scores,
    `city_margin*` are shares of the best score."""

    city_margin: float
    city_margin_named: float
    second_margin: float
    most_articles: int
    elsewhere_margin: float


@dataclass(frozen=True, slots=True)
class Choice:
    """Which 款 of an article are quoted: `weights` over `stated.paragraphs.FEATURES`; beside the likeliest one those at
    least `share` as likely."""

    weights: tuple[float, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """For one embedding model, with and without likely questions in the index; `matter` where one was fitted for it.

    What is asked by itself is unstated where no article states it with the chance `stated`, as the head `alone` judges.
    """

    relevance: Logistic
    relevance_without_questions: Logistic
    off_topic: float
    margins: Margins
    margins_without_questions: Margins
    confirmation: Logistic
    confirmation_without_questions: Logistic
    confirmed: float
    confirmed_without_questions: float
    stated: float
    paragraphs: Choice
    paragraphs_without_questions: Choice
    matter: MatterHead | None = None

    def confirmation_for(self, *, likely_questions: bool) -> Logistic:
        """How likely the best article answers, in a regulation that has likely questions, or has none."""
        return self.confirmation if likely_questions else self.confirmation_without_questions

    def confirmed_for(self, *, likely_questions: bool) -> float:
        """From which likelihood on it is cited."""
        return self.confirmed if likely_questions else self.confirmed_without_questions

    def choice_for(self, *, likely_questions: bool) -> Choice:
        """Which 款 are quoted, of a regulation that has likely questions, or has none."""
        return self.paragraphs if likely_questions else self.paragraphs_without_questions

    def margins_for(self, *, likely_questions: bool) -> Margins:
        """The margins for a regulation that has likely questions, or has none."""
        return self.margins if likely_questions else self.margins_without_questions


@lru_cache(maxsize=4)
def load_calibration(model: str) -> Calibration:
    """The calibration of an embedding model; that of the offline model where it has none of its own."""
    data = tomllib.loads((files("assistant.decide") / "calibration.toml").read_text("utf-8"))
    said = data["models"].get(model) or next(iter(data["models"].values()))
    return Calibration(
        relevance=_logistic(said["relevance"]),
        relevance_without_questions=_logistic(said["relevance_without_questions"]),
        off_topic=said["thresholds"]["off_topic"],
        margins=Margins(**said["margins"]),
        margins_without_questions=Margins(**said["margins_without_questions"]),
        confirmation=_logistic(said["confirmation"]),
        confirmation_without_questions=_logistic(said["confirmation_without_questions"]),
        confirmed=said["thresholds"]["confirmed"],
        confirmed_without_questions=said["thresholds"]["confirmed_without_questions"],
        stated=said["thresholds"]["stated"],
        paragraphs=_choice(said["paragraphs"]),
        paragraphs_without_questions=_choice(said["paragraphs_without_questions"]),
        matter=load_matter(model),
    )


def _logistic(said: dict[str, Any]) -> Logistic:
    return Logistic(said["bias"], tuple(said["weights"]))


def _choice(said: dict[str, Any]) -> Choice:
    return Choice(tuple(said["weights"]), said["share"])
