"""The main path: an order from entered to handed over by two people, through the page alone, each in a window of her own."""
import os
import shutil
import tempfile

from selenium.webdriver.common.keys import Keys

from order import Person, make_order
from page import Page
from shop import PageTest, open_shop

MEI, DAVID = "mei.lin", "david.chen"


class Bench(PageTest):
    """Another person looks at the lots, and one packet is weighed again, as a shop that set nothing has it."""
    user = MEI

    @classmethod
    def setUpClass(cls):
        service, _ = open_shop()
        admin = Person(service, "admin")
        admin.ask("PUT", "/bench-settings", {"identity": "second_person", "packet_checks": 1})
        cls.addClassCleanup(admin.ask, "PUT", "/bench-settings", {"identity": "choice", "packet_checks": 0})
        cls.other = Page(service.url)
        cls.addClassCleanup(cls.other.close)
        cls.other.sign_in(DAVID, service.people[DAVID])
        cls.other.until_text("Quick check", "h1")

    def open(self, window, address, words):
        window.go(address)
        window.until_text(words, "main h1")

    def press_next(self, window, words):
        """The button that has the focus takes the next step: Enter is enough."""
        window.until(lambda: words in window.focused().text, f"the focus on “{words}”")
        window.keys(Keys.ENTER)

    def scan(self, window, text):
        window.find(".scan-input").send_keys(text, Keys.ENTER)

    def rows(self, order):
        return Person(self.service, MEI).ask("GET", f"/orders/{order}/picking")["rows"]

    def in_hand(self, window, lot):
        window.until(lambda: window.find(".bench-card").get_attribute("data-lot") == lot, f"lot {lot} in hand")

    def release(self, order):
        """Entered, allocated, read and released."""
        window = self.page
        self.open(window, f"#/orders/{order}", f"#{order}")
        self.press_next(window, "Set lots aside")
        window.until_text("Release", ".next h2")
        window.until_text("INR weekly", ".next")
        self.press_next(window, "Release the order")
        window.until_text("Must be filled in", ".next .field-error")
        window.click(window.find(".next .tick"))
        window.click(window.button("Release the order"))

    def fetch_and_identify(self, order):
        """Who fetched the lots is told that another person has to look; a wrong label is refused, naming both lots."""
        window, other = self.page, self.other
        window.until_text("Fetch the lots", ".next h2")
        self.press_next(window, "To the bench")
        window.until_text("Fetch the lots", "main h1")
        lots = [row["lot_code"] for row in self.rows(order)]
        self.in_hand(window, lots[0])
        self.scan(window, lots[0])
        self.in_hand(window, lots[1])
        self.scan(window, "")
        window.until_text("You fetched the lots, so somebody else must look", "main")
        self.open(other, f"#/bench/{order}", "Look whether the lots are right")
        self.scan(other, "GLB-0")
        other.until_text("and not what is meant", ".scan-wrong")
        self.assertIn(lots[0], other.text(".scan-wrong"))
        for left, lot in enumerate(reversed(lots)):
            self.scan(other, lot)
            other.until(lambda done=left + 1: len(other.all(".bench-lot-done")) == done
                        or "Weigh" in other.text("main h1"), f"{lot} looked at")
        window.until_text("Weigh", "main h1")

    def weigh(self, order):
        """One weight outside the band, which another person accepts in her own window."""
        window, other = self.page, self.other
        rows = self.rows(order)
        first, rest = rows[0], rows[1:]
        much = first["planned_mg"] // 1000 * 2
        self.in_hand(window, first["lot_code"])
        self.scan(window, "")
        window.until_text("Type what", ".scan-wrong")
        self.scan(window, "WRONG-LOT-1")
        window.until_text(f"Wanted now: {first['hanzi']}", ".scan-wrong")
        self.scan(window, str(much))
        window.until_text("outside the band", ".scan-wrong")
        window.until_text("waits for another person", ".bench-card")
        self.weigh_by_scan(window, rest[0])
        other.until_text("Weigh", "main h1")
        other.until_text("is weighing this order", "main")
        self.scan(other, first["lot_code"])
        self.scan(other, str(first["planned_mg"] / 1000))
        other.until_text("nobody has to accept it", ".scan-wrong")
        self.scan(other, str(much))
        other.until_text("Accepted:", ".scan-said")
        window.click(window.find(f"[data-row^='{first['line_no']}-{first['lot_id']}-']"))
        window.until_text("David Chen (demo) accepted", ".bench-card")
        window.find(".scan-input").send_keys(Keys.ENTER)
        for row in rest[1:]:
            self.weigh_by_scan(window, row)

    def weigh_by_scan(self, window, row):
        """Its label, then its weight with the container's."""
        self.scan(window, row["lot_code"])
        self.in_hand(window, row["lot_code"])
        self.scan(window, f"{row['planned_mg'] / 1000:g}")
        window.until(lambda: not window.all(".bench-lot")
                     or "bench-lot-done" in window.find(f"[data-row^='{row['line_no']}-{row['lot_id']}-']").get_attribute("class"), "weighed")

    def packets_and_label(self, order):
        window = self.page
        window.until_text("Weigh packets again", "main h1")
        self.scan(window, "5")
        window.until_text("Put it right and weigh once more", ".scan-wrong")
        self.scan(window, window.text(".bench-grams"))
        self.press_next(window, "To the order")
        window.until_text("Print the label", ".next h2")
        window.until(lambda: window.script("return document.querySelector('.label-preview')?.naturalWidth ?? 0") > 300, "the label")
        window.until_text("Has what the law asks for", ".lint")
        self.press_next(window, "Save as PDF")
        window.until(lambda: f"patient-{order}-1.pdf" in os.listdir(self.folder), "the label's file")

    def check_and_hand_over(self, order):
        """Who weighed it is told why she may not check it."""
        window, other = self.page, self.other
        window.until_text("You weighed this order, so another pharmacist must check it", ".next")
        self.assertNotIn("All is right", window.text(".next"))
        self.open(other, f"#/orders/{order}", f"#{order}")
        other.until_text("accepted by David Chen (demo)", ".next")
        other.until_text("1 of 1 packets weighed again", ".next")
        other.click(other.button("All is right"))
        window.until_text("Hand over", ".next h2")
        window.until_text("Keep your blood test appointments", ".next")
        window.click(window.button("Hand over"))
        window.until_text("Must be filled in", ".next .field-error")
        window.click(window.find(".next .tick"))
        window.click(window.button("Hand over"))
        window.until_text("Handed over", "main h1")
        self.assertEqual(window.all(".next"), [])

    def test_an_order_from_entered_to_handed_over_by_two_people(self):
        order = make_order(self.service, upto="entered")
        self.folder = tempfile.mkdtemp(prefix="yaofang-labels-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.page.downloads(self.folder)
        self.release(order)
        self.fetch_and_identify(order)
        self.weigh(order)
        self.packets_and_label(order)
        self.check_and_hand_over(order)
        found = Person(self.service, MEI).ask("GET", f"/orders/{order}")["order"]
        self.assertEqual((found["state"], found["filler_name"], found["checker_name"]),
                         ("handed_over", "Lin Mei (demo)", "David Chen (demo)"))
