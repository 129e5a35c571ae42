"""The one service and the one window that all tests of the page share, and what each test begins with."""
import atexit
import unittest

from page import Page
from service import Service

USER = "dr.wu"

_open = []


def open_shop():
    """(service, window), made when first asked for and gone when the tests are over."""
    if not _open:
        service = Service()
        atexit.register(service.close)
        window = Page(service.url)
        atexit.register(window.close)
        _open.extend((service, window))
    return tuple(_open)


class PageTest(unittest.TestCase):
    """Signed in, in English, on a wide window, with nothing entered."""
    user = USER

    def setUp(self):
        self.service, self.page = open_shop()
        self.page.size(1280, 900)
        self.page.sign_out()
        self.sign_in()
        self.page.complaints()

    def sign_in(self, user=None):
        user = user or self.user
        self.page.sign_in(user, self.service.people[user])
        self.page.until_text("Quick check", "h1")

    def sign_in_as(self, user):
        self.page.sign_out()
        self.sign_in(user)

    def go(self, address):
        self.page.go(address)
        self.page.until(lambda: self.page.all("main h1"), f"the page {address}")

    def fits(self, where):
        """Nothing may be wider than the narrowest window; what is, is named."""
        self.page.size(320, 640)
        wide = self.page.script("""
            if (document.documentElement.scrollWidth <= innerWidth) return [];
            return [...document.querySelectorAll('main *, header *')]
                .filter((part) => part.getBoundingClientRect().right > innerWidth)
                .map((part) => `${part.tagName}.${part.className} ${part.textContent.slice(0, 40)}`)""")
        self.page.size(1280, 900)
        self.assertEqual(wide, [], where)
