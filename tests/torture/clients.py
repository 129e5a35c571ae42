"""The people of the shop at work, many of each: what they ask for, under which key, and what they were told was done."""
import collections
import concurrent.futures
import contextlib
import http.client
import json
import random
import threading
import time

from people import prescribe_and_sign

PATIENCE, OPEN_ORDERS = 90, 60
PHARMACISTS, HELPERS, DISPENSARY = ("mei.lin", "david.chen"), ("sam.ortiz", "mei.lin"), ("mei.lin", "david.chen", "sam.ortiz")
# Where an order stands: its next step, and who may take it. The filler may be drawn for the check: it must be refused.
STEPS = {"entered": ("allocation", DISPENSARY), "short": ("part", DISPENSARY), "allocated": ("release", PHARMACISTS),
         "released": ("weighings", HELPERS), "weighed": ("check", PHARMACISTS), "checked": ("handover", DISPENSARY)}
# What of 64 clients how many do. One with nothing to do helps wherever an order waits.
ROLES = (("prescribe", 1), ("enter", 6), ("entered", 6), ("short", 2), ("allocated", 6), ("released", 7), ("weighed", 8), ("checked", 6),
         ("come_back", 6), ("leave_the_road", 4), ("sell", 6), ("stockroom", 3), ("recall", 1), ("print_papers", 2))
PAPERS = {"allocated": ("weigh-sheet",), "released": ("weigh-sheet",), "weighed": ("weigh-sheet", "patient"), "checked": ("patient",),
          "handed_over": ("patient",)}
SALE_MG, DELIVERY_MG, COUNT_LIMIT_CENTS = 2000, 30000, 10**8


class Orders:
    """Each order as the service told it last."""

    def __init__(self):
        self.lock = threading.Lock()
        self.told = {}
        self.busy = collections.Counter()  # somebody takes a step with it just now

    @staticmethod
    def age(answer):
        """Of two answers about an order, the later one has the greater age: all of this only grows."""
        return (len(answer["events"]) + len(answer["stops"])
                + sum((stop["ended_at"] is not None) + (stop["answered_at"] is not None) for stop in answer["stops"])
                + sum(1 + (run["ended_at"] is not None) for run in answer["decoctions"])
                + sum(lot["weighed_mg"] is not None for lot in answer["lots"])
                + sum(1 + (back["destroyed_at"] is not None) + (back["witnessed_at"] is not None) for back in answer["returns"]))

    def learn(self, answer):
        order = answer["order"]["id"]
        with self.lock:
            if order not in self.told or self.age(answer) >= self.age(self.told[order]):
                self.told[order] = answer

    def where(self, fits):
        """An order that fits, at random, and now and then one that somebody else has in hand; None when there is none."""
        anyhow = random.random() < 0.15
        with self.lock:
            fitting = [answer for order, answer in self.told.items() if fits(answer) and (anyhow or not self.busy[order])]
        return random.choice(fitting) if fitting else None

    @contextlib.contextmanager
    def in_hand(self, order):
        with self.lock:
            self.busy[order] += 1
        try:
            yield
        finally:
            with self.lock:
                self.busy[order] -= 1

    def under_way(self):
        with self.lock:
            return sum(answer["order"]["state"] in STEPS for answer in self.told.values())


