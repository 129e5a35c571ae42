"""What people do on the page, in real Chromium against the real service."""
import contextlib
import glob
import json
import os
import subprocess
import tempfile
import unittest

from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from order import Person, drop_order, make_order
from shop import USER, PageTest, open_shop

HERBS, MEDICINES, CONDITIONS = "Herbs and formulas", "Medicines", "Conditions"
PAGES = ["#/", "#/herbs", "#/herbs/dang_gui", "#/herbs/fu_zi", "#/formulas", "#/formulas/bu_zhong_yi_qi_tang", "#/orders",
         "#/work", "#/evidence", "#/evidence/rules", "#/evidence/rule/hdi0001", "#/evidence/new/rule", "#/curator",
         "#/stock", "#/stock/1", "#/tables", "#/tables/in", "#/prescribe", "#/prescriptions/1", "#/nothing/here"]
STEPS = ["allocated", "released", "picked", "weighed"]  # an order that waits there, on its page and at the bench
AXE = "axe-core@4.14.1"

service = None
window = None


def setUpModule():
    global service, window
    service, window = open_shop()
    for step in STEPS:
        order = make_order(service, upto=step)
        PAGES.extend((f"#/orders/{order}", f"#/bench/{order}"))
        unittest.addModuleCleanup(drop_order, service, order)
    count_and_recall(order)


def count_and_recall(order):
    """A count with a difference, and a mock recall of a lot of the order."""
    mei = Person(service, "mei.lin")
    count = mei.ask("POST", "/counts", {"title": "Looked at", "places": ["A01", "A02"], "blind": False})["id"]
    mei.ask("POST", f"/counts/{count}/entries", {"entries": [{"line_no": 1, "counted": 5}]})
    unittest.addModuleCleanup(mei.ask, "POST", f"/counts/{count}/cancel")
    lot = mei.ask("GET", f"/orders/{order}/trace")["lots"][0]["lot_id"]
    recall = mei.ask("POST", "/recalls", {"lots": [{"lot_id": lot}], "reason": "to be looked at", "mock": True})["recall"]["id"]
    unittest.addModuleCleanup(mei.ask, "POST", f"/recalls/{recall}/end", {"reason": "looked at"})
    PAGES.extend(("#/counts", f"#/counts/{count}", f"#/counts/{count}/differences", f"#/recalls?lot={lot}", f"#/recalls/{recall}",
                  f"#/lots/{lot}/trace", f"#/orders/{order}/trace"))


class SigningIn(PageTest):
    def test_right_password_shows_shop_and_person(self):
        window.until_text("Arcana Herbs Shop", "header")
        window.until_text("Wu", "header")

    def test_wrong_password_is_said_plainly_and_can_be_typed_again(self):
        window.sign_out()
        window.sign_in(USER, "not the password")
        window.until_text("do not match", "[role=alert]")
        self.assertEqual(window.focused().get_attribute("id"), "password")
        window.keys(service.people[USER], Keys.ENTER)
        window.until_text("Quick check", "h1")

    def test_empty_fields_are_named_without_asking_the_service(self):
        window.sign_out()
        window.find("#username").send_keys(Keys.ENTER)
        window.until_text("Enter your user name.")
        window.until_text("Enter your password.")
        self.assertEqual(window.focused().get_attribute("id"), "username")

    def test_password_managers_can_fill_it(self):
        window.sign_out()
        self.assertEqual(window.find("#username").get_attribute("autocomplete"), "username")
        self.assertEqual(window.find("#password").get_attribute("autocomplete"), "current-password")

    def test_signing_out_forgets_what_was_entered(self):
        window.enter(HERBS, "Dong Quai")
        window.click(window.button("Sign out"))
        window.find("#password")
        self.sign_in()
        self.assertNotIn("Dong Quai", window.text("main"))

    def test_a_session_that_ends_keeps_what_was_entered_for_the_same_person_only(self):
        for again, kept in ((USER, True), ("mei.lin", False)):
            window.enter(HERBS, "Dan Shen")
            window.settled()
            window.driver.delete_all_cookies()
            with contextlib.suppress(TimeoutException):  # the page may have asked for something of its own accord by now
                window.enter(HERBS, "Huang Qi")
            window.until_text("You were signed out", "[role=alert]")
            window.find("#username").send_keys(again)
            window.find("#password").send_keys(service.people[again], Keys.ENTER)
            window.until_text("Quick check", "h1")
            self.assertEqual("Dan Shen" in window.text("main"), kept, again)

    def test_a_page_asked_for_while_signed_out_is_shown_after_signing_in(self):
        window.sign_out()
        window.go("#/herbs/dang_gui")
        window.find("#username").send_keys(USER)
        window.find("#password").send_keys(service.people[USER], Keys.ENTER)
        window.until_text("Dāng Guī", "h1")


