"""`yaofang compound` as a person at a terminal meets it: what it prints, what it refuses, and its exit status."""
import json
import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("YAOFANG", str(ROOT / "build" / "yaofang"))
GOLDEN = ROOT / "tests" / "golden" / "compound_new.txt"
NEW = ["new", "--as", "dr.wu", "--patient", "D-0003", "--formula", "Bu Zhong Yi Qi Tang", "--herb", "Dan Shen 15 g",
       "--herb", "Chuan Xiong 9 g", "--merge", "highest", "--days", "7", "--doses-per-day", "2", "--form", "raw_decoction"]


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)


def compound(*arguments):
    return run("compound", *arguments)


def number_of(output):
    return re.match(r"Prescription (\d+),", output).group(1)


class Compound(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for command in ("migrate", "seed"):
            done = run(command)
            if done.returncode != 0:
                raise RuntimeError(done.stderr)

    def made(self, *more):
        done = compound(*NEW, *more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def refused(self, status, part, *arguments):
        done = compound(*arguments)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertIn(part, done.stderr)

    def test_a_new_prescription_is_shown_with_what_it_meets(self):
        text = re.sub(r"(Prescription|Screening|answer|from screening) \d+", r"\1 N", self.made())
        if os.environ.get("GOLDEN_WRITE"):
            GOLDEN.write_text(text, encoding="utf-8")
        self.assertEqual(text, GOLDEN.read_text(encoding="utf-8"))

    def test_the_way_to_a_signature(self):
        number = number_of(self.made())
        self.refused(6, "Dān Shēn 丹参 × warfarin", "sign", number, "--as", "dr.wu")
        self.refused(2, "must be given", "answer", number, "--as", "dr.wu", "--finding", "all", "--reason", "monitored")
        done = compound("answer", number, "--as", "dr.wu", "--finding", "all", "--reason", "monitored", "--note", "INR weekly")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("INR weekly", done.stdout)
        self.assertIn(f"Next: yaofang compound sign {number} --as dr.wu", done.stdout)
        self.assertEqual(compound("sign", number, "--as", "dr.wu").returncode, 0)
        self.refused(5, "is signed already", "sign", number, "--as", "dr.wu")
        self.refused(3, "only a pharmacist may", "acknowledge", number, "--as", "dr.wu")
        self.assertIn("compound order", compound("acknowledge", number, "--as", "mei.lin").stdout)
        shown = json.loads(compound("show", number, "--as", "mei.lin", "--json").stdout)
        self.assertEqual(shown["total_mg"], 609000)
        self.assertEqual(sum(item["total_mg"] for item in shown["items"]), 609000)
        self.assertIn("Lin Mei", shown["findings"][0]["answer"]["acknowledged_by"])

    def test_a_key_acts_once(self):
        key = f"golden-{os.getpid()}"
        first = self.made("--key", key)
        self.assertEqual(self.made("--key", key), first)
        self.refused(5, "was used for something else", *NEW[:-2], "--form", "granule", "--key", key)

    def test_what_is_wrong_is_named(self):
        patient = ["new", "--as", "dr.wu", "--patient", "D-0003"]
        self.refused(2, "Guān Mù Tōng", *patient, "--herb", "mu tong 6 g")
        self.refused(2, "near it: Dān Shēn", *patient, "--herb", "Dan Shenn 6 g")
        self.refused(2, "followed by g, mg or kg", *patient, "--herb", "Dan Shen 5 lb")
        self.refused(2, "has no weight", *patient, "--herb", "Dan Shen")
        self.refused(5, "set it by hand", *patient, "--formula", "Bu Zhong Yi Qi Tang", "--formula", "Si Jun Zi Tang")
        self.refused(4, "D-9999", "new", "--as", "dr.wu", "--patient", "D-9999", "--herb", "Dan Shen 6 g")
        self.refused(4, "nobody", "show", "1", "--as", "nobody.here")
        self.refused(3, "only a practitioner or pharmacist", "new", "--as", "admin", "--patient", "D-0003", "--herb", "Dan Shen 6 g")
        self.refused(2, "is one of new", "frobnicate", "--as", "dr.wu")


if __name__ == "__main__":
    unittest.main()
