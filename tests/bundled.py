"""The three real regulations as they are read from their folders, once for all tests that only look at them."""

from law.corpus import load_corpus

HELD = load_corpus()
