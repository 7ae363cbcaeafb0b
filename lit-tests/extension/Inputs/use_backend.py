"""Calls the backend's hooks in the order in which pip does."""
import os
import sys
import tarfile

import krait_build

out = sys.argv[1]
print(krait_build.get_requires_for_build_wheel(), krait_build.get_requires_for_build_sdist())
described = krait_build.prepare_metadata_for_build_wheel(out)
print(described, sorted(os.listdir(os.path.join(out, described))))
wheel = krait_build.build_wheel(out, {"-O": "1", "--strip-source": ""}, os.path.join(out, described))
print(wheel, os.path.exists(os.path.join(out, wheel)))
source = krait_build.build_sdist(out)
with open(os.path.join(out, source), "rb") as file:
    first = file.read()
krait_build.build_sdist(out)
with open(os.path.join(out, source), "rb") as file:
    print(source, file.read() == first)
with tarfile.open(os.path.join(out, source)) as archive:
    print(*archive.getnames(), sep="\n")
