"""A large index: Chroma's own index gives candidates, files beside it what is needed to score them exactly.

A *volume* is what one ingest has written, once and for ever: collections in Chroma, one a kind of chunk, and a folder
of files made of the same chunks. `volume` reads it, `writing` makes it, `postings` holds its words, `texts` its
articles; `searcher` ranks, `renewing` decides what is written anew. An index is a base and, where some
regulations have changed since, one more volume with these.
"""

from vectorstore.engine.opening import articles_of, norms_of, open_volumes, regulations_of
from vectorstore.engine.renewing import Job, clean_up, count_of, fingerprint_of, renew
from vectorstore.engine.searcher import EngineSearcher
from vectorstore.engine.volume import Volume

#: An index of at most so many chunks is held in memory and scored whole, which is the best there is.
MOST_IN_MEMORY = 100_000

__all__ = [
    "MOST_IN_MEMORY",
    "EngineSearcher",
    "Job",
    "Volume",
    "articles_of",
    "clean_up",
    "count_of",
    "fingerprint_of",
    "norms_of",
    "open_volumes",
    "regulations_of",
    "renew",
]
