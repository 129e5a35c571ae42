"""What an order waits for, from the list to the label: whose turn it is, printing on the workstation's own printer, a label the law
lets through only with a reason, boiling, wasting and beginning again."""
import os
import socket
import sys
import threading

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from order import Person, drop_order, make_order
from service import ROOT
from shop import PageTest

sys.path.insert(0, os.path.join(ROOT, "tests", "support"))
from raw_port import Port  # noqa: E402 pylint: disable=wrong-import-position


class Steps(PageTest):
    user = "mei.lin"

    def make_order(self, **wanted):
        order = make_order(self.service, **wanted)
        self.addCleanup(drop_order, self.service, order)
        return order

    def open(self, order):
        self.go(f"#/orders/{order}")
        self.page.until_text(f"#{order}", "main h1")

    def tool(self, words):
        self.page.click(self.page.until(lambda: [node for node in self.page.all("summary") if node.text == words][0], words))

    def submit(self, words, inside="main"):
        self.page.click(self.page.until(
            lambda: [node for node in self.page.all(f"{inside} button") if words in node.text and node.is_displayed()][0], words))

    def choose(self, name, words):
        Select(self.page.find(f"main select[name={name}]")).select_by_visible_text(words)


class Waiting(Steps):
    def group(self, order):
        """The heading the order stands under."""
        return self.page.script("return document.querySelector(`[data-order='${arguments[0]}']`)?.closest('section').querySelector('h2').innerText ?? ''",
                                order)

    def test_what_waits_for_whom_shows_by_itself(self):
        mine, others = self.make_order(), self.make_order(upto="released")
        self.go("#/orders")
        self.page.until(lambda: "For you" in self.group(mine), "an order to release")
        self.assertIn("Release", self.page.text(f"[data-order='{mine}']"))
        row = Person(self.service, "david.chen").ask("GET", f"/orders/{others}/picking")["rows"][0]
        Person(self.service, "david.chen").ask("POST", f"/orders/{others}/weighings", {"weighings": [
            {"line_no": row["line_no"], "lot_id": row["lot_id"], "location_id": row["location_id"], "weighed_mg": row["planned_mg"]}]})
        self.page.until(lambda: "For others" in self.group(others), "somebody else is weighing it")
        self.page.until_text("David Chen (demo) is weighing this order", f"[data-order='{others}']")
        self.sign_in_as("sam.ortiz")
        self.go("#/orders")
        self.page.until(lambda: "For others" in self.group(mine), "not for staff")
        self.assertIn("This step is for: Pharmacist", self.page.text(f"[data-order='{mine}']"))

    def test_what_others_do_leaves_the_focus_where_it_was(self):
        mine = self.make_order()
        self.go("#/orders")
        self.page.script("arguments[0].focus()", self.page.find(f"[data-order='{mine}'] a"))
        another = self.make_order()
        self.page.find(f"[data-order='{another}']")
        self.page.keys(Keys.ENTER)
        self.page.until_text(f"#{mine}", "main h1")

    def test_a_scanned_label_opens_its_order(self):
        order = self.make_order()
        self.go("#/orders")
        self.page.until(lambda: self.page.focused().get_attribute("type") == "search", "the focus in the box")
        self.page.keys(f"20261122-{order:06}", Keys.ENTER)
        self.page.until_text(f"Order #{order}", "h1")


class Labels(Steps):
    def setUp(self):
        super().setUp()
        self.admin = Person(self.service, "admin")

    def add_printer(self, code, port):
        self.admin.ask("POST", "/printers", {"code": code, "uri": port.uri, "format": "zpl", "dpi": 203,
                                             "media_width_um": 100000, "media_height_um": 150000})
        self.addCleanup(self.admin.ask, "POST", f"/printers/{code}/removal")

    def test_a_workstation_prints_on_its_printer_and_says_which_copy(self):
        port = Port(most=2000, times=1)
        self.add_printer("ZEBRA-1", port)
        order = self.make_order(upto="weighed")
        self.open(order)
        self.page.find(".next input[name=station]")
        self.choose("printer", "ZEBRA-1 · 100 × 150 mm")
        self.submit("Print here from now on")
        self.submit("Print on ZEBRA-1")
        self.page.until_text("ZEBRA-1", ".next .form-message")
        self.open(order)
        self.page.until_text("Print the label", ".next h2")
        self.submit("Print on ZEBRA-1")
        self.page.until_text("Copy 1 went to ZEBRA-1", "main")
        self.page.until_text("so another pharmacist must check it", ".next")
        self.submit("Print another copy on ZEBRA-1")
        self.page.until_text("Copy 2 went to ZEBRA-1", "main")
        self.assertTrue(port.took[-1].startswith(b"^XA"), port.took[-1][:40])
        self.open(self.make_order(upto="weighed"))
        self.page.until_text("Print on ZEBRA-1", ".next")

    def test_what_the_law_misses_stops_it_until_somebody_says_why(self):
        order = self.make_order(upto="weighed")
        self.admin.ask("PUT", "/label-settings", {"label_profile": "tw_pharmacist_act"})
        self.addCleanup(self.admin.ask, "PUT", "/label-settings", {"label_profile": "us_ca_4076"})
        self.open(order)
        self.page.until_text("it does not print like this", ".lint")
        self.page.until_text("Purpose or indication", ".lint-stop")
        self.submit("Save as PDF")
        self.page.until_text("Must be filled in", ".next .field-error")
        self.choose("reason", "The rule does not apply to this supply")
        self.page.find(".next textarea[name=note]").send_keys("the patient asked for none")
        self.submit("Save as PDF")
        self.page.until_text("Copy 1 was saved as PDF", "main")
        self.page.until_text("the patient asked for none", ".lint")