class QuickCheck(PageTest):
    def test_dong_quai_and_coumadin(self):
        window.enter(HERBS, "Dong Quai 10 g")
        window.enter(MEDICINES, "Coumadin")
        text = window.until_finding("major", "Dāng Guī", "warfarin")[0]
        for words in ("Major", "typed “Coumadin”", "What to do", "Evidence", "10 g"):
            self.assertIn(words, text)
        window.until_text("major", ".summary")

    def test_findings_come_before_the_entry_is_ended(self):
        window.enter(MEDICINES, "warfarin")
        window.field(HERBS).send_keys("dan shen")
        window.until_finding("major", "Dān Shēn")

    def test_a_herb_in_a_formula_is_found_and_named(self):
        window.enter(HERBS, "Bu Zhong Yi Qi Tang")
        window.enter(MEDICINES, "warfarin")
        window.until_finding("major", "Dāng Guī", "in Bǔ Zhōng Yì Qì Tāng")

    def test_the_gravest_come_first(self):
        window.enter(HERBS, "Fu Zi 6 g", "Ban Xia 6 g", "Dan Shen 10 g", "Gan Cao 6 g")
        window.enter(MEDICINES, "warfarin", "digoxin")
        window.until_finding("contraindicated")
        window.settled()
        order = ["contraindicated", "major", "moderate", "minor"]
        places = [order.index(severity) for severity, _ in window.findings()]
        self.assertGreater(len(set(places)), 1)
        self.assertEqual(places, sorted(places))

    def test_chinese_input(self):
        window.enter(HERBS, "当归10克")
        window.enter(MEDICINES, "华法林")
        window.until_finding("major", "Dāng Guī", "warfarin")

    def test_unknown_names_are_not_checked_and_said_so(self):
        window.enter(HERBS, "Xyzzyx root 3 g")
        window.enter(MEDICINES, "warfarin")
        window.until_text("Not checked", ".open-unknown")
        window.until_text("Xyzzyx root", ".open-unknown")
        self.assertNotIn("no interaction", window.text("main").lower())

    def test_an_ambiguous_name_is_asked_about_and_replaced_by_the_choice(self):
        window.enter(HERBS, "Angelica 9 g")
        window.enter(MEDICINES, "warfarin")
        window.until_text("Which one is meant?")
        choice = window.until(lambda: [node for node in window.all(".candidate") if "Dāng Guī" in node.text][0], "the candidate")
        window.click(choice)
        window.until_gone(".open-fork")
        self.assertIn("Dāng Guī", window.text(".entries"))
        self.assertEqual(window.find(".entry-dose").get_attribute("value"), "9 g")
        window.until_finding("major", "Dāng Guī", "warfarin")
        self.assertNotIn("only if this is meant", window.text(".findings"))

    def test_a_pasted_list_becomes_entries(self):
        window.script("""
            const data = new DataTransfer();
            data.setData('text', '当归10克、川芎6克\\nDan Shen 9 g, Huang Qi 15 g');
            arguments[0].dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        """, window.field(HERBS))
        self.assertEqual(window.texts(".entry-typed"), ["当归", "川芎", "Dan Shen", "Huang Qi"])
        self.assertEqual([node.get_attribute("value") for node in window.all(".entry-dose")], ["10克", "6克", "9 g", "15 g"])

    def test_a_suggestion_is_taken_and_understood(self):
        window.enter(MEDICINES, "warfarin")
        for typed, shown in (("tiger balm p", "Tiger Balm Pain Relieving Patch"), ("当归", "Dāng Guī"), ("acupun", "Acupuncture")):
            box = window.field(HERBS)
            box.send_keys(typed)
            window.until(lambda: [node for node in window.all(".suggestion") if shown in node.text], f"{shown} suggested")
            box.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
            window.until_text(shown, ".entries")
        window.settled()
        window.until_finding("major", "Dāng Guī")
        self.assertEqual(window.all(".open-unknown"), [])

    def test_a_list_is_cut_where_a_person_would_cut_it(self):
        lists = {
            "当归10克川芎6克 白芍9克、附子9克先煎": ["当归 | 10克", "川芎 | 6克", "白芍 | 9克", "附子9克先煎 | "],
            "• Dan Shen 5 g, Chuan Xiong\n2) Huang Qi: 15 g": ["Dan Shen | 5 g", "Chuan Xiong | ", "Huang Qi | 15 g"],
            "Bu Yang Huan Wu Tang (huang qi 120 g, dang gui 6 g)": ["Bu Yang Huan Wu Tang (huang qi 120 g, dang gui 6 g) | "],
            "acupuncture LI4, BL23; Fish oil 1,000 mg": ["acupuncture LI4, BL23 | ", "Fish oil | 1,000 mg"],
            # What is no plain weight goes to the service as it stands, for it to refuse.
            "dan shen -5 g; dan shen 5-10 g; dan shen 1.5.2 g; -5 g": ["dan shen -5 g | ", "dan shen 5-10 g | ", "dan shen 1.5.2 g | ", "-5 g | "],
        }
        for text, entries in lists.items():
            cut = window.script("""
                return import('/parts/typed.js').then(({ splitList, splitDose }) =>
                    splitList(arguments[0]).map(splitDose).map(({ name, dose }) => `${name} | ${dose}`));
            """, text)
            self.assertEqual(cut, entries, text)

    def test_a_weight_that_cannot_be_used_is_said_and_not_mended(self):
        window.enter(HERBS, "dan shen -5 g")
        window.until_text("-5 g", ".open-unknown")

    def test_the_findings_can_be_copied_as_plain_text(self):
        window.script("navigator.clipboard.writeText = async (text) => { window.copied = text; };")
        window.enter(HERBS, "Dan Shen 10 g")
        window.enter(MEDICINES, "Coumadin")
        window.until_finding("major")
        window.click(window.button("Copy"))
        window.until_text("Copied", ".tools")
        text = window.script("return window.copied")
        for words in ("Medicines: Coumadin", "MAJOR: Dān Shēn 丹参 × warfarin", "What to do: Avoid", "Source: Izzat"):
            self.assertIn(words, text)

    def test_what_is_typed_never_becomes_markup(self):
        window.enter(HERBS, "<img src=x onerror=document.title='owned'>")
        window.until_text("<img", ".entries")
        window.settled()
        self.assertEqual(window.all("main img"), [])
        self.assertNotIn("owned", window.driver.title)

    def test_conditions_are_chips_that_stay_pressed(self):
        window.enter(HERBS, "Hong Hua 6 g")
        window.click(window.button("Pregnancy"))
        window.until_text("Pregnancy", ".finding")
        self.assertEqual(window.find(".chip[data-id=pregnancy]").get_attribute("aria-pressed"), "true")

    def test_medicines_not_asked_is_a_finding_until_answered(self):
        window.enter(HERBS, "Huang Qi 15 g")
        window.until_text("Medicines not asked", ".finding")
        window.click(window.find(".tick"))
        window.until(lambda: "Medicines not asked" not in window.text(".findings"), "that finding gone")

    def test_taking_an_entry_out_takes_its_findings_out(self):
        window.enter(HERBS, "Dan Shen 10 g")
        window.enter(MEDICINES, "warfarin")
        window.until_finding("major", "Dān Shēn")
        window.click(window.all(".entry-remove")[0])
        window.until(lambda: "Dān Shēn" not in window.text(".result"), "no finding of it")

    def test_an_older_answer_never_stands_over_a_newer_one(self):
        window.script("""
            const real = window.fetch;
            window.late = 0;
            window.fetch = async (path, options) => {
                const answer = await real(path, { ...options, signal: undefined });
                if (path === '/api/v1/screen' && !options.body.includes('warfarin')) {
                    await new Promise((done) => setTimeout(done, 1200));
                    window.late += 1;
                }
                return answer;
            };
        """)
        window.enter(HERBS, "Dan Shen 10 g")
        window.until(lambda: window.find(".result").get_attribute("aria-busy") == "true", "the first question asked")
        window.script("return new Promise((done) => setTimeout(done, 250))")
        window.enter(MEDICINES, "warfarin")
        window.until_finding("major", "Dān Shēn")
        window.until(lambda: window.script("return window.late") > 0, "the late answer")
        window.until_finding("major", "Dān Shēn")
        self.assertNotIn("Medicines not asked", window.text(".findings"))

    def test_without_the_service_nothing_counts_as_screened(self):
        window.enter(HERBS, "Dan Shen 10 g")
        window.enter(MEDICINES, "warfarin")
        window.until_finding("major", "Dān Shēn")
        service.stop()
        try:
            window.enter(MEDICINES, "digoxin")
            window.until_text("Not screened", "[role=alert]")
            self.assertEqual(window.findings(), [])
            self.assertNotIn("No rule found", window.text("main"))
        finally:
            service.start()
        window.until_finding("major", "Dān Shēn")
        window.until_gone(".not-screened")
        window.complaints()

    def test_by_keyboard_alone(self):
        window.go("#/")
        window.until(lambda: window.focused().get_attribute("role") == "combobox", "focus in the first box")
        window.keys("dong qu")
        window.until(lambda: window.all(".suggestion"), "suggestions")
        window.keys(Keys.ARROW_DOWN)
        self.assertTrue(window.focused().get_attribute("aria-activedescendant"))
        window.keys(Keys.ENTER)
        window.until(lambda: window.all(".entry"), "the entry")
        for _ in range(12):
            window.keys(Keys.TAB)
            if window.focused().get_attribute("id") == window.field(MEDICINES).get_attribute("id"):
                break
        window.keys("coumadin", Keys.ENTER)
        window.until_finding("major", "Dāng Guī")


