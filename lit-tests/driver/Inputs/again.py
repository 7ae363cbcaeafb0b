import os
import subprocess
import sys

print(__name__, sys.argv[1:], flush=True)
if len(sys.argv) == 2:
    subprocess.run([sys.executable, *sys.argv, "by executable"], check=True)
    os.execv(sys.executable, [sys.executable, __file__, sys.argv[1], "by source"])
