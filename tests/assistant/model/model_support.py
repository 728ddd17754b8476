"""An assistant with a scripted model beside the same assistant without one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant import Answer, Assistant, Event, Settings
from evals.servers.model_server import ModelServer, Reply, Script

KEY = "sk-never-to-be-seen-4711"
QUESTION = "武汉的企业买科技保险有补助吗?"
#: What a good model says to QUESTION, of 武汉 58.
GOOD = "武汉市探索建立科技保险产品推荐机制。[A1]科技创新企业购买纳入推荐目录的保险产品的，给予一定的保费补助。[A1]"
BAD = "武汉市对科技创新企业购买保险产品给予百分之七十的保费补助。[A1]"


@dataclass
class Bench:
    """The assistant with its model's server."""

    helper: Assistant
    server: ModelServer

    def ask(self, question: str = QUESTION, **more: object) -> Answer:
        return self.helper.ask(question, **more)

    def stream(self, question: str = QUESTION) -> list[Event]:
        return list(self.helper.stream(question))


@contextmanager
def bench(
    index: Path, script: Script | Reply | str | list[Reply | str] = GOOD, *, timeout: float = 20, key: str = KEY,
    judge: str = "",
) -> Iterator[Bench]:  # fmt: skip
    with ModelServer(script) as server:
        held = settings(index, server.url, timeout=timeout, key=key, judge=judge)
        with Assistant(held) as helper:
            yield Bench(helper, server)


def settings(index: Path, url: str, *, timeout: float = 20, key: str = KEY, judge: str = "") -> Settings:
    return Settings(
        _env_file=None, data_dir=index, model="scripted", judge_model=judge, model_timeout=timeout,
        OPENAI_BASE_URL=url, OPENAI_API_KEY=key,
    )  # fmt: skip


def text_of(events: list[Event]) -> str:
    """What a reader sees at the end of a stream."""
    text = ""
    for event in events:
        text = event.text if event.kind == "replace" else text + (event.text if event.kind == "text" else "")
    return text
