"""`make torture`: many people at the same lots, while service and database are killed under them; then the laws are checked.

TORTURE_CLIENTS (64) enter, allocate, release, weigh, check, hand over and cancel orders for the same herbs, sell the same herbs over the counter
with a promo code that may be used so often, give money back, count the lots and book the differences, receive deliveries and recall
lots.
Every request is repeated under its Idempotency-Key until it has an answer, some are sent twice at once, some again later. Afterwards
everything that was promised must be there once, and nothing else. TORTURE_SECONDS (60) says how long."""
import collections
import concurrent.futures
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path[:0] = ["tests/support", "tests/browser"]
from people import Desk, exact_weights, receipt, signed_prescription, skus_of, sql
from service import Service

SECONDS = float(os.environ.get("TORTURE_SECONDS", "60"))
SEED = int(os.environ.get("TORTURE_SEED", time.time_ns() % 10**6))
CLIENTS, OPEN_ORDERS, PATIENCE, STOCK_MG, DELIVERY_MG = int(os.environ.get("TORTURE_CLIENTS", "64")), 48, 90, 100000, 30000
PEOPLE = ("mei.lin", "david.chen")
CODE, CODE_USES, SALE_MG = "TORTURE", 20, 2000
STEPS = {"entered": "allocation", "allocated": "release", "released": "weighings", "weighed": "check", "checked": "handover"}


def patiently(look):
    """What look() returns, once the database is up."""
    while True:
        try:
            return look()
        except subprocess.CalledProcessError:
            time.sleep(0.2)


def numbers(query):
    return {int(row) for row in sql(query).split()}


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


