"""A supplier's delivery of 50,000 lots over the command line: checked to its end, then applied. Prints the seconds of
both together."""
import os
import subprocess
import sys
import tempfile
import time

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 50000


def main():
    skus = subprocess.run(["psql", "-XAtq", os.environ["DATABASE_SUPER_URL"], "-c",
                           "SELECT sku FROM items WHERE shop_id = (SELECT min(id) FROM shops) AND unit = 'mg' ORDER BY id"],
                          capture_output=True, text=True, check=True).stdout.split()
    with tempfile.NamedTemporaryFile("w", suffix=".csv", dir=os.environ.get("TMPDIR")) as file:
        file.write("sku,lot,expires,weight g,place,cost,certificate\n")
        for i in range(ROWS):
            file.write(f"{skus[i % len(skus)]},BENCH-{i},2029-{1 + i % 12:02},{100 + i % 900},A01,{10 + i % 90}.50,COA-{i}\n")
        file.flush()
        begun = time.monotonic()
        subprocess.run(["build/yaofang", "import", "delivery", file.name, "--set", "supplier=GLB", "--set", "invoice=BENCH-DELIVERY", "--as",
                        "sam.ortiz"], check=True, stdout=subprocess.DEVNULL)
        print(f"{time.monotonic() - begun:.1f}")


main()
