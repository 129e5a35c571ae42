"""Buying at the page: what the re-order report says becomes a draft, is changed, sent, and can be received; an order can be begun empty and
cancelled."""
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from order import Person
from shop import PageTest


class Purchases(PageTest):
    user = "sam.ortiz"

    def orders(self, **only):
        return [order for order in Person(self.service, "sam.ortiz").ask("GET", "/purchase-orders")["rows"]
                if all(order[name] == value for name, value in only.items())]

    def act(self, words, inside="main"):
        self.page.click(self.page.until(lambda: [node for node in self.page.all(f"{inside} summary") if node.text == words][0], words))

    def fill(self, name, value):
        box = self.page.until(lambda: [node for node in self.page.all(f"main [name={name}]") if node.is_displayed()][0], name)
        box.clear()
        box.send_keys(value)
        return box

    def test_what_is_low_is_drafted_changed_and_sent(self):
        self.go("#/purchases/buy")
        part = self.page.until(lambda: [node for node in self.page.all(".buy") if node.get_attribute("data-supplier") == "GLB"][0], "a supplier")
        rows = part.find_elements("css selector", "[data-buy]")
        skus = [row.get_attribute("data-buy") for row in rows]
        box = rows[0].find_element("css selector", ".buy-amount input")
        box.clear()
        box.send_keys("a sack")
        self.page.click(part.find_element("css selector", "button[type=submit]"))
        self.page.until_text("“a sack” must be a decimal number", ".buy .field-error")
        box.clear()
        box.send_keys("1 kg")
        for row in rows[2:]:
            self.page.click(row.find_element("css selector", ".tick"))
        self.fits("what to buy")
        self.page.click(part.find_element("css selector", "button[type=submit]"))
        self.page.until_text("Purchase order #", "h1")
        number = int(self.page.text("h1").split("#")[1].split()[0])
        self.assertEqual([line["sku"] for line in self.orders(id=number)[0]["lines"]], skus[:2])
        self.act("Change", f"[data-ordered='{skus[0]}']")
        self.fill("quantity", "2 kg")
        self.fill("cost_cents", "33.50").send_keys(Keys.ENTER)
        self.page.until_text("2,000 g ordered", ".done-note")
        self.page.until_text("$33.50", f"[data-ordered='{skus[0]}']")
        self.act("Change", f"[data-ordered='{skus[1]}']")
        self.page.click(self.page.until(lambda: [node for node in self.page.all("main button") if node.text == "Take it out" and node.is_displayed()][0], "out"))
        self.page.until_gone(f"[data-ordered='{skus[1]}']")
        self.page.click(self.page.button("It was sent to the supplier"))
        self.page.until_text("The order is sent now", ".done-note")
        self.page.until_text("Still to come", "main thead")
        self.fits("a purchase order")
        self.page.click(self.page.button("Receive"))
        self.page.until_text("2,000 g", f"[data-ordered='{skus[0]}']")
        self.assertEqual(Select(self.page.find("main select[name=supplier]")).first_selected_option.get_attribute("value"), "GLB")

    def test_an_order_is_begun_by_hand_and_cancelled(self):
        self.go("#/purchases")
        self.act("New purchase order")
        self.page.click(self.page.until(lambda: [node for node in self.page.all("main .stop-tool button") if node.is_displayed()][0], "make it"))
        self.page.until_text("Must be filled in", "main .field-error")
        Select(self.page.find("main select[name=supplier]")).select_by_value("JGX")
        self.page.click(self.page.until(lambda: [node for node in self.page.all("main .stop-tool button") if node.is_displayed()][0], "make it"))
        self.page.until_text("Nothing is ordered yet", "main")
        self.page.click(self.page.button("It was sent to the supplier"))
        self.page.until_text("are needed before an order is sent", "main .form-message")
        self.act("Add an item")
        self.fill("item", "G-HUANG-QI")
        self.page.click(self.page.until(lambda: self.page.all("main [data-sku='G-HUANG-QI']")[0], "the item"))
        self.fill("quantity", "500").send_keys(Keys.ENTER)
        self.page.until_text("500 g ordered", ".done-note")
        self.page.click(self.page.button("Cancel it"))
        self.page.until_text("The order is cancelled now", ".done-note")
        self.page.until_text("cancelled", "h1")
