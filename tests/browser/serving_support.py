"""Programs that a test of serving starts on loopback, and ends by their own process ids."""

import json
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evals.servers.serving import free_port, serving


@contextmanager
def running(module: str, *arguments: str, folder: Path, ready: str, **environment: str) -> Iterator[int]:
    """`python -m module …` in a folder that is its home too, once `ready` answers; gives its process id."""
    command, log = [sys.executable, "-m", module, *arguments], folder / f"{module}.log"
    with serving(command, ready, folder=folder, log=log, environment={"HOME": str(folder), **environment}) as pid:
        yield pid


@contextmanager
def served(folder: Path, port: int, **environment: str) -> Iterator[int]:
    """`fatiao ui` on a port, started in a folder that is its home too; gives its process id."""
    ready = f"http://localhost:{port}/_stcore/health"
    with running(
        "fatiao.cli", "ui", "--headless", "--port", str(port), folder=folder, ready=ready, **environment
    ) as id_:
        yield id_


@contextmanager
def provider(folder: Path, users: list[dict[str, Any]]) -> Iterator[str]:
    """A login service that knows these users and only registered clients; gives its address, which is its issuer."""
    port = free_port()
    url = f"http://localhost:{port}"
    known = [part for user in users for part in ("--user-claims", json.dumps(user))]
    strict = ["--require-registration", "true", "--require-nonce", "true"]
    ready = f"{url}/.well-known/openid-configuration"
    with running("oidc_provider_mock", "--port", str(port), *strict, *known, folder=folder, ready=ready):
        yield url


def register(issuer: str, redirect: str) -> Mapping[str, str]:
    """A client of the login service: `client_id` and `client_secret`."""
    asked = urllib.request.Request(
        f"{issuer}/oauth2/clients", json.dumps({"redirect_uris": [redirect]}).encode(),
        {"Content-Type": "application/json"},
    )  # fmt: skip
    with urllib.request.urlopen(asked, timeout=10) as answer:
        held: Mapping[str, str] = json.load(answer)
    return held


def write_login(folder: Path, cookie_secret: str, redirect: str, issuer: str, client: Mapping[str, str]) -> None:
    """secrets.toml in the folder that the page is started from."""
    file = folder / ".streamlit" / "secrets.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(0o600)
    file.write_text(
        f'[auth]\nredirect_uri = "{redirect}"\ncookie_secret = "{cookie_secret}"\n'
        f'client_id = "{client["client_id"]}"\nclient_secret = "{client["client_secret"]}"\n'
        f'server_metadata_url = "{issuer}/.well-known/openid-configuration"\n'
    )
