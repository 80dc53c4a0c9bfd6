"""Numbers as bytes, small ones as one: seven bits a byte, the lowest first, the eighth bit says that more follow.

300 -> ac 02
"""

from __future__ import annotations

from collections.abc import Iterator

LARGEST = 1 << 28
"""No number that is read is as large; four bytes hold it."""


def write(number: int) -> Iterator[int]:
    """Return the bytes of a number, which is not negative."""
    while number > 0x7F:
        yield number & 0x7F | 0x80
        number >>= 7
    yield number


class Scanner:
    """Reads numbers and bytes from data that anybody may have written.

    Every method raises `ValueError` where the data end too early, and where a number is too large.

    Args:
        data: The data.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        """How many bytes are not read yet."""
        return len(self._data) - self._at

    def take(self, size: int) -> bytes:
        """Return the next bytes."""
        if size > self.left:
            raise ValueError("ends too early")
        self._at += size
        return self._data[self._at - size : self._at]

    def number(self) -> int:
        """Return the next number."""
        number = shift = 0
        while True:
            (byte,) = self.take(1)
            number |= (byte & 0x7F) << shift
            shift += 7
            if number >= LARGEST or shift > LARGEST.bit_length():
                raise ValueError("too large")
            if byte <= 0x7F:
                return number

    def size(self) -> int:
        """Return the next number, which is not 0."""
        size = self.number()
        if not size:
            raise ValueError("empty")
        return size
