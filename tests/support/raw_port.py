"""A printer on a raw port, for tests."""
import socket
import threading


class Port:
    """Takes what comes; with `most` it hangs up after so many bytes, from the paper behind the `first` ones on, so many `times` (every time
    when not given)."""

    def __init__(self, most=None, times=None, first=0):
        self.listener, self.most, self.times, self.first, self.took = socket.socket(), most, times, first, []
        if most:
            self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(5)
        self.uri = f"tcp://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _ = self.listener.accept()
            bad = len(self.took) >= self.first and (self.times is None or len(self.took) < self.first + self.times)
            most = self.most if bad else None
            took = b""
            while most is None or len(took) < most:
                part = connection.recv(4096 if most is None else most - len(took))
                if not part:
                    break
                took += part
            self.took.append(took)
            connection.close()
