"""The shop counter with a scanner: the sale from the first scan to the change and the next customer, a promo code that explains itself,
cash that wants an open drawer, a sale set aside, money given back, and the drawer counted by two people."""
import os
import re
import shutil
import sys
import tempfile

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from order import Person, drop_order, make_order
from service import ROOT
from shop import PageTest
from test_lots import deliver

sys.path.insert(0, os.path.join(ROOT, "tests", "support"))
from raw_port import Port  # noqa: E402 pylint: disable=wrong-import-position

GTIN = "09527000009990"
KEPT = ("name", "name_hanzi", "preparation", "price_cents", "price_per_quantity", "home", "reorder_quantity", "tax_category", "pack_quantity")
PATCH, TEA = "09527000001567", "S-GINGER-TEA"


class CounterTest(PageTest):
    user = "sam.ortiz"

    def setUp(self):
        super().setUp()
        self.staff = Person(self.service, self.user)

    def open(self, address="#/counter", words="New sale"):
        self.page.go(address)
        self.page.until_text(words, "main h1")

    def scan(self, text):
        self.page.find(".scan-input").send_keys(text, Keys.ENTER)

    def on_ticket(self, sku, words=""):
        return self.page.until(lambda: words in self.page.text(f".counter-lines [data-sku='{sku}']") and self.page.all(f".counter-lines [data-sku='{sku}']"), f"{sku} {words}")

    def quantity(self, sku, text):
        field = f".counter-lines [data-sku='{sku}'] .counter-quantity"
        self.page.until(lambda: self.page.find(field).get_attribute("value") == text, f"{text} of {sku}")

    def focus_on(self, test, what):
        return self.page.until(lambda: test(self.page.focused()) and self.page.focused(), f"the focus on {what}")

    def box_has_focus(self):
        self.focus_on(lambda node: "scan-input" in node.get_attribute("class"), "the box")

    def drawer(self):
        """The drawer of register main is open."""
        if not self.open_drawer():
            self.staff.ask("POST", "/drawers", {"register": "main", "float_cents": 10000})

    def open_drawer(self):
        return next((one for one in self.staff.ask("GET", "/drawers")["rows"] if one["register"] == "main" and one["state"] == "open"), None)

    def close_drawer(self):
        """By as much as should be in it."""
        drawer = self.open_drawer()
        if drawer:
            self.staff.ask("POST", f"/drawers/{drawer['id']}/close", {"counts": [{"denomination_cents": 1, "pieces": drawer["expected_cents"]}]})

    def number(self):
        """Of the ticket in hand."""
        return int(self.page.until(lambda: self.page.script("return /^#\\/counter\\/(\\d+)$/.exec(location.hash)?.[1]"), "a ticket in the address"))


