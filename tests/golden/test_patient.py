"""`yaofang patient` in the demo shop: what it prints, what it refuses, and its exit status."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.command import InDemoShop, run  # noqa: E402


def patient(*arguments):
    return run("patient", "--as", "dr.wu", *arguments)


class Patient(InDemoShop):
    def test_an_operation_is_planned_and_called_off(self):
        done = patient("add", "D-0002", "operation", "hip replacement", "--on", "2190-03-01")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("hip replacement, planned on 2190-03-01", done.stdout)
        line = next(row.split()[1] for row in done.stdout.splitlines() if "hip replacement" in row)
        done = patient("end", "D-0002", "operation", line)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("hip replacement", done.stdout)
        self.assertEqual(patient("end", "D-0002", "operation", line).returncode, 4)

    def test_the_last_day_of_a_medicine(self):
        done = patient("add", "D-0001", "medicine", "St John's wort")
        self.assertEqual(done.returncode, 0, done.stderr)
        line = next(row.split()[1] for row in done.stdout.splitlines() if "St John" in row)
        done = patient("stop", "D-0001", line, "--last-taken", "2020-02-29")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("St John's wort, last taken on 2020-02-29", done.stdout)
        done = patient("stop", "D-0001", line, "--last-taken", "2199-01-01")
        self.assertEqual(done.returncode, 2)
        self.assertIn("last_taken_on", done.stderr)

    def test_what_is_wrong_is_named(self):
        for words, part, status in (
            (["show", "nobody"], "nobody", 4),
            (["add", "D-0001", "operation", "tooth"], "needs the day", 2),
            (["add", "D-0001", "operation", "tooth", "--on", "soon"], "--on", 2),
            (["add", "D-0001", "pet", "cat"], "PART", 2),
            (["stop", "D-0001", "x"], "LINE", 2),
            (["nonsense"], "is one of", 2),
        ):
            with self.subTest(words=words):
                done = patient(*words)
                self.assertEqual(done.returncode, status, done.stderr)
                self.assertIn(part, done.stderr)
                self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main()
