"""Counting through the page: by scanner, blind, while selling goes on; differences that another person approves; booking and cancelling."""
import json
import os
import socket
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))

from raw_port import Port
from selenium.webdriver.common.keys import Keys

from order import Person
from shop import PageTest

DRAWERS = ("A01", "A02", "A03")


def scale(says):
    """One that answers like Mettler Toledo's; its address."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            connection, _ = listener.accept()
            with connection:
                while connection.recv(100):
                    connection.sendall(says)
    threading.Thread(target=serve, daemon=True).start()
    return f"tcp://127.0.0.1:{listener.getsockname()[1]}"


class Counting(PageTest):
    user = "sam.ortiz"

    def setUp(self):
        super().setUp()
        self.sam, self.mei = Person(self.service, "sam.ortiz"), Person(self.service, "mei.lin")
        self.count = None

    def tearDown(self):
        if self.count and self.mei.ask("GET", f"/counts/{self.count}")["state"] == "open":
            self.mei.ask("POST", f"/counts/{self.count}/cancel")

    def opened(self, blind=True):
        """Over the API: of three drawers; its lines with what the books say."""
        self.count = self.sam.ask("POST", "/counts", {"title": "Three drawers", "places": list(DRAWERS), "blind": blind})["id"]
        lines = self.sam.ask("GET", f"/counts/{self.count}/lines")["rows"]
        lots = self.sam.ask("GET", "/lots?limit=5000")["rows"]
        for line in lines:
            line["books"] = next(lot["quantity"] for lot in lots if (lot["id"], lot["location"]) == (line["lot_id"], line["location"]))
        self.go(f"#/counts/{self.count}")
        self.page.until_text("Three drawers", "main h1")
        return lines

    def scan(self, text, window=None):
        (window or self.page).find(".scan-input").send_keys(text, Keys.ENTER)

    def in_hand(self, line):
        self.page.until(lambda: self.page.find(".bench-card").get_attribute("data-line") == str(line["line_no"]), f"line {line} in hand")

    def entered(self, line):
        rows = self.sam.ask("GET", f"/counts/{self.count}/lines")["rows"]
        return next(row["counted"] for row in rows if row["line_no"] == line["line_no"])

    def test_a_count_is_opened_of_drawers_and_items(self):
        self.go("#/counts")
        self.page.click(self.page.find(".count-open summary"))
        box = self.page.field("Drawers and items to count (none: everything)")
        box.send_keys("Z99", Keys.ENTER)
        self.page.until_text("“Z99” is no drawer and no item", ".count-form")
        box.clear()
        box.send_keys("A01-A03", Keys.ENTER)
        self.page.until(lambda: len(self.page.all(".count-chips .chip")) == 3, "three drawers")
        box.send_keys("桂枝", Keys.ENTER)
        self.page.until_text("R-GUI-ZHI", ".count-chips")
        self.page.field("What is it called *").clear()
        self.page.click(self.page.button("Open the count"))
        self.page.until_text("Must be filled in", ".count-form")
        self.page.field("What is it called *").send_keys("Row A")
        self.page.click(self.page.button("Open the count"))
        self.page.until_text("Row A", "main h1")
        self.count = self.mei.ask("GET", "/counts")["rows"][0]["id"]
        lines = self.mei.ask("GET", f"/counts/{self.count}/lines")["rows"]
        self.assertEqual({line["sku"] for line in lines if line["location"] in DRAWERS} >= {"R-GUI-ZHI"}, True)
        self.page.click(self.page.button("Cancel the count"))
        self.page.click(self.page.button("Cancel it: nothing is booked"))
        self.page.until_text("This count has ended", "main")
        self.page.until_text("cancelled", "main h1")

    def test_a_blind_count_by_scanner_from_the_first_lot_to_the_booking(self):
        lines = self.opened()
        first, second = lines[0], lines[1]
        self.in_hand(first)
        for wrong, why in (("-5", "is no weight"), ("12.3456", "is no weight"), ("", "Type what"), ("xyzzy-1", "nothing on the sheet"),
                           (f"C{self.count + 90000}-L1", "is a line of count"), ("(01)09527000000010(17)280230", "no such day")):
            self.scan(wrong)
            self.page.until_text(why, ".scan-wrong")
            self.in_hand(first)
        self.scan(second["lot_code"])
        self.in_hand(second)
        self.scan(f"C{self.count}-L{first['line_no']}")
        self.in_hand(first)
        self.scan(f"{first['books'] / 1000:g} g")
        self.page.until_text(first["lot_code"], ".count-last")
        self.in_hand(second)
        self.assertEqual(self.entered(first), first["books"])
        self.page.click(self.page.button("Correct"))
        self.in_hand(first)
        self.page.until_text("What you enter now takes its place", ".bench-card")
        less = first["books"] - 1000
        self.scan(str(less / 1000))
        self.page.until(lambda: self.entered(first) == less, "the count again")
        self.everything_else(lines[1:])
        self.nothing_of_the_books_was_told(lines)
        self.fits("a count")
        self.mei.ask("POST", "/moves", {"lines": [{"lot_id": first["lot_id"], "from": first["location"], "to": "BULK", "quantity": 500}]})
        self.page.until_text("−0.5 g since, taken into account", ".count-done")
        self.booked(first)

    def everything_else(self, lines):
        """The second one is not there at all; a drawer's label takes the first of what is left in it."""
        self.in_hand(lines[0])
        self.page.click(self.page.button("Nothing there"))
        self.page.until_text("0 g", ".count-last")
        for line in lines[1:]:
            self.scan(line["location"])
            self.in_hand(line)
            self.scan(f"{line['books'] / 1000:g}")
            self.page.until(lambda no=line["line_no"]: self.page.all(f".count-done [data-line='{no}']"), "counted")
        self.page.until_text("Everything on the sheet is counted", ".bench-card")
        self.page.until_text("A pharmacist or administrator now looks at the differences", ".bench-card")

    def nothing_of_the_books_was_told(self, lines):
        """Neither on the page nor in anything it asked for: what the service tells this page of a blind count is asked for again."""
        self.assertNotIn("The books say", self.page.text("main"))
        asked = self.page.script("return performance.getEntriesByType('resource').map(entry => entry.name)")
        about = sorted({address for address in asked if f"/counts/{self.count}" in address and "/sheet" not in address})
        self.assertFalse([address for address in about if "differences" in address])
        for address in about:
            if address.endswith(("/scans", "/entries")):
                continue
            told = json.dumps(self.sam.ask("GET", address.split("/api/v1")[1]))
            self.assertNotIn('"expected": ' + str(lines[1]["books"]), told)
        found = self.sam.ask("POST", f"/counts/{self.count}/scans", {"code": lines[1]["lot_code"]})["rows"]
        self.assertEqual([row["expected"] for row in found], [None])

    def booked(self, first):
        """Who may not see differences is told who may; who counted may not approve; another person does."""
        self.go(f"#/counts/{self.count}/differences")
        self.page.until_text("Differences are looked at by: Pharmacist, Administrator", "main")
        self.assertEqual(self.page.all(".differences-table"), [])
        self.sign_in_as("mei.lin")
        self.go(f"#/counts/{self.count}/differences")
        self.page.until_text("wait for another person", ".next")
        self.page.click(self.page.button("Book the differences"))
        self.page.click(self.page.button("Book them"))
        self.page.until_text("let another person approve it", ".next .field-error")
        self.assertIn("−1 g", self.page.text(f"[data-line='{first['line_no']}']"))
        self.page.until_text("−0.5 g since", f"[data-line='{first['line_no']}']")
        self.fits("the differences")
        self.page.click(self.page.button("Approve"))
        self.page.until_text("approved by Lin Mei", ".differences-table")
        self.page.click(self.page.button("Book the differences"))
        self.page.click(self.page.button("Book them"))
        self.page.until_text("Booked by Lin Mei", ".next")
        lots = self.mei.ask("GET", f"/lots?code={first['lot_code']}")["rows"]
        self.assertEqual([lot["quantity"] for lot in lots if lot["location"] == first["location"]], [first["books"] - 1500])

    def test_a_lot_that_is_not_on_the_sheet_is_put_there(self):
        lines = self.opened(blind=False)
        self.page.until_text("The books say", ".bench-card")
        lots = self.sam.ask("GET", "/lots?limit=5000")["rows"]
        self.put_on_the_sheet(next(lot for lot in lots if lot["location"] == "B02"), "0 g")
        self.scan("7")
        self.page.until_text("7 g", ".count-last")
        self.put_on_the_sheet(next(lot for lot in lots if lot["unit"] == "each" and lot["location"]), "0 pcs")
        self.scan("2.5")
        self.page.until_text("type a whole number", ".scan-wrong")
        self.scan("3")
        self.page.until_text("3 pcs", ".count-last")
        self.scan(lines[0]["lot_code"])
        self.in_hand(lines[0])
        self.page.click(self.page.button("It lies in another place too"))
        self.page.click(self.page.button("Put it on the sheet"))
        self.page.until_text("Must be filled in", ".bench-card")
        chooser = self.page.find(".bench-card select")
        chooser.send_keys(lines[0]["location"])
        self.page.click(self.page.button("Put it on the sheet"))
        self.page.until_text("already", ".bench-card .form-message")

    def put_on_the_sheet(self, lot, books):
        self.scan(lot["lot_code"])
        self.page.until_text("is not on the sheet", ".bench-card")
        self.page.click(self.page.button("Put it on the sheet"))
        self.page.until_text(lot["lot_code"], ".bench-card")
        self.page.until_text(books, ".bench-card .bench-facts")

    def test_the_scale_is_read_and_the_sheet_goes_to_a_printer(self):
        admin, port = Person(self.service, "admin"), Port()
        admin.ask("POST", "/scales", {"code": "COUNTING", "uri": scale(b"S S     250.500 g\r\n"), "protocol": "mt-sics", "unit": "g",
                                      "capacity_mg": 6000000, "resolution_mg": 500})
        self.addCleanup(admin.ask, "POST", "/scales/COUNTING/removal")
        admin.ask("POST", "/printers", {"code": "OFFICE", "uri": port.uri, "format": "pdf"})
        self.addCleanup(admin.ask, "POST", "/printers/OFFICE/removal")
        lines = self.opened()
        self.page.field("Scale").find_element("css selector", "[value=COUNTING]").click()
        self.page.until_text("Read the scale", ".bench-card")
        self.page.field("Container").send_keys("50.5")
        self.scan("")
        self.page.until_text("200 g", ".count-last")
        self.assertEqual(self.entered(lines[0]), 200000)
        self.page.click(self.page.find(".count-tools summary"))
        self.page.click(self.page.button("Print the sheet"))
        self.page.until_text("Sent to OFFICE", ".count-tools")
        self.page.until(lambda: port.took and port.took[0].startswith(b"%PDF"), "the sheet at the printer")

    def test_who_counts_the_same_sees_the_other_ones_lines(self):
        lines = self.opened()
        self.mei.ask("POST", f"/counts/{self.count}/entries", {"entries": [{"line_no": lines[-1]["line_no"], "counted": 1000}]})
        self.page.until(lambda: self.page.all(f".count-done [data-line='{lines[-1]['line_no']}']"), "the other one's line")
