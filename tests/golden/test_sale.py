"""`yaofang sale` and `yaofang promo` at the demo shop's counter: what they print, what they refuse, and their exit status."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("YAOFANG", str(ROOT / "build" / "yaofang"))


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)


class Sale(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for command in (["migrate"], ["seed"]):
            done = run(*command)
            if done.returncode != 0:
                raise RuntimeError(done.stderr)

    def done(self, part, *arguments, who="sam.ortiz"):
        done = run(arguments[0], "--as", who, *arguments[1:])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(part, done.stdout)
        return done.stdout

    def refused(self, status, part, *arguments, who="sam.ortiz"):
        done = run(arguments[0], "--as", who, *arguments[1:])
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertIn(part, done.stderr)

    def ticket(self, *arguments):
        return re.match(r"Ticket (\d+)", self.done("open", "sale", "new", *arguments)).group(1)

    def test_a_sale_and_back(self):
        number = self.ticket("--line", "S-TIGER-BALM-PATCH 2", "--line", "R-GUI-ZHI 50 g", "--code", "tcmheal5")
        text = self.done("code TCMHEAL5", "sale", "show", number)
        self.assertIn("line 1, Tiger Balm Pain Relieving Patch: 5.00 % of 15.98: 0.80 off", text)
        total = re.search(r"Total +([\d.]+)", self.done("quoted", "sale", "quote", number)).group(1)
        self.refused(5, "no open drawer", "sale", "pay", number, "--total", total, "--tender", "cash", "--register", "till")
        self.done("expected: 50.00", "sale", "drawer", "open", "--float", "50.00", "--register", "till")
        self.refused(5, "is not what was quoted", "sale", "pay", number, "--total", "1.00", "--tender", "cash")
        paid = self.done("receipt 1", "sale", "pay", number, "--total", total, "--tender", "voucher 5.00 INS-1", "--tender",
                         "cash", "--register", "till", "--key", "pay")
        self.assertEqual(self.done("receipt 1", "sale", "pay", number, "--total", total, "--tender", "voucher 5.00 INS-1",
                                   "--tender", "cash", "--register", "till", "--key", "pay"), paid)
        receipt = json.loads(self.done("receipt_no", "sale", "receipt", number))
        self.assertEqual(sum(tender["amount_cents"] for tender in receipt["tenders"]), receipt["receipt"]["total_cents"])
        paper = os.path.join(tempfile.mkdtemp(), "receipt.pdf")
        self.done("receipt of ticket", "sale", "receipt", number, "--output", paper)
        text = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True).stdout
        for part in ("Arcana Herbs Shop", "Receipt 收据 1", "TCMHEAL5", total, "桂枝", "Taxes", "INS-1"):
            self.assertIn(part, text)
        shutil.rmtree(os.path.dirname(paper))
        self.refused(5, "more than was sold", "sale", "refund", number, "--reason", "damaged", "--line", "1 3")
        self.done("given back", "sale", "refund", number, "--reason", "damaged", "--line", "1 1 write_off", "--register", "till")
        self.refused(2, "--reason", "sale", "refund", number)
        self.done("refunded", "sale", "refund", number, "--reason", "changed_mind", "--register", "till")
        self.done("difference", "sale", "drawer", "close", "1", "--count", "20.00 2", "--count", "10.00 1")

    def test_prices_fees_and_settings(self):
        self.done("in force", "sale", "rule", "add", "--name", "Raw by the gram", "--kind", "per_gram", "--item-kind", "raw",
                  "--price", "0.05")
        text = self.done("2 by a rule", "sale", "prices", "R-HUANG-QI")
        self.assertRegex(text, r"R-HUANG-QI .* 100 g +5\.00 .*rule \d+, Raw by the gram")
        text = self.done("0 dearer, 1 cheaper", "sale", "rule", "try", "--name", "Half", "--item", "R-HUANG-QI", "--price", "2.50", "--per", "100 g")
        self.assertRegex(text, r"100 g +5\.00 +2\.50 .*BELOW COST +this rule")
        self.assertRegex(self.done("2 by a rule", "sale", "prices", "R-HUANG-QI"), r"100 g +5\.00 ")
        text = self.done("0 dearer", "sale", "rule", "try", "--name", "A tenth off", "--kind", "off", "--off", "10", "--item", "S-CLAY-POT")
        self.assertRegex(text, r"S-CLAY-POT .* 34\.99 +31\.49 .*this rule")
        self.refused(2, "is all, by_rule", "sale", "prices", "--only", "cheap")
        self.refused(2, "fixed wants an item", "sale", "rule", "add", "--name", "x", "--price", "1")
        self.done("per: packet", "sale", "fee", "add", "--name", "Cooking", "--form", "decocted_liquid", "--per", "packet", "--price", "1.50")
        self.refused(3, "only a admin", "sale", "settings", "--quote-minutes", "5")
        self.done("quote_minutes: 30", "sale", "settings")
        self.done("rate_basis_points: 825", "sale", "tax", "book", "--name", "Books", "--rate", "8.25", who="admin")
        self.refused(2, "--rate", "sale", "tax", "book", "--rate", "x", who="admin")

    def test_promo_codes(self):
        text = self.done("code TEA2: 2.00 off", "promo", "dry-run", "tea2", "--line", "S-GINGER-TEA 4", "--line", "S-CLAY-POT")
        self.assertIn("Clay pot for decoction: not among grocery", text)
        self.refused(4, "is no promo code of this shop", "promo", "dry-run", "nope", "--line", "S-GINGER-TEA")
        self.refused(2, "--line", "promo", "dry-run", "tea2")
        self.done('"code":"SPRING"', "promo", "add", "spring", "--percent", "7.5", "--include", "grocery", "--uses", "10")
        self.refused(2, "include", "promo", "add", "summer", "--percent", "7.5", "--include", "teas")
        self.refused(2, "--until", "promo", "add", "summer", "--percent", "7.5", "--until", "2026-02-30")
        self.done('"version":2', "promo", "change", "spring", "1", "--amount", "1.00")
        self.refused(5, "is not the newest", "promo", "change", "spring", "1", "--amount", "1.00")
        self.done('"state":"ended"', "promo", "end", "spring")
        self.done('"code":"TCMHEAL5"', "promo", "list")
        self.done('"version":1', "promo", "versions", "spring")


unittest.main()
