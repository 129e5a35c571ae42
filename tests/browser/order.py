"""An order for the page to show, made over the API by the demo shop's people: prescribed, answered, signed, entered, allocated."""
import http.cookiejar
import json
import urllib.error
import urllib.request
import uuid


class Person:
    """Somebody signed in over the API."""

    def __init__(self, service, username):
        self.url = service.url
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.ask("POST", "/session", {"username": username, "password": service.people[username]})

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "X-Yaofang": "test", "Idempotency-Key": str(uuid.uuid4())}
        request = urllib.request.Request(f"{self.url}/api/v1{path}", data=data, headers=headers, method=method)
        try:
            with self.opener.open(request, timeout=20) as answer:
                return None if answer.status == 204 else json.load(answer)
        except urllib.error.HTTPError as refused:
            raise RuntimeError(f"{method} {path}: {refused.code} {refused.read().decode()}") from refused


STEPS = ("entered", "allocated", "released", "picked", "weighed")  # picked: its state is still released


def make_order(service, code="D-0003", upto="allocated", decoct=False):
    """For the demo patient on warfarin, or the one of that code, taken as far as that step; returns the order's number. `decoct`: the
    shop boils it."""
    doctor, pharmacist = Person(service, "dr.wu"), Person(service, "mei.lin")
    patient = doctor.ask("GET", f"/patients?q={code}")["rows"][0]["id"]
    prescription = doctor.ask("POST", "/prescriptions", {
        "patient_id": patient, "dosage_form": "raw_decoction", "merge_rule": "highest", "days": 7,
        "formulas": [{"formula": "Bu Zhong Yi Qi Tang"}], "herbs": [{"herb": "Dan Shen", "mg": 10000}]})
    path = f"/prescriptions/{prescription['id']}"
    answers = [{"finding_no": finding["finding_no"], "reason": "monitored", "note": "INR weekly"}
               for finding in prescription["findings"] if finding["critical"]]
    if answers:
        doctor.ask("POST", f"{path}/answers", {"screening_id": prescription["screening"]["id"], "answers": answers})
    doctor.ask("POST", f"{path}/signature", {"version": 1})
    order = pharmacist.ask("POST", "/orders", {"prescription_id": prescription["id"], "decoct": decoct})["order"]["id"]
    for step in STEPS[1:STEPS.index(upto) + 1]:
        take_step(pharmacist, order, step)
    return order


def take_step(person, order, step):
    if step == "allocated":
        allocate(person, order)
    elif step == "released":
        found = person.ask("GET", f"/orders/{order}")
        person.ask("POST", f"/prescriptions/{found['order']['prescription_id']}/acknowledgements",
                   {"screening_id": found["screening"]["id"]})
        person.ask("POST", f"/orders/{order}/release")
    elif step == "picked":
        person.ask("POST", f"/orders/{order}/pick")
    elif step == "weighed":
        person.ask("POST", f"/orders/{order}/weighings", {"weighings": [
            {"line_no": row["line_no"], "lot_id": row["lot_id"], "location_id": row["location_id"], "weighed_mg": row["planned_mg"]}
            for row in person.ask("GET", f"/orders/{order}/picking")["rows"]]})


def allocate(person, order):
    """The demo shop has herbs for a dozen orders; the tests together want more, so a delivery comes when it is short."""
    try:
        person.ask("POST", f"/orders/{order}/allocation", {})
    except RuntimeError as refused:
        if "short_stock" not in str(refused):
            raise
        supplier = person.ask("GET", "/suppliers")["rows"][0]["code"]
        drawer = next(place["code"] for place in person.ask("GET", "/locations")["rows"] if place["kind"] == "drawer")
        person.ask("POST", "/receipts", {"supplier": supplier, "invoice": f"tests {order}", "lines": [
            {"sku": line["sku"], "lot_code": f"TESTS-{order}", "expires_on": "2029-12", "quantity": 2000000, "cost_cents": 1000,
             "location": drawer, "certificate": "tests"} for line in person.ask("GET", f"/orders/{order}")["lines"]]})
        person.ask("POST", f"/orders/{order}/allocation", {})


def drop_order(service, order):
    """Gives back what is set aside for it, unless it is over."""
    pharmacist = Person(service, "mei.lin")
    if pharmacist.ask("GET", f"/orders/{order}")["order"]["state"] in STEPS + ("short",):
        pharmacist.ask("POST", f"/orders/{order}/cancel", {"reason": "the test is over"})


def add_medicine(service, typed, code="D-0003"):
    """What a patient takes from now on: the service screens again in the background."""
    pharmacist = Person(service, "mei.lin")
    patient = pharmacist.ask("GET", f"/patients?q={code}")["rows"][0]["id"]
    pharmacist.ask("POST", f"/patients/{patient}/medicines", {"medicines": [{"typed": typed}]})