class Sale(CounterTest):
    def test_a_look_at_the_sale_that_comes_late_covers_no_line(self):
        """Stock moves elsewhere, the sale is read again, and the answer takes its time: what is scanned meanwhile stays."""
        self.open()
        self.scan(PATCH)
        self.on_ticket("S-TIGER-BALM-PATCH", "Lot ")
        self.page.script("""
            const real = window.fetch;
            window.looks = [0, 0];
            window.fetch = async (path, options) => {
                const look = options.method === 'GET' && /tickets\\/\\d+$/.test(path);
                if (look) window.looks[0] += 1;
                const answer = await real(path, { ...options, signal: undefined });
                if (look) await new Promise((done) => setTimeout(done, 1500));
                if (look) window.looks[1] += 1;
                return answer;
            };
        """)
        ticket = self.number()
        self.addCleanup(self.staff.ask, "POST", f"/tickets/{ticket}/cancel")
        deliver(self.service, f"LATE-{ticket}")
        self.page.until(lambda: self.page.script("return window.looks[0] > window.looks[1]"), "a look under way")
        self.scan(TEA)
        self.on_ticket(TEA)
        self.page.until(lambda: self.page.script("return window.looks[0] > 0 && window.looks[0] === window.looks[1]"), "no look under way")
        self.assertEqual(len(self.page.all(".counter-lines [data-sku]")), 2)

    def test_from_the_first_scan_to_the_change_and_the_next_customer(self):
        """By the keyboard alone, as a scanner and one hand do it."""
        self.close_drawer()
        order = make_order(self.service, upto="entered")
        self.addCleanup(drop_order, self.service, order)
        self.open()
        self.box_has_focus()
        self.scan(PATCH)
        self.on_ticket("S-TIGER-BALM-PATCH", "Lot ")
        self.scan(f"3 x {TEA}")
        self.quantity(TEA, "3")
        self.scan(TEA)
        self.quantity(TEA, "4")
        self.assertEqual(len(self.page.all(f".counter-lines [data-sku='{TEA}']")), 1)
        self.scan(f"20261122-{order:06}")
        self.page.until_text(f"Compounded order #{order}", ".counter-lines")
        self.box_has_focus()
        self.scan("")
        given = self.focus_on(lambda node: node.get_attribute("name") == "given-0", "what was handed over")
        given.send_keys("200", Keys.ENTER)
        self.page.until_text("has no open drawer", ".counter-tenders .form-message")
        self.assertEqual(self.page.find("input[name=given-0]").get_attribute("value"), "200")
        self.drawer()
        given = self.page.find("input[name=given-0]")
        given.clear()
        given.send_keys("1", Keys.ENTER)
        self.page.until_text("is what is asked, or more in cash", ".counter-tenders .field-error")
        given = self.page.find("input[name=given-0]")
        given.clear()
        given.send_keys("a lot", Keys.ENTER)
        self.page.until_text("is no sum", ".counter-tenders .field-error")
        given.clear()
        given.send_keys("200.00", Keys.ENTER)
        self.page.until_text("Change", ".counter-change")
        sold = self.staff.ask("GET", f"/tickets/{self.number()}")
        tender = sold["tenders"][0]
        self.assertEqual((sold["ticket"]["state"], tender["kind"], tender["given_cents"]), ("paid", "cash", 20000))
        self.assertIn(f"{tender['change_cents'] / 100:.2f}", self.page.text(".counter-change-sum"))
        self.focus_on(lambda node: "Next customer" in node.text, "the next customer").send_keys(Keys.ENTER)
        self.page.until_text("New sale", "main h1")
        self.box_has_focus()

    def test_what_is_no_product_may_be_a_name_and_what_is_weighed_asks_how_much(self):
        item = next(row for row in self.staff.ask("GET", "/items?q=R-HUANG-QI")["rows"] if row["sku"] == "R-HUANG-QI")
        self.staff.ask("PUT", f"/items/{item['id']}", {**{key: item[key] for key in KEPT if item[key] is not None}, "gtin": GTIN})
        self.addCleanup(self.staff.ask, "PUT", f"/items/{item['id']}", {key: item[key] for key in KEPT if item[key] is not None and key != "version"})
        self.open()
        self.scan(f"(01){GTIN}(3103)000250")
        self.quantity("R-HUANG-QI", "250 g")
        self.page.click(self.page.find("[data-sku=R-HUANG-QI] .entry-remove"))
        self.page.until_text("Nothing on the ticket", "main")
        self.scan("no such thing 123")
        self.page.until_text("is no product, lot or code", ".scan-wrong")
        self.scan("huang qi")
        self.page.until_text("left · until", ".counter-choices")
        self.box_has_focus()
        for _ in range(20):
            self.page.keys(Keys.ARROW_DOWN)
            if self.page.focused().get_attribute("data-sku") == "R-HUANG-QI":
                break
        self.page.keys(Keys.ENTER)
        self.page.until_text("How much of Huáng Qí", ".scan-label")
        self.scan("2 liang")
        self.page.until_text("does not say whose liang", ".scan-wrong")
        self.scan("1 oz")
        self.quantity("R-HUANG-QI", "28.35 g")
        field = self.page.find("[data-sku=R-HUANG-QI] .counter-quantity")
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys("heavy", Keys.ENTER)
        self.page.until_text("is no weight", ".scan-wrong")
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys("50 g", Keys.ENTER)
        self.quantity("R-HUANG-QI", "50 g")
        self.page.click(self.page.button("Undo"))
        self.quantity("R-HUANG-QI", "28.35 g")
        self.page.click(self.page.find("[data-sku=R-HUANG-QI] .entry-remove"))
        self.page.until_text("Nothing on the ticket", "main")
        self.page.click(self.page.button("Undo"))
        self.quantity("R-HUANG-QI", "28.35 g")
        self.fits("a sale")
        self.staff.ask("POST", f"/tickets/{self.number()}/cancel")

    def test_a_lot_that_may_not_be_sold_is_refused_and_what_is_short_is_said_at_its_line(self):
        pharmacist = Person(self.service, "mei.lin")
        item = next(row for row in self.staff.ask("GET", "/items?q=S-MUSLIN-BAG")["rows"] if row["sku"] == "S-MUSLIN-BAG")
        lot = self.staff.ask("GET", f"/lots?item={item['id']}")["rows"][0]
        pharmacist.ask("POST", f"/lots/{lot['id']}/status", {"status": "held", "reason": "smells of damp"})
        self.open()
        try:
            self.scan(f"YAOFANG-LOT-{lot['id']}")
            self.page.until_text("may not be sold", ".scan-wrong")
            self.scan("(01)09527000002106(10)NOT-HERE")
            self.page.until_text("but not its lot NOT-HERE", ".scan-wrong")
        finally:
            pharmacist.ask("POST", f"/lots/{lot['id']}/status", {"status": "released", "reason": "dry after all"})
        self.scan(f"YAOFANG-LOT-{lot['id']}")
        self.on_ticket("S-MUSLIN-BAG")
        field = self.page.find("[data-sku=S-MUSLIN-BAG] .counter-quantity")
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys("9999", Keys.ENTER)
        self.page.until_text("Not everything on the ticket", ".counter-pay")
        self.box_has_focus()
        self.scan("")
        self.page.until_text("of 9999 can be had", "[data-sku=S-MUSLIN-BAG] .counter-wrong")
        self.staff.ask("POST", f"/tickets/{self.number()}/cancel")


    def test_a_scan_whose_answer_is_lost_is_sent_again_and_counts_once(self):
        """The service acts, and what it says never arrives."""
        self.open()
        self.scan(TEA)
        self.quantity(TEA, "1")
        self.page.script("""
            const really = window.fetch;
            window.fetch = async (...asked) => {
                const answer = await really(...asked);
                if (!String(asked[0]).endsWith('/lines')) return answer;
                window.fetch = really;
                throw new TypeError('lost');
            };""")
        self.scan(PATCH)
        self.page.until_text("it is never added twice", ".scan-wrong")
        self.assertEqual(self.page.find(".scan-input").get_attribute("value"), PATCH)
        self.page.find(".scan-input").send_keys(Keys.ENTER)
        self.on_ticket("S-TIGER-BALM-PATCH")
        self.quantity("S-TIGER-BALM-PATCH", "1")
        self.staff.ask("POST", f"/tickets/{self.number()}/cancel")


