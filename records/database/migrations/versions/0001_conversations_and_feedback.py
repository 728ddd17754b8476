"""Users, their conversations, the turns of these, and feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """From nothing."""
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "users",
        sa.Column("key", sa.String(500), nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_users"),
    )
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("user_key", sa.String(500), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("title_words", sa.Text, nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("updated", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.ForeignKeyConstraint(["user_key"], ["users.key"], name="fk_conversations_user_key", ondelete="CASCADE"),
    )
    op.create_index("ix_conversations_user_key_updated", "conversations", ["user_key", "updated"])
    op.create_index("ix_conversations_updated", "conversations", ["updated"])
    op.create_table(
        "turns",
        sa.Column("id", number, nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("cities", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("answer", sa.Text),
        sa.Column("standalone", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("asked", moment, nullable=False),
        sa.Column("ended", moment),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_turns_conversation_id", ondelete="CASCADE"
        ),
        sa.CheckConstraint("state IN ('asked', 'answered', 'stopped', 'failed')", name=op.f("ck_turns_state")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_turns_conversation_id", "turns", ["conversation_id"])
    op.create_table(
        "feedback",
        sa.Column("id", number, nullable=False),
        sa.Column("turn_id", number, nullable=False),
        sa.Column("user_key", sa.String(500), nullable=False),
        sa.Column("up", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("rated", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name="fk_feedback_turn_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_key"], ["users.key"], name="fk_feedback_user_key", ondelete="CASCADE"),
        sa.UniqueConstraint("turn_id", "user_key", name="uq_feedback_turn_id_user_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feedback_user_key", "feedback", ["user_key"])
