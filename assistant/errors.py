"""What can go wrong with a question or a setting (the family's root is in `law.errors`)."""

from law.errors import FatiaoError


class QuestionError(FatiaoError):
    """The question is empty, too long, or its history is malformed."""


class CityNotHeld(FatiaoError):
    """A city filter names a city that the corpus does not hold."""


class SettingError(FatiaoError):
    """An environment variable has an impossible value."""


class ModelError(FatiaoError):
    """A language model is needed and does not answer."""
