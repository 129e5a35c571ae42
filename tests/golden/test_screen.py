"""`yaofang screen` at a terminal: the table, many cases from a file, what bad lines get, the page, and its exit status."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("YAOFANG", str(ROOT / "build" / "yaofang"))


def screen(*arguments, stdin=None, columns="80"):
    return subprocess.run([PROGRAM, "screen", *arguments], input=stdin, capture_output=True, check=False,
                          env={**os.environ, "COLUMNS": columns})


def wide(line):
    return sum(2 if ord(c) >= 0x2E80 else 1 for c in line)


class Screen(unittest.TestCase):
    def test_table(self):
        done = screen("--item", "当归三钱", "--item", "huang qi 9-15 g", "--drug", "Coumadin")
        text = done.stdout.decode()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("钱 taken as 3 g, as textbooks convert", text)
        self.assertIn("a range from 9 g to 15 g", text)
        self.assertRegex(text, r"(?m)^major  Dāng Guī 当归")
        self.assertNotIn("\033", text)
        head, first, second = [line for line in text.splitlines() if line.startswith(("TYPED", "当归", "huang qi"))]
        column = head.index("TAKEN AS")
        self.assertEqual(wide(first[:first.index("Dāng")]), column)
        self.assertEqual(wide(second[:second.index("Huáng")]), column)
        for line in text.splitlines():
            if line.startswith("    "):
                self.assertLessEqual(wide(line), 80, line)

    def test_exit_status(self):
        self.assertEqual(screen("--item", "dang gui", "--drug", "warfarin", "--fail-on", "major").returncode, 6)
        self.assertEqual(screen("--item", "gui zhi", "--no-drugs", "--fail-on", "major", "--complete").returncode, 0)
        self.assertEqual(screen("--item", "zzyzx", "--no-drugs", "--complete").returncode, 2)
        self.assertEqual(screen("--item", "da ji", "--no-drugs", "--complete").returncode, 2)
        self.assertEqual(screen("--liang", "mars", "--item", "gui zhi").returncode, 2)

    def test_what_is_said_of_the_person(self):
        """The options say what the members of a JSON case say: the same findings."""
        options = ["--item", "dan shen 10 g", "--item", "ju hua 5 g", "--item", "ma huang 6 g", "--drug", "sertraline",
                   "--stopped", "St John's wort: 2026-11-10", "--stopped", "warfarin (stopped 2 days ago)",
                   "--surgery-on", "2026-11-30", "--age", "71", "--jurisdiction", "AU", "--allergy", "ragweed",
                   "--weight", "61.5", "--on", "2026-11-20"]
        case = {"items": ["dan shen 10 g", "ju hua 5 g", "ma huang 6 g"], "drugs": ["sertraline", "warfarin (stopped 2 days ago)"],
                "stopped": [{"name": "St John's wort", "on": "2026-11-10"}], "surgery_on": "2026-11-30", "age_years": 71,
                "jurisdiction": "AU", "allergies": ["ragweed"], "weight_kg": "61.5", "on": "2026-11-20"}
        done = screen(*options, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        said = json.loads(done.stdout)
        typed = json.loads(screen("--batch", "-", stdin=json.dumps(case).encode()).stdout)
        by_text = lambda findings: sorted(json.dumps(one, sort_keys=True) for one in findings)
        self.assertEqual(by_text(said["findings"]), by_text(typed["findings"]))
        text = screen(*options).stdout.decode()
        for part in ("stopped 10 days ago; it counts for 14 days", "stopped 2 days ago", "(no longer taken)",
                     "operation on 2026-11-30: last dose no later than 2026-11-16", "Asteraceae [ragweed]", "Australia"):
            self.assertIn(part, text)
        child = ["--item", "ma huang 9 g", "--no-drugs", "--on", "2026-11-20", "--weight", "8", "--age"]
        self.assertIn("for this child", screen(*child, "8 months").stdout.decode())
        self.assertNotIn("for this child", screen(*child, "30").stdout.decode())

    def test_what_is_said_wrongly_of_the_person(self):
        for option, value in (("--age", "old"), ("--age", "200"), ("--weight", "heavy"), ("--surgery-on", "soon"), ("--on", "2026-02-30"),
                              ("--stopped", "warfarin: last week"), ("--stopped", "warfarin: 2199-01-01")):
            with self.subTest(option=option, value=value):
                done = screen("--item", "dan shen", option, value)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stdout, b"")
                self.assertIn(f'{option}: "{value}"', done.stderr.decode())
        done = screen("--item", "dan shen", "--no-drugs", "--complete", "--jurisdiction", "MARS", "--on", "2026-11-20",
                      "--surgery-on", "2026-11-01", "--allergy", "moon dust")
        self.assertEqual(done.returncode, 2)
        for part in ("MARS", "surgery on 2026-11-01", "moon dust"):
            self.assertIn(part, done.stdout.decode())

    def test_not_understood_is_never_no_finding(self):
        done = screen("--item", b"\xff\xfe", "--item", "\u202e💊", "--item", "zzyzx 3 g")
        text = done.stdout.decode()
        self.assertEqual(text.count("NOT CHECKED"), 3, text)
        self.assertNotIn("\u202e", text)

    def test_many_lines(self):
        lines = ['dang gui 10 g | Coumadin', '{"items":["dang gui"],"drugs":[]}', '{"items":', "huang qi", "",
                 "gui zhi | none | pregnant", "\x00", '{"items":["a\\u0000b"]}']
        done = screen("--batch", "-", stdin="\n".join(lines).encode() + b"\n\xff\xfe\ngui zhi")
        answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
        self.assertEqual(done.returncode, 2)
        self.assertEqual(len(answers), 9)
        self.assertEqual([a["line"] for a in answers if "error" in a], [3, 7, 8, 9])
        self.assertEqual(answers[0]["findings"][0]["severity"], "major")
        self.assertEqual(answers[3]["findings"][-1]["kind"], "medicines_not_asked")
        self.assertNotIn("medicines_not_asked", [f["kind"] for f in answers[4]["findings"]])

    def test_page(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "page.pdf")
            done = screen("--item", "当归 10克", "--drug", "Coumadin", "--pdf", path, "--about", "P-1")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(b": 1 page\n", done.stderr)
            words = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
            self.assertIn("P-1", words)
            self.assertTrue(re.search(r"Rule hdi\d+ version", words))
            self.assertEqual(screen("--item", "gui zhi", "--pdf", os.path.join(folder, "no", "x.pdf")).returncode, 2)
            self.assertEqual(screen("--item", "gui zhi", "--pdf", path, "--paper", "a5").returncode, 2)


if __name__ == "__main__":
    unittest.main()
