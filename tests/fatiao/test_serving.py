"""`fatiao ui` is the page's server itself: nothing is left running when it is ended."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from evals.servers.serving import free_port

#: Pages in processes of their own.
pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1).close()
    except OSError:
        return False
    return True


def test_ending_the_command_ends_the_page(tmp_path: Path) -> None:
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "fatiao.cli", "ui", "--port", str(port), "--headless"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while not answers(port) and time.monotonic() < deadline:
            time.sleep(0.3)
        assert answers(port)
    finally:
        server.terminate()
        server.wait(20)
    assert not answers(port)


def started(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "fatiao.cli", "ui", "--headless", *arguments],
        cwd=tmp_path, env={**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip


def secrets(tmp_path: Path, words: str) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(words)


def test_a_broken_login_serves_nobody(tmp_path: Path) -> None:
    secrets(tmp_path, '[auth]\nclient_secret = "hush')
    port = free_port()
    server = started(tmp_path, "--port", str(port))
    _, said = server.communicate(timeout=60)
    assert server.returncode == 1
    assert said.startswith("错误：登录配置")
    assert "hush" not in said
    assert not answers(port)


def test_a_network_without_a_login_is_warned_of_and_other_names_are_refused(tmp_path: Path) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text("[server]\nenableXsrfProtection = false\nenableCORS = false\n")
    port = free_port()
    server = started(tmp_path, "--port", str(port), FATIAO_BASE_URL="http://law.example.org")
    try:
        deadline = time.monotonic() + 60
        while not answers(port) and time.monotonic() < deadline:
            time.sleep(0.3)
        assert handshake(port, "law.example.org", "http://law.example.org") == 101
        assert handshake(port, f"localhost:{port}", f"http://localhost:{port}") == 101
        assert handshake(port, "evil.example", "http://evil.example") == 403
        assert handshake(port, "law.example.org", "http://evil.example") == 403
    finally:
        server.terminate()
        _, said = server.communicate(timeout=20)
    assert "警告：页面对网络开放（http://law.example.org），但没有配置登录！" in said


def handshake(port: int, host: str, origin: str) -> int:
    """The status with which a WebSocket asked for under a name and from a site is met."""
    with socket.create_connection(("localhost", port), 30) as link:
        link.sendall(
            f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        return int(link.recv(64).split()[1])
