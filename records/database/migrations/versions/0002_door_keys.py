"""Keys of the door, as digests."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """One table."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "door_keys",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("used", moment),
        sa.PrimaryKeyConstraint("name", name="pk_door_keys"),
        sa.UniqueConstraint("digest", name="uq_door_keys_digest"),
    )
