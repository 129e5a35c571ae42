"""Every workbook as foreign programs see it: openpyxl reads it, LibreOffice opens it, computes it anew and agrees with what was
stored and with SQL; `yaofang report --all` for cron; tables come in and go back by `yaofang import`."""
import datetime
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import openpyxl

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("YAOFANG", str(ROOT / "build" / "yaofang"))
OFFICE = shutil.which("soffice")


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)


def sql(statement):
    return subprocess.run(["psql", "-XAtq", os.environ["DATABASE_SUPER_URL"], "-c", statement], capture_output=True, text=True,
                          check=True).stdout.strip()


def formulas(path, cached):
    """The value of each formula, by sheet and cell: as stored in the file."""
    plain = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(cached, data_only=True)
    return {(sheet.title, cell.coordinate): values[sheet.title][cell.coordinate].value
            for sheet in plain for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}


class Workbooks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for command in (["migrate"], ["seed"]):
            done = run(*command)
            if done.returncode != 0:
                raise RuntimeError(done.stderr)
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="yaofang-workbooks-"))
        cls.all = run("report", "--all", str(cls.folder))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def test_all_reports_are_written(self):
        self.assertEqual(self.all.returncode, 0, self.all.stderr)
        names = [line.split()[0] for line in run("report", "--list").stdout.splitlines() if not line.startswith(" ")]
        self.assertEqual(sorted(path.name for path in self.folder.glob("*.xlsx")), sorted(name + ".xlsx" for name in names))

    def test_one_that_fails_does_not_stop_the_rest(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="yaofang-workbooks-"))
        try:
            (folder / "monographs.csv" / "in the way").mkdir(parents=True)
            done = run("report", "--all", str(folder), "--format", "csv")
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("monographs: output: cannot be written", done.stderr)
            self.assertIn("1 reports could not be written", done.stderr)
            self.assertTrue((folder / "stock-on-hand.csv").exists())
            self.assertEqual(list(folder.glob("*.part")), [])
        finally:
            shutil.rmtree(folder)

    def test_every_sheet_is_set_up_to_be_read_and_printed(self):
        for path in sorted(self.folder.glob("*.xlsx")):
            book = openpyxl.load_workbook(path)
            self.assertEqual(book.sheetnames[-1], "Notes", path)
            self.assertTrue(book.properties.title and book.properties.creator and book.properties.company is not None
                            if hasattr(book.properties, "company") else book.properties.title, path)
            for sheet in book.worksheets[:-1]:
                self.assertTrue(sheet["A1"].value and sheet["A2"].value, path)
                self.assertRegex(sheet["A3"].value, "^(As of|Period) ")
                self.assertRegex(sheet["A4"].value, "^Made ")
                self.assertEqual(sheet.print_title_rows, "$6:$6", path)
                self.assertEqual(sheet.page_setup.fitToHeight, 0, path)
                self.assertIn("7", sheet.freeze_panes, path)
                if sheet.max_row > 6:
                    self.assertIsNotNone(sheet.auto_filter.ref, path)

    @unittest.skipUnless(OFFICE, "LibreOffice is not installed")
    def test_libreoffice_computes_the_totals_that_are_stored(self):
        again = self.folder / "again"
        profile = self.folder / "profile"
        books = [str(path) for path in sorted(self.folder.glob("*.xlsx"))]
        subprocess.run([OFFICE, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx", "--outdir", str(again),
                        *books], check=True, capture_output=True, timeout=300)
        compared = 0
        for path in books:
            stored = formulas(path, path)
            computed = formulas(path, again / pathlib.Path(path).name)
            for place, value in stored.items():
                other = computed[place]
                if value is None or value == "":
                    self.assertIn(other, (None, ""), (path, place))
                else:
                    self.assertAlmostEqual(value, other, 6, (path, place))
                compared += 1
        self.assertGreater(compared, 10)

    def test_totals_are_those_of_the_database(self):
        book = openpyxl.load_workbook(self.folder / "stock-on-hand.xlsx", data_only=True)
        sheet = book["Stock on hand"]
        heads = [cell.value for cell in sheet[6]]
        total = {head.split("\n")[0]: cell.value for head, cell in zip(heads, sheet[sheet.max_row])}
        self.assertEqual(round(total["On hand g"] * 1000), int(sql(
            "SELECT sum(b.quantity) FROM balances b JOIN lots l ON l.id = b.lot_id JOIN items i ON i.id = l.item_id"
            " WHERE b.internal AND i.unit = 'mg'")))
        self.assertEqual(total["Pieces"], int(sql(
            "SELECT sum(b.quantity) FROM balances b JOIN lots l ON l.id = b.lot_id JOIN items i ON i.id = l.item_id"
            " WHERE b.internal AND i.unit = 'each'")))
        cents = round(total["Cost value"] * 100)
        for name, key in (("By category", "Cost value"), ("Expiry by month", "Cost value")):
            sheet = book[name]
            last = {cell.value.split("\n")[0]: sheet.cell(sheet.max_row, cell.column).value for cell in sheet[6]}
            self.assertEqual(round(last[key] * 100), cents, name)

    def test_a_refused_file_comes_back_marked_and_goes_in_corrected(self):
        folder = self.folder / "import"
        folder.mkdir()
        book = openpyxl.Workbook()
        book.active.append(["Family name", "出生日期", "Phone"])
        book.active.append(["=Li", "31/12/1980", "+48 22 555"])
        book.active.append(["Wang", None, None])
        book.active["A2"].data_type = "s"
        book.save(folder / "people.xlsx")
        mine = ["--as", "mei.lin"]
        done = run("import", "patients", str(folder / "people.xlsx"), *mine, "--faults", str(folder / "marked.xlsx"))
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn('row 2 column B (born_on): "31/12/1980": must be a real date', done.stderr)
        marked = openpyxl.load_workbook(folder / "marked.xlsx")
        sheet = marked[marked.sheetnames[0]]
        heads = [cell.value for cell in sheet[1]]
        cell = sheet.cell(2, heads.index("born_on") + 1)
        self.assertIn("must be a real date", cell.comment.text)
        self.assertEqual(cell.fill.bgColor.rgb if cell.fill.fill_type is None else cell.fill.fgColor.rgb, "FFF8D7DA")
        cell.value = "1980-12-31"
        marked.save(folder / "corrected.xlsx")
        done = run("import", "patients", str(folder / "corrected.xlsx"), *mine, "--dry-run")
        self.assertIn("nothing is wrong, nothing was changed", done.stdout, done.stderr)
        done = run("import", "patients", str(folder / "corrected.xlsx"), *mine, "--key", "k")
        self.assertIn("applied", done.stdout, done.stderr)
        self.assertEqual(sql("SELECT phone FROM patients WHERE family_name = '=Li' AND born_on = '1980-12-31'"), "+48 22 555")
        number = done.stdout.split(":")[0].split()[1]
        self.assertIn("undone", run("import", "--undo", number, *mine).stdout)
        self.assertEqual(sql("SELECT count(*) FROM patients WHERE family_name = '=Li'"), "0")
        self.assertEqual(run("import", "--undo", number, *mine).returncode, 5)

    def filled_in(self, name, fill):
        """A copy of a workbook that went out, with fill(sheet, column by heading) done to its first sheet."""
        book = openpyxl.load_workbook(self.folder / f"{name}.xlsx")
        sheet = book.worksheets[0]
        fill(sheet, {cell.value.split("\n")[0]: cell.column for cell in sheet[6]})
        path = self.folder / "filled" / f"{name}.xlsx"
        path.parent.mkdir(exist_ok=True)
        book.save(path)
        return str(path)

    def taken_in_and_back(self, kind, path, after, *settings):
        mine = ["--as", "sam.ortiz"]
        done = run("import", kind, path, *mine, "--key", pathlib.Path(path).name, *settings)
        self.assertIn("applied", done.stdout, done.stderr)
        after()
        undone = run("import", "--undo", done.stdout.split(":")[0].split()[1], "--as", "mei.lin" if kind == "delivery" else "sam.ortiz")
        self.assertIn("undone", undone.stdout, undone.stderr)

    def test_a_price_list_goes_out_and_comes_back(self):
        def fill(sheet, columns):
            self.assertTrue(sheet.protection.sheet)
            self.assertFalse(sheet.cell(7, columns["Price"]).protection.locked)
            self.assertTrue(sheet.cell(7, columns["SKU"]).protection.locked)
            self.sku = sheet.cell(7, columns["SKU"]).value
            sheet.cell(7, columns["Price"]).value = 9.87
        before = sql("SELECT md5(string_agg(sku || price_cents || '/' || price_per_quantity, ' ' ORDER BY sku)) FROM items")
        path = self.filled_in("price-list", fill)
        self.taken_in_and_back("price_list", path, lambda: self.assertEqual(
            sql(f"SELECT price_cents FROM items WHERE sku = '{self.sku}'"), "987"))
        self.assertEqual(sql("SELECT md5(string_agg(sku || price_cents || '/' || price_per_quantity, ' ' ORDER BY sku)) FROM items"), before)

    def test_a_count_sheet_goes_out_and_comes_back(self):
        self.assertEqual(run("stock", "count", "open", "A01", "--place", "A01", "--as", "mei.lin").returncode, 0)
        self.assertEqual(run("report", "stocktake", "-o", str(self.folder / "stocktake.xlsx")).returncode, 0)

        def fill(sheet, columns):
            self.assertIsNone(sheet.cell(7, columns["Should be g"]).value)  # blind
            sheet.cell(7, columns["Counted g"]).value = 77.5
        done = run("import", "stocktake", self.filled_in("stocktake", fill), "--as", "sam.ortiz", "--key", "count")
        self.assertIn("applied", done.stdout, done.stderr)
        self.assertEqual(sql("SELECT counted FROM count_entries WHERE count_id = (SELECT max(id) FROM counts) AND line_no = 1"), "77500")

    def write_rows(self, sheet, columns, rows):
        """Into the sheet's first cells to fill in, by heading; each of them is open, and what its list offers is taken."""
        self.assertTrue(sheet.protection.sheet)
        for number, row in enumerate(rows, start=7):
            for heading, value in row.items():
                cell = sheet.cell(number, columns[heading])
                self.assertFalse(cell.protection.locked, (sheet.title, heading))
                cell.value = value

    def words_of(self, sheet, column):
        lists = [rule for rule in sheet.data_validations.dataValidation
                 if rule.type == "list" and sheet.cell(7, column).coordinate in rule.sqref]
        return lists[0].formula1.strip('"').split(",")

    def test_a_delivery_sheet_is_filled_in_and_comes_back(self):
        days = {"Expires": datetime.date(2029, 3, 31), "Made": datetime.date(2026, 1, 15)}

        def fill(sheet, columns):
            units = self.words_of(sheet, columns["Unit"])
            self.assertEqual(units[:3], ["g", "kg", "mg"])
            sku, counted = (sql(f"SELECT sku FROM items WHERE unit = '{unit}' AND home_location_id IS NOT NULL ORDER BY id LIMIT 1")
                            for unit in ("mg", "each"))
            listed = [row[0] for row in sheet.parent["Items"].iter_rows(min_row=7, values_only=True)]
            self.assertLessEqual({sku, counted}, set(listed))
            rows = [dict(days, SKU=sku, Lot=f"B-{unit}", Weight=12, Unit=unit, Cost=9.99) for unit in units]
            rows += [dict(days, SKU=sku, Lot="B-g2", Weight=250, Place=sheet.parent["Places"]["A7"].value),
                     dict(SKU=counted, Lot="0012", Pieces=24, Cost=240, **{"Certificate of analysis": "COA-7"})]
            self.write_rows(sheet, columns, rows)
        path = self.filled_in("delivery-sheet", fill)
        sql("UPDATE shops SET liang = 'prc' WHERE id = 1")
        self.taken_in_and_back("delivery", path, lambda: self.assertEqual(sql("""SELECT string_agg(l.lot_code || ' ' || cost_quantity || ' ' || cost_cents || ' ' || coalesce(expires_on::text, '-') || ' '
                                                  || status, '; ' ORDER BY lot_code COLLATE "C")
                                  FROM lots l WHERE lot_code LIKE 'B-%' OR lot_code = '0012'"""),
            "0012 24 24000 - released; B-g 12000 999 2029-03-31 quarantined; B-g2 250000 0 2029-03-31 quarantined; "
            + "; ".join(f"B-{unit} {mg} 999 2029-03-31 quarantined" for unit, mg in (
                ("jin", 6000000), ("kg", 12000000), ("lb", 5443108), ("liang", 600000), ("mg", 12), ("oz", 340194), ("qian", 60000)))), "--set", "supplier=GLB", "--set", "invoice=B-1")

    def test_a_delivery_sheet_begins_with_what_is_still_to_come(self):
        mine, path = ["--as", "sam.ortiz"], str(self.folder / "filled" / "ordered.xlsx")
        for arguments in (["add", "GLB", "--line", "R-GUI-ZHI 500 g for 12.50"], ["state", "1", "sent"]):
            done = run("stock", "purchase", *arguments, *mine)
            self.assertEqual(done.returncode, 0, done.stderr)
        pathlib.Path(path).parent.mkdir(exist_ok=True)
        done = run("report", "delivery-sheet", "--set", "purchase_order=1", "-o", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        book = openpyxl.load_workbook(path)
        columns = {cell.value.split("\n")[0]: cell.column for cell in book.worksheets[0][6]}
        self.assertEqual([book.worksheets[0].cell(7, columns[heading]).value for heading in ("SKU", "Weight", "Cost")], ["R-GUI-ZHI", 500, 12.5])
        self.write_rows(book.worksheets[0], columns, [{"Lot": "ORDERED-1", "Expires": datetime.date(2029, 3, 31)}])
        book.save(path)
        self.taken_in_and_back("delivery", path, lambda: self.assertEqual(sql("SELECT state FROM purchase_orders WHERE id = 1"), "received"),
                               "--set", "supplier=GLB", "--set", "invoice=B-3", "--set", "purchase_order=1")
        done = run("report", "delivery-sheet", "--set", "purchase_order=77", "-o", path)
        self.assertIn('purchase_order: "77": is no purchase order of this shop that was sent', done.stderr)

    def test_a_sheet_of_patients_is_filled_in_and_comes_back(self):
        def fill(sheet, columns):
            words = self.words_of(sheet, columns["Language"])
            rows = [{"Family name": "Blank", "Given name": word, "Language": word, "Date of birth": datetime.date(1934, 5, 6)} for word in words]
            rows += [{"Family name": "Blank", "Sex": word, "Body weight": "62 kg", "Telephone": "+48 22 555", "Patient no.": f"007-{word}"}
                     for word in self.words_of(sheet, columns["Sex"])]
            self.write_rows(sheet, columns, rows)
        count = "SELECT count(*) FROM patients WHERE family_name = 'Blank'"
        path = self.filled_in("patients-sheet", fill)
        self.taken_in_and_back("patients", path, lambda: self.assertEqual(sql(
            f"{count} AND (born_on = '1934-05-06' OR (weight_mg = 62000000 AND phone = '+48 22 555' AND code LIKE '007-%'))"), "8"))
        self.assertEqual(sql(count), "0")

    def test_a_sheet_of_items_is_filled_in_and_comes_back(self):
        def fill(sheet, columns):
            kinds = self.words_of(sheet, columns["Kind"])
            herbs = {"product": "tiger_balm_patch", "goods": None}
            rows = [{"SKU": f"BLANK-{kind}", "Kind": kind, "Herb or product": herbs.get(kind, "当归"), "Price": 1.25, "Place": "A01"} for kind in kinds]
            for row in rows:
                row.update({"granule": {"Ratio": "5:1", "Price per": 10}, "product": {"Unit": "each", "Re-order at pieces": 6}, "goods": {"Name in the shop": "Tea mug", "Re-order at pieces": 6}}
                           .get(row["Kind"], {"Re-order at g": 500}))
            self.write_rows(sheet, columns, rows)
        items = """SELECT string_agg(sku || ' ' || unit || ' ' || price_cents || '/' || price_per_quantity || ' ' || coalesce(reorder_quantity::text, '-'), '; '
                                     ORDER BY sku) FROM items WHERE sku LIKE 'BLANK-%'"""
        self.taken_in_and_back("herbs", self.filled_in("herbs-sheet", fill), lambda: self.assertEqual(
            sql(items), "BLANK-goods each 125/1 6; BLANK-granule mg 125/10000 -; BLANK-powder mg 125/1000 500000; BLANK-product each 125/1 6; BLANK-raw mg 125/1000 500000"))

    def test_a_blank_sheet_brings_nothing(self):
        for kind in ("patients", "herbs", "delivery"):
            settings = ["--set", "supplier=GLB", "--set", "invoice=B-2"] if kind == "delivery" else []
            done = run("import", kind, str(self.folder / f"{kind}-sheet.xlsx"), "--as", "sam.ortiz", *settings)
            self.assertEqual(done.returncode, 2, done.stdout)
            self.assertIn("has no row below its header", done.stderr)

    def test_an_evidence_book_that_nobody_changed_changes_nothing(self):
        done = run("import", "evidence_book", str(self.folder / "evidence-book.xlsx"), "--as", "curator.han", "--dry-run")
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn("the file changes nothing", done.stderr)


if __name__ == "__main__":
    unittest.main()