class Reading(PageTest):
    def test_a_monograph_opens_by_its_address_and_after_a_reload(self):
        self.go("#/herbs/dang_gui")
        for words in ("Dāng Guī", "当归", "當歸", "Angelicae Sinensis Radix", "6–12 g", "Nourishes blood", "Warfarin and other"):
            window.until_text(words, "main")
        window.driver.refresh()
        window.until_text("Dāng Guī", "h1")
        self.assertIn("Dāng Guī", window.driver.title)

    def test_a_monograph_shows_its_rules_and_where_they_come_from(self):
        self.go("#/herbs/dang_gui")
        rule = window.until(lambda: [node for node in window.all(".rule summary") if "Anticoagulant VKA" in node.text][0], "the rule")
        window.click(rule)
        for words in ("Page RL", "Citation checked", "hdi0002"):
            window.until_text(words, ".rule details[open]")

    def evidence(self, rule, *options):
        """Proposed by one curator, approved by another: in force from today."""
        self.service.command("evidence", "propose", "rule", *rule, "--as", "curator.han", "--reason", "a test", "--citation", "own notes",
                             *options)
        rows = Person(self.service, "curator.reed").ask("GET", "/evidence/proposals?state=proposed")["rows"]
        for row in rows:
            self.service.command("evidence", "approve", str(row["id"]), "--as", "curator.reed")

    def test_a_monograph_shows_the_shops_own_rules_beside_the_references(self):
        own = ["--kind", "herb_drug", "--subject-kind", "herb", "--subject", "chen pi", "--object-kind", "drug", "--object", "metformin"]
        self.evidence([], *own, "--severity", "moderate", "--effect", "seen twice in this shop", "--action", "ask")
        self.evidence(["hdi0011"], "--severity", "minor")
        self.evidence(["hdi0012"], "--change", "retire")
        self.go("#/herbs/chen_pi")
        row = window.until(lambda: [node for node in window.all(".rule") if "seen twice in this shop" in node.text][0], "the own rule")
        self.assertIn("Our rule", row.text)
        self.go("#/herbs/sheng_jiang")
        row = window.until(lambda: [node for node in window.all(".rule") if "Our rule" in node.text][0], "the changed rule")
        window.click(row.find_element(By.CSS_SELECTOR, "summary"))
        for words in ("Minor", "The reference says", "Moderate"):
            self.assertIn(words, row.text)
        self.assertEqual([node.text.count("Not in use here") for node in window.all(".rule-retired")], [1])
        self.fits("#/herbs/sheng_jiang")

    def test_a_formula_shows_its_herbs_roles_and_grams(self):
        self.go("#/formulas/bu_zhong_yi_qi_tang")
        for words in ("Huáng Qí", "Chief", "18 g", "63 g", "Tonify the Middle"):
            window.until_text(words, "main")

    def test_from_a_monograph_to_the_check(self):
        self.go("#/herbs/dang_gui")
        window.click(window.button("Check this herb"))
        window.until_text("Dāng Guī", ".entries")

    def test_a_list_is_narrowed_by_any_name(self):
        self.go("#/herbs")
        window.find("input[type=search]").send_keys("當歸")
        window.until(lambda: 0 < len(window.all(".thing")) < 10, "a short list")
        self.assertIn("Dāng Guī", window.text(".browse-list"))

    def test_an_unknown_herb_is_not_found(self):
        self.go("#/herbs/no_such_herb")
        window.until_text("Not found", "h1")


