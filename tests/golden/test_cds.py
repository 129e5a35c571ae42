"""CDS Hooks 2.0 as another system meets it: its own key, its own tokens, FHIR R4 over HTTP against the real service."""
import datetime
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]
from service import Service  # noqa: E402
from support import ehr  # noqa: E402
from support.ehr import ATC, OURS, RXNORM, bundle, concept, condition, dosage, order, request, taken  # noqa: E402
from support.people import sql  # noqa: E402

ISSUER = "https://ehr.test"
WARFARIN = concept(system=RXNORM, code="855288", display="Warfarin Sodium 1 MG Oral Tablet")
SIGN, SELECT, VIEW = "yaofang-order-sign", "yaofang-order-select", "yaofang-patient-view"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Cds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service()
        cls.folder = tempfile.TemporaryDirectory(prefix="yaofang-cds-")
        cls.yaofang("user", "add", "boss", "--role", "admin")
        cls.key = ehr.Key("k1")
        cls.add(cls.key)
        cls.ehr = ehr.Ehr(cls.service.url, ISSUER, cls.key)

    @classmethod
    def tearDownClass(cls):
        cls.service.close()
        cls.folder.cleanup()

    @classmethod
    def yaofang(cls, *words):
        return subprocess.run([str(ROOT / "build" / "yaofang"), *words], env=cls.service.environment(), capture_output=True,
                              text=True, check=False)

    @classmethod
    def add(cls, key, text=None, **more):
        path = os.path.join(cls.folder.name, "key")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text or key.pem())
        options = {"name": "Test EHR", "issuer": ISSUER, "kid": key.kid, "public-key": path, **more}
        return cls.yaofang("cds", "client", "add", "--as", "boss",
                           *[word for name, value in options.items() for word in ("--" + name, value)])

    def conforms(self, answer, orders=()):
        """What CDS Hooks 2.0 requires of a response, attribute by attribute."""
        self.assertEqual(set(answer), {"cards"})
        references = {"MedicationRequest/" + one["id"] for one in orders if "id" in one}
        for card in answer["cards"]:
            self.assertRegex(card["uuid"], UUID)
            self.assertTrue(0 < len(card["summary"]) < 140, card["summary"])
            self.assertNotIn("\n", card["summary"])
            self.assertIn(card["indicator"], ("info", "warning", "critical"))
            self.assertTrue(card["source"]["label"])
            for url in [card["source"].get("url", "https://")] + [link["url"] for link in card.get("links", [])]:
                self.assertTrue(url.startswith("https://") and " " not in url, url)
            self.assertEqual("selectionBehavior" in card, "suggestions" in card)
            for suggestion in card.get("suggestions", []):
                self.assertTrue(suggestion["label"] and UUID.match(suggestion["uuid"]))
                for action in suggestion["actions"]:
                    self.assertTrue(action["description"])
                    if action["type"] == "delete":
                        self.assertIn(action["resourceId"], references)
                    else:
                        self.assertEqual((action["type"], action["resource"]["resourceType"]), ("create", "MedicationRequest"))
            for reason in card.get("overrideReasons", []):
                self.assertTrue(reason["code"] and reason["system"] and reason["display"])
        self.no_nothings(answer)
        return answer["cards"]

    def no_nothings(self, value):
        """No null, no empty text, list or object, but for the list of cards itself."""
        if isinstance(value, dict):
            for key, member in value.items():
                if not (key == "cards" and member == []):
                    self.assertNotIn(member, (None, "", [], {}), key)
                    self.no_nothings(member)
        elif isinstance(value, list):
            for member in value:
                self.no_nothings(member)

    def cards(self, service, body, **more):
        status, answer, _ = self.ehr.call(service, body, **more)
        self.assertEqual(status, 200, answer)
        orders = [entry["resource"] for entry in body["context"].get("draftOrders", {}).get("entry", [])]
        return self.conforms(answer, orders)

    def one(self, cards, part):
        found = [card for card in cards if part in card["summary"]]
        self.assertEqual(len(found), 1, [card["summary"] for card in cards])
        return found[0]

    def refused(self, status, part, answer):
        self.assertEqual(answer[0], status, answer[1])
        self.assertIn(part, str(answer[1]))
        self.assertEqual(answer[2]["Access-Control-Allow-Origin"], "*")

    # what it offers

    def test_discovery_is_public_and_says_what_the_specification_wants(self):
        status, answer, headers = self.ehr.send("GET", "/cds-services", token="")
        self.assertEqual((status, headers["Access-Control-Allow-Origin"]), (200, "*"))
        self.assertEqual({one["hook"] for one in answer["services"]}, {"patient-view", "order-select", "order-sign"})
        for one in answer["services"]:
            self.assertTrue(one["id"] and one["description"] and one["title"])
            for template in one["prefetch"].values():
                self.assertEqual(set(re.findall(r"\{\{(.*?)\}\}", template)), {"context.patientId"})

    def test_a_browser_of_another_site_may_ask(self):
        for path in ("/cds-services", "/cds-services/" + SIGN, f"/cds-services/{SIGN}/feedback"):
            status, _, headers = self.ehr.send("OPTIONS", path, token="", headers={
                "Origin": "https://ehr.test", "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "authorization,content-type"})
            self.assertEqual(status, 204)
            self.assertIn("authorization", headers["Access-Control-Allow-Headers"])
            self.assertIn("POST", headers["Access-Control-Allow-Methods"])

    # what it finds

    def test_herb_against_prescribed_medicine(self):
        orders = [order("1", concept("Dan Shen"), dosage(9))]
        card = self.one(self.cards(SIGN, request("order-sign", orders, prefetch={"medicationRequests": bundle(
            order("9", WARFARIN, status="active"))})), "warfarin")
        self.assertEqual(card["indicator"], "critical")
        self.assertIn("9 g a day", card["detail"])
        self.assertEqual(card["source"]["topic"]["system"], "urn:yaofang:rule")
        self.assertEqual(card["suggestions"][0]["actions"], [
            {"type": "delete", "description": "Remove Dan Shen from the orders", "resourceId": "MedicationRequest/1"}])
        self.assertIn("monitored", [reason["code"] for reason in card["overrideReasons"]])

    def test_a_medicine_is_known_by_code_text_and_reference(self):
        contained = {"resourceType": "MedicationRequest", "id": "9", "status": "active", "intent": "order",
                     "subject": {"reference": "Patient/p1"}, "medicationReference": {"reference": "#m"},
                     "contained": [{"resourceType": "Medication", "id": "m", "code": concept("Coumadin 5 mg tablets")}]}
        included = {**contained, "medicationReference": {"reference": "Medication/m2"}, "contained": []}
        named = {**contained, "medicationReference": {"reference": "Medication/gone", "display": "warfarin"}, "contained": []}
        medication = {"resourceType": "Medication", "id": "m2", "code": concept(system=ATC, code="B01AA03")}
        apixaban = self.cards(SIGN, request("order-sign", [order("1", concept("丹参"))], prefetch={
            "medicationRequests": bundle(order("9", concept(system=RXNORM, code="1364430"), status="active"))}))
        self.one(apixaban, "apixaban")
        for given in (bundle(order("9", concept(system=ATC, code="B01AA03"), status="active")),
                      bundle(order("9", concept("warfarin sodium 5 MG Oral Tablet [Coumadin]"), status="active")),
                      bundle(order("9", concept(system=OURS, code="warfarin"), status="active")),
                      bundle(contained), bundle(included, medication), bundle(named)):
            cards = self.cards(SIGN, request("order-sign", [order("1", concept("丹参"))], prefetch={"medicationRequests": given}))
            self.one(cards, "warfarin")
            self.assertEqual(len(cards), 1, cards)

    def test_a_statement_counts_and_the_same_medicine_twice_is_one(self):
        cards = self.cards(SIGN, request("order-sign", [order("1", concept("dan shen"))], prefetch={
            "medicationRequests": bundle(order("9", WARFARIN, status="active")),
            "medicationStatements": bundle(taken(concept("warfarin")))}))
        self.assertEqual([card["summary"] for card in cards], ["Dān Shēn 丹参 + warfarin: raised INR and bleeding"])

    def test_what_is_over_or_refuted_does_not_count(self):
        for status in ("stopped", "cancelled", "completed", "entered-in-error"):
            self.assertEqual(self.cards(SIGN, request("order-sign", [order("1", concept("dan shen"))], prefetch={
                "medicationRequests": bundle(order("9", WARFARIN, status=status))})), [])
        self.assertEqual(self.cards(SIGN, request("order-sign", [order("1", concept("dan shen"))], prefetch={
            "medicationRequests": bundle(order("9", WARFARIN, status="active", doNotPerform=True)),
            "medicationStatements": bundle(taken(WARFARIN, status="not-taken")),
            "conditions": bundle(condition(concept("pregnancy"), clinical="resolved"),
                                 condition(concept("pregnancy"), verification="refuted"))})), [])
        self.assertEqual(self.cards(SIGN, request("order-sign", [order("1", concept("dan shen"), status="entered-in-error")],
                                                  prefetch={"medicationRequests": bundle(order("9", WARFARIN, status="active"))})),
                         [])

    def test_conditions_age_and_allergies(self):
        orders = [order("1", concept("hong hua"))]
        self.one(self.cards(SIGN, request("order-sign", orders, prefetch={"conditions": bundle(
            condition(concept(system="http://snomed.info/sct", code="77386006")))})), "egnan")
        observed = {"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/p1"},
                    "code": concept(system="http://loinc.org", code="82810-3"),
                    "valueCodeableConcept": concept(system="http://snomed.info/sct", code="77386006")}
        self.one(self.cards(SIGN, request("order-sign", orders, prefetch={"pregnancy": bundle(observed)})), "egnan")
        allergy = {"resourceType": "AllergyIntolerance", "patient": {"reference": "Patient/p1"}, "code": concept("Asteraceae")}
        cards = self.cards(SIGN, request("order-sign", orders, prefetch={"allergies": bundle(allergy)}))
        self.assertTrue(any("allerg" in card["detail"] for card in cards), cards)
        allergy["code"] = {"text": "shellfish"}
        cards = self.cards(SIGN, request("order-sign", [order("1", concept("mu li"), dosage(15))], prefetch={
            "allergies": bundle(allergy)}))
        self.assertTrue(any("allerg" in card["detail"] for card in cards), cards)
        self.assertFalse([card for card in cards if card["summary"].startswith("Not checked: shellfish")])

    def test_what_was_stopped_lately_still_counts(self):
        def told(day, **more):
            stopped = taken(concept("St John's wort"), "stopped", effectivePeriod={"start": "2020-01-01", "end": day.isoformat()})
            return [card["summary"] for card in self.cards(SIGN, request("order-sign", [order("1", concept("chen pi"), dosage(5))],
                    prefetch={"medicationRequests": bundle(order("9", WARFARIN, status="active")),
                              "medicationStatements": bundle(stopped, *more.get("also", ()))})) if "Guàn Yè" in card["summary"]]

        today = datetime.date.today()
        self.assertEqual(len(told(today - datetime.timedelta(days=6))), 1)
        self.assertEqual(told(today - datetime.timedelta(days=60)), [])
        self.assertEqual(told(today + datetime.timedelta(days=9)), [])
        self.assertEqual(len(told(today - datetime.timedelta(days=60), also=[taken(concept("St John's wort"))])), 1)

    def test_daily_dose_from_fhir(self):
        def dose_card(*orders):
            cards = self.cards(SIGN, request("order-sign", orders))
            return [card for card in cards if card["source"].get("topic", {}).get("display") == "dose"]

        self.assertEqual(dose_card(order("1", concept("huang qi"), dosage(10))), [])
        for dose in (dosage(40, frequency=3), dosage(60000, "mg", 2), dosage(30, frequency=1, period=6, period_unit="h"),
                     {"timing": {"code": {"coding": [{"code": "TID"}]}}, "doseAndRate": [{"doseQuantity": {
                         "value": 40, "code": "g"}}]},
                     {"timing": {"repeat": {"period": 1, "periodUnit": "d", "frequency": 3}}, "doseAndRate": [{"doseRange": {
                         "low": {"value": 1, "code": "g"}, "high": {"value": 40, "code": "g"}}}]}):
            self.assertEqual(len(dose_card(order("1", concept("huang qi"), dose))), 1, dose)
        cards = self.cards(SIGN, request("order-sign", [order("1", concept("huang qi"), dosage(2, "tablet", 2))]))
        self.assertIn("does not come to a weight a day", self.one(cards, "Not checked")["detail"])
        cards = self.cards(SIGN, request("order-sign", [order("1", concept("gan cao 9 g"), dosage(1, "g", 3))]))
        self.assertIn("the larger was checked", self.one(cards, "Not checked")["detail"])

    def test_only_what_concerns_the_selection(self):
        orders = [order("1", concept("dan shen")), order("2", concept("gan cao"))]
        active = {"medicationRequests": bundle(order("9", WARFARIN, status="active"))}
        picked = self.cards(SELECT, request("order-select", orders, selections=["MedicationRequest/2"], prefetch=active))
        self.assertFalse([card for card in picked if "Dān Shēn" in card["summary"]], picked)
        picked = self.cards(SELECT, request("order-select", orders, selections=["MedicationRequest/1"], prefetch=active))
        self.one(picked, "Dān Shēn 丹参 + warfarin")
        self.one(self.cards(SIGN, request("order-sign", orders, prefetch=active)), "Dān Shēn 丹参 + warfarin")

    def test_a_banned_herb_can_be_swapped_for_the_one_usually_meant(self):
        orders = [order("1", concept(system=OURS, code="guan_mu_tong"), dosage(6))]
        card = self.one(self.cards(SIGN, request("order-sign", orders)), "detained at import")
        swap = card["suggestions"][0]["actions"]
        self.assertEqual([action["type"] for action in swap], ["delete", "create"])
        self.assertEqual(swap[1]["resource"]["medicationCodeableConcept"]["coding"][0]["code"], "mu_tong")
        self.assertEqual(swap[1]["resource"]["subject"], {"reference": "Patient/p1"})
        self.assertNotIn("id", swap[1]["resource"])

    def test_the_chart(self):
        cards = self.cards(VIEW, request("patient-view", prefetch={
            "medicationRequests": bundle(order("9", WARFARIN, status="active")),
            "medicationStatements": bundle(taken(concept("Danshen tablets")))}))
        self.assertNotIn("suggestions", self.one(cards, "warfarin"))
        self.assertEqual(self.cards(VIEW, request("patient-view")), [])
        self.refused(412, "medicationRequests", self.ehr.call(VIEW, request("patient-view", prefetch={
            "medicationRequests": "left out", "medicationStatements": "left out"})))

    def tier(self, severity, tier):
        """How loudly practitioners are told at signing; waits until the service has read it."""
        sql(f"INSERT INTO shop_tiers (shop_id, role, moment, severity, tier, changed_by)"
            f" SELECT u.shop_id, 'practitioner', 'sign', '{severity}', {tier}, u.id FROM users u WHERE u.username = 'boss'"
            f" ON CONFLICT (shop_id, role, moment, severity) DO UPDATE SET tier = excluded.tier")

    def until(self, wanted):
        for _ in range(100):
            cards = self.cards(SIGN, request("order-sign", [order("1", concept("Dan Shen"), dosage(9))], prefetch={
                "medicationRequests": bundle(order("9", WARFARIN, status="active"))}))
            if wanted(cards):
                return cards
            time.sleep(0.1)
        self.fail([(card["summary"], card["indicator"]) for card in cards])

    def test_the_shop_says_what_interrupts(self):
        def told(indicator):
            return lambda cards: [card["indicator"] for card in cards if "arfarin" in card["summary"]] == [indicator]

        self.until(told("critical"))
        self.addCleanup(lambda: (self.tier("major", "NULL"), self.until(told("critical"))))
        self.tier("major", "'list'")
        self.until(told("warning"))
        self.tier("major", "'quiet'")
        cards = self.until(lambda cards: not any("arfarin" in card["summary"] for card in cards))
        further = self.one(cards, "further finding")
        self.assertEqual(further["indicator"], "info")
        self.assertIn("arfarin", further["detail"])

    def test_a_rule_of_the_shop_counts_as_its_own(self):
        body = request("order-sign", [order("1", concept("Chen Pi"), dosage(5))], prefetch={
            "medicationRequests": bundle(order("9", concept("metformin"), status="active"))})
        for words in (["user", "add", "cu.one", "--role", "curator"], ["user", "add", "cu.two", "--role", "curator"],
                      ["evidence", "propose", "rule", "--as", "cu.one", "--kind", "herb_drug", "--subject-kind", "herb",
                       "--subject", "chen pi", "--object-kind", "drug", "--object", "metformin", "--severity", "major",
                       "--effect", "a rule of this shop", "--action", "ask", "--reason", "a test", "--citation", "own notes"]):
            done = self.yaofang(*words)
            self.assertEqual(done.returncode, 0, done.stderr)
        number = re.search(r"proposal (\d+)", done.stdout).group(1)
        done = self.yaofang("evidence", "approve", number, "--as", "cu.two")
        self.assertEqual(done.returncode, 0, done.stderr)
        for _ in range(100):
            found = [card for card in self.cards(SIGN, body) if "a rule of this shop" in card["summary"]]
            if found:
                break
            time.sleep(0.1)
        card = found[0]["uuid"]
        self.assertEqual(sql(f"SELECT rule_origin FROM alert_events WHERE occasion = 'card {card}' AND what = 'shown'"), "shop")
        self.ehr.call(SIGN + "/feedback", {"feedback": [{"card": card, "outcome": "overridden",
                                                         "outcomeTimestamp": "2026-11-22T09:30:00Z"}]})
        self.assertEqual(sql(f"SELECT rule_origin FROM alert_events WHERE occasion = 'card {card}' AND what = 'overridden'"), "shop")

    # what it does not understand

    def test_what_is_not_understood_is_said(self):
        for medication in (concept("Frobnitz 5 mg"), concept(system=RXNORM, code="99999999"), concept(system=OURS, code="none"), {}):
            card = self.one(self.cards(SIGN, request("order-sign", [order("1", medication)])), "Not checked")
            self.assertEqual(card["indicator"], "warning")
        cards = self.cards(SIGN, request("order-sign", [order("1", concept("dan shne"))]))
        self.assertIn("did you mean", self.one(cards, "Not checked")["detail"])
        self.one(self.cards(SIGN, request("order-sign", [order("1", concept("mu tong"))])), "Unclear")
        self.one(self.cards(SIGN, request("order-sign", [
            {"resourceType": "MedicationRequest", "id": "1", "status": "draft", "subject": {"reference": "Patient/p1"}}])),
                 "Not checked")
        cards = self.cards(SIGN, request("order-sign", [order("1", concept("dan shen", RXNORM, "1364430"))]))
        self.assertIn("mean different things", self.one(cards, "Not checked")["detail"])
        self.one(cards, "apixaban")

    def test_what_was_not_sent_is_said(self):
        cards = self.cards(SIGN, request("order-sign", [order("1", concept("dan shen"))], prefetch={
            "medicationRequests": "left out", "medicationStatements": "left out"}))
        self.assertEqual(self.one(cards, "medicines were not sent")["indicator"], "critical")
        self.assertEqual(self.cards(SIGN, request("order-sign", [order("1", concept("dan shen"))], prefetch={
            "medicationRequests": None, "medicationStatements": None, "conditions": None, "allergies": None})), [])
        outcome = {"resourceType": "OperationOutcome", "issue": []}
        page = {**bundle(), "link": [{"relation": "next", "url": "https://ehr.test/more"}]}
        for prefetch, part in (({"conditions": "left out"}, "conditions”: were not sent"),
                               ({"allergies": outcome}, "allergies”: were not sent"),
                               ({"conditions": page}, "only the first page"),
                               ({"conditions": {**bundle(), "entry": [{"resource": "text"}, {}]}}, "holds no resource"),
                               ({"medicationStatements": bundle(taken(WARFARIN, patient="p2"))}, "another patient"),
                               ({"patient": {"resourceType": "Patient", "id": "p2"}}, "somebody else"),
                               ({"patient": {"resourceType": "Patient", "id": "p1", "birthDate": "soon"}}, "date of birth")):
            cards = self.cards(SIGN, request("order-sign", [order("1", concept("dan shen"))], prefetch=prefetch))
            self.assertIn(part, self.one(cards, "Not checked")["detail"])

    def test_text_of_the_request_is_never_markdown(self):
        text = "[x](https://evil.test) <img src=x> **b** https://evil.test www.evil.test `c` | a\n# h \u202e"
        card = self.one(self.cards(SIGN, request("order-sign", [order("1", concept(text))])), "Not checked")
        detail = card["detail"]
        self.assertEqual(re.findall(r"(?<!\\)[<>\[\]`|#:]|\u202e|(?<!\\)\*(?! “)|www\.", detail.split("”: ")[0]), [])
        self.assertEqual(detail.count("\n"), 1)

    def test_five_hundred_herbs(self):
        herbs = re.findall(r'"id":"([a-z_]+)"', self.yaofang("screen", "--json", "--item", "dan shen").stdout)
        self.assertTrue(herbs)
        ids = sql("SELECT string_agg(id, ' ') FROM (SELECT id FROM herbs WHERE retired_at IS NULL ORDER BY id LIMIT 500) h").split()
        orders = [order(str(i), concept(system=OURS, code=herb), dosage(9)) for i, herb in enumerate(ids)]
        orders += [order("x" + str(i), concept(f"Nothing{i}")) for i in range(500 - len(ids))]
        self.assertEqual(len(orders), 500)
        cards = self.cards(SIGN, request("order-sign", orders, prefetch={"medicationRequests": bundle(
            order("9", WARFARIN, status="active"))}))
        self.assertLess(len(cards), 40)
        self.one(cards, "further findings")

    # what it refuses

    def test_requests_that_are_none(self):
        good = request("order-sign", [order("1", concept("dan shen"))])
        for change, field in (({"hook": "appointment-book"}, "hook"), ({"hook": None}, "hook"), ({"hookInstance": "17"}, "hookInstance"),
                              ({"context": None}, "context"), ({"context": {"userId": "x", "patientId": "p1"}}, "context.draftOrders"),
                              ({"context": {"draftOrders": bundle()}}, "context.patientId"), ({"prefetch": []}, "prefetch"),
                              ({"fhirAuthorization": {"access_token": "x"}}, "fhirServer")):
            self.refused(400, field, self.ehr.call(SIGN, {**good, **change}))
        self.refused(400, "body", self.ehr.call(SIGN, b'{"hook": '))
        self.refused(400, "body", self.ehr.call(SIGN, b"[]"))
        self.refused(404, "no-such", self.ehr.call("no-such", good))
        path = os.path.join(self.folder.name, "large")
        with open(path, "wb") as file:
            file.write(b'{"hook":"' + b"x" * (1 << 20) + b'"}')
        self.assertEqual(subprocess.run(  # reads the answer that comes before everything was sent
            ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Content-Type: application/json", "--data-binary",
             "@" + path, self.ehr.url + "/cds-services/" + SIGN], capture_output=True, text=True, check=False).stdout, "413")

    def test_a_hook_of_another_service_is_answered_as_far_as_it_goes(self):
        body = request("order-select", prefetch={"medicationRequests": bundle(order("9", WARFARIN, status="active"))})
        body["context"] = {"patientId": "p1"}
        self.assertEqual(self.cards(VIEW, body), [])

    def test_tokens(self):
        path = "/cds-services/" + SIGN
        body = request("order-sign", [order("1", concept("dan shen"))])

        def asks(part, token):
            self.refused(401, part, self.ehr.call(SIGN, body, token=token))

        token = self.ehr.token(path)
        self.assertEqual(self.ehr.call(SIGN, body, token=token)[0], 200)
        asks("jti", token)
        asks("Authorization", "")
        asks("Authorization", "abc")
        asks("alg", self.ehr.token(path, {"alg": "none"}))
        asks("alg", self.ehr.token(path, {"alg": "HS384"}))
        asks("signature", self.ehr.token(path, {"alg": "RS384"}))
        asks("kid", self.ehr.token(path, {"kid": "other"}))
        asks("kid", self.ehr.token(path, {"kid": None}))
        asks("kid", self.ehr.token(path, iss="https://other.test"))
        asks("crit", self.ehr.token(path, {"crit": ["b64"]}))
        asks("aud", self.ehr.token(path, aud=self.ehr.url + "/cds-services/" + VIEW))
        asks("aud", self.ehr.token(path, aud=None))
        asks("exp", self.ehr.token(path, exp=None))
        asks("exp", self.ehr.token(path, exp=1))
        asks("jti", self.ehr.token(path, jti=None))
        now = int(__import__("time").time())
        asks("exp", self.ehr.token(path, exp=now + 3000))
        asks("exp", self.ehr.token(path, iat=now - 400, exp=now - 60))
        asks("iat", self.ehr.token(path, iat=now + 100, exp=now + 200))
        asks("nbf", self.ehr.token(path, nbf=now + 100))
        head, payload, signature = self.ehr.token(path).split(".")
        asks("signature", f"{head}.{payload}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}")
        asks("signature", f"{head}.{payload}.{signature[:-4]}")
        asks("Authorization", f"{head}.{payload}.")
        stranger = ehr.Ehr(self.ehr.url, ISSUER, ehr.Key("k1"))
        asks("signature", stranger.token(path))
        self.assertEqual(self.ehr.call(SIGN, body, token=self.ehr.token(path, aud=["x", self.ehr.url + path]))[0], 200)

    def test_keys(self):
        rsa = ehr.Key("k2", "RS384")
        self.assertEqual(self.add(rsa, str(rsa.jwk()).replace("'", '"')).returncode, 0)
        other = ehr.Ehr(self.ehr.url, ISSUER, rsa)
        self.assertEqual(other.call(SIGN, request("order-sign"))[0], 200)
        third = ehr.Key("k3")
        done = self.add(third, str({"keys": [rsa.jwk(), third.jwk()]}).replace("'", '"'))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(ehr.Ehr(self.ehr.url, ISSUER, third).call(SIGN, request("order-sign"))[0], 200)
        self.assertEqual(self.add(rsa).returncode, 5)
        self.assertIn("2048", self.add(ehr.Key("k4", "RS384", 1024)).stderr)
        self.assertIn("private", self.add(ehr.Key("k4"), str({**third.jwk(), "d": "AQAB"}).replace("'", '"')).stderr)
        self.assertIn("must be a public key", self.add(ehr.Key("k4"), "what").stderr)
        self.assertEqual(self.yaofang("cds", "clients", "--as", "mei.lin").returncode, 3)
        number = re.search(r"(?m)^(\d+)  .*key k2 ", self.yaofang("cds", "clients", "--as", "boss").stdout).group(1)
        self.assertEqual(self.yaofang("cds", "client", "disable", number, "--as", "boss").returncode, 0)
        self.refused(401, "kid", other.call(SIGN, request("order-sign")))

    # what became of it

    def test_feedback_counts_once(self):
        body = request("order-sign", [order("1", concept("dan shen"))], prefetch={
            "medicationRequests": bundle(order("9", WARFARIN, status="active"))})
        card = self.one(self.cards(SIGN, body), "warfarin")
        path = f"/cds-services/{SIGN}/feedback"

        def tell(**more):
            entry = {"card": card["uuid"], "outcome": "overridden", "outcomeTimestamp": "2026-11-22T03:00:00Z", **more}
            return self.ehr.send("POST", path, {"feedback": [{k: v for k, v in entry.items() if v is not None}]})

        def events():
            return sql(f"SELECT what || ' ' || rule_id || ' ' || moment || ' ' || role || ' ' || source || ' ' || coalesce(nullif(reason, ''), '-')"
                       f" FROM alert_events WHERE occasion = 'card {card['uuid']}' ORDER BY id").split("\n")

        shown = "shown hdi0001 sign practitioner cds -"
        self.assertEqual(events(), [shown])
        self.refused(400, "outcomeTimestamp", tell(outcomeTimestamp=None))
        self.refused(400, "outcome", tell(outcome="ignored"))
        self.refused(400, "acceptedSuggestions", tell(outcome="accepted"))
        self.refused(422, "suggestion", tell(outcome="accepted", acceptedSuggestions=[{"id": str(uuid.uuid4())}]))
        self.refused(404, "card", tell(card=str(uuid.uuid4())))
        self.refused(400, "feedback", self.ehr.send("POST", path, {"feedback": []}))
        self.assertEqual(events(), [shown])
        why = {"reason": {"system": "urn:yaofang:answer-reason", "code": "monitored"}, "userComment": "INR weekly"}
        for _ in range(2):
            self.assertEqual(tell(overrideReason=why)[:2], (200, {"received": 1}))
        self.assertEqual(tell(outcome="accepted", acceptedSuggestions=[{"id": card["suggestions"][0]["uuid"]}])[0], 200)
        self.assertEqual(events(), [shown, "overridden hdi0001 sign practitioner cds monitored"])
        self.assertEqual(sql(f"SELECT count(*) FROM cds_feedback WHERE card = '{card['uuid']}'"), "2")
        other = ehr.Key("k9")
        self.add(other, name="Another EHR")
        self.refused(404, "card", ehr.Ehr(self.ehr.url, ISSUER, other).send("POST", path, {"feedback": [
            {"card": card["uuid"], "outcome": "overridden", "outcomeTimestamp": "2026-11-22T03:00:00Z"}]}))


if __name__ == "__main__":
    unittest.main()
