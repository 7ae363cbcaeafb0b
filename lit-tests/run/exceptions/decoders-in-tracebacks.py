# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# What a text file's decoder refuses: CPython's decoders are written in Python and stand in tracebacks.
import os, tempfile, traceback
path = tempfile.mktemp()
with open(path, 'wb') as f: f.write(b'good line\n' * 3 + b'caf\xe9 bad\n')
for encoding in ('utf-8', 'ascii', 'latin-1'):
    for how in (lambda f: f.read(), lambda f: list(f), lambda f: f.readline(), lambda f: f.read(30)):
        with open(path, encoding=encoding) as f:
            try: print(repr(how(f)))
            except UnicodeDecodeError as e:
                print(traceback.format_exc().replace(os.path.dirname(__file__), "."))
                entry = traceback.extract_tb(e.__traceback__)[-1]
                print(entry.filename, entry.lineno, entry.name, entry.line)
os.unlink(path)
