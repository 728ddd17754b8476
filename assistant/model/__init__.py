"""A language model writes, and is held to the law: its client, its context, its prose sentence by sentence."""
