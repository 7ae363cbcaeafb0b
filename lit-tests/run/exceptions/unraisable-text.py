# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What is printed of an error that nobody can catch: the class and the text, be it empty, and nothing of notes, causes or places.
import sys
import weakref

sys.stderr = sys.stdout
sys.tracebacklimit = 0


class Fails(Exception):
    def __str__(self): raise ValueError


class Nowhere(Exception):
    __module__ = None


class Callback:
    def __init__(self, error): self.error = error
    def __call__(self, reference): raise self.error
    def __repr__(self): return 'Callback'


class Thing:
    pass


def show(error):
    thing = Thing()
    reference = weakref.ref(thing, Callback(error))
    del thing


noted = ValueError('noted')
noted.add_note('a note')
try:
    try: 1 / 0
    except ZeroDivisionError: raise TypeError('chained')
except TypeError as e: chained = e
for error in (ValueError(), ValueError('x'), KeyError('k'), Fails(), Nowhere('m'), noted, chained, SystemExit(3),
              ExceptionGroup('group', [ValueError(1), KeyError(2)]), SyntaxError('bad', ('f.py', 1, 3, 'x = = 2', 1, 5))):
    show(error.with_traceback(None))


class Hook:
    def __call__(self, arguments): raise IndexError('in hook')
    def __repr__(self): return 'Hook'


sys.unraisablehook = Hook()
show(ValueError('not shown'))
del sys.unraisablehook
show(ValueError('without hook'))


class Refusing:
    def __init__(self, error): self.error = error
    def __call__(self, event, arguments):
        if event == 'sys.unraisablehook': raise self.error


def asked(*arguments):
    try: sys.__unraisablehook__(*arguments)
    except TypeError as e: print('TypeError:', e)


asked(3)
asked()
asked(Exception)
kept = []
sys.unraisablehook = kept.append
show(ValueError('kept'))
asked(tuple(kept[0]))
asked(kept[0])
sys.addaudithook(Refusing(KeyError('refused').with_traceback(None)))
show(ValueError('not shown either'))
print(len(kept))
