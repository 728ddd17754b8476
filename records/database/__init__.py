"""The database below the records: opened, migrated and watched (`database`), its tables, its rows.

SQLite as a file (`sqlite_file`) or PostgreSQL by URL (`patience`); `migrations/versions` bring an older one up to date.
"""
