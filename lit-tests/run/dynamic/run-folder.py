# RUN: krait run %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# runpy runs the __main__ of a folder, not the program again.
import os
import runpy
import tempfile

with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "__main__.py"), "w") as f:
        f.write("where = 'folder', __name__\n")
    print(runpy.run_path(folder)["where"], runpy.run_path(folder, run_name="other")["where"])
