"""Labels on printers from the command line: a raw port that takes them, one that hangs up and costs no copy, a workstation's own
printer, and a real CUPS server."""
import os
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("YAOFANG", str(ROOT / "build" / "yaofang"))
sys.path.insert(0, str(ROOT / "tests" / "support"))
from cups import Cups  # noqa: E402 pylint: disable=wrong-import-position
from raw_port import Port  # noqa: E402 pylint: disable=wrong-import-position


def run(*words):
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, check=False)


def yaofang(*words):
    done = run(*words)
    if done.returncode != 0:
        raise RuntimeError(f"{words}: {done.stderr}")
    return done.stdout


def allocated_order():
    number = re.match(r"Prescription (\d+),", yaofang(
        "compound", "new", "--as", "dr.wu", "--patient", "D-0003", "--formula", "Bu Zhong Yi Qi Tang", "--days", "7")).group(1)
    done = run("compound", "sign", number, "--as", "dr.wu")
    if done.returncode != 0:
        yaofang("compound", "answer", number, "--as", "dr.wu", "--finding", "all", "--reason", "monitored", "--note", "watched")
        yaofang("compound", "sign", number, "--as", "dr.wu")
    order = re.search(r"[Oo]rder (\d+)", yaofang("compound", "order", number, "--as", "mei.lin")).group(1)
    yaofang("compound", "allocate", order, "--as", "mei.lin")
    return order


class Printers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        yaofang("migrate")
        yaofang("seed")
        cls.order = allocated_order()

    def add(self, code, uri, *more):
        yaofang("printer", "add", code, "--as", "admin", "--uri", uri, *more)

    def print_sheet(self, *more, kind="weigh-sheet"):
        return run("label", self.order, "--kind", kind, "--as", "mei.lin", *more)

    def test_a_hang_up_costs_no_copy_and_changes_no_order(self):
        bad, good = Port(most=4096), Port()
        before = yaofang("compound", "track", self.order, "--as", "mei.lin", "--json")
        self.add("BAD", bad.uri, "--format", "zpl")
        self.add("GOOD", good.uri, "--format", "zpl")
        done = self.print_sheet("--printer", "BAD")
        self.assertEqual(done.returncode, 75, done.stderr)
        self.assertRegex(done.stderr, r'yaofang: printer: "BAD": hung up (after [\d,]+ of [\d,]+ bytes|before)')
        self.assertEqual(yaofang("compound", "track", self.order, "--as", "mei.lin", "--json"), before)
        self.assertRegex(yaofang("printer", "jobs", "--as", "mei.lin"), r"BAD .* 1 .*failed +hung up")
        done = self.print_sheet("--printer", "GOOD")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"job \d+ on printer GOOD: .*, copy 1$")
        self.assertTrue(good.took[0].startswith(b"^XA"))
        self.assertTrue(good.took[0].rstrip().endswith(b"^XZ"))
        self.assertIn("copy 2", self.print_sheet("--printer", "GOOD").stdout)
        self.assertEqual(len(good.took), 2)
        jobs = yaofang("printer", "jobs", "--as", "mei.lin")
        self.assertRegex(jobs, r"BAD .* cancelled +was printed by another job")
        cancelled = re.search(r"^(\d+) +BAD", jobs, re.M).group(1)
        self.assertIn("it is cancelled", run("printer", "retry", cancelled, "--as", "mei.lin").stderr)

    def test_a_failed_job_is_sent_again_the_same_and_a_sent_one_never(self):
        port = Port()
        self.add("LATER", "tcp://127.0.0.1:9", "--format", "escpos", "--media", "80")
        done = run("printer", "test", "LATER", "--as", "mei.lin")
        self.assertIn("does not answer", done.stderr)
        job = re.search(r"^(\d+) +LATER", yaofang("printer", "jobs", "--as", "mei.lin", "--state", "failed"), re.M).group(1)
        self.assertIn("does not answer", run("printer", "retry", job, "--as", "mei.lin").stderr)
        self.add("HERE", port.uri, "--format", "escpos", "--media", "80")
        done = yaofang("printer", "test", "HERE", "--as", "mei.lin")
        sent = re.search(r"job (\d+)", done).group(1)
        self.assertIn("sent", yaofang("printer", "retry", sent, "--as", "mei.lin"))
        self.assertEqual(len(port.took), 1)
        self.assertTrue(port.took[0].startswith(b"\x1b@"))

    def test_a_workstation_knows_its_printer(self):
        port = Port()
        self.add("WIDE", port.uri, "--format", "zpl", "--media", "62")
        self.assertIn("has no printer for the weigh-sheet", self.print_sheet("--station", "bench-1").stderr)
        yaofang("printer", "assign", "WIDE", "--station", "bench-1", "--as", "mei.lin")
        done = self.print_sheet("--station", "bench-1")
        self.assertEqual(done.returncode, 2)
        self.assertIn("does not fit printer WIDE: in it lies a roll of 62 mm", done.stderr)
        self.assertEqual(port.took, [])

    def test_a_real_cups_server_prints_it(self):
        with Cups() as cups:
            self.add("CUPS", cups.uri("front"), "--media", "210x297")
            self.add("JAM", cups.uri("jam"))
            self.add("LOST", cups.uri("nowhere"))
            done = self.print_sheet("--printer", "CUPS")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("printed as job", done.stdout)
            paper = cups.printed()
            self.assertTrue(paper.startswith(b"%PDF-"))
            text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True, check=True).stdout.decode()
            self.assertIn("Weigh sheet", text)
            self.assertIn("黃芪" if "黃芪" in text else "黄芪", text)
            self.add("CUPSZPL", cups.uri("front"), "--format", "zpl")
            yaofang("printer", "test", "CUPSZPL", "--as", "mei.lin")
            self.assertTrue(cups.printed().startswith(b"^XA"))
            done = run("printer", "test", "JAM", "--as", "mei.lin")
            self.assertEqual(done.returncode, 75, done.stdout)
            self.assertIn("took the job and did not print it", done.stderr)
            self.assertIn("did not take the job", run("printer", "test", "LOST", "--as", "mei.lin").stderr)

    def test_what_is_refused(self):
        for words, part in (
                (("add", "X", "--as", "mei.lin", "--uri", "tcp://127.0.0.1:9"), "admin"),
                (("add", "X", "--as", "admin", "--uri", "http://127.0.0.1:9"), "must begin with"),
                (("add", "X", "--as", "admin", "--uri", "tcp://127.0.0.1:9", "--format", "png"), "is pdf, zpl or escpos"),
                (("add", "X", "--as", "admin", "--uri", "tcp://127.0.0.1:9", "--media", "5"), "is millimetres"),
                (("test", "NONE", "--as", "mei.lin"), "is no printer of this shop"),
                (("retry", "999999", "--as", "mei.lin"), "is no print job"),
                (("assign", "NONE", "--station", "a", "--as", "mei.lin"), "is no printer of this shop")):
            done = run("printer", *words)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(part, done.stderr)


if __name__ == "__main__":
    unittest.main()