class Refused(CounterTest):
    def test_refusals_are_said_in_the_reader_s_language(self):
        self.close_drawer()
        self.open()
        self.page.choose_language("简体中文")
        self.page.until_text("新销售", "main h1")
        self.scan(PATCH)
        self.on_ticket("S-TIGER-BALM-PATCH")
        self.page.find("input[name=code]").send_keys("elsewhere5", Keys.ENTER)
        self.page.until_text("“elsewhere5”不是本店优惠码", ".counter-promo .field-error")
        self.scan(f"9999 x {PATCH}")
        self.quantity("S-TIGER-BALM-PATCH", "10000")
        self.scan("")
        self.page.until_text("数量不足：需 10000，仅有", ".counter-lines .counter-wrong")
        self.page.until(lambda: re.search(r"（批次 \S+ 余 \d+[^a-z]*）", self.page.text(".counter-lines .counter-wrong")), "the lots in Chinese")
        field = self.page.find("[data-sku=S-TIGER-BALM-PATCH] .counter-quantity")
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys("1", Keys.ENTER)
        self.quantity("S-TIGER-BALM-PATCH", "1")
        self.box_has_focus()
        self.scan("")
        self.focus_on(lambda node: node.get_attribute("name") == "given-0", "what was handed over").send_keys("200", Keys.ENTER)
        self.page.until_text("未开钱箱", ".counter-tenders .form-message")
        self.drawer()
        given = self.page.find("input[name=given-0]")
        given.clear()
        given.send_keys("1", Keys.ENTER)
        self.page.until_text("须等于应付金额，现金可多付", ".counter-tenders .field-error")
        self.page.choose_language("繁體中文")
        self.page.find("input[name=given-0]").send_keys("1", Keys.ENTER)
        self.page.until_text("須等於應付金額，現金可多付", ".counter-tenders .field-error")
        self.page.choose_language("English")
        self.staff.ask("POST", f"/tickets/{self.number()}/cancel")

    def test_each_rule_finds_its_own_words(self):
        """Also with its places filled: no rule's words stand for another's."""
        self.page.choose_language("简体中文")
        wrong, several = self.page.driver.execute_async_script("""
            const done = arguments[0];
            Promise.all([import('/rules.js'), import('/strings/rules.js')]).then(([{ ruleText }, { rules }]) => {
                const fill = (text) => text.replace(/\\{(\\d)\\}/g, (_, n) => `7${n}`);
                const wrong = Object.entries(rules).filter(([rule, [words]]) => ruleText(fill(rule)) !== fill(words)).map(([rule]) => [rule, ruleText(fill(rule))]);
                done([wrong, ruleText('is short: 1 of 9 can be had (lot A is expired; lot B has 1 left)')]);
            });""")
        self.page.choose_language("English")
        self.assertEqual((wrong, several), ([], "数量不足：需 9，仅有 1（批次 A 已过期；批次 B 余 1）"))


