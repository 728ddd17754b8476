"""The nginx site of deploy/ in a folder of its own, as it stands but for names and ports."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin") or shutil.which("nginx")


def configured(folder: Path, plain: int, tls: int, page: int, door: int) -> Path:
    """nginx.conf around our site, with a certificate of a day."""
    site = (DEPLOY / "nginx.conf").read_text("utf-8")
    for ours, here in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"), ("listen 443 ssl;", f"listen 127.0.0.1:{tls} ssl;"),
        ("127.0.0.1:8501", f"127.0.0.1:{page}"), ("127.0.0.1:8600", f"127.0.0.1:{door}"),
        ("law.example.gov.cn;", "localhost;"),
        ("/etc/nginx/tls/law.example.gov.cn.crt", f"{folder}/site.crt"),
        ("/etc/nginx/tls/law.example.gov.cn.key", f"{folder}/site.key"),
    ):  # fmt: skip
        assert ours in site
        site = site.replace(ours, here)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
                    f"http {{ access_log off; {temporary}\n{site} }}\n", "utf-8")  # fmt: skip
    return file


@contextmanager
def proxied(folder: Path, plain: int, tls: int, page: int, door: int) -> Iterator["subprocess.Popen[bytes]"]:
    """nginx itself in front of a page and a door; the folder may be read by its workers."""
    assert NGINX
    folder.chmod(0o755)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
         "-keyout", folder / "site.key", "-out", folder / "site.crt"], check=True, capture_output=True,
    )  # fmt: skip
    file = configured(folder, plain, tls, page, door)
    proxy = subprocess.Popen([NGINX, "-c", str(file)], stderr=subprocess.DEVNULL)
    try:
        yield proxy
    finally:
        proxy.terminate()
        proxy.wait(20)
