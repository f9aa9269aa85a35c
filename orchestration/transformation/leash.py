"""Starts a program that the kernel kills when its parent dies, where the kernel can do that.

Run as a script, in front of another program's command line. Without it the dbt process of a
killed run would go on writing the warehouse while the next run waits.
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
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - the command line is our own


if __name__ == "__main__":
    main()