class Promo(CounterTest):
    def try_code(self, code):
        field = self.page.find("input[name=code]")
        field.clear()
        field.send_keys(code, Keys.ENTER)

    def test_a_code_says_line_by_line_what_it_does_or_why_not(self):
        self.open()
        self.scan(TEA)
        self.on_ticket(TEA)
        self.scan(PATCH)
        self.on_ticket("S-TIGER-BALM-PATCH")
        self.try_code("elsewhere5")
        self.page.until_text("is no promo code of this shop", ".counter-promo .field-error")
        self.try_code("tea2")
        self.page.until_text("TEA2", ".counter-trial")
        self.assertIn("does nothing", self.page.text(".counter-trial"))
        self.page.click(self.page.button("Put it on all the same"))
        self.page.until(lambda: not self.page.all(".counter-trial") and self.page.all("[data-code=TEA2]"), "TEA2 on the ticket")
        self.box_has_focus()
        self.scan(f"4 x {TEA}")
        self.page.until_text("−$2.00", "[data-code=TEA2]")
        self.page.click(self.page.find("[data-code=TEA2] summary"))
        self.assertIn("not among Teas and foods", self.page.text("[data-code=TEA2]"))
        self.page.click(self.page.find("[data-code=TEA2] .entry-remove"))
        self.page.until_gone("[data-code=TEA2]")
        self.try_code("tcmheal5")
        self.page.until_text("TCMHEAL5 is on the ticket", ".scan-said")
        self.page.until_text("Promo codes", ".counter-sums")
        self.staff.ask("POST", f"/tickets/{self.number()}/cancel")


    def test_reasons_are_said_in_the_reader_s_language(self):
        """No English is left of what the service says of prices and codes: only names, codes and the shop's own words."""
        rule = self.staff.ask("POST", "/price-rules", {"name": "R-1", "kind": "fixed", "sku": "S-CLAY-POT", "price_cents": 2999, "per_quantity": 1})["id"]
        self.addCleanup(self.staff.ask, "POST", f"/price-rules/{rule}/end")
        order = make_order(self.service, upto="entered")
        self.addCleanup(drop_order, self.service, order)
        lines = [{"what": PATCH}, {"what": TEA}, {"what": "S-CLAY-POT"}, {"order_id": order}]
        for codes, said in ((["TEA2", "WELCOME10", "SPRING15", "NEXTMONTH"],
                             {"English": ("fixed price: rule", "begins at $20.00", "say who the customer is", "ended on", "begins on"),
                              "简体中文": ("固定价：规则", "满 US$20.00 起用", "请填写顾客", "到期", "起可用"),
                              "繁體中文": ("固定價：規則", "滿 US$20.00 起用", "請填寫顧客", "到期", "起可用")}),
                            (["TCMHEAL5", "TEA2"],
                             {"English": ("5 % of $", "does not combine with TCMHEAL5"),
                              "简体中文": (" 的 5 %：减 US$", "不可与 TCMHEAL5 同用"),
                              "繁體中文": (" 的 5 %：減 US$", "不可與 TCMHEAL5 同用")})):
            ticket = self.staff.ask("POST", "/tickets", {"lines": lines, "codes": codes})["ticket"]["id"]
            self.addCleanup(self.staff.ask, "POST", f"/tickets/{ticket}/cancel")
            self.open(f"#/counter/{ticket}", "Sale")
            for language, words in said.items():
                self.page.choose_language(language)
                self.reads(codes, words, language != "English")
            self.fits("a ticket with codes")
            self.page.choose_language("English")

    def reads(self, codes, words, chinese):
        """The reasons hold the words; in Chinese nothing else but what has no translation."""
        where = ".counter-code > .quiet, .counter-effects .quiet, .counter-pay .next-why, .counter-lines .row-below"
        def opened():
            for summary in self.page.all(".counter-code details:not([open]) summary"):
                self.page.click(summary)
            return all(one in self.page.text(where) for one in words)
        self.page.until(opened, words)
        text = self.page.text(where)
        for known in (*codes, "Teas and foods", "US$", "TCMHEAL5", *re.findall(r"[A-Z]+(?:-[A-Z0-9]+)+", text)):
            text = text.replace(known, "")
        self.assertEqual(re.findall(r"[A-Za-z]{3,}", text) if chinese else [], [], text)

    def test_a_code_once_per_customer_asks_who_and_knows_who_had_it(self):
        code = self.staff.ask("POST", "/promo-codes", {"code": f"once{os.getpid()}", "percent_basis_points": 1000, "max_uses_per_customer": 1})["code"]
        self.addCleanup(self.staff.ask, "POST", f"/promo-codes/{code}/end")
        patient = self.staff.ask("GET", "/patients?q=D-0001")["rows"][0]["id"]
        path = f"/tickets/{self.staff.ask('POST', '/tickets', {'patient_id': patient, 'lines': [{'what': PATCH}], 'codes': [code]})['ticket']['id']}"
        total = self.staff.ask("POST", f"{path}/quote")["ticket"]["total_cents"]
        self.staff.ask("POST", f"{path}/payment", {"total_cents": total, "tenders": [{"kind": "card"}]})
        self.open()
        self.scan(PATCH)
        self.on_ticket("S-TIGER-BALM-PATCH")
        self.try_code(code)
        self.page.until_text("customer", ".counter-trial")
        self.page.click(self.page.button("Put it on all the same"))
        self.page.until_text(f"{code} does nothing", ".counter-pay")
        self.page.find("input[name=patient_id]").send_keys("D-0001")
        self.page.until_text("D-0001", ".rx-patients")
        self.page.click(self.page.find(".rx-patients button"))
        self.page.until_text("D-0001", ".counter-who")
        self.page.until_text("as often as it may", f"[data-code={code}]")
        self.page.click(self.page.find(".counter-who button"))
        self.page.until_gone(".counter-who")
        self.box_has_focus()
        self.page.find("input[name=patient_id]").send_keys("D-0002")
        self.page.until_text("D-0002", ".rx-patients")
        self.page.click(self.page.find(".rx-patients button"))
        self.page.until_text("−$0.80", f"[data-code={code}]")
        self.assertNotIn("does nothing", self.page.text(".counter-pay"))
        self.staff.ask("POST", f"/tickets/{self.number()}/cancel")


    def test_a_code_is_added_changed_and_ended(self):
        name = f"PAGE{os.getpid()}"
        self.open("#/counter/codes", "Promo codes")
        self.page.until_text("5 % off at Arcana Herbs Shop", "[data-code=TCMHEAL5]")
        self.page.click(self.page.find(".promo-new summary"))
        self.fill("code", name.lower())
        self.fill("percent_basis_points", "lots")
        self.page.click(self.page.button("Add it"))
        self.page.until_text("is no percentage", ".promo-new .field-error")
        self.fill("percent_basis_points", "7.5")
        self.fill("amount_cents", "2")
        self.fill("include", "grocery;moonshine")
        self.page.click(self.page.button("Add it"))
        self.page.until_text("or amount_cents must be given, not both", ".promo-new .field-error")
        self.page.until_text("“moonshine” is no SKU", ".promo-new .field-error")
        self.fits("promo codes")
        self.fill("amount_cents", "")
        self.fill("include", "")
        chosen = self.page.find(".promo-new [name=include]").find_element("xpath", "..")
        self.page.click(chosen.find_element("css selector", "summary"))
        Select(chosen.find_element("css selector", "select")).select_by_visible_text("Teas and foods")
        chosen.find_element("css selector", "[name=item]").send_keys("S-CLAY-POT")
        self.page.click(self.page.find(".promo-new [data-sku=S-CLAY-POT]"))
        self.page.until(lambda: self.page.find(".promo-new [name=include]").get_attribute("value") == "grocery;S-CLAY-POT", "what was chosen")
        self.page.click(self.page.button("Add it"))
        self.page.until_text(name, "main h1")
        self.assertIn("only Teas and foods, S-CLAY-POT", self.page.text("main .bullets"))
        self.page.press("main", "Try it")
        for sku in ("S-GINGER-TEA", "S-TIGER-BALM-PATCH"):
            self.page.find(".promo-try [name=item]").send_keys(sku)
            self.page.click(self.page.find(f".promo-try [data-sku={sku}]"))
        self.page.find("[data-line=S-GINGER-TEA] input").send_keys(Keys.BACKSPACE, "two")
        self.page.press(".promo-try", "What would it take off?")
        self.page.until_text("“two”", "[data-line=S-GINGER-TEA] .field-error")
        self.page.find("[data-line=S-GINGER-TEA] input").send_keys(*[Keys.BACKSPACE] * 3, "2")
        self.page.press(".promo-try", "What would it take off?")
        self.page.until_text("−$0.90", ".promo-tried .counter-code-head")
        self.page.click(self.page.find(".promo-tried summary"))
        self.page.until_text("7.5 % of $11.98", ".promo-tried")
        self.page.until_text("not among", ".promo-tried")
        self.fits("a code that is tried")
        self.assertEqual(self.staff.ask("GET", f"/promo-codes/{name}")["percent_basis_points"], 750)
        self.page.click(self.page.find(".promo-change summary"))
        self.fill("max_uses", "3")
        self.fill("change_note", "the first three")
        self.page.click(self.page.button("These are its terms now"))
        self.page.until_text("at most 3 times", "main .bullets")
        self.page.until_text("the first three", ".version-now")
        self.fits("a promo code")
        self.page.click(self.page.find(".promo-end summary"))
        self.page.click(self.page.button("works no more"))
        self.page.until_text("ended", "main h1")
        self.assertEqual(self.page.all(".promo-change"), [])

    def fill(self, name, text):
        field = self.page.find(f"main [name={name}]")
        field.clear()
        field.send_keys(text)


