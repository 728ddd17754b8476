"""`make bundle`: one archive that installs on a machine of this kind with no package index.

It holds every wheel at the version that is pinned (those of the optional parts and the project's own, with the law in
it, too), the sums they are held to, `install.sh`, and what is needed to serve an office. Exit code 1 where a package is
not pinned.
"""

import hashlib
import platform
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
PINS = ("requirements.txt", "requirements-test.txt")
#: Without a network nothing can be added later, so the optional parts are in the archive.
EXTRAS = "office,eval"
CARRIED = (
    "fatiao.service",
    "fatiao-door.service",
    "fatiao-backup.service",
    "fatiao-backup.timer",
    "fatiao.env.example",
    "secrets.toml.example",
    "nginx.conf",
    "backup.py",
    "update.sh",
)


def main() -> None:
    """Build the archive under dist/ and print its path and size."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    name = f"fatiao-{version}-py{sys.version_info[0]}{sys.version_info[1]}-{sys.platform}-{platform.machine()}"
    folder = ROOT / "dist" / name
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    pins = {n: v for file in PINS for n, v in pinned((ROOT / file).read_text("utf-8")).items()}
    collect(wheels, pins)
    write_sums(folder, wheels, {**pins, "fatiao": version})
    (folder / "deploy").mkdir()
    for file in CARRIED:
        shutil.copy2(DEPLOY / file, folder / "deploy" / file)
    shutil.copy2(DEPLOY / "install.sh", folder)
    shutil.copy2(DEPLOY / "bundle.zh-CN.md", folder / "README.md")
    (folder / "PYTHON").write_text(f"{sys.version_info[0]}.{sys.version_info[1]} {sys.platform} {platform.machine()}\n")
    archive = folder.with_name(f"{name}.tar.gz")
    with tarfile.open(archive, "w:gz", compresslevel=1) as packed:  # wheels are compressed already
        packed.add(folder, name, filter=_owned_by_nobody)
    shutil.rmtree(folder)
    print(f"{archive.relative_to(ROOT)}（{archive.stat().st_size / 1e6:.0f} MB）")


def pinned(requirements: str) -> dict[str, str]:
    """The version of each package that counts for this interpreter and system, by its normal name."""
    lines = [line for line in requirements.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    held = [Requirement(line) for line in lines]
    wanted = [one for one in held if one.marker is None or one.marker.evaluate()]
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in wanted}


def collect(wheels: Path, pins: dict[str, str]) -> None:
    """The project's wheel, and a wheel of everything that it needs, at the pinned versions."""
    pip = [sys.executable, "-m", "pip", "wheel", "--disable-pip-version-check", "-q", "-w", str(wheels)]
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", str(ROOT)], check=True)
    (own,) = wheels.glob("fatiao-*.whl")
    constraints = wheels / "constraints.txt"
    constraints.write_text("".join(f"{name}=={version}\n" for name, version in pins.items()))
    subprocess.run([*pip, "--prefer-binary", "-c", str(constraints), f"{own}[{EXTRAS}]"], check=True)
    constraints.unlink()


def write_sums(folder: Path, wheels: Path, pins: dict[str, str]) -> None:
    """`wheels.txt`, which pip holds every wheel to. Ends the program where one is not at its pinned version."""
    lines, strange = [], []
    for wheel in sorted(wheels.glob("*.whl")):
        name, version = wheel.name.split("-")[:2]
        if pins.get(canonicalize_name(name)) != version:
            strange.append(f"{name} {version}")
        lines.append(f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")
    if strange:
        sys.exit(f"没有锁定：{'、'.join(strange)}。请先执行 make lock。")
    (folder / "wheels.txt").write_text("".join(lines))


def _owned_by_nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


if __name__ == "__main__":
    main()
