"""Names the rows of remarks.def that the output of `krait explain` does not have."""
import re
import sys

table, output = (open(name).read() for name in sys.argv[1:])
names = re.findall(r'^KRAIT_REMARK\(\w+, "([^"]+)"', table, re.M)
missing = [name for name in names if f"[{name}]" not in output]
if missing or not names:
    sys.exit(f"nothing is said of {', '.join(missing) or 'anything'}")
