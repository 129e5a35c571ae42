"""A batch made ahead, through the page: planned from ingredients, picked, made by one person, checked by another, who makes a lot of it."""
import time

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from order import Person
from shop import PageTest, open_shop


class Batches(PageTest):
    user = "mei.lin"

    @classmethod
    def setUpClass(cls):
        """A herb with a delivery of its own, so that there is enough of it whatever the tests before used up."""
        service, _ = open_shop()
        cls.mei, cls.sam = Person(service, "mei.lin"), Person(service, "sam.ortiz")
        cls.herb = next(row["sku"] for row in cls.sam.ask("GET", "/items?q=dang%20gui")["rows"] if row["unit"] == "mg")
        cls.balm = next(row["sku"] for row in cls.sam.ask("GET", "/items?q=tiger")["rows"] if row["unit"] == "each")
        supplier = cls.sam.ask("GET", "/suppliers")["rows"][0]["code"]
        cls.sam.ask("POST", "/receipts", {"supplier": supplier, "invoice": f"batches {time.time()}", "lines": [
            {"sku": cls.herb, "lot_code": f"BT-{int(time.time())}", "expires_on": "2029-12", "quantity": 50000, "cost_cents": 1000,
             "location": "BULK", "certificate": "tests"}]})

    def choose(self, label, sku):
        self.page.field(label).send_keys(sku)
        self.page.find(f"[data-sku='{sku}']")
        self.page.field(label).send_keys(Keys.ENTER)
        self.page.until(lambda: self.page.field(label).get_attribute("value") == "", f"{sku} is chosen")

    def test_a_batch_is_planned_picked_made_and_checked_by_another(self):
        self.it_is_planned()
        self.it_is_picked_and_made()
        self.sign_in_as("david.chen")
        self.go("#/batches")
        self.page.click(self.page.find("[data-batch] .row-link"))
        self.page.press(".next", "All is right: checked")
        self.page.until_text("it is a lot now", ".done-note")
        batch = self.mei.ask("GET", "/batches?limit=1")["rows"][0]
        self.assertEqual((batch["state"], batch["yield_quantity"], batch["loss_mg"], batch["checked_by"]), ("checked", 10, 1000, "David Chen (demo)"))
        self.page.click(self.page.find(".property-strip a.lot-code"))
        self.page.until_text(batch["lot_code"], "main h1")

    def it_is_planned(self):
        self.go("#/batches")
        self.page.click(self.page.button("Plan a batch"))
        self.page.find(".batch-plan")
        self.page.fill(".batch-plan", quantity="many", location="SH01")
        self.page.press(".batch-plan", "Plan a batch")
        self.page.until_text("Choose what is made", ".batch-plan .field-error")
        self.choose("What is made: any name or number *", self.balm)
        self.page.press(".batch-plan", "Plan a batch")
        self.page.until_text("Must be filled in", ".batch-plan .field-error")
        self.page.fill(".batch-plan", piece_mg="0.5 g")
        self.page.press(".batch-plan", "Plan a batch")
        self.page.until_text("many", ".batch-plan .field-error")
        self.page.fill(".batch-plan", quantity="10")
        self.page.press(".batch-plan", "Plan a batch")
        self.page.until_text("a formula must be given", ".batch-plan .field-error, .batch-plan .form-message")
        self.choose("Add an ingredient", self.herb)
        self.page.find(f".batch-line [name='line-{self.herb}']").send_keys("6")
        self.fits("a batch that is planned")
        self.page.press(".batch-plan", "Plan a batch")
        self.page.until_text("Batch #", "main h1")

    def it_is_picked_and_made(self):
        self.page.press(".next", "Pick them")
        self.page.until_text("the lots are named below", ".done-note")
        self.page.until_text("6 g", "[data-line='1'] td:last-child")
        self.page.fill(".next", **{"yield": "20"})
        self.page.press(".next", "It is made")
        self.page.until_text("not more than went in: 12", ".next .field-error")
        self.page.fill(".next", **{"yield": "10"})
        self.page.press(".next", "It is made")
        self.page.until_text("You made this batch, so another pharmacist must check it", ".next")
        self.assertEqual(self.page.all(".next button"), [])
        self.fits("a batch that is made")

    def test_a_batch_of_a_formula_takes_its_herbs_in_proportion(self):
        self.go("#/batches/plan")
        self.choose("What is made: any name or number *", self.balm)
        self.page.fill(".batch-plan", quantity="10", piece_mg="10 g", location="SH01", formula="No Such Tang")
        self.page.press(".batch-plan", "Plan a batch")
        self.page.until_text("No Such Tang", ".batch-plan .field-error")
        self.page.fill(".batch-plan", formula="Bu Zhong Yi Qi Tang")
        self.page.press(".batch-plan", "Plan a batch")
        self.page.until_text("Batch #", "main h1")
        lines = self.mei.ask("GET", "/batches?limit=1")["rows"][0]["lines"]
        self.assertEqual((len(lines), sum(line["quantity_mg"] for line in lines)), (len(self.page.all("[data-line]")), 100000))

    def test_what_another_person_plans_and_ends_shows_by_itself(self):
        self.go("#/batches")
        batch = self.sam.ask("POST", "/batches", {"sku": self.balm, "quantity": 2, "piece_mg": 500, "location": "SH01",
                                                  "lines": [{"sku": self.herb, "quantity_mg": 1000}]})["id"]
        self.page.click(self.page.find(f"[data-batch='{batch}'] .row-link"))
        self.page.until_text(f"Batch #{batch}", "main h1")
        self.sam.ask("POST", f"/batches/{batch}/cancel")
        self.page.until_text("Cancelled", "main h1")

    def test_a_batch_is_ended_and_one_that_is_not_there(self):
        batch = self.sam.ask("POST", "/batches", {"sku": self.balm, "quantity": 2, "piece_mg": 500, "location": "SH01",
                                                  "lines": [{"sku": self.herb, "quantity_mg": 900000000}]})["id"]
        self.go(f"#/batches/{batch}")
        self.page.press(".next", "Pick them")
        self.page.until_text("is missing", ".next .form-message")
        self.page.press(".exits", "End this batch")
        self.page.click(self.page.find(".exits .stop-tool[open] button"))
        self.page.until_text("Cancelled", "main h1")
        self.go("#/batches")
        for state, there in (("planned", False), ("cancelled", True), ("", True)):
            Select(self.page.find(".browse-tools select")).select_by_value(state)
            self.page.until(lambda: bool(self.page.all(f"[data-batch='{batch}']")) is there, f"batches: {state}")
        self.go("#/batches/99999999")
        self.page.until_text("Not found", "main h1")
