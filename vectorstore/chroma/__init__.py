"""The one room that touches Chroma: `connection` opens it, `volumes` and `store` keep an index in it.

Generations: an index is one collection, written once and never changed. The manifest names the
generation in service; changing it is one write (on a server a small collection, in a folder a file
that is replaced in one step). A reader asks for the manifest at each question and notices the switch.

Chroma is the store of record. Beside an embedded index lies a copy of the generation in service, read
back from Chroma before the switch: a process that only answers need not import chromadb, which costs
more than everything else it does. The manifest holds its digest: where the copy is missing or is not the one that
was written, Chroma is read. Each finished generation carries its manifest as well, so that it can be found again
where the pointer is lost.
"""

from vectorstore.chroma.store import MANIFEST, ChromaStore, Sealed
from vectorstore.chroma.volumes import HNSW, KINDS

__all__ = ["HNSW", "KINDS", "MANIFEST", "ChromaStore", "Sealed"]
