"""What can go wrong with the records (the family's root is in `law.errors`).

FatiaoError
└── RecordsError             the records cannot do what was asked
    ├── RecordsUnavailable   the database does not answer, is damaged or cannot be written
    ├── RecordsNewer         the database was made by a newer version of the program
    └── RecordNotFound       there is no such conversation, turn or feedback, or it is somebody else's
"""

from law.errors import FatiaoError


class RecordsError(FatiaoError):
    """The records cannot do what was asked."""


class RecordsUnavailable(RecordsError):
    """The database does not answer, is damaged or cannot be written."""


class RecordsNewer(RecordsError):
    """The database was made by a newer version of the program."""


class RecordNotFound(RecordsError):
    """There is no such conversation, turn or feedback, or it is somebody else's."""
