"""Recalls through the page: a lot's patients with their telephone numbers in a minute, everything barred, the calls; a mock recall that
bars nothing; a lot forward and back on one screen, an order back to its lots."""
import time

from selenium.webdriver.common.keys import Keys

from order import Person, make_order
from shop import PageTest, open_shop

PROMISED = 60  # seconds from opening the page to the patients' numbers


class Recalls(PageTest):
    user = "mei.lin"

    @classmethod
    def setUpClass(cls):
        """A herb's lot of which one patient got something, for another it waits, and a part was repacked; a product's lot, ordered,
        received, sold to a patient and to somebody unknown."""
        service, _ = open_shop()
        cls.mei, cls.sam, cls.david = (Person(service, name) for name in ("mei.lin", "sam.ortiz", "david.chen"))
        cls.order = make_order(service, "D-0003", upto="weighed")
        cls.david.ask("POST", f"/orders/{cls.order}/check", {})
        cls.waiting = make_order(service, "D-0001", upto="allocated")
        lots = [{lot["lot_id"]: lot for lot in cls.mei.ask("GET", f"/orders/{order}/trace")["lots"]} for order in (cls.order, cls.waiting)]
        cls.herb = lots[0][min(set(lots[0]) & set(lots[1]))]
        place = next(row["location"] for row in cls.mei.ask("GET", f"/lots?code={cls.herb['lot_code']}")["rows"])
        cls.mei.ask("POST", f"/lots/{cls.herb['lot_id']}/repack", {"from": place, "parts": [{"quantity": 5000}]})
        cls.product = cls.sold()
        cls.addClassCleanup(cls.clear)

    @classmethod
    def sold(cls):
        item = next(row for row in cls.sam.ask("GET", "/items?q=tiger")["rows"] if row["unit"] == "each")
        supplier = cls.sam.ask("GET", "/suppliers")["rows"][0]["code"]
        wanted = [{"sku": item["sku"], "quantity": 10, "cost_cents": 2000}]
        bought = cls.sam.ask("POST", "/purchase-orders", {"supplier": supplier, "lines": wanted})["id"]
        cls.sam.ask("POST", f"/purchase-orders/{bought}/state", {"state": "sent"})
        code = f"RC{bought}-{int(time.time())}"
        cls.sam.ask("POST", "/receipts", {"supplier": supplier, "invoice": f"recalls {code}", "purchase_order_id": bought, "lines": [
            {"sku": item["sku"], "lot_code": code, "expires_on": "2029-12", "quantity": 10, "cost_cents": 2000, "location": "SH01", "certificate": "COA-7"}]})
        patient = cls.mei.ask("GET", "/patients?q=D-0001")["rows"][0]["id"]
        for who, pieces in (({"patient_id": patient}, 2), ({}, 1)):
            ticket = cls.sam.ask("POST", "/tickets", {**who, "lines": [{"what": code, "quantity": pieces}]})["ticket"]["id"]
            quote = cls.sam.ask("POST", f"/tickets/{ticket}/quote")["ticket"]
            cls.sam.ask("POST", f"/tickets/{ticket}/payment", {"total_cents": quote["total_cents"], "tenders": [{"kind": "card"}]})
        return {"code": code, "order": bought, "id": cls.mei.ask("GET", f"/lots?code={code}")["rows"][0]["id"]}

    @classmethod
    def clear(cls):
        """What was barred may be used by the tests after this one, and the waiting order keeps nothing."""
        for recall in cls.mei.ask("GET", "/recalls")["rows"]:
            if not recall["ended_at"]:
                cls.mei.ask("POST", f"/recalls/{recall['id']}/end", {"reason": "the tests are over"})
            for lot in recall["lots"]:
                if lot["status"] == "recalled":
                    cls.mei.ask("POST", f"/lots/{lot['lot_id']}/status", {"status": "released", "reason": "the tests are over"})
        cls.mei.ask("POST", f"/orders/{cls.waiting}/cancel", {"reason": "the test is over"})

    def scan(self, text):
        self.page.find(".scan-input").send_keys(text, Keys.ENTER)

    def status(self, lot):
        return self.mei.ask("GET", f"/lots/{lot}/trace")["status"]

    def calls(self, recall):
        return {row["patient_code"]: (row["status"], row["call_note"], row["called_by"]) for row in self.mei.ask("GET", f"/recalls/{recall}")["patients"]}

    def test_a_mock_recall_is_timed_and_bars_nothing(self):
        self.go("#/recalls")
        self.scan("no-such-lot")
        self.page.until_text("is no lot and no item", ".scan-wrong")
        self.scan(self.herb["lot_code"])
        waiting = len(self.mei.ask("GET", f"/lots/{self.herb['lot_id']}/trace")["waiting"])  # other tests' too
        self.page.until_text(f"waiting orders: {waiting} ", ".recall-start")
        self.page.click(self.page.button("Start the mock recall"))
        self.page.until_text("Must be filled in", ".recall-start")
        self.page.find(".recall-start textarea").send_keys("the yearly exercise")
        self.page.click(self.page.button("Start the mock recall"))
        self.page.until_text("Mock recall #", "main h1")
        self.page.until_text("within the target", ".property-strip")
        self.page.until(lambda: self.page.text(".recall-clock") >= "00:01", "the clock running")
        self.page.until_text("nothing is barred", "main")
        self.assertEqual(self.status(self.herb["lot_id"]), "released")
        self.page.click(self.page.find(".stop-tool summary"))
        self.page.click(self.page.button("End the recall"))
        self.page.until_text("Must be filled in", ".stop-tool")
        self.page.find(".stop-tool textarea").send_keys("Everybody was found.")
        self.page.click(self.page.button("End the recall"))
        self.page.until_text("Everybody was found.", "main")
        self.page.until_text("It took", ".property-strip")
        self.assertEqual(self.page.all(".call-outcomes"), [])

    def test_a_recalled_lots_patients_are_found_in_a_minute_and_called(self):
        began = time.monotonic()
        self.go("#/recalls")
        self.scan(self.herb["lot_code"])
        self.page.until_text("lots made of it: 1", ".recall-start")
        self.scan(self.product["code"])
        self.page.until_text(self.product["code"], ".recall-lots")
        self.page.find(".recall-start textarea").send_keys("sulphur dioxide")
        self.page.click(self.page.button("Recall now"))
        self.page.click(self.page.button("Yes, recall and bar them (lots: 2)"))
        self.page.until_text("Recall #", "main h1")
        for patient in ("D-0001", "D-0003"):
            self.page.until_text("312-555-", f".call[data-patient='{patient}'] .call-phone")
        self.assertLess(time.monotonic() - began, PROMISED)
        self.everybody_is_on_the_list()
        self.calls_are_noted()

    def everybody_is_on_the_list(self):
        listed = self.page.text(".calls")
        for words in (f"Order #{self.order}", f"Waiting order #{self.waiting}", "Sale #", self.herb["lot_code"], self.product["code"]):
            self.assertIn(words, listed)
        self.page.until_text("Customers who are not known by name", ".call-unknown")
        self.assertEqual([self.status(lot) for lot in (self.herb["lot_id"], self.product["id"])], ["recalled", "recalled"])
        self.page.until_text("made of it", ".recall-table")
        self.page.until_text("Take it out of: SH01 (7 pcs)", ".recall-table")
        self.assertIn("%", self.page.text(".property-strip"))
        self.fits("a recall")

    def calls_are_noted(self):
        """Each with who, when and a note; a wrong one is put right; what another person does is seen; staff make calls too."""
        recall = self.mei.ask("GET", "/recalls")["rows"][0]["id"]
        card = ".call[data-patient='D-0001']"
        self.page.find(f"{card} .call-outcomes input").send_keys("her daughter took it")
        self.page.click(self.page.find(f"{card} .btn[aria-pressed]:nth-of-type(2)"))
        self.page.until_text("No answer", f"{card} .call-status")
        self.page.until(lambda: self.calls(recall)["D-0001"] == ("no_answer", "her daughter took it", "Lin Mei (demo)"), "the call")
        self.page.click([node for node in self.page.all(f"{card} .btn") if node.text == "Reached"][0])
        self.page.until_text("1 of 2 reached", ".property-strip")
        self.sam.ask("POST", f"/recalls/{recall}/patients/{self.patient('D-0003')}/calls", {"status": "returned"})
        self.page.until_text("2 of 2 reached", ".property-strip")
        self.sign_in_as("sam.ortiz")
        self.go("#/recalls")
        self.page.until_text("A pharmacist starts a recall", "main")
        self.go(f"#/recalls/{recall}")
        self.page.until_text("2 of 2 reached", ".property-strip")
        self.assertEqual(self.page.all(".stop-tool"), [])
        self.page.click([node for node in self.page.all(".call[data-patient='D-0003'] .btn") if node.text == "Used up"][0])
        self.page.until(lambda: self.calls(recall)["D-0003"][0] == "used_up", "a call by staff")

    def patient(self, code):
        return self.mei.ask("GET", f"/patients?q={code}")["rows"][0]["id"]

    def test_a_lot_forward_and_back_on_one_screen(self):
        self.go(f"#/lots/{self.product['id']}")
        self.page.click(self.page.button("Trace and recall"))
        self.page.until_text("Trace of lot", "main h1")
        for words in (f"recalls {self.product['code']}", f"purchase order #{self.product['order']}", "COA-7", "SH01 7 pcs", "Kowalska Anna",
                      "312-555-0120", "a customer not known by name"):
            self.page.until_text(words, ".trace-columns")
        self.fits("a trace")
        self.go(f"#/orders/{self.order}")
        self.page.click(self.page.button("Lots in it"))
        self.page.until_text(f"Lots in order #{self.order}", "main h1")
        self.page.click(self.page.find(f"[data-lot='{self.herb['lot_code']}'] .lot-code"))
        self.page.until_text("Hale Robert", ".trace-columns")
        self.page.until_text(f"Order #{self.waiting}", ".trace-columns")
        self.page.until_text("repacked", ".trace-columns")
        self.page.click(self.page.button("Recall it"))
        self.page.until_text(self.herb["lot_code"], ".recall-start")

    def test_a_lot_that_is_not_there(self):
        self.go("#/lots/99999999/trace")
        self.page.until_text("Not found", "main h1")
        self.go("#/recalls/99999999")
        self.page.until_text("Not found", "main h1")
