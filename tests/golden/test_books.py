"""Every workbook of a shop after a fixed day, at a fixed time: cells, types, formulas and looks against tests/golden/books, totals as
LibreOffice computes them against SQL, and what no workbook may lack.

The clock stands still (libfaketime), so every date and time in them is the same at each run. When a workbook changes on purpose, look
at its picture, then WRITE_GOLDEN=1 writes the new texts."""
import collections
import csv
import datetime
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import openpyxl

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from book_text import book_text  # noqa: E402
import shop_day  # noqa: E402

GOLDEN = ROOT / "tests" / "golden" / "books"
STANDING = {"LD_PRELOAD": "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "FAKETIME": "2026-11-20 18:00:00",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "UTC"}
HERE = {"monographs": ["--herb", "dang_gui", "--herb", "附子"], "formulary": ["--formula", "bu_zhong_yi_qi_tang"],
        "formula-margin": ["--formula", "bu_zhong_yi_qi_tang"]}
# These follow the schema and the reference data, which grow: of them only the set-up and a few rows are held.
SHORT = {"evidence-book": 1, "backup": 0}
INTERNAL = " FROM balances b JOIN lots l ON l.id = b.lot_id JOIN items i ON i.id = l.item_id WHERE b.internal AND b.quantity > 0"
WEIGHED = INTERNAL + " AND i.unit = 'mg'"
COUNTED = INTERNAL + " AND i.unit = 'each'"
COST = "sum(round(b.quantity::numeric * l.cost_cents / l.cost_quantity))"
PRICE = "sum(round(b.quantity::numeric * i.price_cents / i.price_per_quantity))"

# Sums told by SQL of its own, straight from the tables: (report, sheet, column) in the smallest unit.
SUMS = {
    ("stock-on-hand", "Stock on hand", "On hand g"): "SELECT sum(b.quantity)" + WEIGHED,
    ("stock-on-hand", "Stock on hand", "Pieces"): "SELECT sum(b.quantity)" + COUNTED,
    ("stock-on-hand", "Stock on hand", "Reserved g"): "SELECT coalesce(sum(quantity), 0) FROM reservations WHERE ended_at IS NULL",
    ("stock-on-hand", "Stock on hand", "Cost value"): f"SELECT {COST}" + INTERNAL,
    ("stock-on-hand", "Stock on hand", "Sales value"): f"SELECT {PRICE}" + INTERNAL,
    ("stock-on-hand", "By category", "Cost value"): f"SELECT {COST}" + INTERNAL,
    ("stock-on-hand", "By category", "On hand g"): "SELECT sum(b.quantity)" + WEIGHED,
    ("stock-on-hand", "Expiry by month", "Cost value"): f"SELECT {COST}" + INTERNAL,
    ("expiring", "Expiring lots", "On hand g"): "SELECT sum(b.quantity)" + WEIGHED + " AND l.expires_on <= DATE '2026-11-20' + 90",
    ("expiring", "Expiring lots", "Pieces"): "SELECT coalesce(sum(b.quantity), 0)" + COUNTED + " AND l.expires_on <= DATE '2026-11-20' + 90",
    ("compounding-register", "Compounding register", "Planned g"):
        "SELECT sum(planned) FROM weighings w JOIN final_checks USING (shop_id, order_id)",
    ("compounding-register", "Compounding register", "Weighed g"):
        "SELECT sum(quantity) FROM stock_moves WHERE reason = 'dispensed' AND order_id IN (SELECT order_id FROM final_checks)",
    ("compounding-register", "Batches made ahead", "Used g"): "SELECT sum(used_mg) FROM batch_makings",
    ("recall-call-list", "Recall call list", "Quantity g"):
        "SELECT sum(m.quantity) FROM stock_moves m JOIN recall_lots r ON r.lot_id = m.lot_id WHERE m.reason = 'dispensed' AND m.order_id > 0",
    ("stocktake", "Count sheet", "Counted g"): "SELECT sum(counted) FROM count_entries WHERE count_id = 2",
    ("drawers", "Drawers of cash", "Difference"): "SELECT sum(difference_cents) FROM cash_closings",
    ("promo-use", "Promo code use", "Discount"): "SELECT sum(discount_cents) FROM quote_codes WHERE use_id IN (SELECT id FROM promo_uses WHERE state = 'committed')",
    ("alert-budget", "Alert budget", "Shown"): "SELECT count(*) FROM alert_events WHERE what = 'shown'",
    ("alert-budget", "By rule", "Overridden"): "SELECT count(*) FROM alert_events WHERE what = 'overridden'",
    ("alert-budget", "By role", "Heeded"): "SELECT count(*) FROM alert_events WHERE what = 'heeded'",
}


def make(folder):
    """In the database whose clock stands still: the day, then every workbook and what SQL says of it."""
    for command in (["migrate"], ["seed"]):
        shop_day.run(*command)
    more = dict(HERE, trace=["--set", f"lot={shop_day.whole_day()}"])
    names = [line.split()[0] for line in shop_day.run("report", "--list").splitlines() if not line.startswith(" ")]
    for name in names:
        for form in ("xlsx", "json"):
            shop_day.run("report", name, "-o", str(folder / f"{name}.{form}"), *more.get(name, []))
    shop_day.run("report", "backup", "--format", "csv", "--sheet", "suppliers", "-o", str(folder / "suppliers.csv"))
    sums = {"|".join(place): shop_day.sql(statement) for place, statement in SUMS.items()}
    sums["words"] = shop_day.sql("SELECT string_agg(DISTINCT display_name, '|') FROM users")
    (folder / "sums.json").write_text(json.dumps(sums), encoding="utf-8")


def head_of(cell):
    return str(cell.value or "").split("\n", maxsplit=1)[0]


def cells_as_text(value):
    if value is None:
        return ""
    return value.date().isoformat() if isinstance(value, datetime.datetime) else str(value)


class Books(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="yaofang-books-"))
        done = subprocess.run([str(ROOT / "app" / "deploy" / "with-cluster"), sys.executable, __file__, "--make", str(cls.folder)],
                              env={**os.environ, **STANDING}, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stdout + done.stderr)
        cls.names = sorted(path.stem for path in cls.folder.glob("*.xlsx"))
        cls.sums = json.loads((cls.folder / "sums.json").read_text(encoding="utf-8"))
        cls.books = {name: openpyxl.load_workbook(cls.folder / f"{name}.xlsx") for name in cls.names}

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def sheets_of_rows(self):
        """Every sheet of rows of every workbook: not the notes, not the pages to read."""
        for name, book in self.books.items():
            for sheet in book:
                if sheet.title != "Notes" and str(sheet["A3"].value or "").startswith(("As of", "Period")):
                    yield name, sheet

    def test_each_is_as_it_was_looked_at(self):
        self.maxDiff = 4000
        for name in self.names:
            if name == "backup":
                continue
            text = book_text(self.folder / f"{name}.xlsx", SHORT.get(name, 8))
            if name in SHORT:
                text = re.sub(r"(?<=[A-Z$(])\d{3,5}\b|(?<=looks )\d{3,5}", "N", text)
            path = GOLDEN / f"{name}.txt"
            if os.environ.get("WRITE_GOLDEN"):
                path.write_text(text, encoding="utf-8")
            with self.subTest(name):
                self.assertEqual(text, path.read_text(encoding="utf-8"))

    def test_there_is_a_text_for_each_and_no_other(self):
        self.assertEqual(sorted(path.stem for path in GOLDEN.glob("*.txt")), sorted(set(self.names) - {"backup"}))

    def test_no_workbook_lacks_what_all_have(self):
        """Title block, frozen header, filter, print set-up, properties, notes on every figure: of every row of the catalogue."""
        for name, book in self.books.items():
            about = book.properties
            self.assertTrue(about.title and about.subject and about.creator and about.description, name)
            self.assertEqual(book.sheetnames[-1], "Notes", name)
            noted = {cell.value for cell in book["Notes"]["A"]}
            for cell in book.worksheets[0][6]:
                self.assertIn(cell.value.replace("\n", " "), noted, name)
        for name, sheet in self.sheets_of_rows():
            self.assertTrue(sheet["A1"].value and sheet["A2"].value == "Arcana Herbs Shop", (name, sheet.title))
            self.assertRegex(sheet["A4"].value, "^Made 2026-11-20 12:00 .* for .*How each figure is made: sheet Notes")
            self.assertRegex(sheet.freeze_panes, "^[AB]7$", (name, sheet.title))
            self.assertEqual(sheet.print_title_rows, "$6:$6", (name, sheet.title))
            self.assertEqual((sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight), (1, 0), (name, sheet.title))
            self.assertEqual(sheet.sheet_properties.pageSetUpPr.fitToPage, True, (name, sheet.title))
            self.assertIn("&P", sheet.oddFooter.right.text, (name, sheet.title))
            if sheet.max_row > 6:
                self.assertTrue(sheet.auto_filter.ref.startswith("A6:"), (name, sheet.title))

    def test_every_cell_has_its_type_and_fits(self):
        for name, sheet in self.sheets_of_rows():
            widths = {letter: column.width for letter, column in sheet.column_dimensions.items()}
            for column in sheet.iter_cols(min_row=7):
                for cell in column:
                    place = (name, sheet.title, cell.coordinate)
                    if cell.value is None:
                        continue
                    if cell.number_format == "yyyy-mm-dd":
                        self.assertIsInstance(cell.value, datetime.datetime, place)
                    if cell.data_type == "n":
                        shown = f"{cell.value:,.3f}" if cell.number_format == "#,##0.000" else f"{cell.value:,}"
                        self.assertLessEqual(len(shown), widths[cell.column_letter], place)
                    # a number of more digits than a spreadsheet keeps stands as text
                    if cell.data_type == "s" and not cell.alignment.wrap_text and cell.row < sheet.max_row:
                        self.assertRegex(cell.value, r"^-?\d{16,}$", place)
                    self.assertFalse(cell.data_type == "f" and not str(cell.value).startswith(("=SUBTOTAL(109,", "=IF(")), place)

    def test_what_needs_action_has_a_colour_and_each_colour_a_meaning(self):
        coloured = collections.defaultdict(set)
        for name, sheet in self.sheets_of_rows():
            for rules in sheet.conditional_formatting._cf_rules.values():
                for rule in rules:
                    coloured[name].add(rule.formula[0].split('"')[1])
        for name in ("stock-on-hand", "expiring", "lot-ledger", "reorder", "drawer-par", "recall-call-list", "trace", "sales", "promo-use",
                     "drawers", "evidence-book", "alert-log", "compounding-register", "formula-margin", "monographs"):
            self.assertTrue(coloured[name], name)
        for name, words in coloured.items():
            noted = {cell.value for cell in self.books[name]["Notes"]["A"]}
            self.assertLessEqual(words, noted, name)

    def test_there_are_pictures_where_one_looks_rather_than_reads(self):
        def titles(name):
            return {"".join(run.t for paragraph in chart.title.tx.rich.p for run in paragraph.r or [])
                    for sheet in self.books[name] for chart in sheet._charts}
        self.assertEqual(titles("stock-on-hand"), {"Stock value by category", "What expires when, at cost"})
        self.assertEqual(titles("reorder"), {"Use rate: grams a day"})
        self.assertLessEqual({"Net and margin by day", "Net by person", "Net by category"}, titles("sales"))
        self.assertIn("Override rate of each rule, %", titles("alert-budget"))
        self.assertIn("Discount by code", titles("promo-use"))

    def test_totals_are_live_and_right(self):
        """Each total: a formula, its stored value, what LibreOffice makes of it, the rows of the JSON, and SQL of its own."""
        totals, columns = self.computed(), {}
        for name in self.names:
            rows = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))["rows"]
            sheet = self.books[name].worksheets[0]
            keys = list(rows[0]) if rows else []
            for cell, key in zip(sheet[6], keys):
                columns[name, sheet.title, head_of(cell)] = sum(row[key] or 0 for row in rows if isinstance(row[key] or 0, int))
        self.assertGreater(len(totals), 60)
        for place, (stored, computed, unit) in totals.items():
            self.assertAlmostEqual(stored, computed, 6, place)
            if place in columns:
                self.assertEqual(round(computed * unit), columns[place], place)
        for place in SUMS:
            stored, computed, unit = totals[place]
            self.assertEqual(round(computed * unit), int(self.sums["|".join(place)]), place)
        self.assertEqual(*(round(totals["sales", sheet, "Total"][1] * 100) for sheet in ("Sales", "By day")))
        self.assertEqual(*(round(totals["sales", sheet, "Net"][1] * 100) for sheet in ("By staff", "By category")))

    def computed(self):
        """(report, sheet, column) → stored value, LibreOffice's value, units in one of what is shown."""
        office = shutil.which("soffice")
        if not office:
            self.skipTest("LibreOffice is not installed")
        again = self.folder / "again"
        books = [str(self.folder / f"{name}.xlsx") for name in self.names if name != "backup"]
        subprocess.run([office, f"-env:UserInstallation=file://{self.folder}/profile", "--headless", "--convert-to", "xlsx", "--outdir",
                        str(again), *books], check=True, capture_output=True, timeout=300)
        found = {}
        for name in self.names:
            if name == "backup":
                continue
            stored = openpyxl.load_workbook(self.folder / f"{name}.xlsx", data_only=True)
            computed = openpyxl.load_workbook(again / f"{name}.xlsx", data_only=True)
            for sheet in self.books[name]:
                for cell in sheet[sheet.max_row]:
                    if cell.data_type == "f":
                        unit = 1000 if cell.number_format == "#,##0.000" else 100 if "0.00" in cell.number_format else 1
                        found[name, sheet.title, head_of(sheet.cell(6, cell.column))] = (
                            stored[sheet.title][cell.coordinate].value, computed[sheet.title][cell.coordinate].value, unit)
        return found

    def test_the_backups_checksums_are_those_of_its_sheets(self):
        book = self.books["backup"]
        listed = {row[0]: row for row in book["Shop backup"].iter_rows(min_row=7, values_only=True) if row[0] and row[0] != "Total 合计"}
        for table, row in listed.items():
            if row[1] == "left out":
                self.assertNotIn(table, book.sheetnames)
                self.assertTrue(row[5], table)
                continue
            whole = hashlib.sha256()
            rows = list(book[table].iter_rows(min_row=7, max_col=row[3], values_only=True))
            for cells in rows:
                whole.update(hashlib.sha256("\t".join(map(cells_as_text, cells)).encode()).digest())
            self.assertEqual((row[2], row[4]), (len(rows), whole.hexdigest()), table)
        self.assertGreater(listed["stock_moves"][2], 700)
        self.assertNotIn("password_hash", [cell.value for cell in book["users"][6]])

    def test_a_table_of_the_backup_is_also_a_csv(self):
        with open(self.folder / "suppliers.csv", encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(len(rows), self.books["backup"]["suppliers"].max_row - 6)
        self.assertIn("GLB", {row["code"] for row in rows})


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        make(pathlib.Path(sys.argv[2]))
    else:
        unittest.main()