class Orders(PageTest):
    def test_an_order_shows_its_state_lots_and_answers(self):
        order = make_order(service)
        window.click(window.until(lambda: [node for node in window.all(".section") if "Orders" in node.text][0], "the section"))
        window.click(window.until(lambda: [node for node in window.all(".row-link") if node.text == f"#{order}"][0], "the order"))
        window.until_text(f"Order #{order}", "h1")
        for words in ("Allocated", "Dān Shēn", "expires", "INR weekly", "Wu Jianguo", "Lots passed over"):
            window.until_text(words, "main")
        window.until(lambda: window.script("return document.querySelector('.label-preview').naturalWidth") > 300, "the label")
        window.size(320, 640)
        self.assertLessEqual(window.script("return document.documentElement.scrollWidth - innerWidth"), 0)
        self.go("#/orders")
        self.assertLessEqual(window.script("return document.documentElement.scrollWidth - innerWidth"), 0)

    def test_what_another_person_does_shows_by_itself(self):
        order = make_order(service)
        self.go(f"#/orders/{order}")
        window.until_text("Allocated", "main h1")
        Person(service, "mei.lin").ask("POST", f"/orders/{order}/cancel", {"reason": "the patient called"})
        window.until_text("Cancelled", "main h1")

    def test_a_question_stops_it_until_the_prescriber_answered(self):
        order = make_order(service)
        window.sign_out()
        self.sign_in("mei.lin")
        self.go(f"#/orders/{order}")
        window.click(window.until(lambda: [node for node in window.all("summary") if node.text == "Ask the prescriber"][0], "to ask"))
        window.click(window.button("Ask the prescriber"))
        window.until_text("Must be filled in.", ".stop-tool .field-error")
        window.find("textarea[name=question]").send_keys("Ten grams of Dan Shen?")
        window.click(window.button("Ask the prescriber"))
        window.until_text("Ten grams of Dan Shen?", ".stops")
        window.until_text("Stopped", "main h1")
        window.sign_out()
        self.sign_in()
        self.go(f"#/orders/{order}")
        window.click(window.until(lambda: [node for node in window.all(".stop summary") if node.text == "Answer"][0], "to answer"))
        window.find("textarea[name=answer]").send_keys("Yes, INR weekly")
        window.click(window.until(lambda: [node for node in window.all(".stop button") if node.text == "Answer"][0], "Answer"))
        window.until_text("As written: Yes, INR weekly", ".stops")

    def test_what_somebody_is_writing_is_not_taken_away(self):
        order = make_order(service)
        self.go(f"#/orders/{order}")
        window.click(window.until(lambda: [node for node in window.all("summary") if node.text == "Put on hold"][0], "to hold it"))
        window.find(".stop-tool textarea").send_keys("half a sentence")
        Person(service, "mei.lin").ask("POST", f"/orders/{order}/holds", {"reason": "patient_asked"})
        window.until_text("changed meanwhile", "main")
        self.assertEqual(window.find(".stop-tool textarea").get_attribute("value"), "half a sentence")
        window.click(window.button("Show it"))
        window.until_text("The patient asked to wait", ".stops")

    def test_who_has_no_part_in_orders_is_not_offered_them(self):
        window.sign_out()
        window.sign_in("curator.han", service.people["curator.han"])
        window.until_text("Quick check", "h1")
        self.assertNotIn("Orders", window.text("header"))


