"""What the benchmark and the torture share: the people of the demo shop at work over HTTP, and a look into the database."""
import json
import os
import re
import subprocess
import urllib.error
import urllib.request

PATIENCE = 30  # seconds for one answer


def sql(text):
    done = subprocess.run(["psql", "-XAtq", os.environ["DATABASE_SUPER_URL"], "-c", text], check=True, capture_output=True,
                          text=True)
    return done.stdout.strip()


def yaofang(*words):
    return subprocess.run(["build/yaofang", *words], check=True, capture_output=True, text=True).stdout


class Desk:
    """Where people of the shop send requests from, each with a token of their own."""

    def __init__(self, url, *names):
        self.url = url
        self.tokens = {name: re.search(r"[A-Za-z0-9_-]{30,}", yaofang("user", "token", name, "--name", "tests")).group()
                       for name in names}

    def send(self, who, method, path, body=None, key=None):
        """Status and body of the answer, whatever it is; OSError or http.client's errors when there is none."""
        request = urllib.request.Request(
            self.url + path, None if body is None else json.dumps(body).encode(), method=method,
            headers={"Authorization": "Bearer " + self.tokens[who], "Content-Type": "application/json"})
        if key:
            request.add_header("Idempotency-Key", key)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read()

    def post(self, who, path, body, key):
        status, answer = self.send(who, "POST", path, body, key)
        if status // 100 != 2:
            raise RuntimeError(f"{path}: {status} {answer.decode()}")
        return json.loads(answer)


HERBS = {"dosage_form": "raw_decoction", "merge_rule": "highest", "days": 1, "formulas": [{"formula": "Bu Zhong Yi Qi Tang"}],
         "herbs": [{"herb": "Dan Shen", "mg": 9000}, {"herb": "Chuan Xiong", "mg": 6000}]}


def prescribe_and_sign(post, number, draft):
    """A patient who takes nothing else and her signed prescription, findings answered and read; its number. `post` is as Desk.post;
    LookupError when it says None."""
    def step(who, path, body, name):
        answer = post(who, path, body, f"prescribe-{number}-{name}")
        if answer is None:
            raise LookupError(path)
        return answer

    patient = step("dr.wu", "/api/v1/patients", {"family_name": f"Patient {number}", "born_on": "1980-05-05"}, "patient")["id"]
    step("dr.wu", f"/api/v1/patients/{patient}/medicines", {"asked": True}, "asked")
    made = step("dr.wu", "/api/v1/prescriptions", dict(draft, patient_id=patient), "prescription")
    path = f"/api/v1/prescriptions/{made['id']}"
    critical = [finding["finding_no"] for finding in made["findings"] if finding["critical"]]
    if critical:
        step("dr.wu", f"{path}/answers", {"screening_id": made["screening"]["id"], "answers": [
            {"finding_no": number, "reason": "monitored", "note": "tests"} for number in critical]}, "answers")
    step("dr.wu", f"{path}/signature", {"version": 1}, "signature")
    if critical:
        step("mei.lin", f"{path}/acknowledgements", {"screening_id": made["screening"]["id"]}, "read")
    return made["id"]


def signed_prescription(post, number):
    """Of ten herbs for a day. One for every order: a screening lets one order out."""
    return prescribe_and_sign(post, number, HERBS)


def skus_of(prescription_id):
    """The stock numbers an order of it takes; there must be one."""
    return sql(f"""SELECT DISTINCT i.sku FROM order_lines n JOIN items i ON i.shop_id = n.shop_id AND i.id = n.item_id
                    WHERE n.order_id = (SELECT max(id) FROM orders WHERE prescription_id = {prescription_id})""").split("\n")


def receipt(skus, lot_code, quantity, invoice):
    """A delivery of so much of each, as a request's body."""
    return {"supplier": sql("SELECT min(code) FROM suppliers"), "invoice": invoice, "lines": [
        {"sku": sku, "lot_code": lot_code, "expires_on": "2029-12", "quantity": quantity, "cost_cents": 1000,
         "location": sql("SELECT min(code) FROM locations WHERE kind = 'drawer'"), "certificate": "tests"} for sku in skus]}


def exact_weights(first, last):
    """For each order from first to last that has lots reserved: the request that says just what was planned was weighed."""
    rows = sql(f"""SELECT r.order_id, json_build_object('weighings', json_agg(json_build_object('line_no', r.line_no,
                          'lot_id', r.lot_id, 'location_id', r.location_id, 'weighed_mg', r.quantity)))
                     FROM reservations r WHERE r.ended_at IS NULL AND r.order_id BETWEEN {first} AND {last} GROUP BY 1""")
    return {int(order): json.loads(body) for order, body in re.findall(r"(?m)^(\d+)\|((?:.|\n(?!\d+\|))*)", rows)}
