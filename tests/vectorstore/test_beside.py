"""What the tests put beside an index without an ingest is what an ingest would hold."""

from pathlib import Path

import numpy as np
from beside import put_beside
from index_support import Counting, build, regulation

from vectorstore.chroma import ChromaStore

OTHER = regulation(
    "海滨浴场应当设置救生员。", "违反第一条的，处二百元罚款。", id_="linhe", city="临河市", questions=True
)


def test_what_is_put_beside_is_what_an_ingest_holds(tmp_path: Path) -> None:
    build(tmp_path / "at once", regulation(questions=True), OTHER)
    build(tmp_path / "beside", regulation(questions=True))
    at_once, beside = ChromaStore(tmp_path / "at once" / "chroma"), ChromaStore(tmp_path / "beside" / "chroma")
    put_beside(beside, Counting(), [OTHER])
    one, other = (s.read(s.manifest().generation) for s in (at_once, beside))
    assert (other.ids, other.texts, other.metadatas) == (one.ids, one.texts, one.metadatas)
    assert np.allclose(other.vectors, one.vectors, atol=1e-6)
    at_once.close()
    beside.close()
