"""Runs a command and writes what it cost, its children and theirs included: seconds of processor time, megabytes of the
largest process, exit code.

    python3 tests/faults/cost.py FILE COMMAND...

Processes that outlive the command are taken over and waited for, so that none of their time is missed (Linux).
"""

import ctypes
import os
import resource
import subprocess
import sys

PR_SET_CHILD_SUBREAPER = 36


def main(file, command):
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        code = subprocess.run(command, timeout=600).returncode
    except subprocess.TimeoutExpired:
        code = 124
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(file, "w") as out:
        out.write(f"{used.ru_utime + used.ru_stime:.2f} {used.ru_maxrss // 1000} {code}\n")


main(sys.argv[1], sys.argv[2:])
