# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# _stat, and stat that takes it over; chmod of a link itself.
import _stat
import os
import stat
import tempfile

print({name: value for name, value in sorted(vars(_stat).items()) if isinstance(value, int)})
print(stat.filemode is _stat.filemode, stat.S_ISDIR is _stat.S_ISDIR)
for mode in (0o100644, 0o104755, 0o102710, 0o41777, 0o41776, 0o120777, 0o060660, 0o020620, 0o010600, 0o140000, 0, 0o777):
    print(oct(mode), stat.filemode(mode), stat.S_IMODE(mode), stat.S_IFMT(mode),
          [name for name in dir(_stat) if name.startswith("S_IS") and callable(getattr(_stat, name)) and getattr(_stat, name)(mode)])
for wrong in ("x", -1, 2**70, 1.5, 2**32, 2**63, None):
    try:
        print(stat.S_IMODE(wrong))
    except (TypeError, OverflowError) as e:
        print(type(e).__name__, e)
with tempfile.TemporaryDirectory() as folder:
    link = os.path.join(folder, "link")
    os.symlink("nowhere", link)
    try:
        os.chmod(link, 0o600, follow_symlinks=False)
    except NotImplementedError as e:
        print(e)
