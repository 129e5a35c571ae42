"""A real CUPS server in a folder of its own, with one queue whose jobs land in files, and one whose printer always fails."""
import os
import pathlib
import socket
import subprocess
import tempfile
import time

SERVER = """
Listen 127.0.0.1:{port}
Browsing Off
WebInterface No
LogLevel warn
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""
FILES = """
ServerRoot {at}/root
ServerBin {at}/bin
RequestRoot {at}/spool
CacheDir {at}/cache
StateDir {at}/state
TempDir {at}/tmp
AccessLog {at}/access
ErrorLog {at}/error
PageLog {at}/page
"""
QUEUE = """
<Printer {name}>
DeviceURI {name}://here
State Idle
Accepting Yes
Shared No
JobSheets none none
ErrorPolicy abort-job
</Printer>
"""
BACKENDS = {"front": '#!/bin/sh\n[ $# = 0 ] && exit 0\ncat "${{6:--}}" >{at}/out/job\n',
            "jam": "#!/bin/sh\n[ $# = 0 ] && exit 0\necho 'ERROR: paper jam' >&2\nexit 1\n"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cups:
    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="yaofang-cups-", ignore_cleanup_errors=True)
        at = pathlib.Path(self.folder.name)
        self.port, self.at = free_port(), at
        os.chmod(at, 0o755)
        for name in ("root", "bin/backend", "bin/filter", "spool", "cache", "state", "tmp", "out"):
            (at / name).mkdir(parents=True)
        os.chmod(at / "out", 0o777)
        for name in ("daemon", "notifier"):
            (at / "bin" / name).symlink_to(f"/usr/lib/cups/{name}")
        (at / "cupsd.conf").write_text(SERVER.format(port=self.port))
        (at / "cups-files.conf").write_text(FILES.format(at=at))
        (at / "root" / "printers.conf").write_text("".join(QUEUE.format(name=name) for name in BACKENDS))
        for name, script in BACKENDS.items():
            path = at / "bin" / "backend" / name
            path.write_text(script.format(at=at))
            os.chmod(path, 0o755)
        with open(at / "log", "w", encoding="utf-8") as log:
            self.server = subprocess.Popen(["/usr/sbin/cupsd", "-f", "-c", at / "cupsd.conf", "-s", at / "cups-files.conf"],
                                           stdout=log, stderr=log)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError((at / "log").read_text())

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()
        self.folder.cleanup()

    def uri(self, queue):
        return f"ipp://127.0.0.1:{self.port}/printers/{queue}"

    def printed(self):
        return (self.at / "out" / "job").read_bytes()
