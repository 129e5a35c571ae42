"""Writes the workbook that bench_tables reads: 100,000 rows of 12 columns, as another program than ours writes them."""
import datetime
import sys

from openpyxl import Workbook

book = Workbook(write_only=True)
sheet = book.create_sheet("Stock")
sheet.append(["sku", "lot", "counted_mg", "price", "expires", "form", "toxic", "pieces", "a", "b", "c", "d"])
for i in range(100000):
    sheet.append([f"DG-{i}", f"L-{i % 977}", 4.5 + i / 8, 12.5, datetime.date(2027, 3, 31), "raw", "yes", i, f"text {i % 50}", i, "当归",
                  i * 2])
book.save(sys.argv[1])
