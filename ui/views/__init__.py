"""One file a page; each is run by `st.navigation`, not imported.

Not called `pages`: Streamlit would run what lies there without the entry.
"""
