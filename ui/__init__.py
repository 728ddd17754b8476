"""The Streamlit page: `st.*` only; everything it shows comes from `assistant`.

`app` is the entry and `views` holds one file a page; `turns` and `answer` lay out a conversation, `reading` opens
an article beside it, `address` says what is open, `drawing` draws texts with things to click in them, `session` knows
the visitor.
"""