class Aside(CounterTest):
    def test_a_sale_is_set_aside_taken_up_again_and_paid_by_two_ways(self):
        self.drawer()
        self.open()
        self.scan(f"2 x {TEA}")
        self.quantity(TEA, "2")
        number = self.number()
        self.page.find("input[name=patient_id]").send_keys("D-0003")
        self.page.until_text("D-0003", ".rx-patients")
        self.page.click(self.page.find(".rx-patients button"))
        self.page.until_text("D-0003", ".counter-who")
        self.page.click(self.page.button("Set aside"))
        self.page.until_text(f"Sale #{number} is set aside", ".scan-said")
        self.page.click(self.page.until(lambda: [one for one in self.page.all("a.counter-choice") if f"#{number} " in one.text][0], "it in the list"))
        self.page.until_text(f"Sale #{number}", "main h1")
        self.quantity(TEA, "2")
        self.scan("")
        self.page.click(self.page.button("Split the payment"))
        self.fits("a payment by two ways")
        self.page.find("input[name=amount-0]").send_keys("5")
        self.page.find("input[name=amount-1]").send_keys("5")
        self.page.find("input[name=reference-1]").send_keys("SLIP-7", Keys.ENTER)
        self.page.until_text("do not come to the total", ".counter-tenders .form-message")
        self.page.find("input[name=amount-1]").clear()
        self.page.find("input[name=reference-1]").send_keys(Keys.ENTER)
        self.page.find("main h1 .ticket-paid")
        self.page.find(".counter-receipt form")
        self.fits("a paid sale")
        tenders = self.staff.ask("GET", f"/tickets/{number}")["tenders"]
        self.assertEqual([(one["kind"], one["amount_cents"], one["reference"]) for one in tenders][0][:2], ("cash", 500))
        self.assertEqual((tenders[1]["kind"], tenders[1]["reference"]), ("card", "SLIP-7"))


    def test_a_sale_that_is_paid_elsewhere_is_shown_as_paid(self):
        self.drawer()
        self.open()
        self.scan(TEA)
        self.quantity(TEA, "1")
        self.scan("")
        given = self.focus_on(lambda node: node.get_attribute("name") == "given-0", "what was handed over")
        total = self.staff.ask("GET", f"/tickets/{self.number()}")["ticket"]["total_cents"]
        self.staff.ask("POST", f"/tickets/{self.number()}/payment", {"total_cents": total, "tenders": [{"kind": "card"}]})
        given.send_keys(Keys.ENTER)
        self.page.find("main h1 .ticket-paid")
        self.page.until_text("it is paid", ".scan-wrong")

    def test_the_price_of_a_group_and_a_price_that_changed_since_it_was_told(self):
        self.staff.ask("PUT", "/customer-groups/members", {"name": "Members"})
        rule = self.staff.ask("POST", "/price-rules", {"name": "Members' pots", "kind": "fixed", "sku": "S-CLAY-POT", "price_cents": 3000,
                                                       "per_quantity": 1, "customer_group": "members"})["id"]
        self.open()
        self.scan("S-CLAY-POT")
        self.on_ticket("S-CLAY-POT", "$34.99")
        Select(self.page.find("select[name=customer_group]")).select_by_visible_text("Members")
        self.on_ticket("S-CLAY-POT", "$30.00")
        self.assertIn("Members' pots", self.page.text("[data-sku=S-CLAY-POT]"))
        self.box_has_focus()
        self.scan("")
        self.page.click(self.page.find("[data-kind=card]"))
        self.staff.ask("POST", f"/price-rules/{rule}/end")
        self.page.find("input[name=reference-0]").send_keys(Keys.ENTER)
        self.page.until_text("quote again", ".counter-tenders .form-message")
        self.page.click(self.page.button("Ask the price again"))
        self.on_ticket("S-CLAY-POT", "$34.99")
        self.page.until(lambda: self.page.all(".counter-quoted [data-kind=card]"), "the ways to pay")
        self.page.click(self.page.find("[data-kind=card]"))
        self.page.find("input[name=reference-0]").send_keys(Keys.ENTER)
        self.page.find("main h1 .ticket-paid")

    def test_a_receipt_goes_to_the_printer_of_this_workstation(self):
        port = Port(most=1 << 20, times=2)
        admin = Person(self.service, "admin")
        admin.ask("POST", "/printers", {"code": "TILL-1", "uri": port.uri, "format": "escpos", "dpi": 203, "media_width_um": 80000})
        self.addCleanup(admin.ask, "POST", "/printers/TILL-1/removal")
        self.open()
        self.scan(TEA)
        self.quantity(TEA, "1")
        self.scan("")
        self.page.click(self.page.find("[data-kind=card]"))
        self.page.find("input[name=reference-0]").send_keys(Keys.ENTER)
        self.page.find("main h1 .ticket-paid")
        self.page.find(".counter-receipt input[name=station]").send_keys("-counter")
        self.page.click(self.page.button("Print here from now on"))
        self.page.click(self.page.button("Print on TILL-1"))
        self.page.until_text("Sent to TILL-1", ".counter-receipt")
        self.assertTrue(port.took and len(port.took[-1]) > 1000, "the receipt's dots")

    def test_a_receipt_that_lacks_what_the_rules_ask_for_wants_a_reason(self):
        admin = Person(self.service, "admin")
        pot = next(row for row in self.staff.ask("GET", "/items?q=S-CLAY-POT")["rows"] if row["sku"] == "S-CLAY-POT")
        kept = {key: pot[key] for key in (*KEPT, "gtin") if pot[key] is not None}
        self.staff.ask("PUT", f"/items/{pot['id']}", {key: value for key, value in kept.items() if key != "name_hanzi"})
        self.addCleanup(self.staff.ask, "PUT", f"/items/{pot['id']}", kept)
        path = f"/tickets/{self.staff.ask('POST', '/tickets', {'lines': [{'what': 'S-CLAY-POT'}]})['ticket']['id']}"
        total = self.staff.ask("POST", f"{path}/quote")["ticket"]["total_cents"]
        number = self.staff.ask("POST", f"{path}/payment", {"total_cents": total, "tenders": [{"kind": "card"}]})["ticket"]["receipt_no"]
        folder = tempfile.mkdtemp(prefix="yaofang-receipts-")
        self.addCleanup(shutil.rmtree, folder)
        self.page.downloads(folder)
        admin.ask("PUT", "/label-settings", {"label_profile": "hk_549f"})
        self.addCleanup(admin.ask, "PUT", "/label-settings", {"label_profile": "us_ca_4076"})
        self.open(f"#/counter{path.removeprefix('/tickets')}", "Sale #")
        self.page.until_text("it does not print like this", ".counter-receipt .lint")
        self.page.click(self.page.button("Save as PDF"))
        self.page.until_text("Must be filled in", ".counter-receipt .field-error")
        Select(self.page.find(".counter-receipt select[name=reason]")).select_by_visible_text("The rule does not apply to this supply")
        self.page.find(".counter-receipt textarea[name=note]").send_keys("a pot")
        self.page.click(self.page.button("Save as PDF"))
        self.page.until_text("Saved as PDF", ".counter-receipt")
        self.page.until(lambda: f"receipt-{number}.pdf" in os.listdir(folder), "the receipt's file")

    def test_an_order_goes_from_its_page_to_the_counter(self):
        order = make_order(self.service, upto="entered")
        self.addCleanup(drop_order, self.service, order)
        self.open(f"#/orders/{order}", f"#{order}")
        self.page.click(self.page.until(lambda: [one for one in self.page.all(".property-strip a") if one.text == "Take the payment"][0], "the way to the counter"))
        self.page.until_text("New sale", "main h1")
        self.box_has_focus()
        self.page.until(lambda: self.page.find(".scan-input").get_attribute("value") == f"#{order}", "its number in the box")
        self.page.keys(Keys.ENTER)
        self.page.until_text(f"Compounded order #{order}", ".counter-lines")
        self.staff.ask("POST", f"/tickets/{self.number()}/cancel")


