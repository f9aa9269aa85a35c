"""Starts a program that the kernel kills when its parent dies, where the kernel can do that.

Run as a script: the number of the parent's process, then a program's command line. Without it the
dbt process of a killed run would go on writing the warehouse while the next run waits.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Become the program that the arguments name."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != int(sys.argv[1]):
            # The parent died before the kernel was asked; nobody would be told any more.
            sys.exit(1)
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 - the command line is our own


if __name__ == "__main__":
    main()
