# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# One module changes another's names, classes and builtins while loops of either run.
import sys
sys.dont_write_bytecode = True
import math, string, json
from Inputs import shapes, patcher
from Inputs.shapes import helper, Shape, area
import Inputs.shapes as again
def show(*a): print(*a)
kept = {k: v for k, v in vars(shapes).items() if k[0] != "_"}
kept_area = Shape.area
def restore():
    for k, v in kept.items(): setattr(shapes, k, v)
    Shape.sides, Shape.area = 4, kept_area

def function_of_module(n):
    s = 0
    for i in range(n):
        if i == 100: shapes.helper = lambda x: 0.5
        s += shapes.helper(i) + helper(i) + shapes.uses_helper(i)
    restore()
    return s
show("function", function_of_module(150))

def by_other_module(n):
    s, o = 0, Shape(3)
    for i in range(n):
        patcher.at(i)
        s += shapes.uses_helper(i) + area(i, 1) + o.area()
    restore()
    return s
show("by another module", by_other_module(160))

def loop_in_module(n):
    def change(i):
        if i == 100: shapes.helper = lambda x: -x
        if i == 120: shapes.factor = 0.25
        if i == 140: shapes.abs = lambda v: 1000
    s = shapes.calls_back(n, change)
    del shapes.abs
    restore()
    return s
show("loop in the module", loop_in_module(150))

def generator_of_module(n):
    s = 0
    for i, v in enumerate(shapes.generator(n)):
        if i == 100: shapes.factor = "x"; shapes.helper = lambda x: 3
        s += v if type(v) is int else len(v)
    restore()
    return s
show("generator", generator_of_module(150))

def list_of_module(n):
    s = 0
    for i in range(n):
        if i == 100: shapes.table = "ab"
        if i == 120: shapes.table = {1: 2}
        s += shapes.total(3)
    restore()
    return s
show("table", list_of_module(150))

def class_of_module(n):
    s = 0
    for i in range(n):
        if i == 100: shapes.Shape = lambda w: Fake()
        o, p = shapes.Shape(i), Shape(i)
        s += o.area() + p.area()
    restore()
    return s
class Fake:
    def area(self): return 0.25
show("class", class_of_module(150))

def module_replaced(n):
    class Module: helper = staticmethod(lambda x: 5)
    s = 0
    for i in range(n):
        if i == 100: globals()["shapes"] = Module
        if i == 140: globals()["shapes"] = again
        s += shapes.helper(i)
    return s
show("module replaced", module_replaced(150))

def module_attribute_deleted(n):
    s = 0
    try:
        for i in range(n):
            if i == 120: del shapes.factor
            s += area(i, 2)
    except NameError as e: caught = str(e)
    try:
        for i in range(n):
            if i == 120: del shapes.helper
            s += shapes.helper(i)
    except AttributeError as e: caught += " / " + str(e)
    restore()
    return s, caught
show("deleted", module_attribute_deleted(150))

def module_getattr(n):
    s = 0
    for i in range(n):
        if i == 100:
            shapes.__getattr__ = lambda name: 50
            del shapes.factor
        if i == 120: shapes.factor = 7
        s += shapes.factor
    del shapes.__getattr__
    restore()
    return s
show("__getattr__", module_getattr(150))

def library_constants(n):
    pi, s = math.pi, 0
    for i in range(n):
        if i == 100: math.pi = 3
        s += math.pi
        if i == 120: math.pi = "p"; s += len(math.pi); math.pi = 1
    math.pi = pi
    return s
show("math.pi", library_constants(150))

def library_functions(n):
    sqrt, floor, s = math.sqrt, math.floor, 0
    for i in range(n):
        if i == 100: math.sqrt = lambda x: -x
        if i == 120: math.floor = math.ceil
        if i == 140: math.sqrt = str
        r = math.sqrt(i)
        s += math.floor(0.5) + (len(r) if type(r) is str else r)
    math.sqrt, math.floor = sqrt, floor
    return round(s, 6)
show("math.sqrt", library_functions(150))

def library_module_deleted(n):
    global math
    kept, s = math, 0
    try:
        for i in range(n):
            if i == 100: math = json
            s += math.floor(i)
    except AttributeError as e: return s, str(e)
    finally: math = kept
show("other module", library_module_deleted(150))

def library_internal(n):
    kept, s = string.capwords, 0
    for i in range(n):
        if i == 100: string.capwords = lambda t: t * 2
        s += len(string.capwords("a b"))
    string.capwords = kept
    return s
show("capwords", library_internal(150))

def library_class(n):
    kept, out = json.JSONEncoder.default, []
    for i in range(n):
        if i == 100: json.JSONEncoder.default = lambda self, o: "replaced"
        try: out.append(json.dumps({i: object}))
        except TypeError as e: out.append(str(e))
    json.JSONEncoder.default = kept
    return out[99], out[100]
show("json", library_class(120))

def fresh_import(n):
    s = 0
    for i in range(n):
        if i == 100: sys.modules["Inputs.shapes"] = fake
        from Inputs.shapes import helper as h
        import Inputs.shapes
        s += h(i)
    sys.modules["Inputs.shapes"] = again
    return s
class fake: helper = staticmethod(lambda x: 0.5)
show("import in the loop", fresh_import(150))

def builtins_of_module(n):
    s = 0
    for i in range(n):
        if i == 50: shapes.len = lambda t: 100
        if i == 60: shapes.range = lambda k: [7]
        if i == 70: del shapes.len
        s += shapes.total(2)
    del shapes.range
    return s
show("builtins", builtins_of_module(100), shapes.total(2))

def bound_before(n):
    f, o, s = shapes.Shape.area, Shape(2), 0
    g = o.area
    for i in range(n):
        if i == 50: Shape.sides = 1
        if i == 60: Shape.area = None
        s += f(o) + g()
    restore()
    return s
show("bound before", bound_before(120))

# A loop at the top level over another module's names.
s = 0
for i in range(150):
    if i == 100: shapes.factor = 10
    if i == 110: shapes.helper = lambda x: 0
    if i == 120: shapes.Shape.sides = 0.5
    s += area(i, 1) + shapes.uses_helper(i) + Shape(1).area()
show("top", s)
restore()
show(shapes.total(3), area(2, 3))
