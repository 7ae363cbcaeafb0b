# RUN: krait-interp %s | diff %s.out -
# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# What a module holds dies with its last owner, module or function; after that its next import starts anew.
import gc
import sys
import weakref
gc.disable()

import Inputs.dropped.held, Inputs.dropped.plain
del Inputs.dropped.plain, sys.modules["Inputs.dropped.plain"]
print("plain is gone")
g, c = Inputs.dropped.held.later(), Inputs.dropped.held.call
r = weakref.ref(Inputs.dropped.held)
print(next(g))
del Inputs.dropped.held, sys.modules["Inputs.dropped.held"]
gc.collect()
print(r(), next(g), c(1))

import Inputs.dropped.held as again
print(again.G, again.call is c, c.__globals__["G"])
again.G = 50
print(c(1), again.call(1), next(again.later()))
del g, c, again, Inputs.dropped.held, sys.modules["Inputs.dropped.held"]
print("all are gone", gc.collect() > 0)
import Inputs.dropped.held
print(Inputs.dropped.held.call(3), Inputs.dropped.held.call.__globals__ is vars(Inputs.dropped.held), next(Inputs.dropped.held.later()))
