"""`yaofang stock` in a shop that begins with nothing: what it prints, what it refuses, and its exit status."""
import hashlib
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("YAOFANG", str(ROOT / "build" / "yaofang"))
SLUG = "hua-tuo"
DELIVERY = ["receive", "BZ", "INV-1", "--line", "R-HQ BZ-77 2031-05 A01 500 g for 12.50", "--line", "P-T T1 - A01 24"]


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)


def stock(*arguments):
    return run("stock", "--as", "hua", "--shop", SLUG, *arguments)


class Stock(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for command in (["migrate"], ["seed", "--no-demo"], ["shop", SLUG, "--name", "Hua Tuo", "--time-zone", "Asia/Shanghai"],
                        ["user", "add", "hua", "--shop", SLUG, "--role", "staff", "--role", "pharmacist"]):
            done = run(*command)
            if done.returncode != 0:
                raise RuntimeError(done.stderr)

    def done(self, part, *arguments):
        done = stock(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(part, done.stdout)

    def refused(self, status, part, *arguments):
        done = stock(*arguments)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertIn(part, done.stderr)

    def certificate(self):
        with tempfile.TemporaryDirectory() as folder:
            given, got = pathlib.Path(folder, "分析 COA.pdf"), pathlib.Path(folder, "back.pdf")
            given.write_bytes(b"%PDF-1.4\n\x00\xff the whole of it")
            total = hashlib.sha256(given.read_bytes()).hexdigest()
            self.refused(2, f"is not the checksum of what arrived, which is {total}", "attach", "BZ-77", str(given), "--sha256", "0" * 64)
            self.refused(2, "is none of PDF", "attach", "BZ-77", "/bin/true")
            self.refused(4, "lot", "attach", "BZ-78", str(given))
            self.done("Attachment 1", "attach", "BZ-77", str(given), "--sha256", total, "--key", "coa")
            self.done("Attachment 1", "attach", "BZ-77", str(given), "--sha256", total, "--key", "coa")
            self.done(total, "attachments", "BZ-77")
            self.done("Attachment 2", "attach", "delivery", "1", str(given))
            self.done(total, "attachment", "1", "--output", str(got))
            self.assertEqual(got.read_bytes(), given.read_bytes())
            self.refused(4, "attachment", "attachment", "3", "--output", str(got))

    def liang(self):
        shop = ("shop", "set", "--as", "boss", "--shop", SLUG)
        self.refused(2, 'QUANTITY: "2 liang": does not say whose', "move", "BZ-77", "A01", "B01", "2 liang")
        self.assertEqual(run("user", "add", "boss", "--shop", SLUG, "--role", "admin").returncode, 0)
        self.assertEqual(run("shop", "set", "--as", "hua", "--shop", SLUG, "--liang", "prc").returncode, 3)
        refused = run(*shop, "--liang", "mars", "--second-person-above", "-1")
        self.assertEqual((refused.returncode, 'second-person-above: "-1"' in refused.stderr), (2, True), refused.stderr)
        self.assertIn('"liang":"taiwan"', run(*shop, "--liang", "taiwan").stdout)
        self.done("B01", "location", "add", "B01", "--kind", "drawer")
        self.done("from A01 to B01", "move", "BZ-77", "A01", "B01", "2 liang")
        self.done("75 g", "lots", "bz-77")

    def out_of_use(self):
        change = ("supplier", "change", "BZ", "--supplies", "roots", "--papers", "certificate per lot")
        self.done("changed", *change, "--retired", "yes")
        self.assertNotIn("Bozhou", stock("suppliers").stdout)
        self.refused(2, '--retired: "perhaps": is yes or no', *change, "--retired", "perhaps")
        self.done("changed", *change, "--retired", "no")
        self.done('"supplies":"roots"', "suppliers", "--json")
        self.done("Drawer", "location", "add", "OLD", "--kind", "drawer", "--name", "Drawer 9")
        self.done("is now", "location", "change", "OLD", "--retired", "yes")
        self.assertNotIn("OLD", stock("locations").stdout)

    def test_from_nothing_to_a_usable_lot(self):
        self.done("Place A01", "location", "add", "A01", "--kind", "drawer")
        self.refused(5, 'code: "A01": belongs to another place', "location", "add", "A01", "--kind", "drawer")
        self.done("Top drawer", "location", "change", "A01", "--name", "Top drawer")
        self.done("Bozhou", "supplier", "add", "BZ", "--name", "Bozhou Herbs", "--phone", "555-0100")
        self.done("changed", "supplier", "change", "BZ", "--lead-days", "5")
        self.done("555-0100", "suppliers")
        self.out_of_use()
        self.done("R-HQ", "item", "add", "R-HQ", "--kind", "raw", "--herb", "黄芪", "--price", "0.30", "--home", "A01",
                  "--reorder", "500 g")
        self.refused(2, "ratio: must be given", "item", "add", "G-HQ", "--kind", "granule", "--herb", "huang qi")
        self.refused(2, "ratio", "item", "add", "G-HQ", "--kind", "granule", "--herb", "huang qi", "--ratio", "0:1")
        self.refused(2, "its unit is each", "item", "add", "P-T", "--kind", "product", "--product", "Bu Zhong Yi Qi Wan",
                     "--unit", "each", "--reorder", "500 g")
        self.done("P-T", "item", "add", "P-T", "--kind", "product", "--product", "Bu Zhong Yi Qi Wan", "--unit", "each")
        self.done("changed", "item", "change", "R-HQ", "--price", "0.35")
        self.refused(2, "counted in pieces", *DELIVERY[:-1], "P-T T1 - A01 500 g")
        self.done("Receipt", *DELIVERY, "--key", "once")
        self.done("Receipt", *DELIVERY, "--key", "once")
        self.refused(5, "already", *DELIVERY)
        self.done("quarantined", "lots", "bz-77")
        self.certificate()
        self.liang()
        self.refused(2, 'status: "fine"', "status", "BZ-77", "fine", "--reason", "looks so")
        self.done("released", "status", "BZ-77", "released", "--reason", "certificate came")
        rows = {row["sku"]: row for row in json.loads(stock("items", "huang qi", "--json").stdout)["rows"]}
        self.assertEqual((rows["R-HQ"]["free"], rows["R-HQ"]["price_cents"], rows["R-HQ"]["reorder_quantity"]),
                         (500000, 35, 500000))
        self.refused(2, "is one of items, lots", "frob")


if __name__ == "__main__":
    unittest.main()
