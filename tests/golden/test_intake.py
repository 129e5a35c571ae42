"""`yaofang compound intake` as a pharmacist at a terminal meets it: a fax from elsewhere, entered, its prescriber asked, compared by
another person; each step says the next one."""
import os
import pathlib
import re
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from command import InDemoShop, run

PAPER = ["--patient", "D-0003", "--prescriber", "Dr. Ada Osei", "--address", "3 Mill Lane, York", "--phone", "+44 1904 100",
         "--registration", "7412356", "--registered-with", "GMC", "--written-on", "2026-11-20", "--how", "fax"]


class Intake(InDemoShop):
    def must(self, *arguments):
        done = run("compound", *arguments)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def refused(self, part, *arguments):
        done = run("compound", *arguments)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        self.assertIn(part, done.stderr)

    def page(self, text):
        with tempfile.NamedTemporaryFile("w", suffix=".pdf", delete=False) as file:
            file.write(f"%PDF-1.4\n{text}\n%%EOF\n")
        self.addCleanup(os.unlink, file.name)
        return file.name

    def received(self, number):
        said = self.must("intake", "receive", "--as", "mei.lin", *PAPER, "--number", number, "--file", self.page(number))
        return re.search(r"\d+", said).group()

    def test_from_the_fax_to_the_signature(self):
        intake = self.received("X-1")
        entered = self.must("intake", "enter", intake, "--as", "mei.lin", "--herb", "Dan Shen 10 g", "--days", "7")
        prescription = re.search(r"Prescription (\d+)", entered).group(1)
        self.assertIn(f"Next: ask the prescriber: yaofang compound intake ask {intake}", entered)
        self.refused("ask its prescriber about it", "answer", prescription, "--as", "mei.lin", "--finding", "all", "--reason", "monitored", "--note", "x")
        self.must("intake", "ask", intake, "--as", "mei.lin", "--note", "Dan Shen with warfarin?")
        self.must("intake", "said", intake, "--as", "mei.lin", "--verdict", "as_written", "--note", "INR is weekly",
                  "--said-by", "Dr. Ada Osei", "--said-how", "phone")
        shown = self.must("answer", prescription, "--as", "mei.lin", "--finding", "all", "--reason", "monitored", "--note", "INR weekly")
        self.assertIn(f"Next: another pharmacist compares it with the paper: yaofang compound intake compare {intake}", shown)
        self.refused("another pharmacist", "intake", "compare", intake, "--as", "mei.lin")
        self.must("intake", "compare", intake, "--as", "david.chen")
        self.assertRegex(self.must("show", prescription, "--as", "mei.lin"),
                         "Written elsewhere by Dr. Ada Osei\nCompared with the paper by David Chen")
        self.assertIn("Dr. Ada Osei", self.must("intakes", "--as", "mei.lin"))

    def test_a_paper_comes_in_once(self):
        self.received("X-2")
        self.refused("number", "intake", "receive", "--as", "mei.lin", *PAPER, "--number", "X-2", "--file", self.page("again"))


if __name__ == "__main__":
    unittest.main()