class Back(CounterTest):
    def sold(self, what="3 x " + TEA):
        self.drawer()
        self.open()
        self.scan(what)
        self.quantity(TEA, "3")
        self.scan("")
        self.focus_on(lambda node: node.get_attribute("name") == "given-0", "what was handed over").send_keys(Keys.ENTER)
        self.page.find("main h1 .ticket-paid")
        return self.staff.ask("GET", f"/tickets/{self.number()}")["ticket"]

    def test_some_of_a_line_comes_back_found_by_its_receipt(self):
        ticket = self.sold()
        self.page.go("#/counter/tickets")
        self.page.until_text("Sales", "main h1")
        self.page.find("main input[type=search]").send_keys(str(ticket["receipt_no"]))
        self.page.until(lambda: 1 <= len(self.page.all(".tickets-table tbody tr")) <= 2, "few sales")
        self.fits("the sales")
        self.page.click(self.page.find(f"[data-ticket='{ticket['id']}'] a"))
        self.page.find("main h1 .ticket-paid")
        self.page.click(self.page.find(".counter-refund > summary"))
        form = ".counter-refund-form"
        Select(self.page.find(f"{form} select[name=reason]")).select_by_visible_text("Damaged or leaking")
        self.page.click(self.page.button("Give it back"))
        self.page.until_text("say what comes back", f"{form} .field-error")
        back = self.page.find(f"{form} input[name='back-1']")
        back.send_keys("4")
        self.page.click(self.page.button("Give it back"))
        self.page.until_text("more than was sold", f"{form} .field-error")
        back.clear()
        back.send_keys("1")
        self.page.until_text("would go back: Cash $6.12", form)
        Select(self.page.find(f"{form} select[name='goods-1']")).select_by_visible_text("written off")
        self.page.click(self.page.button("Give it back"))
        self.page.until_text("goes back to the customer", ".scan-said")
        self.page.until_text("× 1 came back", ".counter-lines")
        self.assertIn("Damaged or leaking", self.page.text("[data-refund='1']"))
        lines = self.staff.ask("GET", f"/tickets/{ticket['id']}")["quote_lines"]
        self.assertEqual(lines[0]["back_quantity"], 1)

    def test_a_sale_of_today_is_undone_whole(self):
        ticket = self.sold()
        self.page.click(self.page.find(".counter-refund > summary"))
        self.page.click(self.page.find(".counter-refund details summary"))
        self.page.click(self.page.button("Undo it"))
        self.page.until_text("Must be filled in", ".counter-void-form .field-error")
        Select(self.page.find(".counter-void-form select[name=reason]")).select_by_visible_text("The ticket was keyed in wrong")
        self.page.click(self.page.button("Undo it"))
        self.page.until_text("undone", "main h1")
        self.assertEqual(self.staff.ask("GET", f"/tickets/{ticket['id']}")["ticket"]["state"], "voided")


