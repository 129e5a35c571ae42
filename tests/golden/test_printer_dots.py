"""What a thermal printer is sent, decoded again: it is the preview dot for dot, and its bar codes read."""
import json
import os
import pathlib
import re
import struct
import subprocess
import tempfile
import unittest
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("YAOFANG", str(ROOT / "build" / "yaofang"))


def yaofang(*words):
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{words}: {done.stderr}")
    return done.stdout


def signed_order():
    number = re.match(r"Prescription (\d+),", yaofang(
        "compound", "new", "--as", "dr.wu", "--patient", "D-0003", "--formula", "Bu Zhong Yi Qi Tang", "--herb", "Dan Shen 9 g",
        "--days", "7")).group(1)
    yaofang("compound", "answer", number, "--as", "dr.wu", "--finding", "all", "--reason", "monitored", "--note", "INR weekly")
    yaofang("compound", "sign", number, "--as", "dr.wu")
    return re.search(r"[Oo]rder (\d+)", yaofang("compound", "order", number, "--as", "mei.lin")).group(1)


def png_dots(data):
    """Rows of True for black; an 8-bit RGB PNG without interlace, which is what the program writes."""
    place, packed, width, height = 8, b"", 0, 0
    while place < len(data):
        size, name = struct.unpack(">I4s", data[place:place + 8])
        chunk = data[place + 8:place + 8 + size]
        if name == b"IHDR":
            width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", chunk)
            assert (depth, colour, interlace) == (8, 2, 0)
        elif name == b"IDAT":
            packed += chunk
        place += 12 + size
    raw, rows, above = zlib.decompress(packed), [], bytes(width * 3)
    for row in range(height):
        at = row * (width * 3 + 1)
        above = unfilter(raw[at], bytearray(raw[at + 1:at + 1 + width * 3]), above)
        rows.append([above[x * 3] == 0 for x in range(width)])
        assert set(above) <= {0, 255}, "only black and white"
    return rows


def unfilter(kind, line, above):
    for i, value in enumerate(line):
        left = line[i - 3] if i >= 3 else 0
        corner = above[i - 3] if i >= 3 else 0
        up = above[i]
        if kind == 4:
            guess = left + up - corner
            near = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
        line[i] = (value + (0, left, up, (left + up) // 2, near if kind == 4 else 0)[kind]) & 255
    return bytes(line)


def zpl_dots(text):
    """What a Zebra printer would print, by its programming guide."""
    rows = []
    for page in re.findall(r"\^XA(.*?)\^XZ", text, re.S):
        width = int(re.search(r"\^PW(\d+)", page).group(1))
        total, stride, data = re.search(r"\^GFA,\d+,(\d+),(\d+),(.*)\^FS", page, re.S).groups()
        bits = "".join(zpl_digits(data.replace("\n", ""), int(stride) * 2))
        assert len(bits) == int(total) * 2
        for at in range(0, len(bits), int(stride) * 2):
            line = bin(int("1" + bits[at:at + int(stride) * 2], 16))[3:]
            assert "1" not in line[width:]
            rows.append([bit == "1" for bit in line[:width]])
    return rows


def zpl_digits(data, length):
    line, before, count = "", "", 0
    for char in data:
        if char == ":":
            yield before
        elif char in ",!":
            before = line + ("0" if char == "," else "F") * (length - len(line))
            line = ""
            yield before
        elif "G" <= char <= "Y":
            count += ord(char) - ord("G") + 1
        elif "g" <= char <= "z":
            count += (ord(char) - ord("g") + 1) * 20
        else:
            line, count = line + char * max(count, 1), 0
            if len(line) == length:
                before, line = line, ""
                yield before


def escpos_dots(data, width):
    rows, place = [], 0
    while place < len(data):
        if data[place:place + 2] == b"\x1b@":
            place += 2
        elif data[place:place + 4] == b"\x1dv0\0":
            stride, high = struct.unpack("<HH", data[place + 4:place + 8])
            for row in range(high):
                at = place + 8 + row * stride
                line = bin(int.from_bytes(b"\1" + data[at:at + stride], "big"))[3:]
                rows.append([bit == "1" for bit in line[:width]])
            place += 8 + stride * high
        else:
            assert data[place:place + 2] == b"\x1bJ" and data[place + 3:place + 7] == b"\x1dV\x42\0"
            place += 7
    return rows


class PrinterDots(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        yaofang("migrate")
        yaofang("seed")
        cls.order = signed_order()
        cls.labels = [line.split()[0] for line in yaofang("label", "--list").splitlines()
                      if line.split()[1] in ("patient", "herb", "sticker") or line.startswith("cook-sheet-80")]

    def written(self, label, form, dpi):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "label")
            yaofang("label", self.order, "--kind", label, "--draft", "--format", form, "--dpi", str(dpi), "-o", path)
            return pathlib.Path(path).read_bytes()

    def test_zpl_and_escpos_are_the_preview(self):
        for label, dpi in [(label, 203) for label in self.labels] + [("patient", 300)]:
            with self.subTest(label=label, dpi=dpi):
                preview = png_dots(self.written(label, "dots", dpi))
                self.assertTrue(any(map(any, preview)))
                self.assertTrue(zpl_dots(self.written(label, "zpl", dpi).decode("ascii")) == preview, "ZPL")
                self.assertTrue(escpos_dots(self.written(label, "escpos", dpi), len(preview[0])) == preview, "ESC/POS")

    def test_the_bar_code_of_the_dots_reads(self):
        rows = zpl_dots(self.written("patient", "zpl", 203).decode("ascii"))
        with tempfile.NamedTemporaryFile(suffix=".pbm") as file:
            file.write(f"P1\n{len(rows[0])} {len(rows)}\n".encode())
            file.write("\n".join("".join("1" if dot else "0" for dot in row) for row in rows).encode())
            file.flush()
            read = subprocess.run(["zbarimg", "-q", "--raw", file.name], capture_output=True, text=True, check=False).stdout
        shown = json.loads(yaofang("compound", "track", self.order, "--as", "mei.lin", "--json"))
        self.assertEqual(shown["order"]["id"], int(self.order))
        self.assertIn(f"{int(self.order)}", read)

    def test_an_unknown_format_is_named(self):
        done = subprocess.run([PROGRAM, "label", self.order, "--format", "bmp"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("must be one of pdf, png, dots, zpl, escpos", done.stderr)


if __name__ == "__main__":
    unittest.main()
