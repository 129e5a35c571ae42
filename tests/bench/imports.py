"""How fast a table of 100,000 rows is taken in: a price list, read and checked, applied, and taken back, in milliseconds. Runs on a
database of its own (app/deploy/with-cluster), in which the shop keeps as many items."""
import os
import pathlib
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("YAOFANG", str(ROOT / "build" / "yaofang"))
ROWS = 100_000
ITEMS = f"""INSERT INTO items (shop_id, sku, item_kind, herb_id, name, name_hanzi, unit, price_cents, price_per_quantity)
SELECT s.id, 'X-' || n, 'raw', 'dang_gui', 'Item ' || n, '当归', 'mg', 10, 1000 FROM shops s, generate_series(1, {ROWS}) n"""


def run(*arguments):
    began = time.monotonic()
    subprocess.run([PROGRAM, *arguments], check=True, stdout=subprocess.DEVNULL)
    return round((time.monotonic() - began) * 1000)


with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as table:
    table.write("SKU,Item,Price,Per g\n")
    table.writelines(f"X-{i},Item {i},{i % 90 + 1}.25,1\n" for i in range(1, ROWS + 1))
    table.flush()
    run("migrate")
    run("seed")
    for statement in (ITEMS, "VACUUM ANALYZE items"):
        subprocess.run(["psql", "-XAtq", os.environ["DATABASE_SUPER_URL"], "-c", statement], check=True)
    clerk = ["--as", "sam.ortiz"]
    print("checked_ms", run("import", "price_list", table.name, "--dry-run", *clerk))
    print("applied_ms", run("import", "--apply", "1", *clerk))
    print("undone_ms", run("import", "--undo", "1", *clerk))
