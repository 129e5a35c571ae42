"""Every link of the page leads somewhere: last of all by its name, so that what the other tests left behind is seen too."""
import re

from order import STEPS, drop_order, make_order
from shop import PageTest

OF_A_KIND = 2  # pages of one kind, in all their states: the first that are found
GIBBERISH = re.compile(r"undefined|\bNaN\b|Invalid Date|\[object|\bnull\b|Infinity|Jan 1, 1970|\{\w+\}")


class Links(PageTest):
    maxDiff = None
    def look(self, address):
        """What is wrong with the page there, and where it leads."""
        self.page.script("location.hash = arguments[0]", address)
        self.page.until(lambda: not self.page.all("main[aria-busy]") and self.page.all("main h1, main [role=alert].alone"), address)
        text = self.page.text("main")
        wrong = [f"{address}: {found}" for found in GIBBERISH.findall(text)]
        wrong += [f"{address}: {text[:200]}"] if self.page.all("main .alone") else []
        wrong += [f"{address}: {complaint}" for complaint in self.page.complaints()]
        return wrong, self.page.script("return [...document.querySelectorAll('main a, header a')].map((a) => a.getAttribute('href'))")

    def walk(self):
        wrong, seen, kinds, coming = [], set(), {}, ["#/"]
        while coming:
            address = coming.pop(0)
            kind = re.sub(r"\d+|(?<=/herbs/).*|(?<=/formulas/).*|(?<=/evidence/).*|\?.*", "N", address)
            if address in seen or not address.startswith("#/") or kinds.get(kind, 0) == OF_A_KIND:
                continue
            seen.add(address)
            kinds[kind] = kinds.get(kind, 0) + 1
            found, links = self.look(address)
            wrong += found
            coming += [link for link in links if link]
        self.assertEqual(wrong, [])
        return seen

    def test_every_link_leads_to_a_page(self):
        for step in STEPS:
            self.addCleanup(drop_order, self.service, make_order(self.service, upto=step))
        for user in ("mei.lin", "sam.ortiz", "dr.wu", "admin", "curator.han"):
            self.sign_in_as(user)
            seen = self.walk()
            self.assertGreater(len(seen), 12)
