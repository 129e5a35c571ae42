"""Allocation and final check: orders per second over HTTP with 16 clients, beside pgbench running the very statements the service
runs, on the same cluster. The statements are taken from the server's log of one order, so they are always today's.

    orders.py PORT ORDERS          prints "ours theirs" and a checked order
"""
import glob
import json
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, "tests/support")
from people import Desk, exact_weights, receipt, signed_prescription, skus_of, sql

PORT, ORDERS, CLIENTS = sys.argv[1], int(sys.argv[2]), 16
FIRST = 500000  # a number that stands for nothing else, so that it can be told apart in the log
DESK = Desk(f"http://127.0.0.1:{PORT}", "mei.lin", "david.chen", "dr.wu")


def load(who, lines, clients=CLIENTS):
    """Sends the requests once each; answers per second."""
    done = subprocess.run(["build/load", PORT, str(clients), "0"], input="\n\n".join(lines), text=True, check=True,
                          capture_output=True, env=dict(os.environ, LOAD_HEADER="Authorization: Bearer " + DESK.tokens[who]))
    return float(done.stdout.split()[0])


def step(name, orders, body):
    return [f"POST /api/v1/orders/{order}/{name} {json.dumps(body.get(order, {}))}" for order in orders]


def recorded(who, order, name):
    """Does the step for one order and returns the statements the server ran for it, as a pgbench script."""
    log = max(glob.glob(sql("SHOW data_directory") + "/log/*.log"), key=os.path.getmtime)
    sql("ALTER SYSTEM SET log_min_duration_statement = 0")
    sql("SELECT pg_reload_conf()")
    time.sleep(0.5)
    start, key = os.path.getsize(log), f"record-{name}"
    DESK.post(who, f"/api/v1/orders/{order}/{name}", {}, key)
    sql("ALTER SYSTEM RESET log_min_duration_statement")
    sql("SELECT pg_reload_conf()")
    time.sleep(0.5)
    with open(log, encoding="utf-8") as file:
        file.seek(start)
        entries = re.split(r"(?m)^(?=\d{4}-\d\d-\d\d )", file.read())
    script = ["\\set n :n + 1", f"\\set order {order} + :client_id * :each + :n"]
    for entry, detail in zip(entries, entries[1:] + [""]):
        found = re.search(r"\] LOG:  duration: [\d.]+ ms  (?:execute [^:]*|statement): (.*)", entry, re.S)
        if not found or "pg_reload_conf" in entry or "ALTER SYSTEM" in entry:
            continue
        text = re.sub(r"\s*\n\s*", " ", found.group(1)).strip().rstrip(";")
        given = re.search(r"DETAIL:  parameters: (.*)", detail, re.S)
        values = dict(re.findall(r"\$(\d+) = (NULL|'(?:[^']|'')*')", given.group(1))) if given else {}
        text = re.sub(r"\$(\d+)", lambda m: filled(values[m.group(1)], order, key), text)
        script.append(text + ";")
    path = os.path.join("build", f"bench-{name}.sql")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(script) + "\n")
    return path


def filled(value, order, key):
    if value == f"'{key}'":
        return f"('bench-{key}-' || :order)"
    if value == f"'{order}'":
        return ":order"
    if value == f"'order {order}'":
        return "('order ' || :order)"
    if ":" in value:  # pgbench would take what follows for one of its variables
        return "E" + value.replace("\\", "\\\\").replace(":", "\\x3A")
    return value


def pgbench(script):
    each = ORDERS // CLIENTS
    # A statement is planned once per client, as in a service that has run for a while.
    environment = dict(os.environ, PGOPTIONS="-c plan_cache_mode=force_generic_plan")
    done = subprocess.run(["pgbench", "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-t", str(each), "-f", script,
                           "-D", "n=0", "-D", f"each={each}", os.environ["DATABASE_URL"]], capture_output=True, text=True, check=False,
                          env=environment)
    if done.returncode != 0:
        sys.exit(f"{script}: {done.stderr[:2000]}")
    return float(re.search(r"tps = ([\d.]+)", done.stdout).group(1))


def way(orders, allocate, check):
    """Takes the orders all the way; returns orders per second through allocation and check together."""
    allocations = allocate(orders)
    load("mei.lin", step("release", orders, {}))
    load("mei.lin", step("weighings", orders, exact_weights(orders[0], orders[-1])))
    checks = check(orders)
    print(f"  {allocations:.0f} allocations a second, {checks:.0f} checks a second", file=sys.stderr)
    return 1 / (1 / allocations + 1 / checks)


def main():
    prescriptions = [signed_prescription(DESK.post, number) for number in range(2 * ORDERS + 1)]
    sql(f"ALTER TABLE orders ALTER COLUMN id RESTART WITH {FIRST}")
    load("mei.lin", [f'POST /api/v1/orders {{"prescription_id":{number}}}' for number in prescriptions], 1)
    DESK.post("mei.lin", "/api/v1/receipts", receipt(skus_of(prescriptions[0]), "BENCH", ORDERS * 100000, "BENCH"), "receipt")
    sql("ANALYZE")
    ours_orders = list(range(FIRST + 1 + ORDERS, FIRST + 1 + 2 * ORDERS))
    theirs_orders = list(range(FIRST + 1, FIRST + 1 + ORDERS))
    allocation = recorded("mei.lin", FIRST, "allocation")
    load("mei.lin", step("release", [FIRST], {}), 1)
    load("mei.lin", step("weighings", [FIRST], exact_weights(FIRST, FIRST)), 1)
    check = recorded("david.chen", FIRST, "check")
    theirs = way(theirs_orders, lambda _: pgbench(allocation), lambda _: pgbench(check))
    ours = way(ours_orders, lambda orders: load("mei.lin", step("allocation", orders, {})),
               lambda orders: load("david.chen", step("check", orders, {})))
    print(round(ours), round(theirs), FIRST)


main()
