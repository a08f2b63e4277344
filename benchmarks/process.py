"""What a server used: processor time and memory of a process and everything it started."""

from pathlib import Path

NANOSECONDS = 1_000_000_000


def family(pid: int) -> list[int]:
    """Return a process and all processes below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += family(int(child))
    return found


def cpu_seconds(pid: int) -> float:
    """Return user and system time of all living threads of the family so far, in seconds."""
    used = 0
    for member in family(pid):
        for task in Path(f"/proc/{member}/task").iterdir():
            used += int((task / "schedstat").read_text().split()[0])
    return used / NANOSECONDS


def peak_megabytes(pid: int) -> float:
    """Return the sum of the peak memory of the family, in MB."""
    kilobytes = 0
    for member in family(pid):
        for line in Path(f"/proc/{member}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                kilobytes += int(line.split()[1])
    return round(kilobytes / 1024, 1)
