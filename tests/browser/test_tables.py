"""Spreadsheets on the page: reports that are saved, and files that are checked, taken in and taken back, in real Chromium."""
import os
import tempfile
import unittest

import openpyxl
from selenium.webdriver.support.ui import Select

from shop import PageTest

GOOD = "Family name,Date of birth\nZhang,1970-02-03\n=Wu,1988-05-01\n"
BAD = "Family name,Date of birth\nZhang,31/12/1970\n,1988-05-01\n"


class Tables(PageTest):
    user = "mei.lin"

    def setUp(self):
        super().setUp()
        self.folder = tempfile.TemporaryDirectory(prefix="yaofang-tables-")
        self.addCleanup(self.folder.cleanup)
        self.page.downloads(self.folder.name)

    def file(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        return path

    def saved(self, name):
        path = os.path.join(self.folder.name, name)
        self.page.until(lambda: os.path.exists(path), f"the file {name}")
        return path

    def card(self, report):
        self.page.go("#/tables")
        return self.page.find(f"[data-report='{report}']")

    def press(self, card, words):
        self.page.click([node for node in card.find_elements("tag name", "button") if words in node.text][0])

    def check(self, name, text, kind="Patients"):
        self.page.go("#/tables/in")
        chooser = self.page.find(".intake select")
        Select(chooser).select_by_visible_text(kind)
        self.page.find("input[type=file]").send_keys(self.file(name, text))
        self.page.click(self.page.button("Check the file"))

    def test_a_report_is_saved_as_a_workbook(self):
        self.press(self.card("stock-on-hand"), "Excel")
        self.page.until_text("Saved as stock-on-hand.xlsx")
        book = openpyxl.load_workbook(self.saved("stock-on-hand.xlsx"))
        self.assertEqual(book.sheetnames, ["Stock on hand", "By category", "Expiry by month", "Notes"])

    def test_a_report_asks_for_what_it_needs(self):
        card = self.card("monographs")
        card.find_element("css selector", "input").send_keys("dang gui, 丹参")
        self.press(card, "Excel")
        self.page.until_text("Saved as monographs.xlsx")
        self.assertEqual(openpyxl.load_workbook(self.saved("monographs.xlsx")).sheetnames[1:3], ["Dan Shen 丹参", "Dang Gui 当归"])

    def test_what_is_wrong_with_a_question_is_said_beside_it(self):
        card = self.card("monographs")
        card.find_element("css selector", "input").send_keys("no such herb")
        self.press(card, "CSV")
        self.page.until_text("“no such herb”: is no herb of the reference data")

    def test_reports_for_others_are_not_offered(self):
        self.page.go("#/tables")
        self.page.find("[data-report='lot-ledger']")
        self.assertEqual(self.page.all("[data-report='backup']"), [])

    def test_a_file_is_checked_taken_in_and_taken_back(self):
        self.check("people.csv", GOOD)
        self.page.until_text("Nothing is wrong with the 2 rows of people.csv")
        self.page.click(self.page.button("Take in 2 rows"))
        self.page.until_text("2 rows were taken in")
        self.page.until_text("taken in", ".imports-table tbody tr:first-child .tag")
        self.page.click(self.page.button("Take back"))
        self.page.click(self.page.button("Take back all 2 rows?"))
        self.page.until_text("taken back", ".imports-table tbody tr:first-child .tag")

    def test_faults_are_listed_by_cell_and_the_marked_file_is_saved(self):
        self.check("faulty.csv", BAD)
        self.page.until_text("Nothing was changed: 2 things are wrong.")
        faults = self.page.text(".faults tbody")
        for words in ("faulty.csv, row 2, column B (born_on)", "31/12/1970", "real date", "row 3, column A (family_name)", "must be given"):
            self.assertIn(words, faults)
        self.page.until_text("refused", ".imports-table tbody tr:first-child .tag")
        self.page.click(self.page.button("The file with its faults marked"))
        number = self.page.find(".imports-table tbody tr:first-child").get_attribute("data-import")
        book = openpyxl.load_workbook(self.saved(f"import-{number}-faults.xlsx"))
        comments = [cell.comment.text for row in book.worksheets[0].iter_rows() for cell in row if cell.comment]
        self.assertEqual(len(comments), 2)
        self.assertIn("real date", comments[0])

    def test_a_file_that_is_no_table_is_refused_plainly(self):
        self.check("table.xlsx", "no workbook at all")
        self.page.until_text("is none", ".intake-refused")

    def test_the_kind_asks_for_what_stands_beside_the_file(self):
        self.check("delivery.csv", "SKU,Lot\n", "Delivery")
        self.page.until_text("must be given: the supplier's code", ".intake-refused")

    def test_each_kind_has_a_workbook_to_fill_in(self):
        self.page.go("#/tables/in")
        chooser = Select(self.page.find(".intake select"))
        for kind, name, heading in (("Patients", "patients-sheet", "Family name"), ("Delivery", "delivery-sheet", "SKU"),
                                    ("Count sheet", "stocktake", "Count")):
            chooser.select_by_visible_text(kind)
            self.page.click(self.page.button("Workbook to fill in"))
            book = openpyxl.load_workbook(self.saved(f"{name}.xlsx"))
            self.assertEqual(book.worksheets[0]["A6"].value.split("\n")[0], heading)

    def test_it_reads_well_in_chinese_and_on_a_telephone(self):
        for language, words in (("简体中文", "导入记录"), ("繁體中文", "匯入記錄")):
            self.page.choose_language(language)
            self.page.go("#/tables/in")
            self.page.until_text(words)
        for address in ("#/tables", "#/tables/in"):
            self.page.go(address)
            self.page.find(".tabs")
            self.fits(address)
        self.assertEqual(self.page.complaints(), [])


if __name__ == "__main__":
    unittest.main()
