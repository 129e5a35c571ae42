"""Service and database of the torture, and who kills them."""
import collections
import os
import random
import signal
import subprocess
import tempfile
import threading
import time

from laws import numbers, patiently


class Database:
    def __init__(self):
        self.state = tempfile.mkdtemp(prefix="yaofang-torture-")
        os.chmod(self.state, 0o711)
        self.start()
        socket = os.path.join(self.state, "socket")
        for variable, role in (("DATABASE_URL", "app"), ("DATABASE_OWNER_URL", "owner")):
            os.environ[variable] = f"host={socket} user=yaofang_{role} dbname=yaofang"
        os.environ["DATABASE_SUPER_URL"] = f"host={socket} user=postgres dbname=yaofang"

    def start(self):
        ready = os.path.join(self.state, "pg.socket")
        if os.path.exists(ready):
            os.unlink(ready)
        self.process = subprocess.Popen(["tests/torture/database", self.state])
        while not os.path.exists(ready):
            if self.process.poll() is not None:
                raise RuntimeError("the database did not start")
            time.sleep(0.05)

    def kill(self):
        with open(os.path.join(self.state, "pg", "postmaster.pid"), encoding="ascii") as pid:
            os.kill(int(pid.readline()), signal.SIGKILL)
        self.process.wait()
        self.start()

    def stop(self):
        self.process.terminate()
        self.process.wait()
        subprocess.run(["rm", "-rf", self.state], check=True)


class Killing(threading.Thread):
    """Kills the service, the database or one of its backends in turn, and starts again what does not start itself."""

    def __init__(self, service, database):
        super().__init__()
        self.service, self.database = service, database
        self.over = threading.Event()
        self.counts = collections.Counter()

    def run(self):
        victims = [("service", self.kill_service), ("database", self.database.kill), ("backend", self.kill_backend)]
        while not self.over.wait(random.uniform(3, 7)):
            name, kill = random.choice(victims)
            kill()
            self.counts[name] += 1

    def kill_service(self):
        self.service.process.kill()
        self.service.process.wait()
        os.unlink(os.path.join(self.service.state, "service.url"))
        while not self.over.is_set():
            try:
                return self.service.start()
            except RuntimeError:
                time.sleep(0.5)  # the database is still recovering: systemd would try again, too
        return None

    def kill_backend(self):
        backends = patiently(lambda: numbers("SELECT pid FROM pg_stat_activity WHERE usename = 'yaofang_app' AND state <> 'idle'"))
        for pid in list(backends)[:1]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
