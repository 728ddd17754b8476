"""Alembic's way in: runs the migrations on the connection, and in the transaction, that it is given."""

from alembic import context

from records.database.tables import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, version_table=VERSION_TABLE
)
context.run_migrations()
