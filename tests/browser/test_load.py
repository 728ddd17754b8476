"""Many visitors at once, and many questions: nobody sees another's, it stays quick, and memory stays bounded."""

import asyncio
import os
import random
import secrets
import shutil
import statistics
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from serving_support import served, write_login
from sqlalchemy import create_engine, text
from visitor import Visitor

from assistant import Assistant
from evals.questions.cases import bundled_set, load_cases
from evals.servers.serving import free_port

#: Seconds within which all ask, in which 95 of 100 answers must stand, and of processor time that a visit may cost.
WITHIN, QUICK, COST = 10.0, 3.0, 0.4
#: MB that the server may take, and grow by between the 200th and the 1,000th question.
MOST, GROWTH = 1000, 150

KEPT = """SELECT c.user_key, t.question, t.state, t.text
    FROM turns t JOIN conversations c ON c.id = t.conversation_id ORDER BY t.id"""


@dataclass
class Served:
    """The page, its process, its data, and how a user's cookie is signed."""

    url: str
    process: int
    data: Path
    cookie_secret: str

    def memory(self) -> float:
        """MB that the server holds (resident)."""
        status = Path(f"/proc/{self.process}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def cpu(self) -> float:
        """Seconds of processor time that the server has used: they count the same on a busy machine."""
        used = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Visit:
    """One user's questions, and what came of them."""

    user: str
    questions: list[str]
    seconds: list[float] = field(default_factory=list)
    page: str = ""


@pytest.fixture(scope="module")
def page(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("load")
    shutil.copytree(index, folder / "data")
    port, cookie_secret = free_port(), secrets.token_hex(32)
    url = f"http://localhost:{port}"
    client = {"client_id": "x", "client_secret": "x"}  # nobody logs in here: each arrives with a signed cookie
    write_login(folder, cookie_secret, f"{url}/oauth2callback", "http://localhost:1", client)
    with served(folder, port, FATIAO_DATA_DIR=str(folder / "data")) as process:
        yield Served(url, process, folder / "data", cookie_secret)


@pytest.fixture(scope="module")
def questions() -> list[str]:
    """Questions of the development set that need no history, each once."""
    return list(dict.fromkeys(case.question for case in load_cases([bundled_set("dev")]) if not case.history))


async def visit(page: Served, one: Visit, wait: float = 0.0) -> None:
    await asyncio.sleep(wait)
    claims = {"iss": "http://localhost:1", "sub": one.user, "name": f"用户{one.user}"}
    visitor = await Visitor.arrive(page.url, page.cookie_secret, claims)
    try:
        for question in one.questions:
            one.seconds.append(await visitor.ask(question))
        one.page = visitor.reads()
    finally:
        await visitor.leave()


async def together(page: Served, visits: list[Visit]) -> None:
    """Everybody arrives and asks within ten seconds, at times of their own."""
    times = random.Random(20).sample(range(1000), len(visits))
    await asyncio.gather(*(visit(page, one, WITHIN * at / 1000) for one, at in zip(visits, times, strict=True)))


def check(page: Served, visits: list[Visit], helper: Assistant) -> None:
    """Each page and each record holds its own user's questions with their answers, and nobody else's."""
    kept: dict[str, list[tuple[str, str, str]]] = {}
    engine = create_engine(f"sqlite:///{page.data / 'records.sqlite'}")
    with engine.connect() as connection:
        for key, question, state, said in connection.execute(text(KEPT)):
            kept.setdefault(key, []).append((question, state, said))
    engine.dispose()
    for one in visits:
        assert f"已登录：用户{one.user}" in one.page
        for question in one.questions:
            assert question in one.page
        others = {q for other in visits if other is not one for q in other.questions} - set(one.questions)
        assert not [q for q in others if q in one.page]
        mine = [turns for turns in kept.values() if [q for q, _, _ in turns] == one.questions]
        assert len(mine) == 1
        assert [(state, said) for _, state, said in mine[0][:1]] == [("answered", helper.ask(one.questions[0]).text)]


def run(doing: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: where a browser is driven in the same session, this one has a loop already."""
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, doing).result()


def p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1]


@pytest.mark.browser
def test_five_at_once_are_not_mixed_up(page: Served, questions: list[str], helper: Assistant) -> None:
    visits = [Visit(f"five-{n}", [question]) for n, question in enumerate(questions[20:25])]
    run(together(page, visits))
    check(page, visits, helper)


@pytest.mark.load
def test_twenty_within_ten_seconds(page: Served, questions: list[str], helper: Assistant) -> None:
    run(together(page, [Visit("first", questions[30:31])]))  # as in an office, the server is warm
    visits, before = [Visit(f"twenty-{n}", [question]) for n, question in enumerate(questions[:20])], page.cpu()
    run(together(page, visits))
    used = (page.cpu() - before) / len(visits)
    check(page, visits, helper)
    took = [second for one in visits for second in one.seconds]
    print(f"\n20 at once: median {statistics.median(took):.2f} s, p95 {p95(took):.2f} s, most {max(took):.2f} s; "
          f"{used:.2f} s of processor time a visit")  # fmt: skip
    assert used < COST
    assert p95(took) < QUICK


@pytest.mark.load
def test_memory_after_a_thousand_questions(page: Served, questions: list[str]) -> None:
    async def some(batch: list[Visit]) -> None:
        await asyncio.gather(*(visit(page, one) for one in batch))

    sizes, asked, took = [page.memory()], 0, []
    order = random.Random(1000)
    for round_ in range(25):  # 25 rounds of four visitors, each with ten questions in one conversation
        batch = [Visit(f"many-{round_}-{n}", order.sample(questions, 10)) for n in range(4)]
        run(some(batch))
        asked += sum(len(one.seconds) for one in batch)
        took += [second for one in batch for second in one.seconds]
        if asked % 200 == 0:
            sizes.append(page.memory())
            print(f"\n{asked} questions: {sizes[-1]:.0f} MB, p95 {p95(took):.2f} s", end="", flush=True)
    assert asked == 1000
    assert sizes[-1] < MOST
    assert sizes[-1] - sizes[1] < GROWTH