class Language(PageTest):
    def test_switching_keeps_what_was_entered_and_stays_chosen(self):
        window.enter(HERBS, "Dong Quai 10 g")
        window.enter(MEDICINES, "Coumadin")
        window.until_finding("major")
        window.choose_language("简体中文")
        window.until_text("快速审查", "h1")
        window.until_finding("major", "当归", "严重")
        window.choose_language("繁體中文")
        window.until_finding("major", "當歸", "嚴重")
        self.assertEqual(window.script("return document.documentElement.lang"), "zh-Hant")
        window.driver.refresh()
        window.until_text("快速審查", "h1")


# What reaches farthest to the right, for the message.
WIDEST = """let far = document.body;
for (const one of document.body.querySelectorAll('*'))
    if (one.getBoundingClientRect().right > far.getBoundingClientRect().right) far = one;
return `${far.tagName}.${far.className} ends at ${far.getBoundingClientRect().right}: ${far.textContent.slice(0, 60)}`;"""


class Everywhere(PageTest):
    user = "mei.lin"
    def fill(self):
        window.enter(HERBS, "Bu Zhong Yi Qi Tang", "Dong Quai 10 g", "Angelica", "Xyzzyx root 3 g")
        window.enter(MEDICINES, "Coumadin")
        window.until_finding("major")

    def test_no_page_breaks_the_content_security_policy(self):
        for address in PAGES:
            self.go(address)
        self.go("#/")
        self.fill()
        self.assertEqual(window.complaints(), [])

    def test_no_page_scrolls_sideways_at_320_pixels(self):
        for language in ("English", "繁體中文"):
            window.choose_language(language)
            window.size(320, 640)
            for address in PAGES:
                self.go(address)
                wide = window.script("return document.documentElement.scrollWidth - innerWidth")
                self.assertLessEqual(wide, 0, f"{address} in {language}: {window.script(WIDEST)}")
            window.size(1280, 900)
        window.choose_language("English")
        window.size(320, 640)
        self.go("#/")
        self.fill()
        self.assertLessEqual(window.script("return document.documentElement.scrollWidth - innerWidth"), 0, "with findings")

    def test_targets_are_large_enough(self):
        self.fill()
        small = window.script("""
            return Array.from(document.querySelectorAll('button, select, summary, input')).filter((node) => {
                const box = node.getBoundingClientRect();
                return box.width && (box.width < 24 || box.height < 24) && !node.classList.contains('tick');
            }).map((node) => node.outerHTML.slice(0, 120));
        """)
        self.assertEqual(small, [])

    def test_axe_finds_nothing(self):
        axe = read_axe()
        if axe is None:
            self.skipTest(f"{AXE} cannot be had here (npm pack)")
        for scheme in ("light", "dark"):
            window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
            for address in PAGES:
                self.go(address)
                self.check_with(axe, f"{address} {scheme}")
            self.go("#/")
            self.fill()
            self.check_with(axe, f"the filled check, {scheme}")

    def check_with(self, axe, where):
        window.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
        found = window.driver.execute_async_script("""
            axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((report) =>
                arguments[0](report.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 160)} ${one.nodes[0].failureSummary}`)));
        """)
        self.assertEqual(found, [], f"{where}: {json.dumps(found, indent=1)}")


def read_axe():
    """axe-core is not in Debian and not ours to keep, so it is fetched for the test; None where that is not possible."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run(["npm", "pack", "--silent", AXE], cwd=folder, check=True, capture_output=True, timeout=60)
            subprocess.run(["tar", "xzf", *glob.glob(os.path.join(folder, "*.tgz"))], cwd=folder, check=True)
            with open(os.path.join(folder, "package", "axe.min.js"), encoding="utf-8") as file:
                return file.read()
        except (OSError, subprocess.SubprocessError):
            return None


if __name__ == "__main__":
    unittest.main()
