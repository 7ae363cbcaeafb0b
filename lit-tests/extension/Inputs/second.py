def apply(o):
    o.x += 1
    return o, o.norm(), repr(o), isinstance(o, tuple)
def total(g): return sum(g)
def run(f, *a, **k):
    try: return f(*a, **k)
    except ValueError as e: return ("caught", e, e.args)
class Q:
    def __init__(self, p): self.p = p
    def __getattr__(self, n): return getattr(self.p, n)
