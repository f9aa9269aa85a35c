"""Physical lines of text files, read in blocks, with their flaws noted."""

import io
import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO

import pyarrow as pa

from orchestration.errors import BadFileError
from orchestration.ingestion.discovery import LandingFile

BLOCK_SIZE = 2 * 1024 * 1024

# A longer line is cut here and rejected, so that memory stays bounded whatever the file holds.
MAX_LINE_SIZE = 16 * 1024 * 1024

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass
class Lines:
    """Consecutive lines with their ends; `flaws` says by index which of them are damaged."""

    texts: list[str]
    flaws: dict[int, str] = field(default_factory=dict)
    is_last: bool = False

    def after(self, index: int) -> "Lines":
        """Return the lines that follow one of them."""
        start = index + 1
        flaws = {place - start: flaw for place, flaw in self.flaws.items() if place >= start}
        return Lines(self.texts[start:], flaws, self.is_last)

    def then(self, others: "Lines") -> "Lines":
        """Return these lines followed by others."""
        shift = len(self.texts)
        flaws = {place + shift: flaw for place, flaw in others.flaws.items()}
        return Lines(self.texts + others.texts, self.flaws | flaws, others.is_last)


@contextmanager
def opened(file: LandingFile) -> Iterator[IO[bytes]]:
    """Open a file and unpack it on the way.

    Raises:
        BadFileError: the file cannot be read, or its compression is damaged.
    """
    try:
        with pa.input_stream(str(file.path), compression=file.compression) as stream:
            yield stream
    except OSError as error:
        packing = f" as {file.compression}" if file.compression else ""
        raise BadFileError(f"{file.name} cannot be read{packing}: {_problem(error)}.") from None


def _problem(error: OSError) -> str:
    return os.strerror(error.errno).lower() if error.errno else "it is damaged or cut off"


def read_lines(stream: IO[bytes]) -> Iterator[Lines]:
    """Read a stream in blocks of whole lines; LF, CRLF and lone CR all end a line.

    Always ends with lines that are marked as the last, be they none.
    """
    pending = b""

    while chunk := stream.read(BLOCK_SIZE):
        pending += chunk

        if end := _end_of_lines(pending):
            yield decoded(pending[:end])
            pending = pending[end:]
        elif len(pending) > MAX_LINE_SIZE:
            pending = yield from _overlong(pending, stream)

    lines = decoded(pending)
    lines.is_last = True
    yield lines


def decoded(block: bytes) -> Lines:
    """Turn bytes into lines; what is not text is replaced and noted as a flaw of its line."""
    try:
        text = block.decode()
    except UnicodeDecodeError:
        text = ""
    if text and "\0" not in text:
        return Lines(_without_marks(list(io.StringIO(text, newline="")), block))

    lines = block.splitlines(keepends=True)
    flaws = {index: flaw for index, line in enumerate(lines) if (flaw := _flaw(line))}
    return Lines(_without_marks([_readable(line) for line in lines], block), flaws)


def _without_marks(lines: list[str], block: bytes) -> list[str]:
    # Files that were joined end to end bring byte-order marks in the middle too.
    if BYTE_ORDER_MARK not in block:
        return lines
    return [line.removeprefix("\ufeff") for line in lines]


def _end_of_lines(block: bytes) -> int:
    """Return where the last complete line ends.

    A CR at the very end is left for later, since an LF may follow it.
    """
    return max(block.rfind(b"\n"), block.rfind(b"\r", 0, max(len(block) - 1, 0))) + 1


def _overlong(line: bytes, stream: IO[bytes]) -> Generator[Lines, None, bytes]:
    """Give the start of a line that is too long, and return what follows it."""
    lines = Lines([_readable(line[:MAX_LINE_SIZE])], {0: "line longer than 16 MiB"})
    rest = line
    while not (end := _end_of_first_line(rest)):
        rest = stream.read(BLOCK_SIZE)
        if not rest:
            break
    yield lines
    return rest[end:]


def _end_of_first_line(block: bytes) -> int:
    ends = [place for place in (block.find(b"\n"), block.find(b"\r")) if place >= 0]
    if not ends:
        return 0
    end = min(ends)
    return end + 2 if block[end : end + 2] == b"\r\n" else end + 1


def _flaw(line: bytes) -> str | None:
    if b"\0" in line:
        return "NUL byte"
    try:
        line.decode()
    except UnicodeDecodeError:
        return "not UTF-8"
    return None


def _readable(line: bytes) -> str:
    return line.decode(errors="replace").replace("\0", "\ufffd")
