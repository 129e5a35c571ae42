"""Allocation of orders of twelve herbs over HTTP, 16 clients all wanting the same lots, beside what a bare transaction of the same
size gets from pgbench on the same cluster: twelve row locks on the same rows, thirteen inserts, commit.

    allocation.py PORT ORDERS [record]    prints "rate median p99 floor-rate floor-p99", milliseconds
"""
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, "tests/support")
from people import HERBS, Desk, receipt, signed_prescription, skus_of, sql

PORT, ORDERS, CLIENTS = sys.argv[1], int(sys.argv[2]), 16
DESK = Desk(f"http://127.0.0.1:{PORT}", "mei.lin", "dr.wu")
HERBS["herbs"] = HERBS["herbs"] + [{"herb": "Fu Ling", "mg": 9000}, {"herb": "Shan Yao", "mg": 9000}]


def load(lines, clients=CLIENTS):
    done = subprocess.run(["build/load", PORT, str(clients), "0"], input="\n\n".join(lines), text=True, check=False,
                          capture_output=True, env=dict(os.environ, LOAD_HEADER="Authorization: Bearer " + DESK.tokens["mei.lin"]))
    return done.stdout.split()


FLOOR_TABLES = """
CREATE TABLE floor_lots (id int PRIMARY KEY, n int); INSERT INTO floor_lots SELECT g, 0 FROM generate_series(1, 12) g;
CREATE TABLE floor_rows (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, lot int REFERENCES floor_lots, quantity bigint, at timestamptz);
GRANT ALL ON floor_lots, floor_rows TO yaofang_app;"""
FLOOR = """BEGIN;
SELECT id FROM floor_lots ORDER BY id FOR NO KEY UPDATE;
INSERT INTO floor_rows (lot, quantity, at) SELECT 1 + g % 12, 9000, now() FROM generate_series(1, 13) g;
COMMIT;
"""


def floor():
    sql(FLOOR_TABLES)
    with tempfile.TemporaryDirectory() as folder:
        script = os.path.join(folder, "floor.sql")
        with open(script, "w", encoding="utf-8") as file:
            file.write(FLOOR)
        done = subprocess.run(["pgbench", "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", "5", "-f", script, "-l",
                               "--log-prefix", os.path.join(folder, "log"), os.environ["DATABASE_URL"]],
                              capture_output=True, text=True, check=True)
        times = sorted(int(line.split()[2]) for name in os.listdir(folder) if name.startswith("log")
                       for line in open(os.path.join(folder, name), encoding="utf-8"))
    return float(re.search(r"tps = ([\d.]+)", done.stdout).group(1)), times[len(times) * 99 // 100] / 1000


def main():
    prescriptions = [signed_prescription(DESK.post, f"allocation-{number}") for number in range(ORDERS)]
    load([f'POST /api/v1/orders {{"prescription_id":{number}}}' for number in prescriptions])
    orders = sql(f"SELECT id FROM orders WHERE prescription_id BETWEEN {prescriptions[0]} AND {prescriptions[-1]} ORDER BY id").split()
    DESK.post("mei.lin", "/api/v1/receipts", receipt(skus_of(prescriptions[0]), "ALLOCATION", ORDERS * 100000, "ALLOCATION"),
              "allocation-receipt")
    sql("ANALYZE")
    steps = [f"POST /api/v1/orders/{order}/allocation {json.dumps({})}" for order in orders]
    load(steps[:20], 4)  # plans are made once per connection
    rate, median, p99, bad = load(steps[20:])[:4]
    if int(bad) > 0:
        sys.exit(f"{bad} of {len(steps) - 20} allocations were refused")
    floor_rate, floor_p99 = floor()
    print(rate, median, p99, f"{floor_rate:.0f} {floor_p99:.1f}")


main()
