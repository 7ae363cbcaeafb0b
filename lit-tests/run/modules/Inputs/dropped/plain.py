from Inputs.dropped.held import Noisy

x = Noisy("x")
try:
    for i in [1]:
        i = Noisy("i")
except Exception:
    pass
