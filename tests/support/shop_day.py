"""A day at the demo shop, on the command line: an order compounded and handed over, a sale, a refund and a promo code, a count, a batch
made ahead, a recall, a purchase. Everything a workbook could show happens once, always in the same order."""
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("YAOFANG", str(ROOT / "build" / "yaofang"))


def run(*arguments, who=None):
    done = subprocess.run([PROGRAM, *arguments, *(["--as", who] if who else [])], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"yaofang {' '.join(arguments)}: {done.stdout}{done.stderr}")
    return done.stdout


def number(text):
    return re.search(r"\d+", text).group(0)


def sql(statement):
    return subprocess.run(["psql", "-XAtq", os.environ["DATABASE_SUPER_URL"], "-c", statement], capture_output=True, text=True,
                          check=True).stdout.strip()


def compound():
    """The warfarin patient's order, to the hand-over."""
    text = run("compound", "new", "--patient", "D-0003", "--formula", "Bu Zhong Yi Qi Tang", "--herb", "Dan Shen 9 g", "--days", "7",
               who="dr.wu")
    prescription = number(text)
    run("compound", "answer", prescription, "--finding", "all", "--reason", "monitored", "--note", "INR weekly", who="dr.wu")
    run("compound", "sign", prescription, who="dr.wu")
    order = number(run("compound", "order", prescription, who="sam.ortiz"))
    run("compound", "allocate", order, who="sam.ortiz")
    run("compound", "acknowledge", prescription, who="mei.lin")
    run("compound", "release", order, who="mei.lin")
    run("compound", "weigh", order, "--as-planned", who="mei.lin")
    run("compound", "check", order, who="david.chen")
    run("label", order, "--kind", "patient", "--output", os.devnull, who="david.chen")
    run("compound", "handover", order, "--received-by", "Robert Hale", "--counselled", who="sam.ortiz")
    return order


def sell():
    """A sale with a promo code, part of it given back; the drawer opened and closed."""
    ticket = number(run("sale", "new", "--line", "S-TIGER-BALM-PATCH 2", "--line", "R-GUI-ZHI 50 g", "--code", "tcmheal5", who="sam.ortiz"))
    total = re.search(r"Total +([\d.]+)", run("sale", "quote", ticket, who="sam.ortiz")).group(1)
    run("sale", "drawer", "open", "--float", "50.00", who="sam.ortiz")
    run("sale", "pay", ticket, "--total", total, "--tender", "card 5.00", "--tender", "cash", who="sam.ortiz")
    run("sale", "refund", ticket, "--reason", "damaged", "--line", "1 1 write_off", who="sam.ortiz")
    run("sale", "drawer", "close", "1", "--count", "20.00 2", "--count", "10.00 1", who="sam.ortiz")


def count():
    """One drawer is booked with a gram missing; a sheet for another lies open, blind."""
    run("stock", "count", "open", "Drawer A01", "--place", "A01", "--seen", who="mei.lin")
    run("stock", "count", "enter", "1", "--line", "1 1017 g", who="sam.ortiz")
    run("stock", "count", "book", "1", who="mei.lin")
    run("stock", "count", "open", "Drawers B", "--place", "B01", "--place", "B02", who="mei.lin")
    run("stock", "count", "enter", "2", "--line", "1 100 g", who="sam.ortiz")


def make_ahead():
    run("stock", "batch", "plan", "P-SAN-QI", "100 g", "A01", "--line", "R-HUANG-QI 105 g", "--lot", "HOUSE-1", who="sam.ortiz")
    run("stock", "batch", "pick", "1", who="sam.ortiz")
    run("stock", "batch", "make", "1", "100 g", who="sam.ortiz")
    run("stock", "batch", "check", "1", who="mei.lin")


def buy_and_lose():
    run("stock", "purchase", "add", "GLB", "--line", "R-GUI-ZHI 500 g for 12.50", who="sam.ortiz")
    run("stock", "purchase", "state", "1", "sent", who="sam.ortiz")
    run("stock", "par", "A01", "R-GUI-ZHI", "2 kg", who="sam.ortiz")
    run("stock", "adjust", "GLB-14777", "A01", "2 g", "--use", "write_off", "--reason", "spilled", who="mei.lin")


def recall(order):
    """Of the first lot that the patient got; he was called in vain."""
    lot = sql(f"SELECT l.lot_code FROM weighings w JOIN lots l ON l.id = w.lot_id WHERE w.order_id = {order} ORDER BY w.line_no, l.lot_code LIMIT 1")
    run("stock", "recall", lot, "--reason", "The supplier found lead in it", who="mei.lin")
    patient = sql(f"SELECT patient_id FROM orders WHERE id = {order}")
    run("stock", "recall", "call", "1", patient, "no_answer", who="mei.lin")
    return lot


def whole_day():
    """Returns the lot that was recalled."""
    order = compound()
    sell()
    count()
    make_ahead()
    buy_and_lose()
    return recall(order)
