r"""What a file is by its first bytes, whatever it is called.

%PDF-1.4 …            ".pdf"
PK…word/document.xml  ".docx"
<!DOCTYPE html> …     ".html"
\x89PNG …             refused: is a picture (PNG)
"""

from __future__ import annotations

import io
import re
import zipfile

from bot.errors import IngestError

_FOREIGN = (
    (b"\x89PNG\r\n", "is a picture (PNG)"),
    (b"\xff\xd8\xff", "is a picture (JPEG)"),
    (b"GIF8", "is a picture (GIF)"),
    (b"II*\0", "is a picture (TIFF)"),
    (b"MM\0*", "is a picture (TIFF)"),
    (b"Rar!\x1a\x07", "is an archive (RAR); unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "is an archive (7z); unpack it first"),
    (b"\x1f\x8b\x08", "is an archive (gzip); unpack it first"),
    (b"BZh", "is an archive (bzip2); unpack it first"),
    (b"\xfd7zXZ\0", "is an archive (xz); unpack it first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is encrypted or an old .doc"),
    (b"{\\rtf", "is an RTF file; save it as .docx"),
    (b"\x7fELF", "is a program"),
    (b"SQLite format 3\0", "is a database"),
    (b"ID3", "is an audio file"),
)
"""What files begin with that hold no article that could be read, and what they are."""

_WEB_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_WEB_ARCHIVE = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)


def kind(content: bytes) -> str | None:
    """Return the ending that a file should have, or None where its bytes do not tell.

    Raises:
        IngestError: It is of a kind that holds no text.
    """
    for begin, what in _FOREIGN:
        if content.startswith(begin):
            raise IngestError(what)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        raise IngestError("is a picture (WebP)")
    if content[4:8] == b"ftyp":
        raise IngestError("is a picture or a video")
    if content[257:262] == b"ustar":
        raise IngestError("is an archive (tar); unpack it first")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(content)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return ".pdf"
    # UTF-16 as its ASCII characters.
    head = content[:2048].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    if _WEB_ARCHIVE.search(head):
        return ".mhtml"
    return ".html" if _WEB_PAGE.match(head) else None


def _packed(content: bytes) -> str:
    """Return what a zip archive is.

    Raises:
        IngestError: It is no Word file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, LookupError, NotImplementedError):
        if b"word/" in content:
            return ".docx"  # its reader says what is wrong
        raise IngestError("is a damaged archive") from None
    if "word/document.xml" in names:
        return ".docx"
    for folder, what in (
        ("xl/", "is a spreadsheet (.xlsx)"),
        ("ppt/", "is a presentation (.pptx)"),
        ("META-INF/container.xml", "is an e-book (.epub)"),
        ("content.xml", "is an OpenDocument file; save it as .docx"),
    ):
        if any(name.startswith(folder) for name in names):
            raise IngestError(what)
    raise IngestError("is an archive (zip); unpack it first")
