"""The work list: what the service finds by itself reaches people, who take it and say what came of it."""
import re

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from order import Person, add_medicine, make_order
from shop import PageTest


class WorkList(PageTest):
    user = "mei.lin"

    def pieces(self, words):
        return [node for node in self.page.all(".work .finding") if words in node.text]

    def piece(self, words):
        return self.page.until(lambda: self.pieces(words)[0], f"a piece of work about {words}")

    def inside(self, words, selector):
        """What a piece holds, found anew each time: the list is drawn again when something happens."""
        return self.page.until(lambda: self.piece(words).find_element(By.CSS_SELECTOR, selector), f"{selector} in {words}")

    def badge(self):
        """What it says to who cannot see it: how many, also beyond the 99 it shows."""
        words = self.page.script("return document.querySelector('header .count .visually-hidden')?.textContent ?? '0'")
        return int(re.search(r"\d+", words).group())

    def test_a_finding_raised_by_a_new_medicine_comes_by_itself_and_is_worked_off(self):
        make_order(self.service)
        self.go("#/work")
        before = self.badge()
        add_medicine(self.service, "phenprocoumon")
        self.piece("phenprocoumon")
        self.page.until(lambda: self.badge() > before, "the badge grown")
        for words in ("Robert Hale", "D-0003", "New medicine: phenprocoumon", "Dān Shēn", "What to do", "Nobody has taken it"):
            self.assertIn(words, self.page.text("main"))
        piece = f"[data-work='{self.piece('phenprocoumon').get_attribute('data-work')}']"
        self.page.click(self.page.find(f"{piece} .work-take"))
        self.page.until_text("Taken by you", piece)
        self.assertEqual(self.page.focused().tag_name, "select")
        self.page.click(self.page.find(f"{piece} form button"))
        self.page.until_text("Choose what came of it", f"{piece} .field-error")
        Select(self.page.find(f"{piece} select")).select_by_visible_text("The prescriber was told and decides")
        self.page.find(f"{piece} form input[type=text]").send_keys("by telephone")
        self.page.click(self.page.find(f"{piece} form button"))
        self.page.until_gone(piece)
        Select(self.page.find("select[title=State]")).select_by_visible_text("Done")
        self.page.until_text("The prescriber was told and decides", piece)
        self.assertIn("by telephone", self.page.text(piece))

    def test_what_another_person_takes_shows_by_itself_and_can_be_taken_over(self):
        make_order(self.service)
        add_medicine(self.service, "fluindione")
        doctor = Person(self.service, "dr.wu")
        self.go("#/work")
        title = self.inside("fluindione", "h3").text
        item = self.piece("fluindione").get_attribute("data-work")
        doctor.ask("POST", f"/work-list/{item}/take", {})
        self.page.until(lambda: "Taken by Wu Jianguo" in self.page.text(f"[data-work='{item}']"), "who has taken it")
        self.page.click(self.page.until(lambda: [node for node in self.page.all(f"[data-work='{item}'] button")
                                                 if node.text == "Take over"][0], "to take it over"))
        self.page.until(lambda: "Taken by you" in self.page.text(f"[data-work='{item}']"), f"{title} taken over")

    def test_a_note_being_written_stays_when_another_piece_comes(self):
        make_order(self.service)
        add_medicine(self.service, "tioclomarol")
        self.go("#/work")
        self.page.click(self.inside("tioclomarol", ".work-take"))
        self.inside("tioclomarol", "form input[type=text]").send_keys("half a sen")
        make_order(self.service, "D-0002")
        add_medicine(self.service, "dicoumarol", "D-0002")
        self.piece("dicoumarol")
        self.page.keys("tence")
        self.assertEqual(self.inside("tioclomarol", "form input[type=text]").get_attribute("value"), "half a sentence")
        before = len(self.pieces("dicoumarol"))
        add_medicine(self.service, "dicoumarol")
        self.page.until(lambda: len(self.pieces("dicoumarol")) > before, "one of the same patient")
        self.page.keys(", and another")
        self.assertEqual(self.inside("tioclomarol", "form input[type=text]").get_attribute("value"), "half a sentence, and another")

    def test_the_list_is_narrowed(self):
        make_order(self.service)
        add_medicine(self.service, "phenindione")
        self.go("#/work")
        self.piece("phenindione")
        Select(self.page.find("select[title=Severity]")).select_by_visible_text("Moderate")
        self.page.until(lambda: {node.get_attribute("data-severity") for node in self.page.all(".work .finding")} == {"moderate"},
                        "moderate ones alone")
        Select(self.page.find("select[title=Severity]")).select_by_visible_text("Any severity")
        self.fits("the work list")

    def test_who_only_looks_is_offered_no_buttons(self):
        make_order(self.service)
        add_medicine(self.service, "acenocoumarol")
        self.sign_in_as("sam.ortiz")
        self.go("#/work")
        self.piece("acenocoumarol")
        self.assertEqual(self.page.all(".work button, .work select"), [])
        self.sign_in_as("curator.han")
        self.assertNotIn("Work list", self.page.text("header"))
