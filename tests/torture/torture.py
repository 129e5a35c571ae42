"""`make torture`: many people at the same lots, while service and database are killed under them and the laws are watched.

TORTURE_CLIENTS (64), each with a place of its own, enter, allocate, release, weigh, decoct, check and hand over orders for the same
herbs, supply what is short in part, hold and ask about and waste and cancel them on the way, print their papers, take packets back and
destroy them, sell the same herbs over the counter with promo codes that may be used so often, give money back, count the lots and
book the differences, receive deliveries and recall lots.
Every request is repeated under its Idempotency-Key until it has an answer, some are sent twice at once, some again later. Afterwards
everything that was promised must be there once, and nothing else. TORTURE_SECONDS (60) says how long; what is prescribed is prepared
before."""
import concurrent.futures
import os
import random
import subprocess
import sys
import time

sys.path[:0] = ["tests/support", "tests/browser"]
from clients import Clients
from killing import Database, Killing
from laws import CODE, CODE_EACH, CODE_USES, EACH_USES, LAWS, Watching, broken_promises, numbers, unlawful
from people import HERBS, Desk, prescribe_and_sign, receipt, skus_of, sql
from service import Service

SECONDS = float(os.environ.get("TORTURE_SECONDS", "60"))
CLIENTS = int(os.environ.get("TORTURE_CLIENTS", "64"))
SEED = int(os.environ.get("TORTURE_SEED", time.time_ns() % 10**6))
STOCK_MG, PLENTY_MG, HERBS_OF_ORDER, BUYERS, POTS = 40000, 5000000, 3, 8, 6


class Stage:
    """What is there before the clock starts: ten herbs in two lots each, and signed prescriptions of a few of them."""

    def __init__(self, desk):
        self.desk = desk
        first = prescribe_and_sign(desk.post, "first", HERBS)
        order = desk.post("mei.lin", "/api/v1/orders", {"prescription_id": first}, "first")
        self.herbs = [line["pinyin"] for line in order["lines"]]
        self.skus = skus_of(first)
        self.first_order = order["order"]["id"]
        for lot in ("TORTURE-1", "TORTURE-2"):
            self.delivery = receipt(self.skus, lot, STOCK_MG, lot.lower())
            desk.post("mei.lin", "/api/v1/receipts", self.delivery, lot)
            desk.post("mei.lin", "/api/v1/receipts", receipt(self.skus[:1], lot, PLENTY_MG, f"{lot}-more".lower()), f"{lot}-more")
        self.lots = sorted(numbers("SELECT id FROM lots WHERE lot_code LIKE 'TORTURE-%'"))
        self.plenty = numbers(f"""SELECT l.id FROM lots l JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
                                   WHERE l.lot_code LIKE 'TORTURE-%' AND i.sku = '{self.skus[0]}'""")
        sql("""UPDATE lots SET status = 'held', status_reason = 'the torture takes its own lots only' WHERE lot_code NOT LIKE 'TORTURE-%'
                 AND item_id IN (SELECT item_id FROM lots WHERE lot_code LIKE 'TORTURE-%')""")
        with concurrent.futures.ThreadPoolExecutor(8) as people:
            self.prescriptions = list(people.map(lambda number: prescribe_and_sign(desk.post, number, self.draft()),
                                                 range(max(8, CLIENTS, int(SECONDS)))))
        self.buyers = sorted(numbers("SELECT id FROM patients"))[-BUYERS:]
        self.pots = [f"POT-{number}" for number in range(POTS)]
        for pot in self.pots:
            desk.post("mei.lin", "/api/v1/decoction-machines", {"code": pot, "name": pot, "capacity_ml": 20000}, pot)
        self.codes = (CODE, CODE_EACH)
        for code, limit in ((CODE, {"max_uses": CODE_USES}), (CODE_EACH, {"max_uses_per_customer": EACH_USES})):
            desk.post("sam.ortiz", "/api/v1/promo-codes", {"code": code, "percent_basis_points": 1000, "allow_below_cost": True,
                                                           "allow_restricted": True, **limit}, code)

    def draft(self):
        """A few of the herbs for two days in four packets, as often as anybody wants, boiled at home or by the shop."""
        return {"dosage_form": random.choice((*["raw_decoction"] * 3, "decocted_liquid")), "days": 2, "packets": 4, "refills": 9, "refill_interval_days": 0,
                "herbs": [{"herb": herb, "mg": random.choice((3000, 4001, 6000))} for herb in random.sample(self.herbs, HERBS_OF_ORDER)]}


def fill_up(clients):
    """Whatever came, the code is used just as often as it may be, once nobody disturbs its last uses."""
    for _ in range(CODE_USES + 2):
        ticket = clients.quote("mei.lin", CODE, clients.stage.skus[:1])
        if ticket is None or clients.pay("mei.lin", ticket) is None:
            clients.violate("a quiet sale was refused")
            return
    used = int(sql(f"SELECT count(*) FROM promo_uses WHERE live AND code = '{CODE}'"))
    if used != CODE_USES:
        clients.violate(f"{CODE} is used {used} times, may be {CODE_USES}")


def judge(clients):
    fill_up(clients)
    clients.violations += filter(None, map(unlawful, LAWS))
    clients.violations += broken_promises(clients.done, clients.stage.first_order)
    verified = subprocess.run(["build/yaofang", "verify"], capture_output=True, text=True, check=False)
    if verified.returncode != 0:
        clients.violate(verified.stdout + verified.stderr)
    return verified.stdout.strip()


def summary(clients, killing, verified):
    done, counts = clients.done, clients.counts
    print(f"killed: {', '.join(f'{name} {n}x' for name, n in sorted(killing.counts.items()))}")
    print(f"{counts.pop('repeated', 0)} requests repeated, {counts.pop('sent twice', 0)} sent twice at once, on {len(clients.stage.lots)} lots")
    print("; ".join(f"{promise} {sum(about.values())}" for promise, about in done.items()))
    for name, count in sorted(counts.items()):
        print(f"  {name:20} {count}")
    print(verified)
    for violation in clients.violations:
        print(f"VIOLATED: {violation}")
    print(f"{len(clients.violations)} violations")


def main():
    random.seed(SEED)
    database = Database()
    log = open(os.path.join(database.state, "service.log"), "wb")
    service = Service(log)
    os.environ["YAOFANG_STATE"] = service.state
    try:
        stage = Stage(Desk(service.url, "mei.lin", "david.chen", "sam.ortiz", "dr.wu"))
        print(f"Torturing for {SECONDS:.0f} s with TORTURE_SEED={SEED}.", flush=True)
        clients, killing = Clients(stage, SECONDS, CLIENTS), Killing(service, database)
        others = [killing, Watching(clients.violate)]
        for other in others:
            other.start()
        clients.run()
        for other in others:
            other.over.set()
            other.join()
        summary(clients, killing, judge(clients))
    finally:
        service.close()
        database.stop()
    sys.exit(1 if clients.violations else 0)


main()
