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
