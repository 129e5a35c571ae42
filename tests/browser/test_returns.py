"""What comes back after the hand-over, through the page: taken in at the counter by its label, destroyed by one person, witnessed by
another; and the same on the order's own page."""
from selenium.webdriver.common.keys import Keys

from order import Person, make_order
from shop import PageTest, open_shop


class Returns(PageTest):
    user = "sam.ortiz"

    @classmethod
    def setUpClass(cls):
        service, _ = open_shop()
        cls.mei, cls.david = Person(service, "mei.lin"), Person(service, "david.chen")
        cls.order = make_order(service, upto="weighed")
        cls.waiting = make_order(service, "D-0001", upto="allocated")
        cls.addClassCleanup(cls.mei.ask, "POST", f"/orders/{cls.waiting}/cancel", {"reason": "the test is over"})
        cls.david.ask("POST", f"/orders/{cls.order}/check", {})
        cls.david.ask("POST", f"/orders/{cls.order}/handover", {"received_by": "the patient", "counselled": True})

    def scan(self, text):
        self.page.find(".scan-input").send_keys(text, Keys.ENTER)

    def returns(self):
        return self.mei.ask("GET", f"/orders/{self.order}")["returns"]

    def lost(self):
        return [move["quantity"] for lot in self.mei.ask("GET", f"/orders/{self.order}/trace")["lots"]
                for move in self.mei.ask("GET", f"/lots/{lot['lot_id']}/moves")["rows"]
                if move["reason"] == "lost" and move["order_id"] == self.order]

    def test_what_comes_back_is_destroyed_by_one_and_witnessed_by_another(self):
        self.go("#/orders")
        self.page.click(self.page.button("Returned packets"))
        self.page.until_text("Returned packets", "main h1")
        self.nothing_wrong_is_taken_in()
        self.one_takes_in_and_destroys()
        self.another_is_the_witness()
        self.the_rest_comes_back_on_the_orders_page()

    def nothing_wrong_is_taken_in(self):
        self.scan("no-such-label")
        self.page.until_text("is no order of this shop", ".scan-wrong")
        self.scan(str(self.waiting))
        self.page.until_text("Allocated), so nothing can come back", ".scan-wrong")
        self.scan(f"20261122-{self.order:06}")
        self.page.until_text("Packets still out: 7", ".return-hand")
        for packets, complaint in (("some", "is no number of packets"), ("9", "are 1 to the 7 that are out"), ("0", "must lie between 1")):
            self.page.fill(".return-hand", packets=packets, reason="adverse_reaction")
            self.page.press(".return-hand", "Take packets back")
            self.page.until_text(complaint, ".return-hand .field-error")
        self.page.fill(".return-hand", packets="2")
        self.page.press(".return-hand", "Take packets back")
        self.page.until_text("must be given with the reason", ".return-hand .field-error")
        self.assertEqual(self.page.find(".return-hand [name=packets]").get_attribute("value"), "2")
        self.assertEqual(self.returns(), [])

    def one_takes_in_and_destroys(self):
        self.page.fill(".return-hand", note="nausea after the first two")
        self.page.press(".return-hand", "Take packets back")
        self.page.until_text("taken back, packets: 2", ".done-note")
        card = f"[data-return='{self.order}-1']"
        self.page.until_text("nausea after the first two", card)
        self.fits("what waits to be destroyed")
        self.page.press(card, "Destroy")
        self.page.press(card, "These packets are destroyed")
        self.page.until_text("Must be filled in", f"{card} .field-error")
        self.page.fill(card, method="incinerated")
        self.page.press(card, "These packets are destroyed")
        self.page.until_text("Now another person", ".done-note")
        self.page.until_text("You destroyed it, so somebody else must be the witness", card)
        self.assertEqual(self.page.all(f"{card} button"), [])

    def another_is_the_witness(self):
        self.sign_in_as("david.chen")
        self.go("#/orders")
        self.page.until_text("1 waiting", "main a.btn")
        self.go("#/returns")
        card = f"[data-return='{self.order}-1']"
        self.page.press(card, "Be the witness")
        self.page.until_text("with your own eyes", card)
        self.assertEqual(self.lost(), [])
        self.page.press(card, "I saw it destroyed")
        self.page.until_text("destroyed and witnessed", ".done-note")
        self.page.until_text("Nothing waits for a witness", "main")
        self.assertEqual([(one["packets"], one["destroyed_by"], one["witnessed_by"]) for one in self.returns()],
                         [(2, "Sam Ortiz (demo)", "David Chen (demo)")])
        self.assertTrue(self.lost())

    def the_rest_comes_back_on_the_orders_page(self):
        self.go(f"#/orders/{self.order}")
        self.page.until_text("Packets still out: 5", "aside")
        self.page.until_text("Witness: David Chen (demo)", "aside [data-return='1']")
        self.page.press("aside", "Take packets back")
        self.page.fill("aside", reason="not_needed")
        self.page.click([node for node in self.page.all("aside .stop-tool[open] button")][0])
        self.page.until_text("To be destroyed", "aside [data-return='2']")
        self.assertNotIn("Take packets back", self.page.text("aside"))
        self.fits("an order of which all came back")
        self.go("#/returns")
        self.scan(str(self.order))
        self.page.until_text("All packets of order", ".scan-wrong")
