"""Prints a workbook as text: every cell with its type, number format and cached value, and how the sheet is set up."""
import sys

import openpyxl

path = sys.argv[1]
book = openpyxl.load_workbook(path)
cached = openpyxl.load_workbook(path, data_only=True)
properties = book.properties
print(f"title {properties.title!r}, by {properties.creator!r}, made {properties.created}")
for sheet in book:
    print(f"sheet {sheet.title!r}: frozen at {sheet.freeze_panes}, filter {sheet.auto_filter.ref}, "
          f"repeats {sheet.print_title_rows}, {sheet.page_setup.orientation}, pages high {sheet.page_setup.fitToHeight}")
    for cells, rules in sheet.conditional_formatting._cf_rules.items():
        for rule in rules:
            print(f"  colour {cells.sqref} when {rule.formula[0]} -> {rule.dxf.fill.bgColor.rgb}")
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            value = cached[sheet.title][cell.coordinate].value
            shown = f"{cell.value!r}" if cell.data_type != "f" else f"{cell.value} = {value!r}"
            print(f"  {cell.coordinate} {cell.data_type} {cell.number_format} {shown}")
