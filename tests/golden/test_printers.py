"""Labels on printers from the command line: a raw port that takes them, one that hangs up and costs no copy, a workstation's own
printer, and a real CUPS server."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
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

    def jobs(self, *more):
        return json.loads(yaofang("printer", "jobs", "--as", "mei.lin", "--json", *more))["rows"]

    def test_several_papers_are_one_job_that_goes_on_where_it_stopped(self):
        port = Port(most=4096, first=2)
        self.add("STOPS", port.uri, "--format", "zpl")
        order = allocated_order()
        done = run("label", order, "--kind", "cook-sheet-80", "--kind", "sticker", "--kind", "weigh-sheet", "--kind", "herb",
                   "--drawer", "A01", "--drawer", "A02", "--as", "mei.lin", "--printer", "STOPS")
        self.assertEqual(done.returncode, 75, done.stderr)
        self.assertRegex(done.stderr, r'printer: "STOPS": hung up')
        self.assertRegex(done.stderr, r'paper: "3 of 6": of job \d+ \(Weigh sheet, A4 of order \d+\) is not out; '
                                      r'out are: 1 to 2; not out: 3 to 6\.')
        job = self.jobs()[0]
        self.assertEqual((job["state"], job["papers_out"]), ("failed", 2))
        self.assertEqual([paper["state"] for paper in job["papers"]], ["sent", "sent", "failed", "queued", "queued", "queued"])
        self.assertEqual([paper["copy_no"] for paper in job["papers"]], [1] * 6)
        # a person looks: the sheet did come out; on from paper 4
        self.assertIn("it has 6", run("printer", "retry", str(job["id"]), "--from", "7", "--as", "mei.lin").stderr)
        port.most = None
        done = yaofang("printer", "retry", str(job["id"]), "--from", "4", "--as", "mei.lin")
        self.assertEqual(done.count(f"job {job['id']}, paper "), 6, done)
        self.assertRegex(done, r"paper 3 on printer STOPS: sent Weigh sheet, .*, copy 1, came out, as was said when the job was continued")
        self.assertEqual(len(port.took), 6) # two, the one that hung up, and three
        self.assertEqual(self.jobs()[0]["state"], "sent")
        papers = yaofang("printer", "papers", str(job["id"]), "--as", "mei.lin")
        self.assertEqual(len(re.findall(r"^\d +STOPS +.* sent", papers, re.M)), 6, papers)
        # again: every one is marked as a copy
        done = yaofang("label", order, "--kind", "sticker", "--drawer", "A01", "--as", "mei.lin", "--printer", "STOPS")
        self.assertEqual(done.count(", copy 2"), 2, done)

    def test_one_paper_that_may_not_be_printed_stops_all(self):
        port = Port()
        self.add("ALLORNONE", port.uri, "--format", "zpl")
        order = allocated_order()
        done = run("label", order, "--kind", "weigh-sheet", "--kind", "patient", "--drawer", "A01", "--as", "mei.lin",
                   "--printer", "ALLORNONE")
        self.assertNotEqual(done.returncode, 0)
        self.assertRegex(done.stderr, r'state: "allocated": is too early or too late to print the Patient label')
        self.assertRegex(done.stderr, rf'paper: "2: patient of order {order}": cannot be printed, so none of the 3 is')
        self.assertEqual(port.took, [])
        self.assertNotIn("ALLORNONE", yaofang("printer", "jobs", "--as", "mei.lin"))
        self.assertRegex(yaofang("label", order, "--kind", "weigh-sheet", "--as", "mei.lin", "--printer", "ALLORNONE"), "copy 1$")

    def test_the_lots_of_a_delivery(self):
        port = Port()
        self.add("LOTS", port.uri, "--format", "zpl", "--media", "62")
        receipt = re.search(r"(\d+)", yaofang(
            "stock", "receive", "GLB", "G-77", "--as", "sam.ortiz", "--line", "R-GUI-ZHI GLB-7001 2031-01-31 A01 500 g",
            "--line", "R-BAI-SHAO GLB-7002 2031-02-28 A02 500 g", "--line", "R-CHAI-HU GLB-7003 2031-03-31 A03 500 g")).group(1)
        done = yaofang("label", "--receipt", receipt, "--line", "1", "--line", "3", "--copies", "3", "--as", "sam.ortiz",
                       "--printer", "LOTS", "--station", "goods-in")
        self.assertEqual(done.count("Lot label on a 62 mm roll"), 2, done)
        self.assertEqual([took.count(b"^XA") for took in port.took], [3, 3])
        done = run("label", "--receipt", receipt, "--lines", "2-4", "--as", "sam.ortiz", "--printer", "LOTS")
        self.assertIn('lines: "4": is no line: the delivery has 3', done.stderr)
        done = yaofang("label", "--receipt", receipt, "--as", "sam.ortiz", "--station", "goods-in") # remembered for lots
        self.assertEqual((done.count(", copy 2"), done.count(", copy 1")), (2, 1), done)
        self.assertIn("has no printer for the drawer", run("label", "--drawer", "A01", "--as", "mei.lin", "--station", "goods-in").stderr)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "lots.pdf")
            done = yaofang("label", "--receipt", receipt, "--copies", "2", "--as", "sam.ortiz", "-o", path)
            self.assertIn("6 papers, from Lot label 70 × 50 mm of lot", done)
            text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
            self.assertEqual((text.count("copy 3"), text.count("copy 2")), (4, 2), text)

    def test_a_key_prints_once(self):
        port = Port()
        self.add("ONCE", port.uri, "--format", "zpl")
        order = allocated_order()
        words = ("label", order, "--kind", "weigh-sheet", "--as", "mei.lin")
        for _ in range(2):
            self.assertRegex(yaofang(*words, "--printer", "ONCE", "--key", f"p-{order}"), "copy 1$")
        self.assertEqual(len(port.took), 1)
        done = run(*words, "--copies", "2", "--printer", "ONCE", "--key", f"p-{order}")
        self.assertIn("was used for something else", done.stderr)
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(2):
                self.assertRegex(yaofang(*words, "--key", f"f-{order}", "-o", os.path.join(folder, "a.pdf")), "copy 2$")
            self.assertRegex(yaofang(*words, "-o", os.path.join(folder, "a.pdf")), "copy 3$")

    def test_names_paper_cannot_carry(self):
        port = Port()
        self.add("NAMES", port.uri, "--format", "zpl", "--media", "210x297")
        order = allocated_order()
        before = yaofang("compound", "track", order, "--as", "mei.lin", "--json")
        words = ("label", order, "--kind", "information", "--as", "mei.lin", "--printer", "NAMES")
        for text, code in (("Good \U0001f600 looks", "U+1F600"), ("turned \u202e round", "U+202E")):
            yaofang("label", "fact", "order", order, "indication", text, "--as", "dr.wu")
            done = run(*words)
            self.assertNotEqual(done.returncode, 0, done.stdout)
            self.assertIn(code, done.stderr)
        yaofang("label", "fact", "order", order, "indication", "", "--as", "dr.wu")
        done = run("label", order, "--kind", "cook-sheet-80", "--as", "mei.lin", "--printer", "NAMES")
        self.assertIn("does not fit printer NAMES: in it lies 210 × 297 mm", done.stderr)
        self.assertEqual(yaofang("compound", "track", order, "--as", "mei.lin", "--json"), before)
        self.assertEqual(port.took, [])
        self.assertRegex(yaofang(*words), "copy 1$")

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
