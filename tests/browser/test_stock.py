"""Looking stock up: an item by any name, its lots and places, and why one may not be used, as it happens."""
from order import Person
from shop import PageTest


class Stock(PageTest):
    user = "sam.ortiz"

    def test_an_item_is_found_by_any_name_and_shows_its_lots(self):
        self.go("#/stock")
        self.page.find("main input[type=search]").send_keys("桂枝")
        self.page.until(lambda: {node.get_attribute("data-sku") for node in self.page.all(".stock-table tbody tr")} >= {"R-GUI-ZHI"}
                        and len(self.page.all(".stock-table tbody tr")) < 10, "few items")
        self.page.click(self.page.find("[data-sku=R-GUI-ZHI] a"))
        self.page.until_text("Guì Zhī", "h1")
        self.page.until_text("usable", ".lots-table")
        self.assertIn("In the shop", self.page.text(".property-strip"))
        self.fits("an item")

    def test_a_lot_put_on_hold_shows_by_itself_with_the_reason(self):
        pharmacist = Person(self.service, "mei.lin")
        lot = pharmacist.ask("GET", "/lots?limit=1")["rows"][0]
        self.go(f"#/stock/{lot['item_id']}")
        row = f"[data-lot='{lot['lot_code']}']"
        self.page.until_text("usable", row)
        pharmacist.ask("POST", f"/lots/{lot['id']}/status", {"status": "held", "reason": "smells of damp"})
        try:
            self.page.until_text("on hold", row)
            self.assertIn("smells of damp", self.page.text(row))
            self.page.until_text("Lots that may not be used", "main")
        finally:
            pharmacist.ask("POST", f"/lots/{lot['id']}/status", {"status": "released", "reason": "dry after all"})

    def test_what_there_is_not_is_said(self):
        self.go("#/stock")
        self.page.find("main input[type=search]").send_keys("no such thing at all")
        self.page.until_text("Nothing matches", ".stock")
        self.go("#/stock/999999")
        self.page.until_text("Not found", "h1")
