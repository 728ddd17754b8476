"""The regulations that come with the project: where they lie, and how they are told from those that were added."""

from pathlib import Path

from law.regulation import Regulation


def bundled_folder() -> Path:
    """Where the regulations that come with the project lie."""
    return Path(__file__).resolve().parent.parent / "corpus"


def is_bundled(regulation: Regulation) -> bool:
    """Whether the regulation came from a corpus folder."""
    return regulation.source == regulation.id
