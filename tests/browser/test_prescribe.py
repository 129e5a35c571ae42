"""A prescription put together in the page: patient, formula, herb, doses; what is found, in stock and different at once; answered, signed,
ordered."""
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from order import drop_order
from shop import PageTest


class Prescribe(PageTest):
    user = "dr.wu"

    def add(self, text):
        self.page.find(".rx-add input").send_keys(text, Keys.ENTER)

    def row(self, herb):
        return f"[data-herb='{herb}']"

    def choose_patient(self, text):
        self.page.find("input[name=patient_id]").send_keys(text)
        self.page.until_text("D-0003", ".rx-patients")
        self.page.find("input[name=patient_id]").send_keys(Keys.ENTER)

    def put_together(self):
        self.go("#/prescribe")
        self.choose_patient("Hale")
        self.add("Bu Zhong Yi Qi Tang")
        self.page.until_text("126 g", self.row("huang_qi"))
        self.add("Dan Shen")
        self.page.until_text("How much of", ".rx-add .field-error")
        self.page.find(".rx-add input").send_keys("10 g", Keys.ENTER)
        self.page.until_text("70 g", self.row("dan_shen"))

    def test_from_a_patient_to_an_order(self):
        self.put_together()
        self.page.until_finding("major", "Dān Shēn", "warfarin")
        self.page.click(self.page.find(self.row("ren_shen") + " button"))
        self.page.until_gone(self.row("ren_shen"))
        self.page.until_text("Rén Shēn 人参 left out", ".rx-result")
        dose = self.page.find("[data-dose=huang_qi]")
        dose.clear()
        dose.send_keys("20", Keys.TAB)
        self.page.until_text("18 g → 20 g", ".rx-result")
        self.add("Angelica 9 g")
        self.page.until_text("Which one is meant?", ".candidates")
        self.page.find(".rx-add input").clear()
        self.page.find("input[name=days]").clear()
        self.page.find("input[name=days]").send_keys("0")
        self.page.until_text("0", ".rx .field-error")
        self.page.find("input[name=days]").clear()
        self.page.find("input[name=days]").send_keys("5")
        self.page.until_text("100 g", self.row("huang_qi"))
        for name, figure in (("refills", "1"), ("refill_interval_days", "5"), ("packets", "10")):
            self.page.find(f"input[name={name}]").send_keys(figure)
        self.fits("the builder")
        self.page.click(self.page.button("Store it, then answer and sign"))
        self.page.until_text("Prescription #", "h1")
        for select in self.page.until(lambda: self.page.all(".answer-row select"), "findings to answer"):
            Select(select).select_by_value("monitored")
        for note in self.page.all(".answer-row input"):
            note.send_keys("INR weekly")
        self.page.click(self.page.button("Give the answers"))
        self.page.click(self.page.button("Sign the prescription"))
        self.page.until_text("Signed", "h1")
        self.page.until_text("1, every 5 days", ".property-strip")
        self.page.until_text("Packets\n10", ".property-strip")
        self.fits("a prescription")
        self.page.click(self.page.button("Enter the order"))
        self.page.until_text("Order #", "h1")
        self.addCleanup(drop_order, self.service, int(self.page.text("main h1").split("#")[1].split()[0]))
        self.page.until_text("Wu Jianguo", ".property-strip")

    def test_what_is_left_and_come_back_to_is_still_there(self):
        self.put_together()
        self.page.script("location.hash = '#/stock'")
        self.page.until_text("Stock", "h1")
        self.page.script("location.hash = '#/prescribe'")
        self.page.find(self.row("dan_shen"))
        self.assertIn("Robert Hale", self.page.find("input[name=patient_id]").get_attribute("value"))
        self.page.click(self.page.find(".rx-formula button"))
        self.page.until_gone(self.row("huang_qi"))
        self.page.find(self.row("dan_shen"))
