"""The worker as a child of `flask serve`: it is started again when it dies, and ends when its parent does."""

import os
import subprocess
import sys
import threading

import click

from app.cli.worker import UNTIL_CLOSED

COMMAND = (sys.executable, "-m", "flask", "--app", "app", "worker", UNTIL_CLOSED)
REST_SECONDS = 5.0
"""How long a worker that died stays away: one that cannot start must not take the computer from the pages."""
ENDING_SECONDS = 20
"""How long the worker has to finish what it is doing."""


class WorkerProcess:
    """One worker process and the thread that watches over it."""

    def __init__(self, rest_seconds: float = REST_SECONDS) -> None:
        self._rest_seconds = rest_seconds
        self._ended = threading.Event()
        self._process = self._start()
        threading.Thread(target=self._watch, name="heard-worker", daemon=True).start()
        # The web server forks: its copy of our end of the pipe would keep the worker alive after us.
        os.register_at_fork(after_in_child=self._forget)

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(COMMAND, stdin=subprocess.PIPE)

    def _watch(self) -> None:
        while True:
            self._process.wait()
            self._forget()
            if self._ended.wait(self._rest_seconds):
                return
            click.echo("The worker had stopped. It is started again.", err=True)
            self._process = self._start()

    def _forget(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()

    def stop(self) -> None:
        """Have the worker finish what it is doing, and end it."""
        self._ended.set()
        self._forget()
        try:
            self._process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
