"""Who is let in: what stands before Streamlit (`gate`, `door`), the login, and what a link asked for meanwhile."""