class Clients:
    def __init__(self, stage, seconds, count):
        self.desk, self.stage, self.count = stage.desk, stage, count
        self.end = time.monotonic() + seconds
        self.lock, self.one_recall = threading.Lock(), threading.Lock()
        self.numbers = iter(range(10**9))
        self.counts = collections.Counter()  # requests by path and answer
        self.done = collections.defaultdict(collections.Counter)  # promise → what it was about, as often as success was answered
        self.violations = []
        self.orders = Orders()
        self.prescriptions = list(stage.prescriptions)
        self.recalled = {}  # lot → a mark, from the answer to its recall until its release is asked for
        self.pool = concurrent.futures.ThreadPoolExecutor(2 * count)

    # Asking

    def violate(self, what):
        with self.lock:
            self.violations.append(what)

    def number(self):
        with self.lock:
            return next(self.numbers)

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

    def ask(self, who, path, body, promise=None, about=None):
        """Answer as JSON when it was done, None when it was refused. `promise` is noted as kept about `about`."""
        key = f"torture-{self.number()}"
        second = self.pool.submit(self.once, who, path, body, key) if random.random() < 0.2 else None
        status, answer = self.once(who, path, body, key)
        if second:
            with self.lock:
                self.counts["sent twice"] += 1
            self.compare(path, key, (status, answer), second.result())
            if status // 100 != 2:
                status, answer = second.result()
        elif status // 100 == 2 and random.random() < 0.1:
            self.compare(path, key, (status, answer), self.once(who, path, body, key))
        with self.lock:
            self.counts[f"{path.rsplit('/', 1)[-1]} {status}"] += 1
            if promise and status // 100 == 2:
                self.done[promise][about] += 1
        if status >= 500:
            self.violate(f"{path} {key}: {status} {answer.decode()}")
        return json.loads(answer or b"{}") if status // 100 == 2 else None

    def compare(self, path, key, first, second):
        """Two successes of one key are the same answer; a refusal frees its key, so the other may succeed."""
        if first[0] // 100 == second[0] // 100 == 2 and first != second:
            self.violate(f"{path} {key}: two answers to one key: {first} {second}")

    def look(self, path):
        """What a page shows; None when there is no answer just now."""
        try:
            status, answer = self.desk.send("mei.lin", "GET", path)
        except (OSError, http.client.HTTPException):
            return None
        return json.loads(answer) if status == 200 else None

    def look_again(self, order):
        answer = self.look(f"/api/v1/orders/{order}")
        if answer:
            self.orders.learn(answer)

    # Orders

    def prescribe(self):
        try:
            number = f"later-{self.number()}"
            prescription = prescribe_and_sign(lambda who, path, body, _: self.ask(who, path, body), number, self.stage.draft())
        except LookupError:
            return
        with self.lock:
            self.prescriptions.append(prescription)

    def enter(self):
        """A whole supply or a part of one, the first or a refill."""
        if self.orders.under_way() >= OPEN_ORDERS * self.count // 64:
            return self.help()
        with self.lock:
            prescription = random.choice(self.prescriptions)
        wish = {"prescription_id": prescription, **random.choice(({}, {"packets": 2}))}
        answer = self.ask(random.choice(DISPENSARY), "/api/v1/orders", wish)
        return self.entered(answer) if answer else None

    def entered(self, answer):
        with self.lock:
            self.done["orders"][answer["order"]["id"]] += 1
        self.orders.learn(answer)

    def help(self):
        """Where any order waits."""
        return self.advance(lambda state: state in STEPS) or time.sleep(0.05)

    def advance(self, wanted):
        """The next step of an order that stands where it is wanted; whether there was one."""
        answer = self.orders.where(lambda answer: wanted(answer["order"]["state"]) and not answer["order"]["stopped"])
        if answer is None:
            return False
        step, people = self.next_step(answer)
        with self.orders.in_hand(answer["order"]["id"]):
            self.step(answer, step, random.choice(people))
        return True

    @staticmethod
    def next_step(answer):
        """What the shop boils is boiled between weighing and check; what is short is supplied in part, or there is more by now."""
        state, runs = answer["order"]["state"], answer["decoctions"]
        if state == "weighed" and answer["order"]["decocts"] and not any(run["outcome"] == "done" for run in runs):
            return "decoctions/end" if runs and runs[-1]["ended_at"] is None else "decoctions", HELPERS
        if state == "short" and random.random() < 0.4:
            return "allocation", DISPENSARY
        return STEPS[state]

    def body_of(self, step, answer):
        return {"weighings": lambda: {"weighings": self.weights(answer)}, "cancel": lambda: {"reason": "torture"},
                "handover": lambda: {"received_by": "torture", "counselled": True},
                "part": lambda: random.choice(({}, {"packets": 1})),
                "decoctions": lambda: {"scheme": "general", "machine": random.choice(self.stage.pots), "minutes_ago": 240},
                "decoctions/end": lambda: random.choice((*[{"outcome": "done", "bags": 2, "bag_ml": 10}] * 4,
                                                         {"outcome": "failed", "note": "torture"}))}.get(step, dict)()

    def step(self, answer, step, who):
        order, body = answer["order"]["id"], self.body_of(step, answer)
        with self.lock:
            barred = dict(self.recalled)
        after = self.ask(who, f"/api/v1/orders/{order}/{step}", body, step, order)
        if after is None:
            if step == "release":  # another order of the version went out on this screening
                self.ask(who, f"/api/v1/orders/{order}/screening", None)
            if step == "weighings":
                self.find_another_lot(answer)
            return self.look_again(order)
        if step == "part":  # it ended, and another one stands in its place
            with self.lock:
                self.done["cancel"][order] += 1
            self.entered(after)
            return self.look_again(order)
        with self.lock:
            barred = {lot for lot, mark in barred.items() if self.recalled.get(lot) is mark}
        if step == "check" and barred & {lot["lot_id"] for lot in answer["lots"]}:
            self.violate(f"order {order} was checked with a lot that was recalled before")
        return self.orders.learn(after) if "events" in after else self.look_again(order)

    def weights(self, answer):
        """Of what is not weighed yet, all or a part; as planned, or less, or more: what is on the scales of one was set aside for
        another then, and the books have to say so."""
        lots = [lot for lot in answer["lots"] if lot["weighed_mg"] is None]
        if random.random() < 0.2:
            lots = lots[:1]
        return [{"line_no": lot["line_no"], "lot_id": lot["lot_id"], "location_id": lot["location_id"],
                 "weighed_mg": lot["planned_mg"] * random.choice((100, 100, 100, 98, 103)) // 100} for lot in lots]

    def find_another_lot(self, answer):
        """What could not be weighed is allocated anew while nothing is weighed, or its lot is said to have run out."""
        order, waiting = answer["order"]["id"], [lot for lot in answer["lots"] if lot["weighed_mg"] is None]
        if len(waiting) == len(answer["lots"]):
            self.ask(random.choice(DISPENSARY), f"/api/v1/orders/{order}/allocation", {})
        elif waiting:
            lot = random.choice(waiting)
            self.ask(random.choice(HELPERS), f"/api/v1/orders/{order}/shortfalls",
                     {"line_no": lot["line_no"], "lot_id": lot["lot_id"], "location_id": lot["location_id"],
                      "there_mg": random.choice((0, lot["planned_mg"] // 2))})

    def print_papers(self):
        """A copy more of what an order's state lets be printed, and now and then a look at the paper itself."""
        answer = self.orders.where(lambda answer: answer["order"]["state"] in PAPERS)
        if answer is None:
            return self.help()
        order, kind = answer["order"]["id"], random.choice(PAPERS[answer["order"]["state"]])
        copy = self.ask(random.choice(DISPENSARY), f"/api/v1/orders/{order}/labels", {"kind": kind})
        if copy:
            with self.lock:
                self.done["copies"][f"{order}/{kind}/{copy['copy_no']}"] += 1
        if random.random() < 0.1:
            self.desk_picture(f"/api/v1/orders/{order}/label?kind={kind}&format=png&dpi=100")
        return time.sleep(0.2)

    def desk_picture(self, path):
        try:
            status, answer = self.desk.send("mei.lin", "GET", path)
        except (OSError, http.client.HTTPException):
            return
        if status == 200 and not answer.startswith(b"\x89PNG") or status == 500:
            self.violate(f"{path}: {status} {answer[:200]}")

    def leave_the_road(self):
        """Holds and their ends, waste with and without a new beginning, cancelling, any step out of turn."""
        stopped = self.orders.where(lambda answer: answer["order"]["stopped"])
        if stopped and random.random() < 0.8:
            return self.resume(stopped)
        leave = random.choices((self.hold, self.question, self.waste, self.cancel, self.out_of_turn), (4, 4, 4, 1, 2))[0]
        answer = self.orders.where(lambda answer: answer["order"]["state"] in STEPS
                                   and (leave != self.waste or any(lot["weighed_mg"] for lot in answer["lots"])))
        return leave(answer) if answer else time.sleep(0.05)

    def resume(self, answer):
        order = answer["order"]["id"]
        for stop in answer["stops"]:
            if stop["ended_at"] is not None:
                continue
            path, about = f"/api/v1/orders/{order}/stops/{stop['stop_no']}", f"{order}/{stop['stop_no']}"
            if stop["kind"] == "query" and stop["verdict"] is None:
                after = self.ask("dr.wu", path + "/answer", {"verdict": "as_written", "answer": "torture"}, "answers", about)
            else:
                after = self.ask(random.choice(DISPENSARY), path + "/end", {"note": "torture"}, "resumes", about)
            self.orders.learn(after) if after else self.look_again(order)

    def hold(self, answer):
        order = answer["order"]["id"]
        after = self.ask(random.choice((*DISPENSARY, "dr.wu")), f"/api/v1/orders/{order}/holds", {"reason": "patient_asked"}, "holds",
                         order)
        self.orders.learn(after) if after else self.look_again(order)

    def question(self, answer):
        order = answer["order"]["id"]
        after = self.ask(random.choice(PHARMACISTS), f"/api/v1/orders/{order}/queries", {"question": "torture?"}, "queries", order)
        self.orders.learn(after) if after else self.look_again(order)

    def waste(self, answer):
        order, again = answer["order"]["id"], random.random() < 0.6
        after = self.ask(random.choice(PHARMACISTS), f"/api/v1/orders/{order}/waste", {"reason": "spilled", "again": again}, "wastes",
                         order)
        if after and again:
            with self.lock:
                self.done["begun anew"][order] += 1
            self.entered(after)
        self.look_again(order)

    def cancel(self, answer):
        self.step(answer, "cancel", random.choice(DISPENSARY))

    def out_of_turn(self, answer):
        step, people = random.choice(list(STEPS.values()))
        self.step(answer, step, random.choice(people))

    def come_back(self):
        """Packets come back, are destroyed, and somebody has seen it."""
        answer = self.orders.where(lambda answer: any(not back["witnessed_at"] for back in answer["returns"]))
        if answer and random.random() < 0.8:
            return self.see_off(answer)
        answer = self.orders.where(lambda answer: answer["order"]["state"] == "handed_over" and answer["order"]["id"] % 3
                                   and sum(back["packets"] for back in answer["returns"]) < answer["order"]["packets"])
        if answer is None:
            return self.help()
        order, out = answer["order"]["id"], answer["order"]["packets"] - sum(back["packets"] for back in answer["returns"])
        after = self.ask(random.choice(DISPENSARY), f"/api/v1/orders/{order}/returns",
                         {"packets": random.randint(1, out), "reason": "not_needed"}, "returns", order)
        return self.orders.learn(after) if after else self.look_again(order)

    def see_off(self, answer):
        order = answer["order"]["id"]
        for back in answer["returns"]:
            if back["witnessed_at"]:
                continue
            step, body = ("witness", None) if back["destroyed_at"] else ("destruction", {"method": "incinerated"})
            after = self.ask(random.choice(DISPENSARY), f"/api/v1/orders/{order}/returns/{back['return_no']}/{step}", body, step,
                             f"{order}/{back['return_no']}")
            self.orders.learn(after) if after else self.look_again(order)

    # Stock and counter

    def recall(self):
        """A lot for a moment; one at a time, so that it is certain which of two answers came last."""
        with self.one_recall:
            lot = random.choice(self.stage.lots)
            for status in ("recalled", "released"):
                with self.lock:
                    self.recalled.pop(lot, None)
                done = self.ask("mei.lin", f"/api/v1/lots/{lot}/status", {"status": status, "reason": "torture"})
                if done is not None and status == "recalled":
                    with self.lock:
                        self.recalled[lot] = object()
                time.sleep(1)

    def stockroom(self):
        return self.receive() if random.random() < 0.6 else self.count_some()

    def receive(self):
        invoice = f"T{self.number()}"
        body = dict(self.stage.delivery, invoice=invoice)
        body["lines"] = [dict(line, quantity=DELIVERY_MG) for line in random.sample(body["lines"], 3)]
        self.ask(random.choice(DISPENSARY), "/api/v1/receipts", body, "deliveries", invoice)

    def count_some(self):
        """Opens a count of some items, enters what is there or a gram more or (of what there is plenty) less, and lets the other pharmacist book it."""
        opened = self.ask("mei.lin", "/api/v1/counts", {"title": "torture", "blind": False, "limit_permille": 1000,
                                                        "limit_cents": COUNT_LIMIT_CENTS, "skus": random.sample(self.stage.skus, 3)})
        shown = opened and self.look(f"/api/v1/counts/{opened['id']}/lines")
        if not shown:
            return
        path = f"/api/v1/counts/{opened['id']}"
        lines = [line for line in shown["rows"] if line["lot_id"] in self.stage.lots]
        entries = [{"line_no": line["line_no"], "counted": line["expected"] + random.choice((0, 1000))
                    - (2000 if line["lot_id"] in self.stage.plenty else 0)} for line in lines]
        if entries and self.ask("mei.lin", path + "/entries", {"entries": entries}) is not None:
            self.ask("david.chen", path + "/book", None, "counts", opened["id"])

    def sell(self):
        """A ticket from its lines to its payment, or to its end on the way."""
        who = random.choice(PHARMACISTS)
        ticket = self.quote(who, random.choice(self.stage.codes), random.sample(self.stage.skus, 2))
        if ticket is None:
            return
        if random.random() < 0.15:
            self.ask(who, f"/api/v1/tickets/{ticket['id']}/{random.choice(('reopen', 'cancel'))}", None)
        elif self.pay(who, ticket) and random.random() < 0.2:
            self.ask(who, f"/api/v1/tickets/{ticket['id']}/refunds", {"reason": "changed_mind"}, "refunds", ticket["id"])

    def quote(self, who, code, skus):
        ticket = {"lines": [{"what": sku, "quantity": SALE_MG} for sku in skus], "codes": [code], "patient_id": random.choice(self.stage.buyers)}
        opened = self.ask(who, "/api/v1/tickets", ticket)
        quoted = opened and self.ask(who, f"/api/v1/tickets/{opened['ticket']['id']}/quote", None)
        return quoted["ticket"] if quoted else None

    def pay(self, who, ticket):
        total = ticket["total_cents"]
        tenders = [{"kind": "card", "amount_cents": total // 2}, {"kind": "transfer"}] if total > 1 else [{"kind": "card"}]
        return self.ask(who, f"/api/v1/tickets/{ticket['id']}/payment", {"total_cents": total, "tenders": tenders}, "payments", ticket["id"])

    # The day

    def run(self):
        places = [role for role, share in ROLES for _ in range(share)]
        clients = [threading.Thread(target=self.client, args=[places[i * len(places) // self.count]]) for i in range(self.count)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()

    def client(self, role):
        try:
            while time.monotonic() < self.end:
                if role not in STEPS:
                    getattr(self, role)()
                elif not self.advance(lambda state: state == role):
                    self.help()
        except Exception as fault:  # a client that went home early must not go unnoticed
            self.violate(f"a client who should {role}: {fault!r}")
            raise
