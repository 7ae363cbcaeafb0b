# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# What stands in sys.stdout and sys.stderr is flushed when the script ends and at exit; then the first streams are back.
import os, re, subprocess, sys, tempfile

WRAPPED = """
import sys
class Stream:
    def __init__(self, name, under): self.name, self.under = name, under
    def write(self, text): return self.under.write(text)
    def flush(self):
        self.under.write(f'{self.name} flush {sys.is_finalizing()}\\n')
        %s
    %s
sys.stdout = Stream('out', sys.stdout)
sys.stderr = Stream('err', sys.stderr)
print('printed')
"""
PROGRAMS = {
    'flushed': WRAPPED % ('', ''),
    'closed': WRAPPED % ('', 'closed = property(lambda self: self.name == "out")'),
    'failing': WRAPPED % ('raise ValueError("in flush")', '__repr__ = lambda self: self.name'),
    'failing stderr': WRAPPED % ('if self.name == "err": raise ValueError', ''),
    'raised': WRAPPED % ('', '') + "raise KeyError('raised')",
    'none': "import sys; sys.stdout = sys.stderr = None; raise KeyError",
    'first streams': """
import io, sys
class Said:
    def __del__(self): print('said')
sys.stdout = io.StringIO()
print('lost')
said = Said()
""",
    'deleted': "import sys; del sys.stderr; raise KeyError('deleted')",
    'both deleted': "import sys; del sys.stderr, sys.excepthook; raise KeyError('both')",
    'broken': "import sys\nclass Broken:\n    def write(self, text): raise OSError\nsys.stderr = Broken()\nraise KeyError('broken')",
    'exit without': "import sys; del sys.stderr; sys.exit('message')",
    'exit with none': "import sys; sys.stderr = None; sys.exit('message')",
    'exit with broken': "import sys\nclass Broken:\n    def write(self, text): raise OSError\nsys.stderr = Broken()\nsys.exit('message')",
}
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'program.py')
    for name, text in PROGRAMS.items():
        with open(path, 'w') as f: f.write(text)
        done = subprocess.run([sys.executable, path], capture_output=True, text=True)
        print(f'--- {name}:', done.returncode)
        print(done.stdout, end='')
        for line in done.stderr.replace(folder, 'FOLDER').splitlines():
            if 'refcount' not in line: print('  ', re.sub('0x[0-9a-f]+', 'ADDRESS', line))
