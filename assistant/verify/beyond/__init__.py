"""What goes beyond the words of the law: that it is silent, and what is concluded from it."""
