"""The Streamlit page: `st.*` only; everything it shows comes from `assistant`.

`app` is the entry; `conversation` asks and shows turns, `reading` opens an article beside them.
"""