class Drawer(CounterTest):
    def submit(self, words):
        self.page.click(self.page.until(lambda: [one for one in self.page.all("main button") if one.text == words and one.is_displayed()][0], words))

    def test_a_drawer_is_opened_counted_blind_and_a_large_difference_wants_a_second_person(self):
        self.close_drawer()
        self.open("#/counter/drawer", "Cash drawer")
        self.page.find("input[name=float_cents]").send_keys("much", Keys.ENTER)
        self.page.until_text("is no sum", ".drawer-open .field-error")
        self.page.find("input[name=float_cents]").clear()
        self.page.find("input[name=float_cents]").send_keys("100", Keys.ENTER)
        self.page.until_text("is open with $100.00", ".drawer-said")
        self.page.click(self.page.find(".drawer-move summary"))
        Select(self.page.find("select[name=kind]")).select_by_visible_text("Paid out")
        self.page.find("input[name=amount_cents]").send_keys("2.50")
        self.page.find("textarea[name=reason]").send_keys("stamps")
        self.submit("Book it")
        self.page.until_text("Paid out: stamps", ".drawer-now")
        self.assertNotIn("97.50", self.page.text("main"))
        self.page.find("input[name=piece-2000]").send_keys("4")
        self.submit("Close the drawer")
        self.page.until_text("another person must count and approve", ".drawer-close .form-message")
        self.assertEqual(self.page.find("input[name=piece-2000]").get_attribute("value"), "4")
        self.fits("the drawer")
        drawer = self.open_drawer()
        self.sign_in_as("joanna.nowak")
        self.open("#/counter/drawer", "Cash drawer")
        self.page.click(self.page.find(".drawer-second summary"))
        self.page.find("input[name=counted_cents]").send_keys("80.00", Keys.ENTER)
        self.page.until_text("You counted $80.00", ".drawer-said")
        self.sign_in_as(self.user)
        self.open("#/counter/drawer", "Cash drawer")
        self.page.find("input[name=piece-2000]").send_keys("4")
        self.submit("Close the drawer")
        self.page.until_text("$17.50 missing", ".drawer-said")
        self.page.until_text("counted too by Joanna Nowak", f"[data-drawer='{drawer['id']}']")

    def test_who_may_not_sell_is_told_so(self):
        self.sign_in_as("dr.wu")
        self.open("#/counter", "Counter")
        self.page.until_text("Selling is for pharmacists and shop staff", "main")
