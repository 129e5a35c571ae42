"""A lot's page: found by scanning its label, moved and moved back, held, corrected by two people, written off, divided, its papers; and what
is refused stays as it was typed."""
import os
import tempfile

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from order import Person, drop_order, make_order
from shop import PageTest


def deliver(service, lot, sku="R-GUI-ZHI", grams=500, cost=2000, place="A01"):
    """A delivery of one lot by the demo shop's staff; answers with the lot's number."""
    sam = Person(service, "sam.ortiz")
    sam.ask("POST", "/receipts", {"supplier": "GLB", "invoice": f"INV-{lot}", "lines": [
        {"sku": sku, "lot_code": lot, "expires_on": "2029-05", "quantity": grams * 1000, "location": place, "cost_cents": cost,
         "certificate": "COA-1"}]})
    return sam.ask("GET", f"/lots?code={lot}")["rows"][0]["id"]


class Lots(PageTest):
    user = "mei.lin"

    def open(self, lot):
        self.go(f"#/lots/{lot}")
        self.page.until_text("Lot ", "h1")

    def act(self, words):
        """Opens what can be done and answers with its form."""
        summary = self.page.until(lambda: [node for node in self.page.all(".stop-tool summary") if node.text == words][0], words)
        self.page.click(summary)
        return summary.find_element("xpath", "..")

    def fill(self, form, **values):
        for name, value in values.items():
            box = form.find_element("name", name)
            if box.tag_name == "select":
                Select(box).select_by_value(value)
            else:
                box.clear()
                box.send_keys(value)

    def submit(self, form):
        self.page.click(form.find_element("css selector", "button[type=submit]"))

    def places(self, lot):
        return {place["location"]: place["quantity"] for place in Person(self.service, "mei.lin").ask("GET", f"/lots/{lot}")["places"]}

    def test_a_scanned_label_opens_the_lot_which_moves_and_moves_back(self):
        lot = deliver(self.service, "PAGE-MOVE")
        self.go("#/stock")
        self.page.find("main input[type=search]").send_keys(f"YAOFANG-LOT-{lot}", Keys.ENTER)
        self.page.until_text("PAGE-MOVE", "h1")
        self.assertIn("end of May 2029", self.page.text(".property-strip"))
        form = self.act("Move to another place")
        self.fill(form, to="A02", quantity="5 buckets")
        self.submit(form)
        self.page.until_text("“5 buckets” is a weight such as", "main .field-error")
        self.assertEqual(form.find_element("name", "quantity").get_attribute("value"), "5 buckets")
        self.fill(form, quantity="600")
        self.submit(form)
        self.page.until_text("than lies free there", "main .field-error")
        self.fill(form, quantity="2 liang prc")
        self.submit(form)
        self.page.until_text("100 g moved from A01 to A02", ".done-note")
        self.assertEqual(self.places(lot), {"A01": 400000, "A02": 100000})
        self.page.click(self.page.button("Undo"))
        self.page.until_text("moved back to A01", ".done-note")
        self.assertEqual(self.places(lot), {"A01": 500000})
        self.page.until_text("SUPPLIER → A01", ".moves-table")
        self.fits("a lot")

    def test_a_lot_on_hold_says_why_and_staff_may_not_release_it(self):
        lot = deliver(self.service, "PAGE-HOLD")
        self.open(lot)
        form = self.act("Release, hold or quarantine")
        self.fill(form, status="held")
        self.submit(form)
        self.page.until_text("Must be filled in", "main .field-error")
        self.fill(form, reason="smells of damp")
        self.submit(form)
        self.page.until_text("The lot is on hold now", ".done-note")
        self.page.until_text("smells of damp", ".property-strip")
        self.page.until_text("on hold", ".places-table")
        self.sign_in_as("sam.ortiz")
        self.open(lot)
        self.page.until_text("for a pharmacist to say", "main")
        self.assertNotIn("Release, hold or quarantine", self.page.text(".monograph-side"))

    def test_a_great_correction_waits_for_another_person(self):
        lot = deliver(self.service, "PAGE-WRITE-OFF", cost=9000000)
        self.open(lot)
        form = self.act("Write off")
        self.fill(form, quantity="450")
        Select(form.find_element("name", "reason")).select_by_index(1)
        self.fill(form, note="the jar broke")
        self.submit(form)
        self.page.until_text("waits for another person", ".done-note")
        self.assertEqual(self.places(lot), {"A01": 500000})
        self.go("#/corrections")
        row = self.page.until(lambda: [node for node in self.page.all(".correction") if "PAGE-WRITE-OFF" in node.text][0], "it waits")
        self.assertIn("You asked for this yourself", row.text)
        number = row.get_attribute("data-correction")
        self.sign_in_as("david.chen")
        self.go("#/corrections")
        self.page.click(self.page.until(lambda: self.page.all(f"[data-correction='{number}'] .btn-main")[0], "Accept and book"))
        self.page.until_text(f"Correction {number} is booked", ".done-note")
        self.assertEqual(self.places(lot), {"A01": 50000})
        self.fits("corrections")

    def test_found_more_is_booked_at_once_and_packs_are_lots(self):
        lot = deliver(self.service, "PAGE-PACKS", cost=100)
        self.open(lot)
        form = self.act("Correct the quantity")
        self.fill(form, way="more", quantity="100")
        Select(form.find_element("name", "reason")).select_by_index(1)
        self.fill(form, note="counted again")
        self.submit(form)
        self.page.until_text("Booked as correction", ".done-note")
        self.assertEqual(self.places(lot), {"A01": 600000})
        form = self.act("Divide into packs")
        self.fill(form, packs="0", quantity="100")
        self.submit(form)
        self.page.until_text("1 to 200", "main .field-error")
        self.fill(form, packs="3")
        self.submit(form)
        self.page.until_text("3 packs of 100 g made", ".done-note")
        self.assertEqual(self.places(lot), {"A01": 300000})
        self.page.click(self.page.find(".done-note a"))
        self.page.until_text("PAGE-PACKS-1", "h1")

    def test_what_an_order_being_weighed_holds_is_held_until_it_is_over(self):
        """Other orders hold theirs until a time."""
        for upto, until in (("weighed", "until the order is over"), ("allocated", r"until \w+ \d")):
            order = make_order(self.service, upto=upto)
            self.addCleanup(drop_order, self.service, order)
            self.open(Person(self.service, "mei.lin").ask("GET", f"/orders/{order}")["lots"][0]["lot_id"])
            row = self.page.until(lambda n=order: [node for node in self.page.all(".link-list li") if f"#{n}" in node.text][0], "its order")
            self.assertRegex(row.text, until)

    def test_what_a_customer_brings_back_waits_in_quarantine(self):
        """Of what an order handed out of this lot: no more than that, with its reason, and never back on the shelf unseen."""
        order = make_order(self.service, upto="weighed")
        david = Person(self.service, "david.chen")
        david.ask("POST", f"/orders/{order}/check", {})
        david.ask("POST", f"/orders/{order}/handover", {"received_by": "the patient", "counselled": True})
        out = david.ask("GET", f"/orders/{order}/trace")["lots"][0]
        lot, given = out["lot_id"], out["quantity"]
        before = self.places(lot)
        self.open(lot)
        form = self.act("Take back from a customer")
        choices = [one.get_attribute("value") for one in Select(form.find_element("name", "location")).options]
        self.assertIn("QUAR", choices)
        self.assertNotIn("A01", choices)
        self.fill(form, location="QUAR", order_id="999999", quantity="1", reason="not_needed")
        self.submit(form)
        self.page.until_text("is no order of this shop", "main .field-error")
        self.fill(form, order_id=str(order), quantity=str(given // 1000 + 1))
        self.submit(form)
        self.page.until_text(f"more than the order handed out of this lot and did not get back: {given / 1000:g} g", "main .field-error")
        self.assertEqual(form.find_element("name", "order_id").get_attribute("value"), str(order))
        self.fill(form, quantity="1", reason="adverse_reaction")
        self.submit(form)
        self.page.until_text("is needed with the reason", "main .field-error")
        self.assertEqual(self.places(lot), before)
        self.fill(form, note="hives")
        self.submit(form)
        self.page.until_text("Take back from a customer: 1 g, QUAR. Booked as correction", ".done-note")
        self.assertEqual(self.places(lot), {**before, "QUAR": before.get("QUAR", 0) + 1000})
        self.page.until_text("→ QUAR", ".moves-table")
        self.fits("a lot that came back")

    def test_a_certificate_is_kept_with_its_lot(self):
        lot = deliver(self.service, "PAGE-COA")
        self.open(lot)
        with tempfile.TemporaryDirectory(prefix="delivery-") as folder:
            path = os.path.join(folder, "coa.pdf")
            with open(path, "wb") as file:
                file.write(b"\x00\xff no certificate at all")
            form = self.act("Add a file")
            form.find_element("name", "file").send_keys(path)
            self.submit(form)
            self.page.until(lambda: self.page.text("main .form-message, main .field-error").strip(), "it is refused")
            with open(path, "wb") as file:
                file.write(b"%PDF-1.4\n%%EOF\n")
            form.find_element("name", "file").send_keys(path)
            self.submit(form)
            self.page.until_text("coa.pdf is kept", ".done-note")
        kept = Person(self.service, "mei.lin").ask("GET", f"/attachments?lot={lot}")["rows"]
        self.assertEqual([(one["file_name"], one["kind"]) for one in kept], [("coa.pdf", "certificate")])
        self.page.until(lambda: self.page.script("return document.querySelector('.label-preview')?.naturalWidth ?? 0") > 200, "the label")
