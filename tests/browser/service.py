"""The real service for the page's tests: migrated, seeded with the demo shop, on a free port."""
import os
import shutil
import signal
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.join(ROOT, "build", "yaofang")
READY_WITHIN = 15


class Service:
    """Started once for all tests; `url`, and `people`: passwords of the demo shop by user name."""

    def __init__(self, log=None):
        """`log` is a file for what the service says; else it says it here."""
        self.log = log
        self.state = tempfile.mkdtemp(prefix="yaofang-browser-")
        self.port = os.environ.get("BROWSER_TEST_PORT", "0")
        self.process = None
        self.command("migrate")
        self.command("seed")
        with open(os.path.join(self.state, "sign-in.txt"), encoding="utf-8") as lines:
            self.people = dict(line.split() for line in lines if len(line.split()) == 2)
        self.start()

    def environment(self):
        return {**os.environ, "YAOFANG_STATE": self.state, "YAOFANG_PORT": self.port, "YAOFANG_LOG": "warning"}

    def command(self, *words):
        done = subprocess.run([PROGRAM, *words], env=self.environment(), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"yaofang {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self):
        """On the port it had before, if it ran before, so that the page finds it again."""
        self.process = subprocess.Popen([PROGRAM, "serve"], env=self.environment(), stdin=subprocess.DEVNULL, stderr=self.log)
        where = os.path.join(self.state, "service.url")
        until = time.monotonic() + READY_WITHIN
        while not os.path.exists(where):
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("yaofang serve did not start")
            time.sleep(0.02)
        with open(where, encoding="utf-8") as text:
            self.url = text.read().strip()
        self.port = self.url.rsplit(":", 1)[-1]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)

    def close(self):
        if self.process and self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.state, ignore_errors=True)
