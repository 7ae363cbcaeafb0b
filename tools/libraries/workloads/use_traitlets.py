# python3-transitions python3-traitlets: a state machine; observed and validated attributes.
from transitions import Machine, State
import traitlets as T
class M: pass
log = []
m = M()
mach = Machine(m, states=["a", State("b", on_enter=lambda: log.append("enter b")), "c"], initial="a", transitions=[["go", "a", "b"], {"trigger": "go", "source": "b", "dest": "c", "conditions": lambda: True, "before": lambda: log.append("before")}], ordered_transitions=False)
m.go(); m.go(); print(m.state, log, m.is_c(), mach.get_triggers("a"))
try: m.go()
except Exception as e: print(type(e).__name__, e)
class H(T.HasTraits):
    n = T.Int(3, help="h").tag(config=True); l = T.List(T.Unicode()); e = T.Enum(["x", "y"], "x"); u = T.Union([T.Float(), T.Unicode()]); d = T.Dict()
    @T.default("d")
    def _d(self): return {"k": 1}
    @T.observe("n", "e")
    def ch(self, c): log.append((c["name"], c["old"], c["new"]))
    @T.validate("n")
    def val(self, p):
        if p["value"] > 10: raise T.TraitError("too big")
        return p["value"]
h = H(n=4); h.n = 5; h.e = "y"
for k, v in (("n", "x"), ("n", 11), ("l", [1]), ("e", "q"), ("u", [])):
    try: setattr(h, k, v)
    except T.TraitError as e: print(e)
print(log[2:], h.d, sorted(H.class_trait_names()), h.trait_values()["n"])
