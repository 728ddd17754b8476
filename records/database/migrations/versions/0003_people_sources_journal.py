"""Accounts with roles, who is logged in, the files that regulations came from, and who did what when."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Four tables."""
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "accounts",
        sa.Column("key", sa.String(500), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("created", moment, nullable=False),
        sa.Column("seen", moment),
        sa.PrimaryKeyConstraint("key", name="pk_accounts"),
        sa.CheckConstraint("role IN ('reader', 'editor', 'admin')", name=op.f("ck_accounts_role")),
    )
    op.create_table(
        "logins",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("account_key", sa.String(500), nullable=False),
        sa.Column("expires", moment, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_logins"),
        sa.ForeignKeyConstraint(["account_key"], ["accounts.key"], name="fk_logins_account_key", ondelete="CASCADE"),
    )
    op.create_index("ix_logins_account_key", "logins", ["account_key"])
    op.create_table(
        "sources",
        sa.Column("id", number, nullable=False),
        sa.Column("regulation", sa.String(200), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("identity", sa.Text, nullable=False),
        sa.Column("added_by", sa.String(500), nullable=False),
        sa.Column("added", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sources_regulation", "sources", ["regulation"])
    op.create_index("ix_sources_sha256", "sources", ["sha256"])
    op.create_table(
        "journal",
        sa.Column("id", number, nullable=False),
        sa.Column("done", moment, nullable=False),
        sa.Column("who", sa.String(500), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_act_done", "journal", ["act", "done"])
    op.create_index("ix_journal_done", "journal", ["done"])
