"""A prescription written elsewhere, through the page: received by the staff with its paper, entered by one pharmacist beside it, the
prescriber asked, compared by another, sent back, corrected, and standing as signed; refusals say why and lose nothing."""
import os
import struct
import tempfile
import time
import zlib

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from shop import PageTest


def picture(seed):
    """A grey sheet as PNG, like no other."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes([230]) * 300 for _ in range(400))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 300, 400, 8, 0, 0, 0, 0)) +
            chunk(b"tEXt", b"Comment\0" + seed.encode()) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Intakes(PageTest):
    user = "sam.ortiz"

    def sheet(self, seed):
        with tempfile.NamedTemporaryFile(suffix=".png", delete=False) as file:
            file.write(picture(seed))
        self.addCleanup(os.unlink, file.name)
        return file.name

    def fill(self, place="main", **values):
        for name, value in values.items():
            box = self.page.find(f"{place} [name={name}]")
            if box.tag_name == "select":
                Select(box).select_by_value(value)
            elif box.get_attribute("type") == "date":
                self.page.script("arguments[0].value = arguments[1]", box, value)
            else:
                if box.get_attribute("type") != "file":
                    box.clear()
                box.send_keys(value)

    def choose_patient(self):
        self.page.find("main input[name=patient_id]").send_keys("Hale")
        self.page.until_text("D-0003", ".rx-patients")
        self.page.find("main input[name=patient_id]").send_keys(Keys.ENTER)

    def press(self, words):
        self.page.click(self.page.button(words))

    def receive(self, number):
        self.go("#/intakes")
        self.press("Receive a prescription")
        self.page.until_text("Receive a prescription", "h1")
        self.press("Receive it")
        self.page.until_text("Must be filled in", ".field-error")
        self.choose_patient()
        self.fill(file=self.sheet(number), how="photo", written_on="2026-11-20", number=number, name="Dr. Ada Osei", registration="7412356",
                  registered_with="GMC", phone="+44 1904 100", address="3 Mill Lane, York")
        self.press("Receive it")

    def step(self, name):
        self.page.find(f"[data-step={name}]")

    def test_two_people_from_the_paper_to_the_signature(self):
        number = f"PG-{time.time_ns()}"
        self.receive(number)
        self.step("enter")
        self.page.until_text("You are", ".next-why")
        address = self.page.script("return location.hash")
        self.page.until(lambda: self.page.script("return document.querySelector('.intake-page img')?.naturalWidth") == 300, "the paper")
        self.fits("a received prescription")

        self.receive(number)
        self.page.until_text("was received already", ".field-error")
        self.assertEqual(self.page.find("main input[name=registration]").get_attribute("value"), "7412356")

        self.sign_in_as("mei.lin")
        self.go(address)
        self.press("Enter it")
        self.page.until_text("Enter from the paper", "h1")
        self.page.find(".intake-page img")
        self.page.find(".rx-add input").send_keys("Dan Shen 10 g", Keys.ENTER)
        self.page.until_text("70 g", "[data-herb=dan_shen]")
        self.fill(refills="no")
        self.page.until_text("must be a whole number", ".rx .field-error")
        self.fill(refills="2", refill_interval_days="14", packets="3")
        self.fits("entering from the paper")
        self.press("Store it, for another to compare")
        self.step("answer")
        self.page.script("location.hash = '#/intakes'")
        self.page.until_text("Answer the critical findings", f"[data-intake='{address.split('/')[-1]}']")
        self.page.script("history.back()")
        self.step("answer")
        self.fill(".next", question="Dan Shen with warfarin?")
        self.press("Ask the prescriber")
        self.step("hear")
        self.press("Record the answer")
        self.page.until_text("Must be filled in", ".next .field-error")
        self.fill(".next", verdict="as_written", answer="INR is weekly")
        self.press("Record the answer")
        self.step("answer")
        for select in self.page.until(lambda: self.page.all(".answer-row select"), "findings to answer"):
            Select(select).select_by_value("monitored")
        for note in self.page.all(".answer-row input"):
            note.send_keys("INR weekly")
        self.press("Give the answers")
        self.step("compare")
        self.page.until_text("You entered this version", ".next-why")

        self.sign_in_as("david.chen")
        self.go("#/intakes")
        self.page.until_text("Compare it with the paper", f"[data-intake='{address.split('/')[-1]}']")
        self.fits("the list of prescriptions from elsewhere")
        self.go(address)
        self.step("compare")
        self.page.click(self.page.find(".next .stop-tool summary"))
        self.page.click(self.page.find(".next .stop-tool button"))
        self.page.until_text("Must be filled in", ".next .field-error")
        self.fill(".next .stop-tool", note="The paper says Chen Pi 6 g.")
        self.page.click(self.page.find(".next .stop-tool button"))
        self.step("correct")
        self.page.until_text("compared it: it differs. The paper says Chen Pi 6 g.", "main")
        self.press("Correct it")
        self.page.until_text("Correct from the paper", "h1")
        self.assertEqual(self.page.find("[name=refills]").get_attribute("value"), "2")
        self.assertEqual(self.page.find("[name=packets]").get_attribute("value"), "3")
        dose = self.page.find("[data-dose=dan_shen]")
        self.assertEqual(dose.get_attribute("value"), "10 g")
        self.page.click(self.page.find("[data-herb=dan_shen] button"))
        self.page.find(".rx-add input").send_keys("Chen Pi 6 g", Keys.ENTER)
        self.page.until_text("42 g", "[data-herb=chen_pi]")
        self.press("Store it, for another to compare")
        self.step("compare")
        self.page.until_text("You entered this version", ".next-why")

        self.page.complaints()  # what was refused above
        self.sign_in_as("mei.lin")
        self.go(address)
        self.page.until_text("2, every 14 days", ".intake-course")
        self.page.until_text("Packets\n3", ".intake-course")
        self.press("It matches: let it stand as signed")
        self.page.until_text("stands as signed", "h1")
        self.press("On to the order")
        self.page.until_text("Dr. Ada Osei", "main")
        self.page.button("Enter the order")
        self.assertEqual(self.page.complaints(), [])

    def test_a_paper_is_refused_for_a_reason(self):
        self.receive(f"PR-{time.time_ns()}")
        self.step("enter")
        address = self.page.script("return location.hash")
        self.sign_in_as("mei.lin")
        self.go(address)
        self.page.click(self.page.until(lambda: [node for node in self.page.all("summary") if "Refuse the paper" in node.text][0], "refusing"))
        self.fill(".intake-tools", reason="not_authentic")
        self.press("Refuse the paper")
        self.page.until_text("must be given with the reason", ".intake-tools .field-error")
        self.fill(".intake-tools", note="The stamp is a copy.")
        self.press("Refuse the paper")
        self.page.until_text("Refused: May not be genuine", "main")
        self.assertEqual(self.page.all("[data-step]"), [])
