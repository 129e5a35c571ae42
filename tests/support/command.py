"""The program as a person at a terminal runs it, in a new demo shop."""
import os
import pathlib
import subprocess
import unittest

PROGRAM = os.environ.get("YAOFANG", str(pathlib.Path(__file__).resolve().parents[2] / "build" / "yaofang"))


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)


class InDemoShop(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for command in ("migrate", "seed"):
            if run(command).returncode != 0:
                raise RuntimeError(command)
