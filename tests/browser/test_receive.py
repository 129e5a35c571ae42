"""A delivery taken in at the page: scanned, typed, looked at by the service line by line, booked once, labelled, taken back; and what is
refused stays as it was entered."""
import datetime
import os
import sys

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from order import Person
from service import ROOT
from shop import PageTest

sys.path.insert(0, os.path.join(ROOT, "tests", "support"))
from raw_port import Port  # noqa: E402 pylint: disable=wrong-import-position

HUANG_QI = "(01)09527000000010"  # an item of the demo shop has it


def end_of_next_month():
    """Soon enough for the page to say so, on whatever day this runs."""
    return (datetime.date.today().replace(day=1) + datetime.timedelta(days=62)).replace(day=1) - datetime.timedelta(days=1)


class Receive(PageTest):
    user = "sam.ortiz"

    def begin(self, invoice, supplier="GLB", address="#/receive"):
        self.go(address)
        self.page.find(".scan-input")
        if supplier:
            Select(self.page.find("main select[name=supplier]")).select_by_value(supplier)
        self.page.find("main input[name=invoice]").send_keys(invoice, Keys.TAB)

    def scan(self, code):
        self.page.find(".scan-input").send_keys(code, Keys.ENTER)

    def fill(self, **values):
        self.page.fill(".receive-editor", **values)

    def add(self):
        self.page.click(self.page.find(".receive-editor button[type=submit]"))

    def line(self, lot):
        return self.page.text(f"[data-line='{lot}']")

    def book(self):
        self.page.click(self.page.find(".receive-book"))

    def lots(self, code):
        return Person(self.service, "mei.lin").ask("GET", f"/lots?code={code}")["rows"]

    def test_packs_are_scanned_one_after_the_other_and_booked_once(self):
        self.begin("SCAN-1")
        self.scan(f"{HUANG_QI}(17)290531(10)PAGE-1(3103)000500")
        self.page.until_text("lot PAGE-1, 500 g", ".scan-said")
        self.scan(f"{HUANG_QI}(10)PAGE-1(3103)000250")
        self.page.until_text("750 g", "[data-line='PAGE-1']")
        self.assertIn("2029-05-31", self.line("PAGE-1"))
        self.assertIn("Waits in quarantine", self.line("PAGE-1"))
        self.page.driver.refresh()
        self.page.until_text("750 g", "[data-line='PAGE-1']")
        self.book()
        self.page.until_text("The delivery is booked", ".done-note")
        self.page.until(lambda: self.page.script("return document.querySelector('.label-preview')?.naturalWidth ?? 0") > 200, "a label")
        self.assertEqual([(lot["quantity"], lot["expires_on"], lot["status"]) for lot in self.lots("PAGE-1")],
                         [(750000, "2029-05-31", "quarantined")])
        self.fits("a delivery")
        self.page.click(self.page.until(lambda: self.page.all("[data-lot='PAGE-1'] a")[0], "its lot"))
        self.page.until_text("PAGE-1", "h1")

    def test_what_is_typed_wrong_stays_and_says_why(self):
        self.begin("TYPED-1")
        self.scan("no such herb at all")
        self.page.until(lambda: self.page.text(".scan-wrong"), "it is unknown")
        self.scan("R-GUI-ZHI")
        self.page.until_text("Guì Zhī", ".receive-editor h2")
        self.add()
        self.page.until_text("Must be filled in", ".receive-editor .field-error")
        self.fill(lot_code="PAGE-2", expires_on="2028-02-30", quantity="3 jin prc", location="A01", cost_cents="much")
        self.add()
        self.page.until_text("“much” is no sum", ".receive-editor .field-error")
        self.fill(cost_cents="12.50")
        self.add()
        self.page.until_text("“2028-02-30” is a date such as", ".receive-editor .field-error")
        ends = end_of_next_month()
        self.fill(expires_on=f"{ends:%Y-%m}")
        self.add()
        self.page.until_text(f"Lasts only until {ends:%b} {ends.day}, {ends.year}", "[data-line='PAGE-2']")
        self.assertIn("1,500 g", self.line("PAGE-2"))
        self.page.until_text("$12.50", ".receive-foot")
        self.fits("receiving")
        self.page.click(self.page.button("Drop it"))
        self.page.until_gone("[data-line='PAGE-2']")
        self.page.click(self.page.button("Undo"))
        self.page.until_text("1,500 g", "[data-line='PAGE-2']")
        self.scan("R-ZI-SU-YE")
        self.page.until_text("Zǐ Sū Yè", ".receive-editor h2")
        self.book()
        self.page.until_text("Finish Zǐ Sū Yè", ".scan-wrong")
        self.page.click(self.page.button("Cancel"))
        self.book()
        self.page.until_text("booked", ".done-note")
        self.assertEqual([lot["quantity"] for lot in self.lots("PAGE-2")], [1500000])
        self.sign_in_as("mei.lin")
        self.go("#/deliveries")
        self.page.click(self.page.until(lambda: [node for node in self.page.all("main .row-link") if node.text == "TYPED-1"][0], "it is listed"))
        self.page.click(self.page.until(lambda: [node for node in self.page.all("summary") if node.text == "Take the delivery back"][0], "undo"))
        self.page.find(".stop-tool[open] input[name=reason]").send_keys("wrong shop", Keys.ENTER)
        self.page.until_text("The delivery is taken back", ".done-note")
        self.assertEqual([lot["quantity"] for lot in self.lots("PAGE-2")], [None])

    def test_a_code_nobody_knows_is_given_its_item_and_remembered(self):
        self.begin("NEW-CODE")
        self.scan("(01)04006381333931(17)290531(10)PAGE-3")
        self.page.until_text("04006381333931", ".receive-editor")
        self.page.find(".receive-editor input[name=item]").send_keys("R-ZI-SU-YE")
        self.page.click(self.page.until(lambda: self.page.all(".receive-editor [data-sku='R-ZI-SU-YE']")[0], "the item"))
        self.page.until(lambda: self.page.find(".receive-editor [name=lot_code]").get_attribute("value") == "PAGE-3", "the lot is filled in")
        self.fill(quantity="200")
        self.scan("(01)04006381333931(10)OTHER")
        self.page.until_text("Filled in", ".scan-said")
        self.assertEqual(self.page.find(".receive-editor [name=expires_on]").get_attribute("value"), "2029-05-31")
        self.assertEqual(self.page.find(".receive-editor [name=lot_code]").get_attribute("value"), "PAGE-3")
        self.add()
        self.page.until_text("200 g", "[data-line='PAGE-3']")
        self.scan("(01)04006381333931(17)300131(10)PAGE-4")
        self.page.until_text("Zǐ Sū Yè", ".receive-editor h2")
        self.page.click(self.page.button("Cancel"))

    def test_an_invoice_that_was_booked_is_not_booked_twice(self):
        Person(self.service, "sam.ortiz").ask("POST", "/receipts", {"supplier": "GLB", "invoice": "TWICE", "lines": [
            {"sku": "R-GUI-ZHI", "lot_code": "PAGE-5", "expires_on": "2029-05", "quantity": 1000, "location": "A01"}]})
        self.begin("TWICE")
        self.scan(f"{HUANG_QI}(17)290531(10)PAGE-6(3103)000500")
        self.page.until_text("booked already", ".receive-whole")
        self.book()
        self.page.until_text("was received already", "main .field-error")
        self.page.until_text("booked already", ".receive-whole")
        self.assertIn("500 g", self.line("PAGE-6"))
        self.assertEqual(self.lots("PAGE-6"), [])

    def lose_the_answer(self):
        """The service books, and what it says never arrives."""
        self.page.script("""
            const really = window.fetch;
            window.fetch = async (...asked) => {
                const answer = await really(...asked);
                if (!String(asked[0]).endsWith('/receipts')) return answer;
                window.fetch = really;
                throw new TypeError('lost');
            };""")

    def test_a_booking_whose_answer_is_lost_is_booked_once(self):
        self.begin("LOST-1")
        self.scan(f"{HUANG_QI}(17)290531(10)PAGE-8(3103)000500")
        self.page.until_text("500 g", "[data-line='PAGE-8']")
        self.lose_the_answer()
        self.book()
        self.page.until_text("cannot be reached", "main .form-message")
        self.scan(f"{HUANG_QI}(10)PAGE-8(3103)000500")
        self.page.until_text("1,000 g", "[data-line='PAGE-8']")
        self.book()
        self.page.until_text("booked already, as it was before you changed it", "main .form-message")
        self.page.click(self.page.find("[data-line='PAGE-8'] button"))
        self.fill(quantity="500")
        self.add()
        self.page.until_text("500 g", "[data-line='PAGE-8']")
        self.book()
        self.page.until_text("The delivery is booked", ".done-note")
        self.assertEqual([lot["quantity"] for lot in self.lots("PAGE-8")], [500000])

    def test_labels_of_a_delivery_come_out_of_the_workstations_printer(self):
        admin, port = Person(self.service, "admin"), Port()
        admin.ask("POST", "/printers", {"code": "SHELF", "uri": port.uri, "format": "zpl", "dpi": 203, "media_width_um": 70000,
                                        "media_height_um": 50000})
        self.addCleanup(admin.ask, "POST", "/printers/SHELF/removal")
        made = Person(self.service, "sam.ortiz").ask("POST", "/receipts", {"supplier": "GLB", "invoice": "PRINTED", "lines": [
            {"sku": "R-GUI-ZHI", "lot_code": f"PAGE-9{letter}", "expires_on": "2029-05", "quantity": 1000, "location": "A01"}
            for letter in "AB"]})["id"]
        self.go(f"#/deliveries/{made}")
        self.page.find("main input[name=station]")
        Select(self.page.find("main select[name=printer]")).select_by_value("SHELF")
        self.page.click(self.page.button("Print here from now on"))
        copies = self.page.find("main input[name=copies]")
        copies.clear()
        copies.send_keys("xx")
        self.page.click(self.page.button("Print on SHELF"))
        self.page.until_text("“xx” is a number from 1 to 99", ".label-panel .field-error")
        copies.clear()
        copies.send_keys("2")
        self.page.click(self.page.button("Print on SHELF"))
        self.page.until_text("sent to SHELF", ".label-said")
        self.assertEqual(b"".join(port.took).count(b"^XA"), 4)

    def test_what_was_ordered_is_received_against_the_order(self):
        sam = Person(self.service, "sam.ortiz")
        order = sam.ask("POST", "/purchase-orders", {"supplier": "GLB", "lines": [{"sku": "R-GUI-ZHI", "quantity": 500000}]})["id"]
        sam.ask("POST", f"/purchase-orders/{order}/state", {"state": "sent"})
        self.begin("ORDERED-1", supplier=None, address=f"#/receive/{order}")
        self.page.click(self.page.until(lambda: self.page.all("[data-ordered='R-GUI-ZHI'] button")[0], "the ordered line"))
        self.fill(lot_code="PAGE-7", expires_on="2029-05", quantity="600", certificate="COA-7")
        self.add()
        self.page.until_text("More than ordered: open is 500 g", "[data-line='PAGE-7']")
        self.page.click(self.page.find("[data-line='PAGE-7'] button"))
        self.fill(quantity="500")
        self.add()
        self.page.until(lambda: "More than" not in self.line("PAGE-7"), "as ordered")
        self.book()
        self.page.until_text("booked", ".done-note")
        self.assertEqual(sam.ask("GET", f"/purchase-orders/{order}")["state"], "received")
