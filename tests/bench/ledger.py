"""A shop after years: how fast stock is booked, every stock page answered and every report's rows found with ROWS moves in the
ledger, beside booking before there were any.

    ledger.py PORT ROWS       prints "booking-ratio worst-p95-ms slowest", and each figure on stderr; p95 of the whole answer over HTTP, all its
                              rows as JSON
"""
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, "tests/support")
from people import Desk, sql

PORT, ROWS, ROUNDS = sys.argv[1], int(sys.argv[2]), 40
DESK = Desk(f"http://127.0.0.1:{PORT}", "mei.lin")
BOOK = """SELECT stock_book({shop}, ARRAY[{lots}], array_fill({here}::bigint, ARRAY[8]), array_fill({there}::bigint, ARRAY[8]),
    array_fill(1::bigint, ARRAY[8]), 'moved', NULL, NULL, 'bench', NULL);
"""


def booking_rate():
    """Bookings of eight lots a second: the demo shop's own lots, from a drawer to the bench and back."""
    shop = sql("SELECT min(id) FROM shops")
    rows = sql(f"""SELECT b.location_id || ':' || string_agg(b.lot_id::text, ',') FROM (SELECT b.*, row_number() OVER (PARTITION BY
                     location_id ORDER BY lot_id) AS n FROM balances b WHERE internal AND quantity > 1000 AND shop_id = {shop}
                     AND lot_id <= (SELECT max(lot_id) FROM stock_moves WHERE note = 'demo')) b WHERE n <= 8
                   GROUP BY b.location_id HAVING count(*) = 8 LIMIT 4""").split()
    bench = sql(f"SELECT min(id) FROM locations WHERE shop_id = {shop} AND kind = 'bench'")
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for row in rows:
            here, lots = row.split(":")
            path = os.path.join(folder, f"{here}.sql")
            with open(path, "w", encoding="utf-8") as file:
                file.write(BOOK.format(shop=shop, lots=lots, here=here, there=bench))
                file.write(BOOK.format(shop=shop, lots=lots, here=bench, there=here))
            files += ["-f", path]
        done = subprocess.run(["pgbench", "-n", "-M", "prepared", "-c", "4", "-j", "2", "-T", "5", *files, os.environ["DATABASE_URL"]],
                              capture_output=True, text=True, check=True,
                              env=dict(os.environ, PGOPTIONS=f"-c yaofang.shop_id={shop}"))
    return 2 * float(re.search(r"tps = ([\d.]+)", done.stdout).group(1))


def pages():
    """The stock routes that read, with what a page asks of them."""
    shop = "shop_id = (SELECT min(id) FROM shops)"
    lot = sql(f"SELECT max(id) FROM lots WHERE {shop} AND in_stock")
    code = sql(f"SELECT lot_code FROM lots WHERE id = {lot}")
    item = sql(f"SELECT item_id FROM lots WHERE id = {lot}")
    sku = sql(f"SELECT sku FROM items WHERE id = {item}")
    month = sql("SELECT date_trunc('month', shop_today(min(id)))::date - 1 FROM shops")
    api = ["items", f"items/{item}", "items?q=dang%20gui", "lots", f"lots?code={code}", f"lots?item={item}", f"lots/{lot}/moves",
           f"lots/{lot}/trace", "locations", "pars", "suppliers", "receipts", "purchase-orders", "transfers", "adjustments", "counts",
           "recalls", "batches", "attachments"]
    reports = ["stock-on-hand", "stock-on-hand?sheet=By%20category", "stock-on-hand?sheet=Expiry%20by%20month", "expiring", "reorder",
               "dead-stock", "drawer-par", "stocktake", "price-list", f"lot-ledger?lot={code}", f"lot-ledger?item={sku}&from={month}", f"trace?lot={code}", "recall-call-list", "stock-valuation",
               f"stock-valuation?on={month}", f"stock-valuation?on={month}&sheet=Month"]
    return ["/api/v1/" + path for path in api] + [f"/api/v1/reports/{path}{'&' if '?' in path else '?'}format=json" for path in reports]


def p95(path):
    times = []
    for _ in range(ROUNDS):
        request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", headers={"Authorization": "Bearer " + DESK.tokens["mei.lin"]})
        begun = time.monotonic()
        with urllib.request.urlopen(request, timeout=120) as answer:
            size = len(answer.read())
        times.append(time.monotonic() - begun)
        if len(times) >= 5 and sum(times) > 5:
            break
    times.sort()
    return times[len(times) * 95 // 100] * 1000, size


def main():
    before = booking_rate()
    # There and back again, tens of thousands of times: no shop has such a day, and what is read of a day is measured below.
    sql("SET session_replication_role = replica; DELETE FROM stock_moves WHERE note = 'bench'")
    begun = time.monotonic()
    subprocess.run(["psql", "-Xq", os.environ["DATABASE_SUPER_URL"], "-v", f"n={ROWS}", "-f", "tests/bench/ledger_seed.sql"], check=True)
    print(f"  {ROWS} moves written in {time.monotonic() - begun:.0f} s", file=sys.stderr)
    shop = sql("SELECT min(id) FROM shops")
    while sql(f"SELECT count(*) FROM use_days WHERE shop_id = {shop} AND through >= shop_today({shop}) - 3") == "0":
        with open("app/sql/use_roll_up.sql", encoding="utf-8") as file:
            sql(re.sub(r"\$1", shop, file.read()))
    while sql(f"SET yaofang.shop_id = '{shop}'; SELECT months_roll_up({shop})") == "t":
        pass
    sql("VACUUM ANALYZE item_uses")
    sql("VACUUM ANALYZE lot_months")
    sql("VACUUM ANALYZE lot_closings")
    found = []
    for path in pages():
        figure, size = p95(path)
        found.append((figure, path))
        print(f"  {figure:8.1f} ms p95  {size:9} bytes  {path}", file=sys.stderr)
    after = booking_rate()
    print(f"  bookings of 8 lots a second: {before:.0f} on an empty ledger, {after:.0f} on this", file=sys.stderr)
    worst, slowest = max(found)
    print(f"{after / before:.2f} {worst:.1f} {slowest}")


main()