class Scale(Steps):
    """A scale on TCP that says what it is told to."""

    def setUp(self):
        super().setUp()
        self.says, listener = b"", socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(5)
        threading.Thread(target=self.serve, args=(listener,), daemon=True).start()
        admin = Person(self.service, "admin")
        admin.ask("POST", "/scales", {"code": "BENCH", "uri": f"tcp://127.0.0.1:{listener.getsockname()[1]}", "protocol": "mt-sics",
                                      "capacity_mg": 3000000, "resolution_mg": 10})
        self.addCleanup(admin.ask, "POST", "/scales/BENCH/removal")

    def serve(self, listener):
        while True:
            connection, _ = listener.accept()
            while connection.recv(100):
                connection.sendall(self.says)
            connection.close()

    def test_a_weight_comes_from_the_scale_less_its_container(self):
        order = self.make_order(upto="released")
        row = Person(self.service, "mei.lin").ask("GET", f"/orders/{order}/picking")["rows"][0]
        self.go(f"#/bench/{order}")
        self.choose("scale", "BENCH")
        self.page.find("main input[name=tare]").send_keys("12.5", Keys.ENTER)
        gross = row["planned_mg"] / 1000 + 12.5
        self.says = b"S S %10.2f oz\r\n" % gross
        self.page.keys(Keys.ENTER)
        self.page.until_text("stands on oz", ".scan-wrong")
        self.says = b"S S %10.2f g\r\n" % gross
        self.page.keys(Keys.ENTER)
        self.page.until_text(f"{row['planned_mg'] / 1000:g} g recorded", ".scan-said")
        stored = Person(self.service, "mei.lin").ask("GET", f"/orders/{order}/picking")["rows"][0]
        self.assertEqual((stored["gross_mg"], stored["tare_mg"]), (row["planned_mg"] + 12500, 12500))

    def test_a_lot_that_ran_out_is_made_up_from_another(self):
        order = self.make_order(upto="released")
        ask = Person(self.service, "mei.lin").ask
        row = [one for one in ask("GET", f"/orders/{order}/picking")["rows"] if one["herb_id"] == "dang_gui"][0]
        self.go(f"#/bench/{order}")
        self.page.find(".scan-input").send_keys(row["lot_code"], Keys.ENTER)
        self.page.until_text("In hand", ".scan-said")
        self.tool("The lot ran out")
        self.page.find("main input[name=there_mg]").send_keys("plenty")
        self.submit("Take the rest from other lots")
        self.page.until_text("is no weight", "main .field-error")
        self.page.find("main input[name=there_mg]").clear()
        self.page.find("main input[name=there_mg]").send_keys("5")
        self.submit("Take the rest from other lots")
        self.page.until_text("the rest comes from other lots", ".scan-said")
        lots = [one for one in ask("GET", f"/orders/{order}/picking")["rows"] if one["herb_id"] == "dang_gui"]
        self.assertEqual(sum(one["planned_mg"] for one in lots), row["planned_mg"])
        self.assertGreater(len(lots), 1)


class Pot(Steps):
    def setUp(self):
        super().setUp()
        self.pharmacist = Person(self.service, "mei.lin")
        machines = self.pharmacist.ask("GET", "/decoction-machines")["rows"]
        if not machines:
            self.pharmacist.ask("POST", "/decoction-machines", {"code": "POT-1", "name": "Pot one", "capacity_ml": 20000})

    def test_a_pot_that_burnt_is_wasted_and_the_order_begins_again(self):
        order = self.make_order(upto="weighed", decoct=True)
        self.open(order)
        self.page.until_text("Decoct", ".next h2")
        self.page.find(".next input[name=water_ml]").send_keys("a lot")
        self.submit("Begin to boil")
        self.page.until_text("a lot", ".next .field-error")
        self.page.find(".next input[name=water_ml]").clear()
        self.submit("Begin to boil")
        self.page.until_text("POT-1", ".next")
        self.page.find(".next input[name=bags]").send_keys("14")
        self.page.find(".next input[name=bag_ml]").send_keys("150")
        self.submit("Out of the pot")
        self.page.until(lambda: self.page.text(".next .field-error, .next .form-message"), "too early")
        self.choose("outcome", "Failed: it has to be wasted")
        for name in ("bags", "bag_ml"):
            self.page.find(f".next input[name={name}]").clear()
        self.page.find(".next textarea[name=note]").send_keys("boiled over")
        self.submit("Out of the pot")
        self.page.until(lambda: self.page.all(".next input[name=water_ml]"), "the pot is free again")
        self.tool("Waste what was weighed")
        Select(self.page.find(".exits details[open] select")).select_by_value("decoction_failed")
        self.page.find(".exits details[open] textarea").send_keys("boiled over")
        self.submit("Waste what was weighed", ".exits")
        self.page.until(lambda: f"#{order}" not in self.page.text("main h1"), "the order in its place")
        self.page.until_text("In place of", ".property-strip")
        self.page.until_text("Set lots aside", ".next h2")
        self.tool("Cancel")
        self.page.find(".exits details[open] input[name=reason]").send_keys("the patient does not want it")
        self.submit("Cancel", ".exits")
        self.page.until_text("Cancelled", "main h1")
