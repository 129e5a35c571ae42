"""What an administrator keeps at the page: the people of the shop and their passwords, its printers, and what it says about itself. Others
see what is theirs to see, and change their own password."""
import re
import socket
import threading

from selenium.webdriver.common.keys import Keys

from order import Person
from shop import PageTest


class Keeping(PageTest):
    user = "admin"

    def ask(self, method, path, body=None, user="admin"):
        return Person(self.service, user).ask(method, path, body)

    def person(self, username):
        return self.ask("GET", f"/people/{username}")

    def tick(self, role):
        self.page.click(self.page.until(lambda: [box for box in self.page.all(f".roles input[value={role}]") if box.is_displayed()][0], role))

    def secret(self):
        return self.page.until(lambda: self.page.find(".secret-text").text, "the password")

    def enter_with(self, username, password):
        self.page.sign_out()
        self.page.sign_in(username, password)

    # People -------------------------------------------------------------------------------------------------------------

    def test_a_person_is_added_with_a_password_shown_once(self):
        self.go("#/people")
        self.page.press("main", "Add a person")
        self.page.fill("main form", display_name="Chen Bo", username="sam.ortiz")
        self.tick("staff")
        self.page.press("main", "Add and make a password")
        self.page.until_text("is taken in this shop", ".field-error")
        self.assertEqual(self.page.find("main [name=display_name]").get_attribute("value"), "Chen Bo")
        self.page.fill("main form", username="chen.bo")
        self.page.press("main", "Add and make a password")
        self.page.until_text("The password of Chen Bo", ".secret")
        password = self.secret()
        self.fits("people with a password")
        self.page.until_text("chen.bo", "[data-person='chen.bo']")
        self.page.press(".secret", "It is noted: hide it")
        self.page.until_gone(".secret")
        self.page.find("main input[type=search]").send_keys("chen")
        self.page.until(lambda: {row.get_attribute("data-person") for row in self.page.all("[data-person]")} == {"chen.bo", "david.chen"}, "only Chens")
        self.assertEqual(self.person("chen.bo")["roles"], ["staff"])
        self.enter_with("chen.bo", password)
        self.page.until_text("Choose your own password", "h1")
        self.choose(password, "a fine new one")
        self.page.until_text("Quick check", "h1")
        self.page.go("#/people")
        self.page.until_text("People are kept by an administrator")

    def test_a_person_is_changed_disabled_and_let_in_again(self):
        self.ask("POST", "/people", {"username": "wei.fang", "display_name": "Fang Wei", "roles": ["staff"], "registration": "R 1"})
        self.service.command("user", "token", "wei.fang", "--name", "the till")
        self.go("#/people/wei.fang")
        self.page.press("main", "Change")
        self.page.fill("main form", display_name="Fang Wei-Ling", registration="")
        self.tick("pharmacist")
        self.page.press("main form", "Change")
        self.page.until_text("Fang Wei-Ling is changed", ".done-note")
        self.assertEqual((self.person("wei.fang")["roles"], self.person("wei.fang")["registration"]), (["pharmacist", "staff"], None))
        self.page.until_text("the till", "[data-token]")
        self.page.press("[data-token]", "End it")
        self.page.until_text("the till works no more", ".done-note")
        self.page.press("main", "New password")
        self.page.press("main", "Make a new password")
        self.page.until_text("The password of Fang Wei-Ling", ".secret")
        self.assertRegex(self.secret(), r"^[a-z0-9-]{12,}$")
        self.fits("a person")
        self.page.press("main", "Disable")
        self.page.press("main", "Disable this account")
        self.page.until_text("Fang Wei-Ling is disabled", ".done-note")
        self.page.until_text("disabled", "main h1")
        self.page.press("main", "Enable again")
        self.page.press("main", "Enable this account")
        self.page.until_text("may sign in again", ".done-note")
        self.assertIsNone(self.person("wei.fang")["disabled_at"])
        self.assertEqual(self.page.complaints(), [])

    def test_nobody_changes_her_own_roles(self):
        self.go("#/people/admin")
        self.page.press("main", "Change")
        self.page.until_text("Your own roles are changed by another administrator")
        self.assertEqual(self.page.all(".roles"), [])
        self.assertNotIn("Disable", self.page.text("main"))
        self.assertNotIn("New password", self.page.text("main"))

    def choose(self, present, wanted, again=None):
        self.page.fill("main form", password=present, new_password=wanted, again=again or wanted)
        self.page.press("main form", "Change the password")

    def test_a_password_somebody_else_made_is_changed_before_anything_else(self):
        made = self.ask("POST", "/people", {"username": "must.choose", "display_name": "Must Choose", "roles": ["staff"]})
        self.enter_with("must.choose", made["password"])
        self.page.until_text("Choose your own password", "h1")
        self.assertEqual(self.page.all("header, nav"), [])
        self.page.go("#/orders")
        self.page.until_text("somebody else knows it too", "main")
        self.fits("a password to choose")
        for language, words in (("简体中文", "请自行设置密码"), ("繁體中文", "請自行設定密碼"), ("English", "Choose your own password")):
            self.page.choose_language(language)
            self.page.until_text(words, "h1")
        self.page.press("main", "Sign out")
        self.page.until_text("Sign in", "h1")
        self.assertEqual(self.page.complaints(), [])
        self.page.find("#username").send_keys("must.choose")
        self.page.find("#password").send_keys(made["password"], Keys.ENTER)
        self.page.until_text("Choose your own password", "h1")
        self.choose(made["password"], "a fine new one", "a fine new two")
        self.page.until_text("is not the same as above", ".field-error")
        self.assertNotIn("a fine new", self.page.text("main"))
        self.choose(made["password"], made["password"])
        self.page.until_text("must be another than the one you have", ".field-error")
        self.choose("not the password", "a fine new one")
        self.page.until_text("is not your password", ".field-error")
        self.choose(made["password"], "a fine new one")
        self.page.until_text("Orders", "h1")
        self.page.until_text("Must Choose", ".who-name")
        self.enter_with("must.choose", "a fine new one")
        self.page.until_text("Quick check", "h1")

    def test_ones_own_password_is_changed(self):
        made = self.service.command("user", "add", "own.word").split()[-1]
        self.enter_with("own.word", made)
        self.page.until_text("Quick check", "h1")
        self.page.go("#/me")
        self.page.until_text("My account", "h1")
        self.choose("not the password", "a fine new one", "a fine new two")
        self.page.until_text("is not the same as above", ".field-error")
        self.fits("my account")
        self.choose(made, "short")
        self.page.until_text("must be 12 to 128 characters", ".field-error")
        self.choose(made, "a fine new one")
        self.page.until_text("Your password is changed. Sign in with the new one.")
        self.page.find("#username").send_keys("own.word")
        self.page.find("#password").send_keys("a fine new one", Keys.ENTER)
        self.page.until_text("My account", "h1")

    # Printers -----------------------------------------------------------------------------------------------------------

    def test_a_printer_is_added_tested_chosen_and_removed(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            taken = []
            threading.Thread(target=lambda: self.take(server, taken), daemon=True).start()
            self.go("#/printers")
            self.page.press("main", "Add a printer")
            self.page.fill("main form", code="zebra", name="The Zebra", uri="nowhere", format="zpl", media_width_um="wide")
            self.page.press("main", "Add it")
            self.page.until_text("must be millimetres", ".field-error")
            self.page.fill("main form", media_width_um="100", media_height_um="150")
            self.page.press("main", "Add it")
            self.page.until_text("“nowhere”", ".field-error")
            self.page.fill("main form", uri=f"tcp://127.0.0.1:{server.getsockname()[1]}")
            self.page.press("main", "Add it")
            self.page.until_text("zebra is added", ".done-note")
            self.page.until_text("100 × 150 mm", "[data-printer=zebra]")
            self.page.press("[data-printer=zebra]", "Print a test page")
            self.page.until_text("Test page on zebra: printed", ".done-note")
            self.page.until_text("printed", "[data-printer=zebra] .tag")
        self.assertTrue(taken and b"^XA" in taken[0], taken)
        self.ask("POST", "/printers", {"code": "gone", "uri": "tcp://127.0.0.1:9", "format": "pdf"})
        self.sign_in_as("sam.ortiz")
        self.go("#/printers")
        self.assertNotIn("Add a printer", self.page.text("main"))
        self.assertNotIn("Remove", self.page.text("main"))
        self.page.press("[data-printer=gone]", "Print a test page")
        self.page.until_text("Test page on gone: failed", ".done-note")
        self.page.until_text("What did not come out")
        self.page.press("main", "Any workstation, one kind of paper")
        self.page.fill("main .stop-tool[open] form", station="front: left", kind="receipt", printer="zebra")
        self.page.press("main .stop-tool[open] form", "Print here from now on")
        self.page.until_text("without slash, colon and comma", ".field-error")
        self.page.fill("main .stop-tool[open] form", station="前台 1")
        self.page.press("main .stop-tool[open] form", "Print here from now on")
        self.page.until_text("前台 1 prints receipts on zebra", ".done-note")
        self.page.until_text("前台 1: receipts", "[data-printer=zebra]")
        self.fits("printers")
        self.page.find("main input[type=search]").send_keys("前台")
        self.page.until(lambda: [row.get_attribute("data-printer") for row in self.page.all("[data-printer]")] == ["zebra"], "the one")
        self.sign_in_as("admin")
        self.go("#/printers")
        self.page.press("[data-printer=zebra]", "Remove")
        self.page.press("[data-printer=zebra]", "It is not used any more")
        self.page.until_text("zebra is removed", ".done-note")
        self.page.until_gone("[data-printer=zebra]")
        self.ask("POST", "/printers/gone/removal")

    @staticmethod
    def take(server, taken):
        connection, _ = server.accept()
        with connection:
            data = b""
            while part := connection.recv(65536):
                data += part
            taken.append(data)

    # Scales -------------------------------------------------------------------------------------------------------------

    def test_a_scale_is_added_read_used_and_removed(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            threading.Thread(target=lambda: self.weigh(server), daemon=True).start()
            self.go("#/scales")
            self.page.press("main", "Add a scale")
            self.page.fill("main form", code="one", name="The fine one", uri=f"tcp://127.0.0.1:{server.getsockname()[1]}",
                           protocol="mt-sics", capacity_mg="a lot", resolution_mg="0.01")
            self.page.press("main", "Add it")
            self.page.until_text("“a lot” must be a decimal number", ".field-error")
            self.page.fill("main form", capacity_mg="0.6 kg")
            self.page.press("main", "Add it")
            self.page.until_text("one is added", ".done-note")
            self.page.until_text("0 g to 600 g in steps of 0.01 g", "[data-scale=one]")
            self.assertNotIn("What lies on it?", self.page.text("main"))
            self.sign_in_as("sam.ortiz")
            self.go("#/scales")
            self.assertNotIn("Remove", self.page.text("main"))
            self.page.press("[data-scale=one]", "What lies on it?")
            self.page.until_text("12.34 g lie on it", "[data-scale=one]")
            self.page.press("[data-scale=one]", "Read it at this workstation")
            self.page.until_text("this workstation’s", "[data-scale=one] .tag")
            self.fits("scales")
        self.page.press("[data-scale=one]", "What lies on it?")
        self.page.until_text("does not answer", "[data-scale=one] .form-message")
        self.sign_in_as("admin")
        self.go("#/scales")
        self.page.press("[data-scale=one]", "Remove")
        self.page.press("[data-scale=one]", "It is not used any more")
        self.page.until_text("one is removed", ".done-note")
        self.page.until_text("No scale yet")

    @staticmethod
    def weigh(server):
        connection, _ = server.accept()
        with connection:
            connection.recv(100)
            connection.sendall(b"S S      12.34 g\r\n")
            connection.recv(100)

    # The shop -----------------------------------------------------------------------------------------------------------

    def test_the_shop_says_what_was_changed_only(self):
        before = self.ask("GET", "/shop")
        self.addCleanup(self.put_back, before)
        self.go("#/shop")
        self.page.fill("main", packet_checks="2", name="Arcana & Daughters", registration="L 4", postal_code="")
        self.page.press("section[aria-labelledby=part-shop-about]", "Save")
        self.page.until_text("Saved", ".done-note")
        self.page.until_text("Arcana & Daughters", ".brand-shop")
        self.page.fill("main", weigh_tolerance_permille="a bit", second_person_above_cents="75", liang="taiwan")
        self.page.press("section[aria-labelledby=part-shop-rules]", "Save")
        self.page.until_text("must be percent", ".field-error")
        self.page.fill("main", weigh_tolerance_permille="2.5", time_zone="Mars/Olympus")
        self.page.press("section[aria-labelledby=part-shop-rules]", "Save")
        self.page.until_text("is no time zone", ".field-error")
        self.page.fill("main", time_zone=before["time_zone"])
        self.page.press("section[aria-labelledby=part-shop-rules]", "Save")
        self.page.until_text("Saved", ".done-note")
        self.page.press("section[aria-labelledby=part-shop-rules]", "Save")
        self.page.until_text("Nothing was changed", ".done-note")
        self.page.fill("main", identity="scan")
        self.page.click(self.page.find("main [name=total_check]"))
        self.page.press("section[aria-labelledby=part-shop-bench]", "Save")
        self.page.until(lambda: self.ask("GET", "/bench-settings")["total_check"], "the bench's settings")
        self.fits("the shop")
        now = self.ask("GET", "/shop")
        self.assertEqual({name for name in now if now[name] != before[name]},
                         {"name", "registration", "postal_code", "liang", "second_person_above_cents", "weigh_tolerance_permille"})
        self.assertEqual((now["weigh_tolerance_permille"], now["second_person_above_cents"], now["postal_code"]), (25, 7500, None))
        bench = self.ask("GET", "/bench-settings")
        self.assertEqual((bench["identity"], bench["packet_checks"]), ("scan", 2))
        self.sign_in_as("dr.wu")
        self.go("#/shop")
        self.page.until_text("An administrator changes these")
        self.assertEqual(self.page.all("main form"), [])
        self.assertTrue(re.search(r"Telephone\s+312-555-0100", self.page.text("main")))
        self.fits("the shop, read")

    def put_back(self, before):
        self.ask("PUT", "/shop", {name: "none" if before[name] is None else before[name]
                                  for name in ("name", "registration", "postal_code", "liang", "second_person_above_cents", "weigh_tolerance_permille")})
        self.ask("PUT", "/bench-settings", {"identity": "choice", "packet_checks": 0, "total_check": False})

    def test_one_person_may_do_both_and_no_more(self):
        self.go("#/shop")
        self.page.until_text("Two people for every order")
        self.page.press("main", "Let one person do both")
        self.page.until_text("One person may do both now", ".done-note")
        self.page.until_text("30 minutes later: allowed by Avery Stone")
        self.page.press("main", "Two people again")
        self.page.until_text("It takes two people again", ".done-note")

    def test_set_up_leads_there(self):
        self.go("#/setup")
        for address in ("#/people", "#/printers", "#/shop"):
            self.page.find(f"main a[href='{address}']")
        self.sign_in_as("sam.ortiz")
        self.go("#/setup")
        self.page.find("main a[href='#/printers']")
        self.assertEqual(self.page.all("main a[href='#/people']"), [])
