# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What the environment says of characters: the locale "C" is taken for UTF-8 where the user has not asked for it in so many words, in
# children too. What cannot be had ends the process before it starts.
import os
import re
import subprocess
import sys

PROGRAM = """
import locale, os, subprocess, sys
print(os.environ.get("LC_CTYPE"), sys.flags.utf8_mode, sys.stdout.encoding, sys.stdout.errors, locale.getlocale(), locale.getpreferredencoding(), flush=True)
subprocess.run(["sh", "-c", "echo child ${LC_CTYPE-none}"])
"""
plain = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
for words in ("", "LANG=C", "LC_ALL=C", "LC_ALL=POSIX LANG=C.UTF-8", "LC_CTYPE=POSIX", "LANG=xx_YY", "LC_ALL=xx_YY", "LANG=C.UTF-8", "PYTHONUTF8=0", "PYTHONUTF8=1",
              "PYTHONCOERCECLOCALE=0", "PYTHONCOERCECLOCALE=warn", "PYTHONCOERCECLOCALE=warn LC_ALL=C", "PYTHONCOERCECLOCALE=warn LANG=C.UTF-8",
              "PYTHONIOENCODING=utf8", "PYTHONIOENCODING=Latin-1:replace", "PYTHONIOENCODING=us-ascii", "PYTHONIOENCODING=nonsense", "PYTHONIOENCODING=rot13", "PYTHONIOENCODING=ascii:", "PYTHONHASHSEED=x"):
    added = dict(word.split("=") for word in words.split())
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=plain | added, capture_output=True, text=True)
    print(words or "nothing", done.returncode, done.stdout.rstrip(), re.sub("0x[0-9a-f]{16}", "0x…", done.stderr), sep="\n")
