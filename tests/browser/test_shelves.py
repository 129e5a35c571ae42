"""Shop set-up at the page: suppliers, places and items are added, changed, found and taken out of use; what is refused stays as it was
typed, and a role that may not change anything sees the facts without the forms."""
from selenium.webdriver.common.keys import Keys

from order import Person
from shop import PageTest


class Shelves(PageTest):
    user = "sam.ortiz"

    def ask(self, path):
        return Person(self.service, "sam.ortiz").ask("GET", path)

    def search(self, words, *keys):
        box = self.page.find("main input[type=search]")
        box.clear()
        box.send_keys(words, *keys)

    def shown(self, attribute):
        return set(self.page.script("return [...document.querySelectorAll(`main [${arguments[0]}]`)].map((node) => node.getAttribute(arguments[0]))", attribute))

    def only(self, attribute, *names):
        self.page.until(lambda: self.shown(attribute) == set(names), f"only {names}: {self.shown(attribute)}")

    def open(self, selector):
        """Follows the link or presses the button, also when its list is drawn anew just then."""
        self.page.until(lambda: self.page.click(self.page.all(selector)[0]) or True, selector)

    def submit_twice(self, words):
        """As a double click does before the page has drawn anything."""
        button = self.page.until(lambda: [node for node in self.page.all("main button[type=submit]") if node.text == words and node.is_displayed()][0], words)
        self.page.script("arguments[0].click(); arguments[0].click()", button)

    def test_set_up_leads_to_its_pages(self):
        self.go("#/setup")
        for address, title in (("#/items", "Items"), ("#/places", "Places"), ("#/suppliers", "Suppliers"), ("#/counter/codes", "Promo codes")):
            self.open(f"main a[href='{address}']")
            self.page.until_text(title, "h1")
            self.go("#/setup")
        self.fits("set-up")
        self.sign_in_as("dr.wu")
        self.assertEqual(self.page.all("header a[href='#/setup']"), [])

    def test_a_supplier_is_added_once_changed_and_taken_out_of_use(self):
        self.go("#/suppliers")
        self.page.press("main", "New supplier")
        self.page.fill("main .stop-tool", code="NWH", name="Northwest Herbs", email="no address", lead_time_days="soon", city="Portland")
        self.page.press("main", "Add the supplier")
        self.page.until_text("is a number of days from 0 to 730", ".field-error")
        self.page.fill("main .stop-tool", lead_time_days="9")
        self.page.press("main", "Add the supplier")
        self.page.until_text("“no address” is an address such as orders@example.com", ".field-error")
        self.assertEqual(self.page.find("main [name=city]").get_attribute("value"), "Portland")
        self.page.fill("main .stop-tool", email="orders@nwh.example")
        self.submit_twice("Add the supplier")
        self.page.until_text("Northwest Herbs", "h1")
        self.assertEqual([row["lead_time_days"] for row in self.ask("/suppliers")["rows"] if row["code"] == "NWH"], [9])
        self.page.press("main", "Change")
        self.page.fill("main .stop-tool", phone="503 555 0100", supplies="wild-crafted roots")
        self.page.press("main", "Save")
        self.page.until_text("Changed.", ".done-note")
        self.page.until_text("wild-crafted roots", "main aside")
        self.assertEqual(self.page.find("main .property-strip a[href^='tel:']").get_attribute("href"), "tel:5035550100")
        self.fits("a supplier")
        self.page.press("main", "Take out of use")
        self.page.until_text("out of use", "h1")
        self.go("#/suppliers")
        self.search("roots")
        self.page.until(lambda: "NWH" not in self.shown("data-supplier"), "no NWH")
        self.page.click(self.page.find("main .chip"))
        self.page.until(lambda: "NWH" in self.shown("data-supplier"), "NWH")
        self.search("portland")
        self.only("data-supplier", "NWH")
        self.fits("suppliers")
        self.open("[data-supplier=NWH] a")
        self.page.press("main", "Use it again")
        self.page.until_text("It is in use again", ".done-note")

    def test_what_a_supplier_delivers_is_told(self):
        supplier = [row for row in self.ask("/suppliers")["rows"] if row["code"] == "GLB"][0]
        self.go(f"#/suppliers/{supplier['id']}")
        self.page.until_text("What came from there", "main")
        self.open("main [data-sku] a.row-link")
        self.page.until_text("Golden Lotus Botanicals", "main [data-supplier=GLB]")
        self.open("main [data-supplier=GLB] .lot-code")
        self.page.until_text("Lot", "h1")
        self.open("main .property-strip a[href='#/suppliers/%d']" % supplier["id"])
        self.page.until_text("Golden Lotus Botanicals", "h1")
        self.submit_twice("New purchase order")
        self.page.until_text("Purchase order #", "h1")
        self.assertEqual(len([order for order in self.ask("/purchase-orders?supplier=GLB")["rows"] if not order["lines"]]), 1)
        self.go(f"#/suppliers/{supplier['id']}")
        self.page.until_text("Open purchase orders", "main")

    def test_a_place_is_found_by_what_belongs_there_and_keeps_what_lies_in_it(self):
        self.go("#/places")
        self.search("gui zhi sliced")
        self.only("data-place", "A01")
        self.search("a01", Keys.ENTER)
        self.page.until_text("A01", "h1")
        self.page.until_text("R-GUI-ZHI", "[data-lot]")
        self.page.until(lambda: self.page.find("main img.label-preview").get_property("naturalWidth") > 100, "the label")
        self.fits("a place")
        self.page.press("main", "Take out of use")
        self.page.until_text("lie in this place: move them first", "main .form-message")
        self.open("[data-lot] .lot-code")
        self.page.until_text("Lot", "h1")
        self.open("[data-place=A01] a")
        self.page.until_text("A01", "h1")

    def test_a_place_is_added_and_says_what_it_should_hold(self):
        self.go("#/places")
        self.page.press("main", "New place")
        self.page.fill("main .stop-tool", code="A01", name="Top of the safe", kind="cabinet")
        self.page.press("main", "Add the place")
        self.page.until_text("“A01” belongs to another place", ".field-error")
        self.page.fill("main .stop-tool", code="SAFE")
        self.page.click(self.page.find("main [name=restricted]"))
        self.submit_twice("Add the place")
        self.page.until_text("locked", "h1")
        self.assertIn("SAFE", self.page.text("h1"))
        self.page.press("main", "Say how much of an item it should hold")
        self.page.find("main [name=item]").send_keys("gui zhi")
        self.open("main button[data-sku=R-GUI-ZHI]")
        self.page.fill("main", quantity="a handful")
        self.page.press("main", "Save")
        self.page.until_text("“a handful” must be a decimal number", ".field-error")
        self.page.fill("main", quantity="250")
        self.page.press("main", "Save")
        self.page.until_text("SAFE should hold 250 g", ".done-note")
        self.page.until_text("250 g", "[data-par=R-GUI-ZHI] .tag-warn")
        self.go("#/places")
        self.search("top safe")
        self.page.until_text("1 below par", "[data-place=SAFE]")
        self.page.press("main", "Below par")
        self.search("")
        self.only("data-place", "SAFE")
        self.page.press("main", "Labels of the places shown: 1")
        self.page.until(lambda: self.page.find("main img.label-preview").get_property("naturalWidth") > 100, "the label")
        self.assertIn("drawer-labels?locations=", self.page.find("main a[download]").get_attribute("href"))
        self.page.press("main", "Labels of the places shown: 1")
        self.fits("places")
        self.open("[data-place=SAFE]")
        self.page.press("[data-par=R-GUI-ZHI]", "Fill it up")
        self.page.until_text("A01", "[data-par=R-GUI-ZHI] select")
        self.assertEqual(self.page.find("[data-par=R-GUI-ZHI] [name=quantity]").get_attribute("value"), "250 g")
        self.submit_twice("Fill it up")
        self.page.until_text("250 g moved from A01 to SAFE", ".done-note")
        self.page.until_text("250 g", "[data-lot]")
        self.assertEqual(self.page.all("[data-par] .tag-warn"), [])
        self.page.press("[data-par=R-GUI-ZHI]", "Change")
        self.page.press("[data-par=R-GUI-ZHI]", "Say no more of it")
        self.page.until_gone("[data-par=R-GUI-ZHI]")
        self.page.press("main", "Take out of use")
        self.page.until_text("move them first", "main .form-message")

    def test_an_item_is_added_with_what_its_kind_asks_for(self):
        self.go("#/items")
        self.page.press("main", "New item")
        self.page.fill("main", item_kind="granule", sku="G-NEW", herb="no herb at all", price_cents="0.42", ratio_numerator="strong")
        self.page.press("main", "Add the item")
        self.page.until_text("“strong” is a ratio such as 5:1", ".field-error")
        self.page.fill("main", ratio_numerator="5:1", reorder_quantity="500", flags="fresh, toxic", home="A02")
        self.page.press("main", "Add the item")
        self.page.until_text("no herb at all", ".field-error")
        self.assertEqual(self.page.find("main [name=price_cents]").get_attribute("value"), "0.42")
        self.page.fill("main", herb="huang lian")
        self.submit_twice("Add the item")
        self.page.until_text("granule 5:1", "h1")
        item = self.ask("/items?q=G-NEW")["rows"][0]
        self.assertEqual([item[name] for name in ("price_cents", "price_per_quantity", "reorder_quantity", "home", "flags")], [42, 1000, 500000, "A02", "fresh;toxic"])
        self.fits("an item")

    def test_a_product_is_counted_and_weighed(self):
        self.go("#/items")
        self.page.press("main", "New item")
        self.page.fill("main", item_kind="product", sku="P-NEW", product="tiger balm pain relieving patch", price_cents="8.99", reorder_quantity="12", content_mg="1.5 g")
        self.page.press("main", "Add the item")
        self.page.until_text("P-NEW", "main .monograph-third")
        item = self.ask("/items?q=P-NEW")["rows"][0]
        self.assertEqual([item[name] for name in ("unit", "price_per_quantity", "reorder_quantity", "content_mg")], ["each", 1, 12, 1500])

    def test_goods_are_made_received_and_sold(self):
        self.go("#/items")
        self.page.press("main", "New item")
        self.page.fill("main", item_kind="goods", sku="MUG", price_cents="12.50", gtin="5012345678900", reorder_quantity="6")
        self.page.until_text("Goods are not screened", "main .stop-tool")
        shown = [node.get_attribute("name") for node in self.page.all("main .stop-tool input, main .stop-tool select") if node.is_displayed()]
        self.assertEqual({"herb", "product", "unit", "ratio_numerator", "preparation", "content_mg"} & set(shown), set())
        self.page.press("main", "Add the item")
        self.page.until_text("Must be filled in", ".field-error")
        self.page.fill("main", name="Dong Quai")
        self.page.press("main", "Add the item")
        self.page.until_text("is known to the reference as the herb", ".field-error")
        self.fits("new goods")
        self.page.fill("main", name="Tea mug", name_hanzi="茶杯")
        self.submit_twice("Add the item")
        self.page.until_text("MUG · goods", "main .monograph-third")
        self.page.until_text("Goods are not screened", "main")
        self.page.press("main", "Change")
        self.page.fill("main", name="Ren Shen")
        self.page.press("main", "Save")
        self.page.until_text("is known to the reference as the herb", ".field-error")
        self.fits("goods")
        self.go("#/receive")
        box = self.page.find(".scan-input")
        self.page.fill("main", supplier="LSW", invoice="MUGS-1")
        box.send_keys("5012345678900", Keys.ENTER)
        self.page.until_text("Tea mug", ".receive-editor h2")
        self.page.fill(".receive-editor", lot_code="MUG-1", quantity="6", location="SH02", certificate="seen")
        self.page.click(self.page.find(".receive-editor button[type=submit]"))
        self.page.until_text("MUG-1", "[data-line='MUG-1']")
        self.page.click(self.page.find(".receive-book"))
        self.page.until_text("The delivery is booked", ".done-note")
        self.go("#/counter")
        self.page.find(".scan-input").send_keys("5012345678900", Keys.ENTER)
        self.page.until_text("MUG-1", ".counter-lines [data-sku=MUG]")
        self.page.until_text("12.50", ".counter-lines [data-sku=MUG]")
        self.fits("goods on a ticket")
        self.page.find(".scan-input").send_keys(Keys.ENTER)
        self.page.click(self.page.find("[data-kind=card]"))
        self.page.find("input[name=reference-0]").send_keys(Keys.ENTER)
        self.page.find("main h1 .ticket-paid")
        self.assertEqual([row["on_hand"] for row in self.ask("/items?q=MUG")["rows"] if row["sku"] == "MUG"], [5])

    def test_an_item_is_changed_and_found_by_its_bar_code(self):
        Person(self.service, "sam.ortiz").ask("POST", "/items", {"sku": "R-CHANGE", "item_kind": "raw", "herb": "chen pi", "price_cents": 10, "tax_category": None})
        self.go("#/items")
        self.search("R-CHANGE", Keys.ENTER)
        self.page.until_text("R-CHANGE", "main .monograph-third")
        self.page.press("main", "Change")
        self.page.fill("main", gtin="5901234123456", price_cents="12.50", price_per_quantity="100 g", pack_quantity="500 g")
        self.page.press("main", "Save")
        self.page.until_text("“5901234123456” is 8, 12, 13 or 14 digits with their check digit", ".field-error")
        self.page.fill("main", gtin="5901234123457")
        self.page.press("main", "Save")
        self.page.until_text("Changed.", ".done-note")
        self.page.until_text("$12.50 / 100 g", "main .property-strip")
        self.page.press("main", "Change")
        self.page.fill("main", home="A02")
        self.page.press("main", "Save")
        self.page.until_text("A02", "main .property-strip a[href^='#/places/']")
        self.go("#/items")
        self.search("5901234123457", Keys.ENTER)
        self.page.until_text("R-CHANGE", "main .monograph-third")
        self.page.press("main", "Change")
        self.page.fill("main", gtin="", pack_quantity="")
        self.page.press("main", "Save")
        self.page.until_text("Changed.", ".done-note")
        item = self.ask("/items?q=R-CHANGE")["rows"][0]
        self.assertEqual([item["gtin"], item["pack_quantity"], item["price_cents"]], [None, None, 1250])
        self.page.press("main", "Take out of use")
        self.page.until_text("out of use", "h1")
        self.go("#/items")
        self.search("R-CHANGE")
        self.page.until_text("Nothing matches", "main .empty")
        self.fits("items")

    def test_a_pack_nobody_knows_can_become_an_item(self):
        self.go("#/items")
        self.search("(01)09506000134352(17)290101(10)AB", Keys.ENTER)
        self.page.until_text("No item has the bar code 09506000134352", ".unknown-pack")
        self.page.press("main .unknown-pack", "New item")
        self.page.until(lambda: self.page.find("main [name=gtin]").get_attribute("value") == "09506000134352", "the code in the form")

    def test_who_may_not_change_sees_the_facts(self):
        self.sign_in_as("mei.lin")
        for address in ("#/items/1", "#/places/1", "#/suppliers/1", "#/items", "#/places", "#/suppliers"):
            self.go(address)
            self.page.until(lambda: not self.page.all("main[aria-busy]"), "the page")
            words = {node.text for node in self.page.all("main summary, main button[type=submit]")}
            self.assertEqual(words & {"Change", "Take out of use", "New item", "New place", "New supplier", "Say how much of an item it should hold"}, set(), address)
        self.assertEqual(self.page.complaints(), [])
