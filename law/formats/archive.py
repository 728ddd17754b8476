"""Office files are zip archives: what is in one, and is it safe to open?

Nothing is ever unpacked to disk and nothing in it is ever run; only the XML parts that hold words are read.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

from law.errors import DocumentError

#: One part and all parts together, unpacked. A regulation of 3,000 articles takes some 10 MB.
MAX_PART_BYTES = 60_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_PARTS = 5_000
#: XML squeezes well; beyond this a part is made to fill the memory.
MAX_RATIO = 400
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)


@dataclass(frozen=True, slots=True)
class Archive:
    """An opened archive whose sizes have been checked. `name` is what messages call the file."""

    name: str
    parts: zipfile.ZipFile

    def has(self, part: str) -> bool:
        """Whether a part of this name is there."""
        return part in self.parts.namelist()

    def any_below(self, start: str) -> bool:
        """Whether any part's name begins so."""
        return any(n.startswith(start) for n in self.parts.namelist())

    def xml(self, part: str) -> ElementTree.Element | None:
        """A part as a tree; None where it is absent. Raises DocumentError."""
        if not self.has(part):
            return None
        try:
            data = self.parts.read(part)
        except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
            raise DocumentError(f"「{self.name}」已经损坏（{part} 读不出来），请用 Word 打开后另存一次。") from error
        if _ENTITY.search(data[:4096]):
            raise DocumentError(f"「{self.name}」里有不该有的 XML 声明，可能不安全，没有读入。请用 Word 另存为 docx。")
        try:
            return ElementTree.fromstring(data)
        except ElementTree.ParseError as error:
            raise DocumentError(f"「{self.name}」已经损坏（{part} 不完整），请用 Word 打开后另存一次。") from error


def open_archive(data: bytes, name: str) -> Archive:
    """Open an archive and check its sizes before anything is unpacked. Raises DocumentError."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data))
        inside = parts.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DocumentError(f"「{name}」是损坏的压缩文件，请重新下载，或用 Word 打开后另存一次。") from error
    if any(one.flag_bits & 1 for one in inside):
        raise DocumentError(f"「{name}」加了密码，请先去掉密码再读入。")
    whole = sum(one.file_size for one in inside)
    bomb = any(one.file_size > 1_000_000 and one.file_size > MAX_RATIO * max(1, one.compress_size) for one in inside)
    largest = max((one.file_size for one in inside), default=0)
    if bomb or whole > MAX_UNPACKED_BYTES or largest > MAX_PART_BYTES or len(inside) > MAX_PARTS:
        raise DocumentError(
            f"「{name}」展开后太大（{whole / 1_000_000:,.0f} MB，{len(inside)} 个部分），像是压缩炸弹，没有打开。"
        )
    return Archive(name, parts)
