"""Driving the page as a person does: by what is labelled and written on it, never by how it is built inside where that can
be avoided. Waits are for what must appear, never for a time."""
import base64
import os
import tempfile

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, TimeoutException
from selenium.webdriver.chrome.service import Service as Driver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from service import ROOT

WAIT = 10


class Page:
    """One Chromium window on the service."""

    def __init__(self, url):
        self.url = url
        self.profile = tempfile.TemporaryDirectory(prefix="yaofang-chromium-")
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en",
                     f"--user-data-dir={self.profile.name}"):
            options.add_argument(word)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(service=Driver("/usr/bin/chromedriver"), options=options)
        self.size(1280, 900)

    def close(self):
        self.driver.quit()
        self.profile.cleanup()

    def size(self, width, height):
        """The window proper cannot be as narrow as a telephone."""
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                    {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def downloads(self, folder):
        """Where files go that the page saves."""
        self.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": folder})

    def picture(self, name):
        folder = os.path.join(ROOT, "build", "browser")
        path = os.path.join(folder, f"{name}.png")
        os.makedirs(folder, exist_ok=True)
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.driver.get_screenshot_as_base64()))
        return os.path.relpath(path, ROOT)

    # Finding and waiting ------------------------------------------------------------------------------------------------

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def until(self, true, what):
        """Waits until true() is truthy and returns it; a page being redrawn meanwhile is no failure. `what` is said when it is in vain,
        or what it returns then."""
        def try_it(_):
            try:
                return true()
            except (StaleElementReferenceException, IndexError):
                return False
        try:
            return WebDriverWait(self.driver, WAIT, poll_frequency=0.03).until(try_it)
        except TimeoutException:
            raise TimeoutException(f"waited for {what() if callable(what) else what}") from None

    def find(self, selector):
        return self.until(lambda: self.all(selector)[0], selector)

    def text(self, selector="body"):
        """Read anew when it is drawn again meanwhile."""
        while True:
            try:
                return " ".join(node.text for node in self.all(selector))
            except StaleElementReferenceException:
                continue

    def texts(self, selector):
        """Of each, read in one go: the page may be drawn anew between two questions."""
        return self.script("return [...document.querySelectorAll(arguments[0])].map((node) => node.innerText)", selector)

    def until_text(self, words, selector="body"):
        return self.until(lambda: words in self.text(selector), lambda: f"“{words}” in {selector}: {self.text(selector)[:300]!r}")

    def until_gone(self, selector):
        self.until(lambda: not self.all(selector), f"no {selector}")

    def button(self, words):
        return self.until(lambda: [node for node in self.all("button, a.btn") if words in node.text][0], f"button “{words}”")

    def click(self, node):
        """In the middle of the window, so that neither header nor tabs lie over it."""
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", node)
        node.click()

    def press(self, where, words):
        """The button or the form's name in there that says just that and can be seen."""
        self.click(self.until(lambda: [node for node in self.all(f"{where} button, {where} summary")
                                       if node.text == words and node.is_displayed()][0], f"“{words}” in {where}"))

    def fill(self, where, **values):
        """Boxes by name in there; a select takes the value."""
        for name, value in values.items():
            box = self.find(f"{where} [name={name}]")
            if box.tag_name == "select":
                Select(box).select_by_value(value)
            else:
                box.clear()
                box.send_keys(value)

    def focused(self):
        return self.driver.switch_to.active_element

    def keys(self, *keys):
        """To whatever has the focus, as from a keyboard: also when the page is drawn anew just then."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def script(self, text, *values):
        return self.driver.execute_script(text, *values)

    # Going places -------------------------------------------------------------------------------------------------------

    def go(self, address=""):
        """As if typed into a new window: nothing of an earlier page is left."""
        self.driver.get("about:blank")
        self.driver.get(f"{self.url}/{address}")

    def sign_in(self, username, password):
        self.go()
        self.find("#username").send_keys(username)
        self.find("#password").send_keys(password, Keys.ENTER)

    def sign_out(self):
        """Also when nobody is signed in."""
        self.driver.delete_all_cookies()
        self.driver.get(f"{self.url}/")
        self.script("localStorage.clear(); sessionStorage.clear()")

    def choose_language(self, name):
        chooser = self.find(".language-select")
        [option for option in chooser.find_elements(By.TAG_NAME, "option") if option.text == name][0].click()

    # The quick check ----------------------------------------------------------------------------------------------------

    def field(self, label):
        """The box a label belongs to."""
        def labelled():
            for node in self.all("label"):
                if node.text.strip() == label:
                    return self.driver.find_element(By.ID, node.get_attribute("for"))
            return None
        return self.until(labelled, f"field “{label}”")

    def enter(self, label, *texts):
        for text in texts:
            self.field(label).send_keys(text, Keys.ENTER)

    def findings(self):
        """Read in one go: the page may replace them between two questions."""
        return [tuple(pair) for pair in self.driver.execute_script(
            "return [...document.querySelectorAll('.finding')].map(node => [node.dataset.severity, node.innerText])")]

    def until_finding(self, severity, *words):
        def found():
            return [text for kind, text in self.findings() if kind == severity and all(word in text for word in words)]
        return self.until(found, lambda: f"a {severity} finding with {words}: {self.findings()}")

    def settled(self):
        """Waits until the answer to what now stands in the boxes is shown."""
        self.until(lambda: self.find(".result").get_attribute("aria-busy") == "false", "the answer")

    # The console --------------------------------------------------------------------------------------------------------

    def complaints(self):
        """What the console says since it was last asked, but for the 401 by which the page learns that nobody is signed in."""
        return [entry["message"] for entry in self.driver.get_log("browser")
                if entry["level"] in ("SEVERE", "WARNING") and "status of 401" not in entry["message"]]
