"""Prints a workbook as text: every cell with its type, number format and cached value, and how the sheets are set up: filter,
frozen header, colours, protection, what cells take, charts, print."""
import sys

import openpyxl

path = sys.argv[1]
book = openpyxl.load_workbook(path)
cached = openpyxl.load_workbook(path, data_only=True)
properties = book.properties
print(f"title {properties.title!r}, subject {properties.subject!r}, by {properties.creator!r}, made {properties.created}")


def text_of(title):
    return "".join(run.t for paragraph in title.tx.rich.p for run in paragraph.r or [])


def show_set_up(sheet):
    page = sheet.page_setup
    print(f"sheet {sheet.title!r}: frozen at {sheet.freeze_panes}, filter {sheet.auto_filter.ref}, "
          f"repeats {sheet.print_title_rows}, {page.orientation}, paper {page.paperSize}, pages high {page.fitToHeight}, "
          f"footer {sheet.oddFooter.left.text!r} {sheet.oddFooter.right.text!r}")
    print("  widths " + " ".join(f"{letter}={column.width:.1f}" for letter, column in sorted(sheet.column_dimensions.items())))
    if sheet.protection.sheet:
        print("  protected")
    for cells, rules in sheet.conditional_formatting._cf_rules.items():
        for rule in rules:
            print(f"  colour {cells.sqref} when {rule.formula[0]} -> {rule.dxf.fill.bgColor.rgb}")
    for rule in sheet.data_validations.dataValidation:
        print(f"  takes {rule.sqref}: {rule.type} {rule.operator} {rule.formula1} {rule.formula2} {rule.prompt!r} {rule.error!r}")
    for chart in sheet._charts:
        print(f"  chart {type(chart).__name__} {text_of(chart.title)!r} at {chart.anchor._from.col},{chart.anchor._from.row}")
        for series in chart.series:
            print(f"    {series.cat.strRef.f if series.cat.strRef else series.cat.numRef.f} -> {series.val.numRef.f}")


for sheet in book:
    show_set_up(sheet)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            value = cached[sheet.title][cell.coordinate].value
            shown = f"{cell.value!r}" if cell.data_type != "f" else f"{cell.value} = {value!r}"
            locked = "" if cell.protection.locked else " to fill in"
            print(f"  {cell.coordinate} {cell.data_type} {cell.number_format} {shown}{locked}")
