"""Twenty thousand made articles: candidates lose next to nothing of what an exact scan finds."""

from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant
from evals.bench.large import Made, make_large, regulations_of
from evals.questions.cases import bundled_set, load_cases
from vectorstore.embeddings import model_name
from vectorstore.engine import EngineSearcher
from vectorstore.library import Shelf


@pytest.mark.slow
def test_of_twenty_thousand_articles_the_same_ten_are_found(helper: Assistant, tmp_path: Path) -> None:
    pool = helper.store.read(helper.library().manifest.generation)
    assert pool is not None
    store = make_large(tmp_path, regulations_of(20_000), Made(helper.embeddings, pool.vectors))
    searcher = Shelf(store, model_name(helper.embeddings)).library().searcher
    assert isinstance(searcher, EngineSearcher)
    questions = [c.question for c in load_cases([bundled_set("dev")])[::4]]
    same, lost = 0, []
    for question in questions:
        vector = helper.path.deciding.embed(question)
        exact, found = (
            np.argsort(-score(vector, question).total, kind="stable")[:10].tolist()
            for score in (searcher.exactly, searcher.score)
        )
        same += exact[:3] == found[:3]
        lost.append(1 - len({*exact} & {*found}) / 10)
    store.close()
    assert same >= 0.95 * len(questions)
    assert np.mean(lost) <= 0.005
