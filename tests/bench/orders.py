"""Allocation and final check: orders per second over HTTP with 16 clients, beside pgbench running the very statements the service
runs, on the same cluster. The statements are taken from the server's log of one order, so they are always today's.

    orders.py PORT ORDERS          prints "ours theirs"
"""
import glob
import json
import os
import re
import subprocess
import sys
import time
import urllib.request

PORT, ORDERS, CLIENTS = sys.argv[1], int(sys.argv[2]), 16
FIRST = 500000  # a number that stands for nothing else, so that it can be told apart in the log
OWNER = os.environ["DATABASE_SUPER_URL"]


def sql(text):
    return subprocess.run(["psql", "-XAtq", OWNER, "-c", text], check=True, capture_output=True, text=True).stdout.strip()


def yaofang(*words):
    return subprocess.run(["build/yaofang", *words], check=True, capture_output=True, text=True).stdout


def token(name):
    return re.search(r"[A-Za-z0-9_-]{30,}", yaofang("user", "token", name, "--name", "bench")).group()


TOKENS = {name: token(name) for name in ("mei.lin", "david.chen")}


def post(who, path, body, key):
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", json.dumps(body).encode(), {
        "Authorization": "Bearer " + TOKENS[who], "Content-Type": "application/json", "Idempotency-Key": key})
    return json.load(urllib.request.urlopen(request))


def load(who, lines, clients=CLIENTS):
    """Sends the requests once each; answers per second."""
    done = subprocess.run(["build/load", PORT, str(clients), "0"], input="\n\n".join(lines), text=True, check=True,
                          capture_output=True, env=dict(os.environ, LOAD_HEADER="Authorization: Bearer " + TOKENS[who]))
    return float(done.stdout.split()[0])


def step(name, orders, body):
    return [f"POST /api/v1/orders/{order}/{name} {body if isinstance(body, str) else body[order]}" for order in orders]


def prescription():
    """One signed prescription of ten herbs, its findings answered and read, and stock for all its orders."""
    yaofang("compound", "new", "--as", "dr.wu", "--patient", "D-0003", "--formula", "Bu Zhong Yi Qi Tang", "--herb",
            "Dan Shen 9 g", "--herb", "Chuan Xiong 6 g", "--days", "1")
    number = sql("SELECT max(id) FROM prescriptions")
    yaofang("compound", "answer", number, "--as", "dr.wu", "--finding", "all", "--reason", "monitored", "--note", "bench")
    yaofang("compound", "sign", number, "--as", "dr.wu")
    yaofang("compound", "acknowledge", number, "--as", "mei.lin")
    return int(number)


def stock(prescription_id):
    skus = sql(f"""SELECT DISTINCT i.sku FROM order_lines n JOIN orders o ON o.shop_id = n.shop_id AND o.id = n.order_id
                     JOIN items i ON i.shop_id = n.shop_id AND i.id = n.item_id WHERE o.prescription_id = {prescription_id}""")
    supplier, place = sql("SELECT min(code) FROM suppliers"), sql(
        "SELECT min(code) FROM locations WHERE kind = 'drawer'")
    post("mei.lin", "/api/v1/receipts", {"supplier": supplier, "invoice": "BENCH", "lines": [
        {"sku": sku, "lot_code": "BENCH", "expires_on": "2029-12", "quantity": ORDERS * 100000, "location": place,
         "cost_cents": 1000, "certificate": "bench"} for sku in skus.split("\n")]}, "bench-receipt")


def weighings(orders):
    rows = sql(f"""SELECT r.order_id, json_build_object('weighings', json_agg(json_build_object('line_no', r.line_no,
                          'lot_id', r.lot_id, 'location_id', r.location_id, 'weighed_mg', r.quantity)))
                     FROM reservations r WHERE r.ended_at IS NULL AND r.order_id BETWEEN {orders[0]} AND {orders[-1]} GROUP BY 1""")
    return {int(row.split("|")[0]): row.split("|", 1)[1].replace("\n", "") for row in rows.split("\n")}


def recorded(who, order, name):
    """Does the step for one order and returns the statements the server ran for it, as a pgbench script."""
    log = max(glob.glob(sql("SHOW data_directory") + "/log/*.log"), key=os.path.getmtime)
    sql("ALTER SYSTEM SET log_min_duration_statement = 0")
    sql("SELECT pg_reload_conf()")
    time.sleep(0.5)
    start, key = os.path.getsize(log), f"record-{name}"
    post(who, f"/api/v1/orders/{order}/{name}", {}, key)
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
    load("mei.lin", step("release", orders, "{}"))
    load("mei.lin", step("weighings", orders, weighings(orders)))
    checks = check(orders)
    print(f"  {allocations:.0f} allocations a second, {checks:.0f} checks a second", file=sys.stderr)
    return 1 / (1 / allocations + 1 / checks)


def main():
    prescription_id = prescription()
    sql(f"ALTER TABLE orders ALTER COLUMN id RESTART WITH {FIRST}")
    load("mei.lin", [f'POST /api/v1/orders {{"prescription_id":{prescription_id}}}'] * (2 * ORDERS + 1), 1)
    stock(prescription_id)
    sql("ANALYZE")
    ours_orders = list(range(FIRST + 1 + ORDERS, FIRST + 1 + 2 * ORDERS))
    theirs_orders = list(range(FIRST + 1, FIRST + 1 + ORDERS))
    allocation = recorded("mei.lin", FIRST, "allocation")
    load("mei.lin", step("release", [FIRST], "{}"), 1)
    load("mei.lin", step("weighings", [FIRST], weighings([FIRST])), 1)
    check = recorded("david.chen", FIRST, "check")
    theirs = way(theirs_orders, lambda _: pgbench(allocation), lambda _: pgbench(check))
    ours = way(ours_orders, lambda orders: load("mei.lin", step("allocation", orders, "{}")),
               lambda orders: load("david.chen", step("check", orders, "{}")))
    print(round(ours), round(theirs))


main()
