"""Run as a script between the supervisor and a server: ties the server's life to its parent's,
steps down from root if told to, and becomes the server. Standard library only; imported by nobody.
"""

import argparse
import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS = 28
SECBIT_NO_SETUID_FIXUP = 4
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2


def main() -> None:
    """Parse, prepare, become the program. Does not return."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--death-signal", type=int, required=True)
    parser.add_argument("--uid", type=int)
    parser.add_argument("--gid", type=int)
    parser.add_argument("--reach", action="store_true")
    parser.add_argument("program", nargs="+")
    told = parser.parse_args()
    libc = ctypes.CDLL(None, use_errno=True)
    if told.uid is not None:
        _step_down(libc, told.uid, told.gid, reach=told.reach)
    if sys.platform == "linux":
        # Last, because a change of user clears it. The parent may be gone already: then so are we.
        libc.prctl(PR_SET_PDEATHSIG, told.death_signal, 0, 0, 0)
        if os.getppid() != told.parent:
            sys.exit(1)
    os.execv(told.program[0], told.program)  # noqa: S606 (becoming the program is the whole purpose)


def _step_down(libc: ctypes.CDLL, uid: int, gid: int, *, reach: bool) -> None:
    capability = _capability() if reach else None
    if capability is not None:
        # Without it, setresuid drops the capability and access(2), by which initdb looks for its
        # companions, leaves it out of account.
        libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    if capability is not None:
        _keep_only(libc, capability)


def _capability() -> int | None:
    """The weakest capability held that lets a process pass folders closed to its user."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 (keeps start-up short)
        lines = (line.split() for line in status)
        permitted = next((int(line[1], 16) for line in lines if line[0] == "CapPrm:"), 0)
    for capability in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE):
        if permitted & (1 << capability):
            return capability
    return None


def _keep_only(libc: ctypes.CDLL, capability: int) -> None:
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    bit = 1 << capability
    sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)  # effective, permitted, inheritable
    libc.capset(header, sets)
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0)


if __name__ == "__main__":
    main()
