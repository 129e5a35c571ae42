"""The alert budget in the page: what became of each rule's findings, and a rule overridden too often decided about."""
import os
import subprocess

from selenium.webdriver.support.ui import Select

from shop import PageTest

# What many days in a shop would leave: shown twenty-five times each, overridden as often as said.
EVENTS = """
SELECT set_config('yaofang.shop_id', '1', false);
INSERT INTO alert_events (shop_id, rule_id, rule_version, rule_origin, finding_kind, severity, about, role, moment, what, occasion,
                          source, reason)
SELECT 1, rule, 1, 'reference', 'herb_drug', severity, 'x', 'practitioner', 'sign', what, 'curator test ' || n, 'api',
       CASE what WHEN 'overridden' THEN 'monitored' ELSE '' END
  FROM (VALUES ('hdi0009', 'major', 24), ('hdi0013', 'moderate', 23), ('hdi0014', 'moderate', 5)) r (rule, severity, times),
       generate_series(1, 25) n, unnest('{shown,overridden}'::text[]) what
 WHERE what = 'shown' OR n <= times
    ON CONFLICT DO NOTHING
"""


class AlertBudget(PageTest):
    user = "curator.han"

    def setUp(self):
        super().setUp()
        subprocess.run(["psql", os.environ["DATABASE_URL"], "-q", "-v", "ON_ERROR_STOP=1", "-c", EVENTS], check=True,
                       stdout=subprocess.DEVNULL)

    def queued(self):
        return [node.get_attribute("data-rule") for node in self.page.all(".queue .finding")]

    def row(self, rule):
        return self.page.until(lambda: self.page.all(f".budget-table [data-rule={rule}]")[0], f"the row of {rule}")

    def decide(self, rule, action, note):
        box = f".queue [data-rule={rule}]"
        self.page.click(self.page.find(f"{box} summary"))
        Select(self.page.find(f"{box} select")).select_by_visible_text(action)
        self.page.find(f"{box} textarea").send_keys(note)
        self.page.click(self.page.until(lambda: [node for node in self.page.all(f"{box} button") if node.text == "Decide"][0], "Decide"))
        self.page.until(lambda: rule not in self.queued(), f"{rule} out of the queue")

    def test_what_is_overridden_too_often_is_decided_about(self):
        self.go("#/curator")
        self.page.until(lambda: {"hdi0009", "hdi0013"} <= set(self.queued()), "the queue")
        self.assertNotIn("hdi0014", self.queued())
        self.assertIn("96 %", self.page.text(".queue [data-rule=hdi0009]"))
        self.assertIn("24 × monitored", self.page.text(".queue [data-rule=hdi0009]"))
        box = ".queue [data-rule=hdi0009]"
        self.page.click(self.page.find(f"{box} summary"))
        self.page.click(self.page.until(lambda: [node for node in self.page.all(f"{box} button") if node.text == "Decide"][0], "Decide"))
        self.page.until_text("Must be filled in.", f"{box} .field-error")
        self.go("#/curator")
        self.decide("hdi0009", "Keep as it is", "monitoring is what it asks for")
        self.decide("hdi0013", "Another severity", "always tolerated")
        self.page.until_text("monitoring is what it asks for", ".decisions")
        self.page.click(self.page.until(lambda: [node for node in self.page.all(".decisions a") if node.text == "hdi0013"][0], "its row"))
        self.page.until_text("always tolerated", ".proposals")
        self.page.until_text("Minor", ".change-to")

    def test_the_budget_is_narrowed_and_taken_away_as_a_workbook(self):
        self.go("#/curator")
        self.assertIn("25", self.row("hdi0014").text)
        self.assertIn("20 %", self.row("hdi0014").text)
        self.page.find(".budget-table")
        self.page.find("main input[type=search]").send_keys("hdi0014")
        self.page.until(lambda: len(self.page.all(".budget-table tbody tr")) == 1, "one rule")
        Select(self.page.find("select[title=Role]")).select_by_visible_text("Pharmacist")
        self.page.until_text("Nothing was shown", ".budget")
        got = self.page.driver.execute_async_script("""
            const done = arguments[0];
            fetch(document.querySelector('main a[download]').href).then(async (answer) =>
                done([answer.status, (await answer.arrayBuffer()).byteLength]));
        """)
        self.assertEqual(got[0], 200)
        self.assertGreater(got[1], 3000)
        self.fits("the alert budget")

    def test_from_when_on_a_rule_comes_is_set(self):
        self.go("#/curator")
        self.page.click(self.page.button("Change"))
        box = self.page.find("[name=override_percent]")
        box.clear()
        box.send_keys("101")
        self.page.click(self.page.button("Save"))
        self.page.until_text("100", ".settings-form .field-error")
        for percent in ("15", "80"):
            if not self.page.all(".settings-form"):
                self.page.click(self.page.button("Change"))
            box = self.page.find("[name=override_percent]")
            box.clear()
            box.send_keys(percent)
            self.page.click(self.page.button("Save"))
            self.page.until_text(f"at least {percent} %", ".budget-settings")

    def test_who_is_no_curator_sees_the_figures_alone(self):
        self.sign_in_as("dr.wu")
        self.go("#/curator")
        self.row("hdi0014")
        self.assertEqual(self.page.all(".queue .finding, .decide-rule"), [])
        self.sign_in_as("sam.ortiz")
        self.assertEqual(self.page.all("a.section[href='#/curator']"), [])
