"""An order at the bench from the command line: picked, looked at by another person, weighed on a scale behind a pseudo-terminal with
its container, packets weighed again, a spoon measured."""
import json
import os
import pathlib
import pty
import re
import subprocess
import threading
import tty
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("YAOFANG", str(ROOT / "build" / "yaofang"))


def run(*words):
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, check=False)


def yaofang(*words):
    done = run(*words)
    if done.returncode != 0:
        raise RuntimeError(f"{words}: {done.stderr}")
    return done.stdout


class Scale:
    """Answers S with what it is told to say."""

    def __init__(self):
        self.master, slave = pty.openpty()
        tty.setraw(slave)
        self.uri, self.says = f"serial://{os.ttyname(slave)}?baud=9600", b""
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while os.read(self.master, 100):
            os.write(self.master, self.says)


class Bench(unittest.TestCase):
    def refused(self, status, part, *words):
        done = run(*words)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertIn(part, done.stderr)

    def compound(self, step, who, *more):
        return yaofang("compound", step, self.order, "--as", who, *more)

    def rows(self, step):
        return json.loads(self.compound(step, "mei.lin", "--json"))["rows"]

    def released_order(self):
        number = re.match(r"Prescription (\d+),", yaofang(
            "compound", "new", "--as", "dr.wu", "--patient", "D-0003", "--formula", "Bu Zhong Yi Qi Tang", "--days", "7")).group(1)
        yaofang("compound", "answer", number, "--as", "dr.wu", "--finding", "all", "--reason", "monitored", "--note", "watched")
        yaofang("compound", "sign", number, "--as", "dr.wu")
        yaofang("compound", "acknowledge", number, "--as", "mei.lin")
        order = re.search(r"[Oo]rder (\d+)", yaofang("compound", "order", number, "--as", "mei.lin")).group(1)
        yaofang("compound", "allocate", order, "--as", "mei.lin")
        yaofang("compound", "release", order, "--as", "mei.lin")
        return order

    def setUp(self):
        os.environ["YAOFANG_DEVICES"] = "/dev/pts/*"
        yaofang("migrate")
        yaofang("seed")
        yaofang("bench", "set", "--as", "admin", "--identity", "second_person", "--packets", "1")
        self.order = self.released_order()

    def weigh_on_scale(self, row, scale):
        words = ("compound", "weigh", self.order, "--as", "mei.lin", "--scale", "BENCH", "--tare", "12.5 g", "--weight",
                 f"{row['line_no']} {row['lot_code']}")
        gross = row["planned_mg"] / 1000 + 12.5
        for says, status, part in ((b"S D %10.2f g\r\n" % gross, 5, "is not stable"), (b"S S %10.2f oz\r\n" % gross, 2, "stands on oz"),
                                   (b"S S    3000.01 g\r\n", 2, "more than the scale can weigh"),
                                   (b"S S  1x2.00 g\r\n", 2, "is no line of this scale's protocol")):
            scale.says = says
            before = self.compound("track", "mei.lin", "--json")
            self.refused(status, part, *words)
            self.assertEqual(self.compound("track", "mei.lin", "--json"), before, "the order is unchanged")
        scale.says = b"S S %10.2f g\r\n" % gross
        self.assertIn("weighed ", yaofang(*words))
        stored = next(at for at in self.rows("picklist") if at["lot_code"] == row["lot_code"])
        self.assertEqual((stored["gross_mg"], stored["tare_mg"], stored["weighed_mg"]),
                         (row["planned_mg"] + 12500, 12500, row["planned_mg"]))

    def test_from_the_drawers_to_the_check(self):
        rows = self.rows("picklist")
        self.assertEqual([row["location"] for row in rows], sorted(row["location"] for row in rows), "drawer by drawer")
        self.compound("pick", "mei.lin")
        self.refused(3, "somebody other than", "compound", "identify", self.order, "--as", "mei.lin", "--scan", rows[0]["lot_code"])
        self.refused(5, f"lot {rows[0]['lot_code']}", "compound", "identify", self.order, "--as", "david.chen", "--scan", "GLB-0")
        self.refused(5, "nobody has looked", "compound", "weigh", self.order, "--as", "mei.lin", "--as-planned")
        self.compound("identify", "david.chen", *sum((["--scan", row["lot_code"]] for row in rows), []))
        scale = Scale()
        yaofang("scale", "add", "BENCH", "--as", "admin", "--uri", scale.uri, "--capacity", "3 kg")
        self.weigh_on_scale(rows[0], scale)
        self.assertIn("weighed:", self.compound("weigh", "mei.lin", "--as-planned"))
        self.refused(5, "1 of 1 must be weighed again", "compound", "check", self.order, "--as", "david.chen")
        self.assertIn("1 outside the tolerance", self.compound("packets", "mei.lin", "--packet", "1 5 g"))
        self.refused(5, "outside the tolerance", "compound", "check", self.order, "--as", "david.chen")
        planned = self.rows("packets")[0]["planned_mg"]
        self.compound("packets", "mei.lin", "--packet", f"1 {planned} mg")
        self.assertIn("checked:", self.compound("check", "david.chen"))
        spoon = ("bench", "spoon", "--as", "mei.lin", "--order", self.order, "--spoon", "5 ml", "--spoons", "10", "--weight")
        yaofang(*spoon, "25 g")
        self.assertIn("a spoon holds 20.0 % more", yaofang(*spoon, "30 g"))


if __name__ == "__main__":
    unittest.main()
