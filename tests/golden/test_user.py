"""`yaofang user` in the demo shop: who works here and what each may do, for whoever has the machine; the laws of its administrators hold
here too."""
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.command import InDemoShop, run  # noqa: E402


class User(InDemoShop):
    def user(self, *words):
        done = run("user", *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def row(self, username):
        return next(row for row in self.user("list").splitlines() if row.startswith(f"{username} "))

    def test_a_person_comes_changes_and_goes(self):
        self.assertRegex(self.user("add", "chen.bo", "--name", "Chen Bo", "--role", "staff"), r"^password: \S{12,}\n$")
        self.user("change", "chen.bo", "--name", "Chen Bowen", "--role", "pharmacist", "--role", "staff")
        self.assertRegex(self.row("chen.bo"), r"Chen Bowen +pharmacist;staff +password, 0 tokens$")
        self.user("change", "chen.bo", "--registration", "RPh 7")
        self.assertIn("pharmacist;staff", self.row("chen.bo"))
        self.user("token", "chen.bo", "--name", "till")
        self.user("token", "chen.bo", "--name", "door")
        self.assertTrue(self.row("chen.bo").endswith("2 tokens"))
        self.user("end-tokens", "chen.bo")
        self.assertTrue(self.row("chen.bo").endswith("0 tokens"))
        self.user("disable", "chen.bo")
        self.assertTrue(self.row("chen.bo").endswith(", disabled"))
        self.user("enable", "chen.bo")
        self.assertTrue(self.row("chen.bo").endswith("0 tokens"))

    def test_what_is_wrong_is_named(self):
        for words, part, status in (
            (["disable", "admin"], "only administrator", 5),
            (["change", "admin", "--role", "staff"], "must keep admin", 5),
            (["change", "nobody", "--role", "staff"], "nobody's name", 4),
            (["change", "mei.lin", "--role", "king"], "king", 2),
            (["enable", "mei.lin"], "is not disabled", 5),
            (["end-tokens", "mei.lin"], "no token of mei.lin", 4),
            (["fire", "mei.lin"], "end-tokens", 2),
        ):
            done = run("user", *words)
            self.assertEqual(done.returncode, status, f"{words}: {done.stderr}")
            self.assertIn(part, done.stderr)
        self.assertTrue(re.search(r"admin +Avery Stone", self.row("admin")))


if __name__ == "__main__":
    unittest.main(verbosity=2)
