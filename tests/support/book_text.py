"""A workbook as text to compare, by openpyxl: set-up, looks and charts of each sheet, and its rows (the first and the last ones of a
long sheet), each cell with its type, number format and, of a formula, its stored value."""
import openpyxl

LONG = 240
HEADER = 6  # the row of the header on sheets of rows


def look(cell):
    """How a cell looks, in words."""
    fill = cell.fill.fgColor.rgb if cell.fill.fill_type else "none"
    ink = cell.font.color.rgb if cell.font.color is not None and cell.font.color.type == "rgb" else "black"
    words = [f"{cell.font.sz:g}{' bold' if cell.font.b else ''}", f"{ink} on {fill}",
             f"{cell.alignment.horizontal or '-'} {cell.alignment.vertical or '-'}"]
    edges = [f"{side} {edge.style}" for side in ("top", "bottom", "left", "right") if (edge := getattr(cell.border, side)) and edge.style]
    return ", ".join(words + edges + (["wrap"] if cell.alignment.wrap_text else []) + ([] if cell.protection.locked else ["to fill in"]))


def chart_lines(sheet):
    for chart in sheet._charts:
        title = "".join(run.t for paragraph in chart.title.tx.rich.p for run in paragraph.r or [])
        yield f"  chart {type(chart).__name__} {title!r} at column {chart.anchor._from.col}"
        for series in chart.series:
            names = series.cat.strRef.f if series.cat.strRef else series.cat.numRef.f
            yield f"    {names} -> {series.val.numRef.f}"


def set_up_lines(sheet):
    page = sheet.page_setup
    yield (f"sheet {sheet.title!r}: frozen at {sheet.freeze_panes}, filter {sheet.auto_filter.ref}, repeats {sheet.print_title_rows}, "
           f"{page.orientation}, paper {page.paperSize}, wide {page.fitToWidth} high {page.fitToHeight}, "
           f"footer {sheet.oddFooter.left.text!r} {sheet.oddFooter.center.text!r} {sheet.oddFooter.right.text!r}"
           f"{', protected' if sheet.protection.sheet else ''}")
    widths = sorted((openpyxl.utils.column_index_from_string(letter), f"{letter}={column.width:.0f}")
                    for letter, column in sheet.column_dimensions.items())
    yield "  widths " + " ".join(text for _, text in widths)
    for cells, rules in sheet.conditional_formatting._cf_rules.items():
        for rule in rules:
            yield f"  colour {cells.sqref} when {rule.formula[0]} -> {rule.dxf.font.color.rgb} on {rule.dxf.fill.bgColor.rgb}"
    for rule in sheet.data_validations.dataValidation:
        yield f"  takes {rule.sqref}: {rule.type} {rule.operator} {rule.formula1} {rule.formula2} {rule.prompt!r}"
    yield from chart_lines(sheet)


def cell_text(cell, stored):
    if isinstance(cell.value, str) and len(cell.value) > LONG:  # lists that grow with the reference data
        return repr(cell.value[:LONG // 2]) + "…"
    if cell.data_type == "f":
        return f"{cell.number_format} {cell.value} = {stored.value!r}"
    if cell.data_type == "s":
        return repr(cell.value) if cell.number_format in ("@", "General") else f"{cell.number_format} {cell.value!r}"
    return f"{cell.number_format} {cell.value}"


def look_lines(sheet, rows):
    """The looks of a title, a header, a first and a last row: those that differ."""
    for row in rows:
        seen = {}
        for cell in sheet[row]:
            seen.setdefault(look(cell), []).append(cell.column_letter)
        for words, letters in seen.items():
            yield f"  looks {row} {letters[0]}{'…' + letters[-1] if len(letters) > 1 else ''}: {words}"


def book_lines(path, rows_most):
    book, stored = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    about = book.properties
    yield f"title {about.title!r}, subject {about.subject!r}, by {about.creator!r}, category {about.category!r}, {about.description!r}"
    for sheet in book:
        yield from set_up_lines(sheet)
        last = sheet.max_row
        is_rows = sheet.title != "Notes" and last >= HEADER and str(sheet["A3"].value or "").startswith(("As of", "Period"))
        if is_rows:
            yield from look_lines(sheet, [1] + [row for row in (HEADER, HEADER + 1, last) if row <= last])
        left_out = range(HEADER + rows_most + 1, last - 1) if is_rows else ()
        for row in sheet.iter_rows():
            if row[0].row in left_out:
                continue
            cells = [f"{cell.column_letter}{cell.row} {cell_text(cell, stored[sheet.title][cell.coordinate])}"
                     for cell in row if cell.value is not None]
            if cells:
                yield "  " + " | ".join(cells)
        if len(left_out) > 0:
            yield f"  ({len(left_out)} rows not shown)"


def book_text(path, rows_most=8):
    return "\n".join(book_lines(path, rows_most)) + "\n"
