"""What each process of the tree needs: to go when its parent goes, to stop when asked, to hold many connections."""

import ctypes
import resource
import signal
import sys
import threading

PR_SET_PDEATHSIG = 1
MOST_FILES = 16_384


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent has died, however it died. Linux only; elsewhere nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop_when_asked() -> threading.Event:
    """Return an event that is set by SIGTERM or SIGINT, for loops that end between two pieces of work."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def allow_many_connections() -> None:
    """Raise the number of open files to what the system allows: each waiting connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