class Torture:
    def __init__(self, desk, lots, delivery):
        self.desk, self.lots, self.delivery = desk, lots, delivery
        self.first = int(sql("SELECT max(id) FROM orders"))  # not ours
        self.end = time.monotonic() + SECONDS
        self.lock, self.one_recall = threading.Lock(), threading.Lock()
        self.numbers = iter(range(10**9))
        self.counts = collections.Counter()
        self.violations = []
        self.orders = []  # entered, as the service told us
        self.open = set()  # of these, what is still under way
        self.reached = collections.defaultdict(set)  # step → orders for which it was answered with success
        self.invoices = []
        self.paid, self.refunded = set(), set()  # tickets, as the service told us
        self.skus = []
        self.counted = set()  # counts that were booked, as the service told us
        self.recalled = {}  # lot → a mark, from the answer to its recall until its release is asked for
        self.pool = concurrent.futures.ThreadPoolExecutor(2 * CLIENTS)

    def violate(self, what):
        with self.lock:
            self.violations.append(what)

    def once(self, who, path, body, key):
        """Repeats until there is an answer that is not "later"."""
        for _ in range(4 * PATIENCE):
            try:
                status, answer = self.desk.send(who, "POST", path, body, key)
            except (OSError, http.client.HTTPException):
                status = 0
            if status not in (0, 503):
                return status, answer
            with self.lock:
                self.counts["repeated"] += 1
            time.sleep(0.25)
        self.violate(f"{path} {key}: no answer for {PATIENCE} s")
        return 0, b""

    def ask(self, who, path, body):
        """Answer as JSON when it was done, None when it was refused."""
        with self.lock:
            key = f"torture-{next(self.numbers)}"
        twice = random.random() < 0.2
        second = self.pool.submit(self.once, who, path, body, key) if twice else None
        status, answer = self.once(who, path, body, key)
        if second:
            with self.lock:
                self.counts["sent twice"] += 1
            self.compare(path, key, (status, answer), second.result())
        elif status // 100 == 2 and random.random() < 0.1:
            self.compare(path, key, (status, answer), self.once(who, path, body, key))
        with self.lock:
            self.counts[f"{path.rsplit('/', 1)[-1]} {status}"] += 1
        if status >= 500:
            self.violate(f"{path} {key}: {status} {answer.decode()}")
        return json.loads(answer or b"{}") if status // 100 == 2 else None

    def compare(self, path, key, first, second):
        """Two successes of one key are the same answer; a refusal frees its key, so the other may succeed."""
        if first[0] // 100 == second[0] // 100 == 2 and first != second:
            self.violate(f"{path} {key}: two answers to one key: {first} {second}")

    def enter(self):
        with self.lock:
            number = f"torture-{next(self.numbers)}"
        prescription = signed_prescription(lambda who, path, body, _: self.ask(who, path, body), number)
        answer = prescription and self.ask(random.choice(PEOPLE), "/api/v1/orders", {"prescription_id": prescription})
        if answer:
            with self.lock:
                self.orders.append(answer["order"]["id"])
                self.open.add(answer["order"]["id"])

    def move(self, order):
        """The next step of an order, or now and then any."""
        try:
            status, answer = self.desk.send(PEOPLE[0], "GET", f"/api/v1/orders/{order}")
        except (OSError, http.client.HTTPException):
            return
        if status != 200:
            return
        state = json.loads(answer)["order"]["state"]
        step = STEPS.get(state) if random.random() < 0.85 else random.choice([*STEPS.values(), "cancel"])
        if step:
            self.step(order, step)

    def step(self, order, step):
        bodies = {"weighings": lambda: self.weights(order), "cancel": lambda: {"reason": "torture"},
                  "handover": lambda: {"received_by": "torture", "counselled": True}}
        body = bodies.get(step, dict)()
        with self.lock:
            barred = dict(self.recalled)
        if self.ask(random.choice(PEOPLE), f"/api/v1/orders/{order}/{step}", body) is None:
            return
        with self.lock:
            self.reached[step].add(order)
            if step in ("handover", "cancel"):
                self.open.discard(order)
            barred = {lot for lot, mark in barred.items() if self.recalled.get(lot) is mark}
        if step == "check" and barred & self.used(order):
            self.violate(f"order {order} was checked with a lot that was recalled before")

    def used(self, order):
        return patiently(lambda: numbers(f"SELECT lot_id FROM stock_moves WHERE order_id = {order} AND reason = 'dispensed'"))

    def weights(self, order):
        return patiently(lambda: exact_weights(order, order)).get(order, {"weighings": []})

    def recall(self):
        """Or its release; one at a time, so that it is certain which of two came last."""
        if not self.one_recall.acquire(blocking=False):
            return
        lot, status = random.choice(self.lots), random.choice(("recalled", "released", "released"))
        with self.lock:
            self.recalled.pop(lot, None)
        done = self.ask("mei.lin", f"/api/v1/lots/{lot}/status", {"status": status, "reason": "torture"})
        if done is not None and status == "recalled":
            with self.lock:
                self.recalled[lot] = object()
        self.one_recall.release()

    def receive(self):
        with self.lock:
            invoice = f"T{next(self.numbers)}"
        body = dict(self.delivery, invoice=invoice)
        body["lines"] = [dict(line, quantity=DELIVERY_MG) for line in random.sample(body["lines"], 3)]
        if self.ask(random.choice(PEOPLE), "/api/v1/receipts", body):
            with self.lock:
                self.invoices.append(invoice)

    def sell(self):
        """A ticket from its lines to its payment, or to its end on the way."""
        lines = [{"what": sku, "quantity": SALE_MG} for sku in random.sample(self.skus, 2)]
        who = random.choice(PEOPLE)
        opened = self.ask(who, "/api/v1/tickets", {"lines": lines, "codes": [CODE]})
        if not opened:
            return
        path = f"/api/v1/tickets/{opened['ticket']['id']}"
        quoted = self.ask(who, path + "/quote", None)
        if not quoted or random.random() < 0.15:
            self.ask(who, path + random.choice(("/reopen", "/cancel")), None)
            return
        total = quoted["ticket"]["total_cents"]
        tenders = [{"kind": "card", "amount_cents": total // 2}, {"kind": "transfer"}] if total > 1 else [{"kind": "card"}]
        if self.ask(who, path + "/payment", {"total_cents": total, "tenders": tenders}) is None:
            return
        with self.lock:
            self.paid.add(opened["ticket"]["id"])
        if random.random() < 0.2 and self.ask(who, path + "/refunds", {"reason": "changed_mind"}):
            with self.lock:
                self.refunded.add(opened["ticket"]["id"])

    def count(self):
        """Opens a count of some items, enters what is there or a gram more or less, and lets the other pharmacist book it."""
        opened = self.ask(PEOPLE[0], "/api/v1/counts", {"title": "torture", "blind": False, "limit_permille": 1000, "limit_cents": 100000000,
                                                        "skus": random.sample(self.skus, 3)})
        if not opened:
            return
        path = f"/api/v1/counts/{opened['id']}"
        try:
            status, answer = self.desk.send(PEOPLE[0], "GET", path + "/lines")
        except (OSError, http.client.HTTPException):
            return
        lines = [line for line in json.loads(answer)["rows"] if line["lot_id"] in self.lots] if status == 200 else []
        entries = [{"line_no": line["line_no"], "counted": max(0, line["expected"] + random.choice((-1000, 0, 0, 1000)))} for line in lines]
        if not entries or self.ask(PEOPLE[0], path + "/entries", {"entries": entries}) is None:
            return
        if self.ask(PEOPLE[1], path + "/book", None) is not None:
            with self.lock:
                self.counted.add(opened["id"])

    def run(self):
        clients = [threading.Thread(target=self.client) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()

    def client(self):
        while time.monotonic() < self.end:
            chance = random.random()
            with self.lock:
                under_way = list(self.open)
            if len(under_way) < OPEN_ORDERS:
                self.enter()
            elif chance < 0.05:
                self.recall()
            elif chance < 0.10:
                self.receive()
            elif chance < 0.14:
                self.count()
            elif chance < 0.34:
                self.sell()
            else:
                self.move(random.choice(under_way))


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


# Each query names what breaks a law.
LAWS = {
    "a balance below zero": "SELECT lot_id FROM balances WHERE internal AND quantity < 0",
    "more reserved than there is": """
        SELECT r.lot_id FROM reservations r JOIN balances b USING (shop_id, lot_id, location_id)
         WHERE r.ended_at IS NULL AND r.expires_at > now() GROUP BY r.lot_id, r.location_id, b.quantity
        HAVING sum(r.quantity) > b.quantity""",
    "a reservation held by an order that needs none": """
        SELECT order_id FROM reservations r JOIN orders o ON o.shop_id = r.shop_id AND o.id = r.order_id
         WHERE r.ended_at IS NULL AND o.state NOT IN ('allocated', 'released', 'weighed')""",
    "an order whose moves are not its weights, once": """
        SELECT coalesce(w.order_id, m.order_id)
          FROM (SELECT order_id, lot_id, location_id, sum(weighed) AS mg FROM weighings g
                  JOIN orders o ON o.shop_id = g.shop_id AND o.id = g.order_id AND o.allocation_no = g.allocation_no
                 WHERE o.state IN ('checked', 'handed_over') GROUP BY 1, 2, 3) w
          FULL JOIN (SELECT order_id, lot_id, from_location_id AS location_id, sum(quantity) AS mg FROM stock_moves
                      WHERE reason = 'dispensed' AND order_id IS NOT NULL GROUP BY 1, 2, 3) m USING (order_id, lot_id, location_id)
         WHERE w.mg IS DISTINCT FROM m.mg""",
    "an order checked by who filled it": "SELECT order_id FROM final_checks WHERE checker_id = filler_id",
    "an order that passed a state twice": """
        SELECT order_id FROM order_events WHERE state IN ('checked', 'handed_over', 'cancelled') GROUP BY order_id, state
        HAVING count(*) > 1""",
    "a delivery without its moves, or with more": f"""
        SELECT receipt_id FROM receipts r JOIN stock_moves m ON m.shop_id = r.shop_id AND m.receipt_id = r.id
         WHERE r.invoice LIKE 'T%' GROUP BY receipt_id HAVING count(*) <> 3 OR sum(m.quantity) <> {3 * DELIVERY_MG}""",
    "a promo code used more often than it may be": f"""
        SELECT code FROM promo_uses WHERE live AND code = '{CODE}' GROUP BY code HAVING count(*) > {CODE_USES}""",
    "a sale whose tenders are not its total": """
        SELECT y.ticket_id FROM payments y LEFT JOIN tenders t USING (shop_id, ticket_id) GROUP BY y.shop_id, y.ticket_id, y.total_cents
        HAVING coalesce(sum(t.amount_cents), 0) <> y.total_cents""",
    "a sale whose moves are not its lines, once": """
        SELECT q.ticket_id FROM payments y JOIN quote_lines q USING (shop_id, ticket_id, quote_no)
         WHERE q.kind = 'item' AND q.quantity <> (
               SELECT coalesce(sum(m.quantity), 0) FROM ticket_lots t JOIN stock_moves m ON m.shop_id = t.shop_id AND m.id = t.move_id
                WHERE t.shop_id = q.shop_id AND t.ticket_id = q.ticket_id AND t.seq = q.seq)""",
    "a move of a sale that is no sale's": """
        SELECT m.id FROM stock_moves m WHERE m.note LIKE 'ticket %' AND NOT EXISTS (SELECT FROM ticket_lots t WHERE t.move_id = m.id)
           AND NOT EXISTS (SELECT FROM refund_lots t WHERE t.move_id = m.id)""",
    "a receipt's number left out": "SELECT max(receipt_no) FROM sale_receipts HAVING max(receipt_no) <> count(*)",
    "a use of a promo code that no sale stands for": """
        SELECT u.ticket_id FROM promo_uses u JOIN tickets t ON t.shop_id = u.shop_id AND t.id = u.ticket_id
         WHERE (u.state = 'committed' AND t.state <> 'paid') OR (u.state = 'reserved' AND t.state <> 'quoted')""",
    "a key without its answer": "SELECT count(*) FROM idempotency_keys WHERE status IS NULL HAVING count(*) > 0",
}


def kept_promises(torture):
    """What was answered with success is there, once; what is there was answered."""
    if sorted(torture.orders) != sorted(numbers(f"SELECT id FROM orders WHERE id > {torture.first}")):
        torture.violate("the orders that are there are not those that were answered")
    if sorted(torture.invoices) != sorted(sql("SELECT invoice FROM receipts WHERE invoice LIKE 'T%'").split()):
        torture.violate("the deliveries that are there are not those that were answered")
    checked = numbers("SELECT order_id FROM final_checks")
    if torture.reached["check"] != checked:
        torture.violate(f"checked: answered {sorted(torture.reached['check'])}, stored {sorted(checked)}")
    if torture.paid != numbers("SELECT ticket_id FROM payments"):
        torture.violate("the sales that are paid are not those that were answered")
    if torture.counted != numbers("SELECT id FROM counts WHERE state = 'booked'"):
        torture.violate("the counts that are booked are not those that were answered")
    if torture.refunded != numbers("SELECT ticket_id FROM refunds"):
        torture.violate("the refunds that are there are not those that were answered")
    if torture.reached["handover"] != numbers("SELECT order_id FROM handovers"):
        torture.violate("the orders handed over are not those that were answered")


def prepare(service):
    desk = Desk(service.url, *PEOPLE, "sam.ortiz", "dr.wu")
    prescription = signed_prescription(desk.post, "first")
    desk.post("mei.lin", "/api/v1/orders", {"prescription_id": prescription}, "first")
    skus = skus_of(prescription)
    for lot in ("TORTURE-1", "TORTURE-2"):
        delivery = receipt(skus, lot, STOCK_MG, lot.lower())
        desk.post("mei.lin", "/api/v1/receipts", delivery, lot)
    lots = sorted(numbers("SELECT id FROM lots WHERE lot_code LIKE 'TORTURE-%'"))
    sql("""UPDATE lots SET status = 'held', status_reason = 'the torture takes its own lots only' WHERE lot_code NOT LIKE 'TORTURE-%'
             AND item_id IN (SELECT item_id FROM lots WHERE lot_code LIKE 'TORTURE-%')""")
    desk.post("sam.ortiz", "/api/v1/promo-codes", {"code": CODE, "percent_basis_points": 1000, "max_uses": CODE_USES,
                                                   "allow_below_cost": True, "allow_restricted": True}, "code")
    torture = Torture(desk, lots, delivery)
    torture.skus = list(skus)
    return torture


def main():
    random.seed(SEED)
    print(f"Torturing for {SECONDS:.0f} s with TORTURE_SEED={SEED}.", flush=True)
    database = Database()
    service = Service()
    os.environ["YAOFANG_STATE"] = service.state
    try:
        torture = prepare(service)
        killing = Killing(service, database)
        killing.start()
        torture.run()
        killing.over.set()
        killing.join()
        for what, query in LAWS.items():
            found = sql(query).split()
            if found:
                torture.violate(f"{what}: {', '.join(found)}")
        kept_promises(torture)
        verified = subprocess.run(["build/yaofang", "verify"], capture_output=True, text=True, check=False)
        if verified.returncode != 0:
            torture.violate(verified.stdout + verified.stderr)
        summary(torture, killing, verified.stdout)
    finally:
        service.close()
        database.stop()
    sys.exit(1 if torture.violations else 0)


def summary(torture, killing, verified):
    print(f"killed: {', '.join(f'{name} {n}x' for name, n in sorted(killing.counts.items()))}")
    print(f"{len(torture.orders)} orders, {len(torture.reached['check'])} checked, {len(torture.paid)} sales, "
          f"{len(torture.refunded)} of them refunded, {len(torture.counted)} counts booked, {len(torture.invoices)} deliveries on {len(torture.lots)} lots; {torture.counts.pop('repeated', 0)} requests repeated, {torture.counts.pop('sent twice', 0)} sent twice")
    for name, count in sorted(torture.counts.items()):
        print(f"  {name:20} {count}")
    print(verified.strip())
    for violation in torture.violations:
        print(f"VIOLATED: {violation}")
    print(f"{len(torture.violations)} violations")


main()
