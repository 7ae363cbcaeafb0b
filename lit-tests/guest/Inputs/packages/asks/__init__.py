import sys

try:
    import asks.extension
    fast = True
except ImportError:
    fast = False

if fast:
    from asks.extension import twice
else:
    def twice(x):
        return "asked", x + x

where = sys.implementation.name
