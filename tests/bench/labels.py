"""1,000 patient labels of 1,000 stored orders of 12 herbs, Chinese and pinyin, in one PDF: over HTTP and printed by the command line, as a
shop would. Needs a migrated, seeded database (with-cluster); starts the service itself. Prints "name figure" lines, the best of three."""
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]
from service import Service  # noqa: E402
from support.people import Desk, exact_weights, sql, yaofang  # noqa: E402

LABELS, FIRST = 1000, 1000001
HERBS = {"dosage_form": "raw_decoction", "merge_rule": "highest", "days": 7, "formulas": [{"formula": "Shi Quan Da Bu Tang"}],
         "herbs": [{"herb": "Chen Pi", "mg": 6000}, {"herb": "Chai Hu", "mg": 6000}]}


def weighed_order(desk):
    """An order of 12 herbs of a patient who reads Chinese and takes nothing else, weighed; its number."""
    post = desk.post
    patient = post("dr.wu", "/api/v1/patients", {"family_name": "Chen", "given_name": "Meihua", "name_hanzi": "陈美华", "language": "zh_hans",
                                                 "born_on": "1980-05-05"}, "patient")["id"]
    post("dr.wu", f"/api/v1/patients/{patient}/medicines", {"asked": True}, "asked")
    made = post("dr.wu", "/api/v1/prescriptions", dict(HERBS, patient_id=patient), "prescription")
    path, answers = f"/api/v1/prescriptions/{made['id']}", [
        {"finding_no": finding["finding_no"], "reason": "monitored", "note": "tests"} for finding in made["findings"] if finding["critical"]]
    if answers:
        post("dr.wu", f"{path}/answers", {"screening_id": made["screening"]["id"], "answers": answers}, "answers")
    post("dr.wu", f"{path}/signature", {"version": 1}, "signature")
    if answers:
        post("mei.lin", f"{path}/acknowledgements", {"screening_id": made["screening"]["id"]}, "read")
    post("mei.lin", "/api/v1/orders", {"prescription_id": made["id"]}, "order")
    order = int(sql(f"SELECT max(id) FROM orders WHERE prescription_id = {made['id']}"))
    for step in ("allocation", "release"):
        post("mei.lin", f"/api/v1/orders/{order}/{step}", {}, step)
    post("mei.lin", f"/api/v1/orders/{order}/weighings", exact_weights(order, order)[order], "weighings")
    return order


def best(run):
    """The shortest of three, in seconds, and the last answer."""
    seconds = []
    for _ in range(3):
        begun = time.monotonic()
        answer = run()
        seconds.append(time.monotonic() - begun)
    return min(seconds), answer


def main():
    service = Service()
    os.environ.update(service.environment())
    try:
        desk = Desk(service.url, "mei.lin", "dr.wu")
        order = weighed_order(desk)
        subprocess.run(["psql", "-Xq", os.environ["DATABASE_SUPER_URL"], "-v", f"order={order}", "-v", f"n={LABELS}", "-f",
                        str(ROOT / "tests" / "bench" / "labels_seed.sql")], check=True)
        sql("UPDATE shops SET label_profile = NULL, label_names = 'hanzi;pinyin'")
        numbers, file = f"{FIRST}-{FIRST + LABELS - 1}", os.path.join(service.state, "labels.pdf")

        def over_http():
            status, pdf = desk.send("mei.lin", "GET", f"/api/v1/labels?orders={numbers}&format=pdf")
            assert status == 200, pdf
            return pdf

        def printed():
            yaofang("label", numbers, "--as", "mei.lin", "-o", file)

        seconds, pdf = best(over_http)
        print(f"labels_stored_seconds {seconds:.2f}\nlabels_stored_mb {len(pdf) / 1e6:.2f}")
        print(f"labels_printed_seconds {best(printed)[0]:.2f}")
        pages = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
        print("labels_stored_pages", re.search(r"Pages:\s+(\d+)", pages).group(1))
    finally:
        service.close()


main()
