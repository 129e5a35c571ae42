"""Live updates: how long after a change its listeners hear of it. LISTENERS connections, each a page of the shop; then CHANGES
changes, one after another; for every change and listener the time from the answer of the change to the event.

    live.py PORT LISTENERS CHANGES     prints the 99th percentile in ms, the median, and how many events did not come
"""
import os
import re
import select
import socket
import sys
import time

sys.path.insert(0, "tests/support")
from people import Desk, sql, yaofang

PORT, LISTENERS, CHANGES = (int(word) for word in sys.argv[1:])
EACH = 20  # what the service allows one user


def tokens():
    """As many users as it takes, made as an administrator would but for their passwords, which nobody needs."""
    count = -(-LISTENERS // EACH)
    shop = sql("SELECT id FROM shops ORDER BY id LIMIT 1")
    sql(f"""INSERT INTO users (shop_id, username, display_name, password_hash)
            SELECT {shop}, 'listener' || n, 'Listener ' || n, '' FROM generate_series(1, {count}) n ON CONFLICT DO NOTHING""")
    sql(f"""INSERT INTO user_roles (shop_id, user_id, role) SELECT shop_id, id, 'staff' FROM users
             WHERE username LIKE 'listener%' ON CONFLICT DO NOTHING""")
    for n in range(1, count + 1):
        yield re.search(r"[A-Za-z0-9_-]{30,}", yaofang("user", "token", f"listener{n}", "--name", "bench")).group()


def listen():
    sockets = []
    for user, token in enumerate(tokens()):
        for _ in range(min(EACH, LISTENERS - len(sockets))):
            # From several addresses of this machine: a real shop's listeners are not all behind one.
            connection = socket.create_connection(("127.0.0.1", PORT), source_address=(f"127.0.{1 + user // 20}.1", 0))
            connection.sendall(f"GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
            sockets.append(connection)
    return sockets


def hear(poll, by_fd, word, seconds):
    """The times at which each connection read `word`."""
    times, buffers, until = {}, {}, time.monotonic() + seconds
    while len(times) < len(by_fd) and time.monotonic() < until:
        for fd, _ in poll.poll(0.2):
            data = buffers[fd] = buffers.get(fd, b"") + by_fd[fd].recv(65536)
            if word in data and fd not in times:
                times[fd] = time.monotonic()
    return times


def main():
    sockets = listen()
    by_fd = {connection.fileno(): connection for connection in sockets}
    poll = select.epoll()
    for fd in by_fd:
        poll.register(fd, select.EPOLLIN)
    greeted = hear(poll, by_fd, b"event: hello", 30)
    desk = Desk(f"http://127.0.0.1:{PORT}", "mei.lin")
    lot = int(sql("SELECT min(id) FROM lots"))
    time.sleep(1)
    waits, missing = [], LISTENERS - len(greeted)
    for change in range(CHANGES):
        status = "held" if change % 2 == 0 else "released"
        before = time.monotonic()
        answered, _ = desk.send("mei.lin", "POST", f"/api/v1/lots/{lot}/status", {"status": status, "reason": "bench"},
                                f"live-bench-{change}")
        if answered // 100 != 2:
            sys.exit(f"the change was refused: {answered}")
        times = hear(poll, by_fd, f'"status":"{status}"'.encode(), 5)
        missing += LISTENERS - len(times)
        waits += [at - before for at in times.values()]
        time.sleep(0.1)
    waits.sort()
    print(f"{waits[int(len(waits) * 0.99)] * 1000:.0f} {waits[len(waits) // 2] * 1000:.0f} {missing}")
    sys.stdout.flush()
    os._exit(0)


main()
