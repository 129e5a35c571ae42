"""How fast CDS Hooks is answered: RATE requests a second for SECONDS over CONNECTIONS kept-alive connections, each with a token
of its own signed beforehand, three orders of which one is a formula, five medicines and three conditions. Needs a
migrated, seeded database (with-cluster); starts the service itself. Prints p50, p99 and the worst in milliseconds."""
import http.client
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]
from service import Service  # noqa: E402
from support import ehr  # noqa: E402
from support.ehr import RXNORM, bundle, concept, condition, dosage, order, request  # noqa: E402

RATE, SECONDS, CONNECTIONS = 100, int(os.environ.get("CDS_SECONDS", "20")), 8
PATH = "/cds-services/yaofang-order-sign"
ISSUER = "https://ehr.test"
MEDICINES = ("Warfarin Sodium 1 MG Oral Tablet", "Aspirin 81 MG Oral Tablet", "Metformin hydrochloride 500 MG Oral Tablet",
             "Atorvastatin 20 MG Oral Tablet", "Lisinopril 10 MG Oral Tablet")


def bodies(count):
    orders = [order("1", concept("Dan Shen"), dosage(9)), order("2", concept("Xue Fu Zhu Yu Tang")),
              order("3", concept("gan cao"), dosage(3, frequency=2))]
    active = bundle(*[order(f"m{i}", concept(system=RXNORM, code=str(900000 + i), display=name), status="active")
                      for i, name in enumerate(MEDICINES)])
    ills = bundle(*[condition(concept(text)) for text in ("hypertension", "type 2 diabetes", "insomnia")])
    return [json.dumps(request("order-sign", orders, prefetch={"medicationRequests": active, "conditions": ills})).encode()
            for _ in range(count)]


def client(service, key):
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(key.pem())
        file.flush()
        for words in (("user", "add", "boss", "--role", "admin"),
                      ("cds", "client", "add", "--as", "boss", "--name", "bench", "--issuer", ISSUER, "--kid", "b", "--public-key",
                       file.name)):
            subprocess.run([str(ROOT / "build" / "yaofang"), *words], env=service.environment(), check=True, capture_output=True)


def drive(service, sent, first, started, taken):
    connection = http.client.HTTPConnection(service.url.split("//")[1])
    for i in range(first, len(sent), CONNECTIONS):
        token, body = sent[i]
        due = started + i / RATE
        time.sleep(max(0, due - time.monotonic()))
        began = time.monotonic()
        connection.request("POST", PATH, body, {"Authorization": "Bearer " + token, "Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        taken[i] = (time.monotonic() - began) * 1000
        if answer.status != 200 or b"warfarin" not in text:
            raise RuntimeError(text.decode())


def main():
    service, key = Service(), ehr.Key("b")
    try:
        client(service, key)
        caller = ehr.Ehr(service.url, ISSUER, key)
        count = RATE * SECONDS
        sent = [(caller.token(PATH), body) for body in bodies(count)]
        taken = [0.0] * count
        started = time.monotonic() + 0.2
        threads = [threading.Thread(target=drive, args=(service, sent, n, started, taken)) for n in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if 0.0 in taken:
            raise RuntimeError("some requests were not answered")
        taken.sort()
        print(f"{taken[count * 99 // 100]:.1f} ms p99, {taken[count // 2]:.1f} p50, {taken[-1]:.1f} worst "
              f"of {count} at {RATE}/s, each token verified")
    finally:
        service.close()


if __name__ == "__main__":
    main()
