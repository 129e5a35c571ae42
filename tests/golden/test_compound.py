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

    def test_a_draft_says_what_it_costs_and_what_has_no_price(self):
        done = compound("draft", "--as", "dr.wu", "--patient", "D-0002", "--herb", "Huang Qi 15 g", "--herb", "Wu Zhu Yu 3 g",
                        "--form", "granule")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"Price \S+ without what has none: herbs 4\.26; tax \S+")
        self.assertRegex(done.stdout, r"Huáng Qí +4\.26  own price")
        self.assertRegex(done.stdout, r"Wú Zhū Yú +no price: the shop keeps none in this form")
        self.assertIn("G-HUANG-QI", done.stdout)
        self.refused(2, "is raw; Concentrated granules is made of granule", "draft", "--as", "dr.wu", "--patient", "D-0002",
                     "--herb", "Huang Qi 15 g", "--form", "granule", "--item", "Huang Qi R-HUANG-QI")
        self.refused(4, "is no group of customers", "draft", "--as", "dr.wu", "--patient", "D-0002", "--herb", "Huang Qi 15 g",
                     "--group", "nobody")

    def ordered(self, *more):
        """An order of huang qi for nobody in danger: signed and entered."""
        done = compound("new", "--as", "dr.wu", "--patient", "D-0002", "--herb", "Huang Qi 15 g", "--days", "7",
                        "--form", "raw_decoction", *more)
        self.assertEqual(done.returncode, 0, done.stderr)
        number = number_of(done.stdout)
        compound("answer", number, "--as", "dr.wu", "--finding", "all", "--reason", "monitored", "--note", "seen")
        self.assertEqual(compound("sign", number, "--as", "dr.wu").returncode, 0)
        compound("acknowledge", number, "--as", "mei.lin")
        return number

    def order_of(self, done):
        self.assertEqual(done.returncode, 0, done.stderr)
        return re.match(r"Order (\d+),", done.stdout).group(1)

    def test_a_short_order_points_to_its_substitutes(self):
        done = compound("new", "--as", "dr.wu", "--patient", "D-0002", "--herb", "Huang Qi 900 g", "--days", "7")
        number = number_of(done.stdout)
        compound("answer", number, "--as", "dr.wu", "--finding", "all", "--reason", "monitored", "--note", "seen")
        self.assertEqual(compound("sign", number, "--as", "dr.wu").returncode, 0)
        compound("acknowledge", number, "--as", "mei.lin")
        order = self.order_of(compound("order", number, "--as", "mei.lin"))
        self.refused(5, f"yaofang compound substitutes --order {order}", "allocate", order, "--as", "mei.lin")
        done = compound("substitutes", "--order", order, "--as", "mei.lin")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"Order {order} of prescription {number}, version 1: 1 short", done.stdout)
        self.assertIn(f"compound propose {number} --as mei.lin --order {order} --offer OFFER", done.stdout)
        self.refused(2, "is the SKU of a product and how many go along", "order", number, "--as", "mei.lin", "--pieces", "S-XIAO-YAO-WAN")
        self.refused(4, "is no order of this shop", "substitutes", "--order", "999999", "--as", "mei.lin")

    def test_an_order_stops_is_wasted_and_starts_again(self):
        number = self.ordered("--refills", "1", "--refill-days", "20")
        done = compound("order", number, "--as", "mei.lin", "--packets", "3")
        self.assertIn("A part of what is prescribed: 3 of 7 packets.", done.stdout)
        order = self.order_of(done)
        self.assertIn(f"#{order}", compound("owed", "--as", "mei.lin").stdout)
        self.refused(2, "yaofang compound reasons", "hold", order, "--as", "mei.lin")
        compound("hold", order, "--as", "mei.lin", "--reason", "patient_asked")
        self.refused(5, "it is on hold: The patient asked to wait", "allocate", order, "--as", "mei.lin")
        done = compound("ask", order, "--as", "mei.lin", "--note", "Cooked or raw?")
        self.assertIn(f"Next: yaofang compound lift {order} --stop 1", done.stdout)
        self.assertIn("Cooked or raw?", compound("stopped", "--as", "dr.wu").stdout)
        self.refused(3, "the prescriber must answer", "reply", order, "--as", "mei.lin", "--verdict", "as_written", "--note", "x")
        compound("reply", order, "--as", "dr.wu", "--verdict", "as_written", "--note", "Raw")
        self.assertIn("as_written: Raw (Wu Jianguo", compound("lift", order, "--as", "mei.lin", "--stop", "2").stdout)
        done = compound("lift", order, "--as", "mei.lin", "--note", "she called")
        self.assertIn(f"Next: yaofang compound allocate {order}", done.stdout)
        for step in (["allocate"], ["release"], ["weigh", "--as-planned"]):
            done = compound(step[0], order, "--as", "mei.lin", *step[1:])
            self.assertEqual(done.returncode, 0, done.stderr)
        self.refused(2, "is one of", "waste", order, "--as", "mei.lin", "--reason", "bad luck")
        done = compound("waste", order, "--as", "mei.lin", "--reason", "spilled", "--again")
        self.assertIn(f"In place of the wasted order {order}.", done.stdout)
        again = self.order_of(done)
        self.assertIn("Wasted by Lin Mei (demo): spilled.", compound("track", order, "--as", "mei.lin").stdout)
        self.order_of(compound("order", number, "--as", "mei.lin"))
        self.refused(5, "waits for the hand-over of the supply before it, of which 7 of 7 packets", "order", number, "--as", "mei.lin")
        self.order_of(compound("order", number, "--as", "mei.lin", "--reason", "travel"))
        done = compound("reject", again, "--as", "mei.lin", "--reason", "no_answer")
        self.assertIn("Rejected by Lin Mei (demo): no_answer.", done.stdout)

    def test_boiled_in_the_shop_and_brought_back(self):
        number = self.ordered()
        order = self.order_of(compound("order", number, "--as", "mei.lin", "--decoct"))
        for step in (["allocate"], ["release"], ["weigh", "--as-planned"]):
            done = compound(step[0], order, "--as", "mei.lin", *step[1:])
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"Next: yaofang compound decoct {order}", done.stdout)
        self.refused(5, "no finished decoction", "check", order, "--as", "david.chen")
        self.assertIn("9000", compound("machine", "add", "POT-1", "--as", "mei.lin", "--capacity", "9000").stdout)
        self.assertIn("general", compound("schemes", "--as", "mei.lin").stdout)
        done = compound("decoct", order, "--as", "sam.ortiz", "--machine", "POT-1", "--minutes-ago", "90")
        self.assertIn("General in POT-1, 1260 ml of water", done.stdout)
        done = compound("decocted", order, "--as", "sam.ortiz", "--bags", "7", "--bag-ml", "150")
        self.assertIn("7 bags of 150 ml", done.stdout)
        self.assertIn("Next: yaofang compound check", done.stdout)
        self.order_of(compound("check", order, "--as", "david.chen"))
        self.order_of(compound("handover", order, "--as", "david.chen", "--received-by", "Liu", "--counselled"))
        self.order_of(compound("return", order, "--as", "sam.ortiz", "--packets", "2", "--reason", "not_needed"))
        done = compound("destroy", order, "--as", "sam.ortiz", "--reason", "incinerated")
        self.assertIn(f"Next: yaofang compound witness {order} --return 1", done.stdout)
        self.assertIn("Sam Ortiz", compound("returned", "--as", "sam.ortiz").stdout)
        self.assertIn("witnessed by Lin Mei", compound("witness", order, "--as", "mei.lin").stdout)

    def test_what_is_handled_apart_gets_little_packets(self):
        done = compound("new", "--as", "dr.wu", "--patient", "D-0002", "--herb", "Huang Qi 15 g", "--herb", "Bo He 6 g", "--days", "7")
        number = number_of(done.stdout)
        compound("answer", number, "--as", "dr.wu", "--finding", "all", "--reason", "monitored", "--note", "seen")
        compound("sign", number, "--as", "dr.wu")
        done = compound("order", number, "--as", "mei.lin")
        self.assertRegex(done.stdout, r"add near the end 后下 +7 of 6 g: Bò He 薄荷")

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
        self.refused(2, "is one of draft, patterns, house", "frobnicate", "--as", "dr.wu")


if __name__ == "__main__":
    unittest.main()
