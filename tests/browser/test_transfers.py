"""Goods to another shop at the page: scanned and sent, accepted there in part, the rest taken back; more than lies there is refused."""
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from order import Person
from shop import PageTest
from test_lots import deliver

OTHER = "bo.second"


class Transfers(PageTest):
    user = "sam.ortiz"

    def setUp(self):
        super().setUp()
        if OTHER not in self.service.people:
            self.service.command("shop", "second", "--name", "Second Shop", "--time-zone", "America/Chicago")
            said = self.service.command("user", "add", OTHER, "--shop", "second", "--role", "staff", "--name", "Bo (second)")
            self.service.people[OTHER] = said.split("password:")[1].split()[0]
            other = Person(self.service, OTHER)
            other.ask("POST", "/locations", {"code": "D1", "name": "Drawer 1", "kind": "drawer"})
            other.ask("POST", "/items", {"sku": "R-GUI-ZHI", "item_kind": "raw", "herb": "Gui Zhi", "preparation": "sliced", "home": "D1", "price_cents": 300})

    def act(self, words):
        self.page.click(self.page.until(lambda: [node for node in self.page.all("main summary") if node.text == words][0], words))

    def submit(self):
        self.page.click(self.page.until(lambda: [node for node in self.page.all("main .stop-tool[open] button[type=submit]") if node.is_displayed()][0], "do it"))

    def fill(self, name, value):
        box = self.page.until(lambda: [node for node in self.page.all(f"main [name={name}]") if node.is_displayed()][0], name)
        box.clear()
        box.send_keys(value)

    def test_a_lot_goes_to_another_shop_and_what_does_not_arrive_comes_back(self):
        lot = deliver(self.service, "PAGE-SEND")
        self.go("#/transfers/send")
        self.page.find(".scan-input").send_keys("NO-SUCH-LOT", Keys.ENTER)
        self.page.until_text("is no lot of this shop", ".scan-wrong")
        self.page.find(".scan-input").send_keys(f"YAOFANG-LOT-{lot}", Keys.ENTER)
        self.page.until_text("PAGE-SEND", ".receive-lines")
        self.fill("quantity-1", "600 g")
        self.page.click(self.page.button("Send it"))
        self.page.until_text("than lies free there", ".receive-lines .field-error")
        self.fits("sending")
        self.fill("quantity-1", "200 g")
        self.page.click(self.page.button("Send it"))
        self.page.until_text("Transfer #", "h1")
        address = self.page.script("return location.hash")
        self.page.until_text("200 g", "[data-line='1']")

        self.sign_in_as(OTHER)
        self.go("#/transfers")
        self.page.click(self.page.find(f"main a[href='{address}']"))
        self.page.until_text("PAGE-SEND", "main")
        self.act("Accept what came")
        self.page.until(lambda: self.page.find("main [name=location-0]").get_attribute("value") == "D1", "where the item belongs")
        self.fill("quantity-0", "250")
        self.submit()
        self.page.until_text("at most what is on its way", "main .field-error")
        self.fill("quantity-0", "150")
        self.submit()
        self.page.until_text("Accepted; it came in as", ".done-note")
        self.page.until_text("50 g", "[data-line='1']")
        self.fits("a transfer")

        self.sign_in_as("sam.ortiz")
        self.go(address)
        self.act("Take it back")
        Select(self.page.find("main [name=location-0]")).select_by_value("A01")
        self.submit()
        self.page.until_text("Taken back.", ".done-note")
        self.page.until_text("ended", "h1")
        self.assertEqual([(row["location"], row["quantity"]) for row in Person(self.service, "sam.ortiz").ask("GET", f"/lots/{lot}")["places"]],
                         [("A01", 350000)])
        self.assertEqual([row["quantity"] for row in Person(self.service, OTHER).ask("GET", "/lots?code=PAGE-SEND")["rows"]], [150000])
