"""Tables that nobody should take in, as files from a real desk: each is refused with the sheet, row, column, value and rule, nothing is
changed, and the program's memory stays what it is for a small file."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest
import zipfile

import openpyxl

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("YAOFANG", str(ROOT / "build" / "yaofang"))
HEADER = ["Family name", "Date of birth", "Weight"]
MEMORY_MOST = 80 * 1024  # KiB: the rule book is in it


def sql(statement):
    return subprocess.run(["psql", "-XAtq", os.environ["DATABASE_SUPER_URL"], "-c", statement], capture_output=True, text=True,
                          check=True).stdout.strip()


class BadTables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="yaofang-bad-"))
        for command in ("migrate", "seed"):
            subprocess.run([PROGRAM, command], check=True, capture_output=True)
        cls.before = sql("SELECT count(*) FROM patients")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def tearDown(self):
        self.assertEqual(sql("SELECT count(*) FROM patients"), self.before)

    def book(self, name, *rows, title="Patients", header=True):
        book = openpyxl.Workbook()
        book.active.title = title
        for row in ([HEADER] if header else []) + list(rows):
            book.active.append(row)
        path = self.folder / name
        return book, book.active, path

    def refused(self, path, *words, kind="patients", more=()):
        """Refused, each of `words` said, within the memory."""
        output = self.folder / "said"
        began = time.monotonic()
        with open(output, "w", encoding="utf-8") as said:
            process = subprocess.Popen([PROGRAM, "import", kind, str(path), "--as", "sam.ortiz" if more else "mei.lin", *more], stdout=said,
                                       stderr=subprocess.STDOUT)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        text = output.read_text(encoding="utf-8")
        self.assertIn(process.returncode, (2, 10, 11), text)
        for word in words:
            self.assertIn(word, text)
        self.assertLessEqual(used.ru_maxrss, MEMORY_MOST, f"{path.name}: {used.ru_maxrss} KiB")
        self.assertLess(time.monotonic() - began, 60)
        return text

    def test_a_truncated_file(self):
        book, _, path = self.book("short.xlsx", ["Zhang", None, None])
        book.save(path)
        data = path.read_bytes()
        path.write_bytes(data[:len(data) // 2])
        self.refused(path, "short.xlsx", "truncated")
        path.write_bytes(b"Family name,Date of birth\nZhang,\"1970-01-01\nWu,1980-01-01\n")
        self.refused(path.rename(self.folder / "short.csv"), "quotation mark")

    def test_an_encrypted_file(self):
        path = self.folder / "secret.xlsx"
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
        self.refused(path, "secret.xlsx", "encrypted")

    def test_a_renamed_file(self):
        path = self.folder / "renamed.xlsx"
        path.write_text("Family name\nZhang\n", encoding="utf-8")
        self.refused(path, "renamed.xlsx", "is none")
        book, _, made = self.book("real.xlsx", ["Zhang", None, None])
        book.save(made)
        shutil.copy(made, self.folder / "renamed.csv")
        self.refused(self.folder / "renamed.csv", "packed like a workbook")
        (self.folder / "picture.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
        self.refused(self.folder / "picture.xlsx", "is none")

    def repacked(self, name, part, data):
        """A good workbook with another sheet1.xml (an iterable of bytes)."""
        book, _, made = self.book("good.xlsx", ["Zhang", None, None])
        book.save(made)
        path = self.folder / name
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
            for item in old.namelist():
                if item != part:
                    new.writestr(item, old.read(item))
            with new.open(part, "w", force_zip64=True) as out:
                for piece in data:
                    out.write(piece)
        return path

    def test_a_zip_bomb(self):
        path = self.repacked("bomb.xlsx", "xl/worksheets/sheet1.xml", (b" " * (1 << 20) for _ in range(400)))
        self.assertLess(path.stat().st_size, 4 << 20)
        self.refused(path, "xl/worksheets/sheet1.xml", "unpacks to more than 200 times")

    def test_a_sheet_of_a_million_rows(self):
        def rows():
            yield (b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
                   b'<c r="A1" t="inlineStr"><is><t>Family name</t></is></c></row>')
            for start in range(2, 1048577, 4096):
                yield b"".join(b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>Zhang %d</t></is></c></row>' % (i, i, i * 7919)
                               for i in range(start, min(start + 4096, 1048577)))
            yield b"</sheetData></worksheet>"
        path = self.repacked("million.xlsx", "xl/worksheets/sheet1.xml", rows())
        self.refused(path, "sheet Patients row 200002", "past the 200000 rows")

    def test_merged_cells(self):
        book, sheet, path = self.book("merged.xlsx", ["Zhang", None, None], ["Wu", None, None], title="Sheet")
        sheet.merge_cells("A2:A3")
        book.save(path)
        self.refused(path, "sheet Sheet cells A2:A3", "are merged")

    def test_formulas_in_data(self):
        book, _, path = self.book("formula.xlsx", ["Zhang", None, "=60+2"])
        book.save(path)
        self.refused(path, "sheet Patients row 2 column C (weight_mg)", "is a formula")

    def test_dates_as_text(self):
        book, _, path = self.book("dates.xlsx", ["Zhang", "03/04/1980", None], ["Wu", "12.5.1980", None])
        book.save(path)
        self.refused(path, "sheet Patients row 2 column B (born_on)", '"03/04/1980"', "in other orders it means different days",
                     "sheet Patients row 3 column B (born_on)", '"12.5.1980"')

    def test_two_header_rows(self):
        book, _, path = self.book("headers.xlsx", ["Zhang", None, None], HEADER, ["Wu", None, None])
        book.save(path)
        self.refused(path, "sheet Patients row 3", "second header row")

    def test_a_wrong_sheet_name(self):
        book = openpyxl.Workbook()
        book.active.title = "Rules of mine"
        book.active.append(["id", "severity"])
        book.create_sheet("Names of mine")
        book.save(self.folder / "sheets.xlsx")
        said = subprocess.run([PROGRAM, "import", "evidence_book", str(self.folder / "sheets.xlsx"), "--as", "curator.han"],
                              capture_output=True, text=True, check=False)
        self.assertEqual(said.returncode, 2, said.stdout)
        for words in ("sheet: \"Rules of mine\": is none of this table's sheets, which are Evidence book, Reference rules",
                      "has none of this table's sheets"):
            self.assertIn(words, said.stderr)

    def test_every_wrong_cell_is_named_at_once(self):
        book, _, path = self.book("many.xlsx", [None, "1980-02-30", "heavy"], ["Wu", 29000, "-5 kg"])
        book.save(path)
        text = self.refused(path, "row 2 column A (family_name)", "must be given", 'row 2 column B (born_on): "1980-02-30"',
                            'row 2 column C (weight_mg): "heavy"', "row 3 column B (born_on)", "number where a date belongs",
                            'row 3 column C (weight_mg): "-5 kg"')
        self.assertIn("nothing was changed", text)


if __name__ == "__main__":
    unittest.main()
