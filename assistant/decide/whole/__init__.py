"""More than one article is wanted, or more than one answer: sets (`sets`, chosen by `members`), words and figures
(`literal`), outlines and differences, several things in one message (`combine`, `beside`). What was fitted for
them lies in `assistant/decide/heads`.
"""
