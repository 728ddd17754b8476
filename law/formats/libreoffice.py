"""Old formats (.doc, .wps, .rtf, .odt) by way of LibreOffice, where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from law.errors import DocumentError
from law.formats.sniff import ODT, RTF

#: Seconds for one file.
TIMEOUT = 120
_SUFFIX = {RTF: ".rtf", ODT: ".odt"}


def converted(data: bytes, name: str, kind: str) -> bytes:
    """The bytes of a .docx made from an older document; its macros are not run. Raises DocumentError."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    called = f"{kind.upper()} 文件" if kind in _SUFFIX else "旧版 Word 或 WPS 文件"
    if program is None:
        raise DocumentError(
            f"「{name}」是{called}，请用 Word 或 WPS 打开后另存为 docx 再读入"
            "（装有 LibreOffice 的机器会自动转换：apt install libreoffice-writer-nogui）。"
        )
    with tempfile.TemporaryDirectory(prefix="fatiao-") as folder:
        source = Path(folder) / f"source{_SUFFIX.get(kind, '.doc')}"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=True, cwd=folder)
            return (Path(folder) / "source.docx").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise DocumentError(f"LibreOffice 没能转换「{name}」，请用 Word 打开后另存为 docx 再读入。") from error
