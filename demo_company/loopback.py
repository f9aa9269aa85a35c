"""The loopback interface, which a network namespace of its own (`unshare -n`) starts without."""

import fcntl
import socket
import struct
import sys
from contextlib import suppress

# From linux/sockios.h and linux/if.h.
GET_FLAGS = 0x8913
SET_FLAGS = 0x8914
IS_UP = 0x1
# Name of the interface, its flags, and what fills the kernel's structure up.
REQUEST = "16sH22x"


def put_loopback_up() -> None:
    """Put loopback up where it is down and this process may; change nothing elsewhere."""
    if sys.platform != "linux":
        return
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        found = fcntl.ioctl(control, GET_FLAGS, struct.pack(REQUEST, b"lo", 0))
        name, flags = struct.unpack(REQUEST, found)
        if not flags & IS_UP:
            fcntl.ioctl(control, SET_FLAGS, struct.pack(REQUEST, name, flags | IS_UP))
