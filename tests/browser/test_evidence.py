"""The evidence book in the page: proposed by one person, tried on the patients there are, approved by another, in force, reverted."""
import os
import tempfile

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from order import Person, make_order
from shop import PageTest

SOURCE = {"reason": "Seen here twice", "citation": "Case notes 2026"}


class EvidenceBook(PageTest):
    user = "mei.lin"

    def labelled(self, words):
        """The control a label belongs to."""
        return self.page.until(lambda: [self.page.driver.find_element("id", node.get_attribute("for"))
                                        for node in self.page.all("label") if node.text.strip(" *\n") == words][0], f"field {words}")

    def fill(self, **values):
        for words, text in values.items():
            box = self.labelled(words.replace("_", " "))
            if box.tag_name == "select":
                Select(box).select_by_visible_text(text)
            else:
                box.clear()
                box.send_keys(text)

    def propose(self):
        self.page.click(self.page.button("Propose it"))

    def test_a_rule_is_proposed_tried_approved_by_another_and_reverted(self):
        make_order(self.service)
        self.go("#/evidence/rules")
        self.page.find("input[type=search]").send_keys("hdi0001")
        self.page.until(lambda: len(self.page.all(".rules .rule")) == 1, "one rule")
        self.page.click(self.page.find(".rule summary"))
        self.page.click(self.page.until(lambda: [node for node in self.page.all(".rule a") if "hdi0001" in node.text][0], "its page"))
        self.page.until_text("Dān Shēn", "h1")
        self.page.until_text("Reference", ".monograph-title")
        self.page.click(self.page.button("Propose a change"))
        self.page.until_text("Change: Dān Shēn", "h1")
        self.assertIn("Izzat", self.labelled("Source").get_attribute("value"))
        self.fill(Severity="Contraindicated", Source="Case notes 2026", Reason="Two bleeds in October")
        self.propose()
        self.page.until_text("Waiting for a decision", "main")
        for words in ("Major", "Contraindicated", "Two bleeds in October", "A curator decides about it"):
            self.page.until_text(words, ".proposals")
        self.page.click(self.page.button("Whose findings would change?"))
        self.page.until_text("prescriptions would change", ".effects")
        self.assertIn("D-0003", self.page.text(".effects-table"))
        self.assertIn("graver", self.page.text(".effects-table"))

        self.sign_in_as("curator.han")
        self.go("#/evidence")
        self.page.click(self.page.until(lambda: [node for node in self.page.all("[data-key=hdi0001] a")][0], "the row"))
        self.page.find(".decide textarea").send_keys("seen both")
        self.page.click(self.page.button("Approve"))
        self.page.until_text("In force", ".versions")
        for words in ("version 1", "Approved by Han Yue", "seen both", "Two bleeds in October"):
            self.assertIn(words, self.page.text(".versions"))
        self.page.until_text("Own", ".monograph-title")

        self.page.click(self.page.button("Back to the reference"))
        self.fill(Reason="The second case had another cause")
        self.propose()
        self.page.until_text("another curator must approve it", ".proposals")
        self.assertFalse(self.page.button("Approve").is_enabled())
        proposal = self.page.find(".proposal").get_attribute("data-proposal")
        Person(self.service, "curator.reed").ask("POST", f"/evidence/proposals/{proposal}/approval", {})
        self.go("#/evidence")
        self.page.until_text("Reference speaks again", "[data-key=hdi0001]")

    def test_what_is_wrong_is_said_at_its_field(self):
        self.go("#/evidence/new/rule")
        self.propose()
        self.assertEqual(self.page.focused().get_attribute("name"), "subject_id")
        self.page.until_text("Must be filled in.", ".field-error")
        self.fill(Herb="dan shan tree bark", Medicine="warfarin", Effect="bleeding", What_to_do="Avoid", Source="Notes", Reason="Seen")
        self.labelled("From (g a day)").send_keys("a lot")
        self.propose()
        self.page.until_text("dan shan tree bark", ".field-error")
        self.assertIn("grams of raw herb a day", self.page.text(".field-error"))
        self.assertEqual(self.page.focused().get_attribute("name"), "subject_id")
        self.fill(Herb="dan shen")
        self.labelled("From (g a day)").clear()
        self.propose()
        self.page.until_text("Dān Shēn 丹参 × Warfarin", "h1")

    def test_a_name_and_a_ratio_are_proposed(self):
        self.go("#/evidence/new/synonym")
        self.fill(Of_what="dang gui", Name="Tang-kuei of the corner shop", **SOURCE_FIELDS)
        self.propose()
        self.page.until_text("Dāng Guī", "h1")
        self.page.until_text("Waiting for a decision", "main")
        self.go("#/evidence/new/ratio")
        self.fill(Herb="dan shen", **SOURCE_FIELDS)
        self.labelled("Raw herb in 1 g of granules (g)").send_keys("6.5")
        self.labelled("First day").send_keys("01012030")
        self.propose()
        self.page.until_text("Dān Shēn", "h1")
        self.page.until_text("from Jan 1, 2030", ".proposals")
        self.page.find(".decide textarea").send_keys("a slip")
        self.page.click(self.page.button("Withdraw"))
        self.page.until_text("Withdrawn by Lin Mei", ".versions")
        self.go("#/evidence")
        Select(self.page.find("select[title=Kind]")).select_by_visible_text("Name")
        self.page.until(lambda: "Granule ratio" not in self.page.text(".book-table"), "names alone")
        self.assertIn("corner shop", self.page.text(".book-table"))

    def upload(self, text):
        """A file of rules as a person would have edited it."""
        with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as file:
            file.write(text)
        self.addCleanup(os.unlink, file.name)
        self.page.find("input[type=file]").send_keys(file.name)
        self.page.click(self.page.button("Check"))

    def test_it_comes_back_as_a_file_with_what_is_wrong_and_whose_findings_change(self):
        make_order(self.service)
        self.go("#/evidence")
        self.page.click(self.page.button("Bring it back"))
        self.page.find("input[type=file]")
        self.upload("id,severity,citation,reason\nhdi0002,grave,Case notes,Seen\nhdi0003,minor,Case notes,\n")
        self.page.until_text("grave", ".faults")
        self.assertIn("contraindicated", self.page.text(".faults"))
        self.upload("id,severity,citation,reason\nhdi0002,contraindicated,Case notes 2026,Seen twice\n")
        self.page.until_text("Rows that differ: 1", "main")
        self.page.until_text("graver", ".effects-table")
        self.page.click(self.page.button("Propose all 1"))
        self.page.until_text("waiting for another person", "main")
        self.go("#/evidence/rule/hdi0002")
        self.page.until_text("Seen twice", ".proposals")

    def test_each_is_offered_what_is_hers(self):
        Person(self.service, "mei.lin").ask("POST", "/evidence/rules", {"id": "hdi0010", "severity": "minor", **SOURCE})
        self.go("#/evidence/rule/hdi0010")
        self.page.find(".proposal")
        self.assertEqual(self.page.texts(".decide button"), ["Withdraw"])
        self.sign_in_as("dr.wu")
        self.go("#/evidence/rule/hdi0010")
        self.page.until_text("A curator decides about it", ".proposal")
        self.sign_in_as("sam.ortiz")
        self.assertNotIn("Evidence book", self.page.text("header"))
        self.go("#/evidence/rule/hdi0010")
        self.page.find(".proposal")
        self.assertEqual(self.page.texts("main button"), [])

    def test_it_fits_a_telephone(self):
        Person(self.service, "mei.lin").ask("POST", "/evidence/rules", {"id": "hdi0011", "severity": "minor", **SOURCE})
        for address in ("#/evidence", "#/evidence/rules", "#/evidence/rule/hdi0011", "#/evidence/new/rule", "#/evidence/new/ratio"):
            self.go(address)
            self.fits(address)

    def test_more_is_opened_and_shut_by_keyboard(self):
        self.page.find(".more-sections > summary").send_keys(Keys.ENTER)
        self.page.find(".more-sections[open]")
        self.page.keys(Keys.ESCAPE)
        self.page.until_gone(".more-sections[open]")
        self.assertEqual(self.page.focused().tag_name, "summary")


SOURCE_FIELDS = {"Source": "Case notes 2026", "Reason": "Seen here twice"}
