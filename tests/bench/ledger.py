"""A shop after years: how fast stock is booked, every stock page answered and every report's rows found with ROWS moves in the
ledger, beside booking before there were any.

    ledger.py PORT ROWS       prints "booking-ratio worst-p95-ms slowest", and each figure on stderr; p95 of the whole answer over HTTP, all its
                              rows as JSON. ROWS 0: only the pages, of a ledger that is there already
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, "tests/support")
from people import Desk, signed_prescription, sql

PORT, ROWS, ROUNDS = sys.argv[1], int(sys.argv[2]), 40
DESK = Desk(f"http://127.0.0.1:{PORT}", "mei.lin", "dr.wu")
BOOK = """SELECT stock_book({shop}, ARRAY[{lots}], array_fill({here}::bigint, ARRAY[8]), array_fill({there}::bigint, ARRAY[8]),
    array_fill(1::bigint, ARRAY[8]), 'moved', NULL, NULL, 'bench', NULL);
"""
STOCK = ("items", "lots", "locations", "pars", "suppliers", "receipts", "purchase-orders", "transfers", "stock-reasons", "adjustments",
         "counts", "recalls", "batches", "attachments", "prices")
PAPER = ("/sheet", "/label", "/content")  # drawn or a file, not rows


def booking_rate():
    """Bookings of eight lots a second: the demo shop's own lots, from a drawer to the bench and back. The best of three, each begun
    with nothing left to write, for what was written before is not what booking costs."""
    shop = sql("SELECT min(id) FROM shops")
    rows = sql(f"""SELECT b.location_id || ':' || string_agg(b.lot_id::text, ',') FROM (SELECT b.*, row_number() OVER (PARTITION BY
                     location_id ORDER BY lot_id) AS n FROM balances b WHERE internal AND quantity > 1000 AND shop_id = {shop}
                     AND lot_id <= (SELECT max(lot_id) FROM stock_moves WHERE note = 'demo')) b WHERE n <= 8
                   GROUP BY b.location_id HAVING count(*) = 8 LIMIT 4""").split()
    bench = sql(f"SELECT min(id) FROM locations WHERE shop_id = {shop} AND kind = 'bench'")
    rates = []
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for row in rows:
            here, lots = row.split(":")
            path = os.path.join(folder, f"{here}.sql")
            with open(path, "w", encoding="utf-8") as file:
                file.write(BOOK.format(shop=shop, lots=lots, here=here, there=bench))
                file.write(BOOK.format(shop=shop, lots=lots, here=bench, there=here))
            files += ["-f", path]
        for _ in range(3):
            sql("CHECKPOINT")
            done = subprocess.run(["pgbench", "-n", "-M", "prepared", "-c", "4", "-j", "2", "-T", "4", *files, os.environ["DATABASE_URL"]],
                                  capture_output=True, text=True, check=True,
                                  env=dict(os.environ, PGOPTIONS=f"-c yaofang.shop_id={shop}"))
            rates.append(2 * float(re.search(r"tps = ([\d.]+)", done.stdout).group(1)))
    return max(rates)


def fetch(path):
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", headers={"Authorization": "Bearer " + DESK.tokens["mei.lin"]})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return answer.read()


def attach(lot):
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}/api/v1/lots/{lot}/attachments?file_name=bench.txt&kind=other", b"bench",
                                     headers={"Authorization": "Bearer " + DESK.tokens["mei.lin"], "Content-Type": "text/plain",
                                              "Idempotency-Key": f"ledger-{lot}"}, method="POST")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())["id"]


def documents(lot, sku):
    """One of each kind, so that the page of one is there to be asked for: a count of everything, half of it entered; a mock recall,
    an order."""
    def made(path, body):
        return DESK.post("mei.lin", f"/api/v1/{path}", body, f"ledger-{path}-{lot}")

    place = sql(f"SELECT p.code FROM balances b JOIN locations p ON p.id = b.location_id WHERE b.lot_id = {lot} AND b.internal LIMIT 1")
    supplier = sql("SELECT min(code) FROM suppliers")
    count = made("counts", {"title": "bench", "blind": False})["id"]
    lines = json.loads(fetch(f"/api/v1/counts/{count}/lines"))["rows"]
    made(f"counts/{count}/entries", {"entries": [{"line_no": n["line_no"], "counted": n["line_no"]} for n in lines[:1000]]})
    order = made("orders", {"prescription_id": signed_prescription(DESK.post, 900000 + lot)})["order"]["id"]
    DESK.send("mei.lin", "POST", f"/api/v1/orders/{order}/allocation", {}, f"ledger-allocation-{lot}")
    return {
        "items": sql(f"SELECT item_id FROM lots WHERE id = {lot}"), "lots": lot, "counts": count, "orders": order,
        "locations": sql("SELECT min(id) FROM locations"), "suppliers": sql("SELECT min(id) FROM suppliers"),
        "receipts": sql("SELECT max(id) FROM receipts"),
        "purchase-orders": made("purchase-orders", {"supplier": supplier, "lines": [{"sku": sku, "quantity": 500000}]})["id"],
        "adjustments": made("adjustments", {"use": "write_off", "reason": "spilled", "lot_id": lot, "location": place, "quantity": 1})["id"],
        "recalls": made("recalls", {"lots": [{"lot_id": lot}], "reason": "bench", "mock": True})["recall"]["id"],
        "batches": made("batches", {"sku": sku, "quantity": 50000, "location": place, "lines": [{"sku": sku, "quantity_mg": 50000}]})["id"],
        "attachments": attach(lot),
    }


def pages():
    """Every stock route that reads rows and every report this person may see, asked plainly or with what a page asks of them."""
    shop = "shop_id = (SELECT min(id) FROM shops)"
    lot = int(sql(f"SELECT max(id) FROM lots WHERE {shop} AND in_stock"))
    code = sql(f"SELECT lot_code FROM lots WHERE id = {lot}")
    sku = sql(f"SELECT sku FROM items WHERE id = (SELECT item_id FROM lots WHERE id = {lot})")
    month = sql("SELECT date_trunc('month', shop_today(min(id)))::date - 1 FROM shops")
    long_ago = sql("SELECT (date_trunc('month', shop_today(min(id))) - interval '2 years')::date - 1 FROM shops")
    # Days as far from what is kept of months as can be, one of them after most of a month.
    third, late = (sql(f"SELECT (date_trunc('month', shop_today(min(id))) - interval '1 month')::date + {n} FROM shops") for n in (2, 27))
    ids = documents(lot, sku)
    asked = {
        "items": ["", "q=dang gui"], "/api/v1/counts/{id}/lines": ["left=true&limit=200", "left=false&limit=200"],
        "prices": ["", "only=below_cost"],
        "lots": ["", f"code={code}", f"item={ids['items']}", "all=true"],
        "stock-on-hand": ["", "kind=raw", "sheet=By category", "sheet=Expiry by month"], "reorder": ["", "days=365", "sheet=Use rate"],
        "expiring": ["", "days=400"], "dead-stock": ["", "days=30"], "lot-ledger": [f"lot={code}", f"item={sku}&from={month}"],
        "trace": [f"lot={code}"], "formula-margin": ["", "sheet=By formula"], "stocktake": [f"count={ids['counts']}"],
        "recall-call-list": [f"recall={ids['recalls']}"],
        "stock-valuation": ["", "sheet=Month", f"on={month}", f"on={month}&sheet=Month", f"on={long_ago}", f"on={long_ago}&sheet=Month",
                            f"on={third}", f"on={third}&sheet=Month", f"on={late}", f"on={late}&sheet=Month"],
    }
    routes = json.loads(fetch("/api/v1/openapi.json"))["paths"]
    paths = [f"/api/v1/orders/{ids['orders']}/trace"]
    for path, methods in routes.items():
        noun = path.split("/")[3] if path.count("/") >= 3 else ""
        if noun in STOCK and "get" in methods and not path.endswith(PAPER):
            paths += [f"{path.format(id=ids.get(noun))}?{words}".rstrip("?") for words in asked.get(path if "{" in path else noun, [""])]
    for report in json.loads(fetch("/api/v1/reports"))["rows"]:
        if report["allowed"]:
            paths += [f"/api/v1/reports/{report['name']}?{words}&format=json".replace("?&", "?") for words in asked.get(report["name"], [""])]
    return [urllib.parse.quote(path, safe="/?&=") for path in paths]


def p95(path):
    times = []
    for _ in range(ROUNDS):
        begun = time.monotonic()
        size = len(fetch(path))
        times.append(time.monotonic() - begun)
        if len(times) >= 5 and sum(times) > 5:
            break
    times.sort()
    return times[len(times) * 95 // 100] * 1000, size


def write_ledger():
    # There and back again, tens of thousands of times: no shop has such a day, and what is read of a day is measured below.
    sql("SET session_replication_role = replica; DELETE FROM stock_moves WHERE note = 'bench'")
    begun = time.monotonic()
    subprocess.run(["psql", "-Xq", os.environ["DATABASE_SUPER_URL"], "-v", f"n={ROWS}", "-f", "tests/bench/ledger_seed.sql"], check=True)
    print(f"  {ROWS} moves written in {time.monotonic() - begun:.0f} s", file=sys.stderr)
    shop = sql("SELECT min(id) FROM shops")
    while sql(f"SELECT count(*) FROM use_days WHERE shop_id = {shop} AND through >= shop_settled_day({shop})") == "0":
        with open("app/sql/use_roll_up.sql", encoding="utf-8") as file:
            sql(re.sub(r"\$1", shop, file.read()))
    while sql(f"SET yaofang.shop_id = '{shop}'; SELECT months_roll_up({shop})") == "t":
        pass
    for table in ("item_uses", "lot_months", "lot_month_parts", "lot_closings"):
        sql(f"VACUUM ANALYZE {table}")


def measure_pages():
    found = []
    for path in pages():
        try:
            figure, size = p95(path)
        except urllib.error.HTTPError as refusal:
            sys.exit(f"{path}: {refusal.code} {refusal.read().decode()}")
        found.append((figure, path))
        print(f"  {figure:8.1f} ms p95  {size:9} bytes  {path}", file=sys.stderr)
    return max(found)


def main():
    if ROWS == 0:
        print(*measure_pages())
        return
    before = booking_rate()
    write_ledger()
    worst, slowest = measure_pages()
    after = booking_rate()
    print(f"  bookings of 8 lots a second: {before:.0f} on an empty ledger, {after:.0f} on this", file=sys.stderr)
    print(f"{after / before:.2f} {worst:.1f} {slowest}")


main()
