"""Prices at the page: what everything costs and why; a rule is tried before it begins, takes another's place and ends; fees, groups of
customers, taxes and settings; who may not change them sees them."""
from selenium.webdriver.common.keys import Keys

from order import Person
from shop import PageTest

POT = "S-CLAY-POT"


class Prices(PageTest):
    user = "sam.ortiz"

    def setUp(self):
        super().setUp()
        self.staff = Person(self.service, "sam.ortiz")

    def tearDown(self):
        for kind in ("price-rules", "fees"):
            for row in self.staff.ask("GET", f"/{kind}")["rows"]:
                self.staff.ask("POST", f"/{kind}/{row['id']}/end")

    def rules(self):
        return self.staff.ask("GET", "/price-rules")["rows"]

    def rule(self, **said):
        return self.staff.ask("POST", "/price-rules", {"name": "Pots", "kind": "fixed", "sku": POT, "price_cents": 100, "per_quantity": 1, **said})

    def prices(self, asked=""):
        """What is listed: other tests add items and lots of their own."""
        return self.staff.ask("GET", f"/prices?limit=1000{asked}")

    def open_box(self):
        self.page.click(self.page.find(".price-box > summary"))

    def out_of_use(self, where):
        self.page.press(where, "Take out of use")
        self.page.press(where, "Yes, out of use")

    def search(self, text):
        box = self.page.find("main .search input")
        box.send_keys(Keys.CONTROL, "a")
        box.send_keys(text or Keys.BACKSPACE)

    def choose_item(self, sku, where=".price-rule"):
        self.page.find(f"{where} [name=item]").send_keys(sku)
        self.page.click(self.page.find(f"{where} [data-sku='{sku}']"))

    def test_the_price_list_says_cost_margin_and_what_is_below_cost(self):
        rule = self.rule()
        self.go("#/prices")
        there, below = self.prices(), self.prices("&only=below_cost")["rows"]
        herb = next(row for row in there["rows"] if row["sku"] == "R-HUANG-QI")
        self.assertIn(POT, [row["sku"] for row in below])
        self.page.until_text(f"below cost: {len(below)}", ".browse-count")
        self.search("huang qi")
        self.page.until(lambda: self.page.all("[data-sku='R-HUANG-QI']") and not self.page.all("[data-sku='R-AI-YE']"), "what was searched")
        text = self.page.text("[data-sku='R-HUANG-QI']")
        for part in ("100 g", "$5.20", "own price", f"${herb['cost_cents'] / 100:.2f}", str(herb["margin_basis_points"] // 100)):
            self.assertIn(part, text)
        self.search("")
        self.page.until_text(f"Items: {there['all']}", ".browse-count")
        self.page.find("main select[title='Which prices'] option[value=below_cost]").click()
        self.page.until(lambda: len(self.page.all("main tbody tr")) == len(below), "only what is below cost")
        self.page.until_text("own price $34.99", f"[data-sku='{POT}'].price-below")
        self.fits("the price list")
        self.page.click(self.page.find(f"[data-sku='{POT}'] a[href*='rule=']"))
        self.page.until_text("$1.00 for 1 pcs", f"[data-rule='{rule['id']}']")
        self.go("#/prices/formulas")
        self.search("bu zhong yi qi")
        self.page.until_text("Bǔ Zhōng Yì Qì", "main tbody")
        self.fits("formulas")

    def test_a_rule_is_tried_before_it_begins(self):
        self.go("#/prices/rules")
        self.page.until_text("No price rules", "main")
        self.open_box()
        self.page.fill(".price-rule", name="Pots", price_cents="a lot", per_quantity="1")
        self.page.press(".price-rule", "See what it changes")
        self.page.until_text("is no item: choose one", ".price-rule .field-error")
        self.choose_item(POT)
        self.page.press(".price-rule", "See what it changes")
        self.page.until_text("“a lot” is no sum", ".price-rule .field-error")
        self.page.fill(".price-rule", price_cents="4.50", valid_from="12312031", valid_until="12302031")
        self.page.press(".price-rule", "See what it changes")
        self.page.until_text("is not before valid_from", ".price-rule .field-error")
        self.page.script("for (const day of document.querySelectorAll('.price-rule [type=date]')) day.value = ''")
        self.page.press(".price-rule", "See what it changes")
        self.page.until_text("0 dearer, 1 cheaper", ".price-tried")
        self.page.until_text("$34.99", f"[data-tried='{POT}']")
        self.page.until_text("below cost", f"[data-tried='{POT}']")
        self.assertEqual(self.rules(), [])
        self.fits("a rule that is tried")
        self.page.fill(".price-rule", price_cents="30")
        self.page.until_gone(".price-tried .card-box")
        self.page.press(".price-rule", "See what it changes")
        self.page.until_text("$30.00", f"[data-tried='{POT}']")
        self.page.until(lambda: self.page.focused().text == "Begin this rule", "the way on has the focus")
        self.page.focused().send_keys(Keys.ENTER)
        self.page.until_text("“Pots” makes prices", ".done-note")
        self.page.until_text("$30.00 for 1 pcs", "main tbody")
        self.assertEqual([(rule["price_cents"], rule["per_quantity"]) for rule in self.rules()], [(3000, 1)])

    def test_a_rule_for_many_takes_the_place_of_another_and_ends(self):
        self.staff.ask("PUT", "/customer-groups/members", {"name": "Members"})
        old = self.staff.ask("POST", "/price-rules", {"name": "Raw herbs", "kind": "markup", "markup_basis_points": 9000, "item_kind": "raw"})
        self.go("#/prices/rules")
        self.page.until_text("cost and 90 %", f"[data-rule='{old['id']}']")
        self.page.press(f"[data-rule='{old['id']}']", "Change")
        self.page.press(".price-box", "Cancel")
        self.page.until_text("New price rule", ".price-box summary")
        self.page.press(f"[data-rule='{old['id']}']", "Change")
        self.assertEqual(self.page.find(".price-rule [name=name]").get_attribute("value"), "Raw herbs")
        self.assertFalse(self.page.find(".price-rule [name=price_cents]").is_displayed())
        self.page.fill(".price-rule", markup_basis_points="50", priority="3")
        self.page.find(".price-rule [name=priority]").send_keys(Keys.ENTER)
        self.page.until_text("cheaper", ".price-tried")
        self.page.until_text("Raw herbs", ".price-tried tbody")
        self.page.press(".price-tried", "Look at one item")
        self.choose_item("G-HUANG-QI", ".price-tried")
        self.page.until_text("the rule does not hold for it", "[data-tried='G-HUANG-QI']")
        self.page.press(".price-tried", "Put it in its place")
        self.page.until_text("cost and 50 %", "main tbody")
        self.page.until_gone(f"[data-rule='{old['id']}']")
        self.page.press(".price-box", "New price rule")
        self.page.fill(".price-rule", name="All by the gram", kind="per_gram", price_cents="0.20", customer_group="members")
        self.page.press(".price-rule", "See what it changes")
        self.page.until_text("G-BA-JI-TIAN", ".price-tried")
        self.page.press(".price-tried", "Below cost")
        self.page.until_gone("[data-tried='G-BA-JI-TIAN']")
        self.assertEqual(len(self.page.all(".price-tried tbody tr")), len(self.page.all(".price-tried .price-below")))
        now = self.rules()
        self.assertEqual([(rule["markup_basis_points"], rule["priority"], rule["item_kind"]) for rule in now], [(5000, 3, "raw")])
        row = f"[data-rule='{now[0]['id']}']"
        self.page.press(row, "End")
        self.page.press(row, "It ends now")
        self.page.until_text("“Raw herbs” has ended", ".done-note")
        self.page.until_text("No price rules", "main")
        self.page.press("main", "Ended ones too")
        self.page.until_text("ended", f"[data-rule='{old['id']}']")
        self.assertFalse(self.page.all(f"{row} button"))

    def test_fees(self):
        self.go("#/prices/fees")
        self.open_box()
        self.page.press(".price-box", "Charge this fee")
        self.page.until_text("Must be filled in", ".price-box .field-error")
        self.assertFalse(self.page.find(".price-box [name=unit_mg]").is_displayed())
        self.page.fill(".price-box", name="Filling capsules", amount_cents="0.03", per="unit", unit_mg="half a gram", dosage_form="capsule")
        self.page.press(".price-box", "Charge this fee")
        self.page.until_text("must be a decimal number", ".price-box .field-error")
        self.page.fill(".price-box", unit_mg="0.5 g", tax_category="herb")
        self.page.press(".price-box", "Charge this fee")
        self.page.until_text("$0.03 for each 0.5 g", "main tbody")
        self.fits("fees")
        self.page.press("main tbody", "Change")
        self.page.fill(".price-box", amount_cents="0.04")
        self.page.press(".price-box", "Put it in its place")
        self.page.until_text("$0.04 for each 0.5 g", "main tbody")
        fees = self.staff.ask("GET", "/fees")["rows"]
        self.assertEqual([(fee["amount_cents"], fee["unit_mg"], fee["dosage_form"], fee["tax_category"]) for fee in fees], [(4, 500, "capsule", "herb")])
        self.page.press("main tbody", "End")
        self.page.press("main tbody", "It ends now")
        self.page.until_text("No fees", "main")

    def test_groups_taxes_and_settings(self):
        self.go("#/prices/groups")
        self.open_box()
        self.page.fill(".price-box", customer_group="Old Friends", name="Old friends")
        self.page.press(".price-box", "Add it")
        self.page.until_text("is 1 to 40 of a-z", ".price-box .field-error")
        self.page.fill(".price-box", customer_group="friends")
        self.page.press(".price-box", "Add it")
        self.page.until_text("it pays what everybody pays", "[data-group=friends]")
        self.page.click(self.page.find("[data-group=friends] a"))
        self.page.until(lambda: self.page.find(".price-rule [name=customer_group]").get_attribute("value") == "friends", "the group in the form")
        self.page.fill(".price-rule", name="A tenth less", kind="off", off_basis_points="10 %")
        self.page.press(".price-rule", "See what it changes")
        tried = self.staff.ask("POST", "/price-rules/dry-run", {"name": "A tenth less", "kind": "off", "off_basis_points": 1000, "customer_group": "friends"})
        self.assertGreater(tried["cheaper"], 500)
        self.page.until_text(f"0 dearer, {tried['cheaper']} cheaper", ".price-tried")
        self.page.press(".price-tried", "Begin this rule")
        self.page.until_text("10 % off the own price", "main tbody")
        self.page.until_text("for Old friends", "main tbody")
        self.go("#/prices/groups")
        self.out_of_use("[data-group=friends]")
        self.page.until_text("price_rules: “1” hold for it: end them first", "[data-group=friends] .form-message")
        self.staff.ask("POST", f"/price-rules/{self.rules()[0]['id']}/end")
        self.go("#/prices/groups")
        self.out_of_use("[data-group=friends]")
        self.page.until_text("It is out of use now", ".done-note")
        self.page.until_gone("[data-group=friends]")
        self.page.press("main", "Also what is out of use")
        self.page.until_text("out of use", "[data-group=friends] .tag")
        self.fits("groups out of use")
        self.go("#/prices/rules")
        self.open_box()
        self.assertNotIn("friends", [option.get_attribute("value") for option in self.page.find(".price-rule [name=customer_group]").find_elements("tag name", "option")])
        self.staff.ask("POST", "/customer-groups/friends/retired", {"retired": False})
        self.go("#/prices/taxes")
        self.page.until_text("Administrators change taxes", "main")
        self.assertFalse(self.page.all("main summary"))
        self.sign_in_as("admin")
        self.go("#/prices/taxes")
        self.open_box()
        self.page.fill(".price-box", tax_category="herb", name="Books", rate_basis_points="8,25")
        self.page.press(".price-box", "Add it")
        self.page.until_text("is there already", ".price-box .field-error")
        self.page.fill(".price-box", tax_category="book")
        self.page.press(".price-box", "Add it")
        self.page.until_text("8.25 %", "[data-tax=book]")
        self.page.press("[data-tax=book]", "Change")
        self.page.fill("[data-tax=book]", rate_basis_points="101")
        self.page.press("[data-tax=book]", "Save")
        self.page.until_text("10000", "[data-tax=book] .field-error")
        self.page.fill("[data-tax=book]", rate_basis_points="0")
        self.page.press("[data-tax=book]", "Save")
        self.page.until_text("“Books” is set", ".done-note")
        self.page.until_text("0 %", "[data-tax=book]")
        self.out_of_use("[data-tax=herb]")
        self.page.until_text("are taxed by it: give them another tax category first", "[data-tax=herb] .form-message")
        self.fits("taxes")
        self.out_of_use("[data-tax=book]")
        self.page.until_gone("[data-tax=book]")
        self.page.press("main", "Also what is out of use")
        self.page.until_text("out of use", "[data-tax=book] .tag")
        self.page.press("[data-tax=book]", "Use it again")
        self.page.press("[data-tax=book]", "Yes, back into use")
        self.page.until_text("It is in use again", ".done-note")
        self.page.press("main", "Change how the shop sells")
        self.page.fill("main", quote_minutes="45")
        self.page.press("main .part .stop-tool", "Save")
        self.page.until_text("45 minutes", "main .property-strip")
        self.assertEqual(Person(self.service, "admin").ask("GET", "/sale-settings")["quote_minutes"], 45)
        Person(self.service, "admin").ask("PUT", "/sale-settings", {"tax_included": False, "handover_needs_payment": False, "quote_minutes": 30, "drawer_limit_cents": 500})

    def test_who_may_not_change_prices_sees_them(self):
        self.rule(price_cents=3000)
        self.sign_in_as("mei.lin")
        self.go("#/setup")
        self.page.click(self.page.find("a.thing[href='#/prices']"))
        self.page.until_text(f"Items: {self.prices()['all']}", ".browse-count")
        self.go("#/prices/rules")
        self.page.until_text("$30.00 for 1 pcs", "main tbody")
        self.assertFalse(self.page.all("main tbody button, .price-box"))
        self.page.until_text("staff and administrators change prices", "main")
