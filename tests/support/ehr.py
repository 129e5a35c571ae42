"""Another system for the tests of CDS Hooks: it signs its own tokens with a key of its own, as an EHR does, and writes FHIR R4."""
import base64
import json
import time
import urllib.error
import urllib.request
import uuid

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ATC = "http://www.whocc.no/atc"
OURS = "urn:yaofang:reference"


def packed(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value, size):
    return packed(value.to_bytes(size, "big"))


class Key:
    """A signing key; `algorithm` ES384 or RS384."""

    def __init__(self, kid, algorithm="ES384", bits=2048):
        self.kid = kid
        self.algorithm = algorithm
        self.private = ec.generate_private_key(ec.SECP384R1()) if algorithm == "ES384" else \
            rsa.generate_private_key(public_exponent=65537, key_size=bits)

    def pem(self):
        return self.private.public_key().public_bytes(serialization.Encoding.PEM,
                                                      serialization.PublicFormat.SubjectPublicKeyInfo).decode()

    def jwk(self):
        numbers = self.private.public_key().public_numbers()
        if self.algorithm == "ES384":
            return {"kty": "EC", "crv": "P-384", "kid": self.kid, "x": number(numbers.x, 48), "y": number(numbers.y, 48)}
        return {"kty": "RSA", "kid": self.kid, "n": number(numbers.n, self.private.key_size // 8), "e": "AQAB"}

    def sign(self, data):
        if self.algorithm == "RS384":
            return self.private.sign(data, padding.PKCS1v15(), hashes.SHA384())
        r, s = utils.decode_dss_signature(self.private.sign(data, ec.ECDSA(hashes.SHA384())))
        return r.to_bytes(48, "big") + s.to_bytes(48, "big")


class Ehr:
    """Calls the services at `url` as the client `issuer`."""

    def __init__(self, url, issuer, key):
        self.url = url
        self.issuer = issuer
        self.key = key

    def token(self, path, header=None, **claims):
        """Members of header or payload given as None are left out."""
        now = int(time.time())
        head = {"alg": self.key.algorithm, "typ": "JWT", "kid": self.key.kid, **(header or {})}
        body = {"iss": self.issuer, "aud": self.url + path, "exp": now + 200, "iat": now, "jti": str(uuid.uuid4()), **claims}
        parts = [packed(json.dumps({k: v for k, v in part.items() if v is not None}).encode()) for part in (head, body)]
        signed = ".".join(parts)
        return signed + "." + packed(self.key.sign(signed.encode()))

    def send(self, method, path, body=None, token=None, headers=None):
        """Status, answer and headers; `token` "" sends none, None a fresh one."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, method=method, headers=dict(headers or {}))
        if data is not None:
            request.add_header("Content-Type", "application/json")
        if token != "":
            request.add_header("Authorization", "Bearer " + (token or self.token(path)))
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                text, status, got = answer.read(), answer.status, answer.headers
        except urllib.error.HTTPError as refusal:
            text, status, got = refusal.read(), refusal.code, refusal.headers
        return status, json.loads(text) if text else None, got

    def call(self, service, body, **more):
        return self.send("POST", "/cds-services/" + service, body, **more)


def concept(text=None, system=None, code=None, display=None):
    coding = {k: v for k, v in (("system", system), ("code", code), ("display", display)) if v}
    return {**({"text": text} if text else {}), **({"coding": [coding]} if coding else {})}


def dosage(value, unit="g", frequency=1, period=1, period_unit="d"):
    return {"timing": {"repeat": {"frequency": frequency, "period": period, "periodUnit": period_unit}},
            "doseAndRate": [{"doseQuantity": {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}}]}


def order(ident, medication, dose=None, status="draft", patient="p1", **more):
    return {"resourceType": "MedicationRequest", "id": ident, "status": status, "intent": "order",
            "subject": {"reference": "Patient/" + patient}, "medicationCodeableConcept": medication,
            **({"dosageInstruction": [dose]} if dose else {}), **more}


def taken(medication, status="active", patient="p1", **more):
    return {"resourceType": "MedicationStatement", "id": str(uuid.uuid4()), "status": status,
            "subject": {"reference": "Patient/" + patient}, "medicationCodeableConcept": medication, **more}


def condition(code, clinical="active", verification="confirmed"):
    return {"resourceType": "Condition", "id": str(uuid.uuid4()), "subject": {"reference": "Patient/p1"}, "code": code,
            "clinicalStatus": {"coding": [{"code": clinical}]}, "verificationStatus": {"coding": [{"code": verification}]}}


def bundle(*resources, kind="searchset"):
    return {"resourceType": "Bundle", "type": kind, "entry": [{"resource": one} for one in resources]}


def request(hook, orders=(), selections=None, prefetch=None, **more):
    context = {"userId": "Practitioner/7", "patientId": "p1", "encounterId": "e1"}
    if hook != "patient-view":
        context["draftOrders"] = bundle(*orders, kind="collection")
    if hook == "order-select":
        context["selections"] = selections if selections is not None else ["MedicationRequest/" + one["id"] for one in orders]
    given = {"patient": {"resourceType": "Patient", "id": "p1", "birthDate": "1980-05-01", "gender": "female"},
             "medicationRequests": bundle(), "medicationStatements": bundle(), "conditions": bundle(), "allergies": bundle(),
             **(prefetch or {})}
    return {"hook": hook, "hookInstance": str(uuid.uuid4()), "context": context,
            "prefetch": {k: v for k, v in given.items() if v != "left out"}, **more}
