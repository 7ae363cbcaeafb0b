# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Exceptions in the middle of numeric loops, handlers that look at the locals, finally, and nested try.
import sys
def show(*a): print(*a)
def handler_sees_locals(xs):
    s, t, k = 0, 0.5, -1
    for k, x in enumerate(xs):
        try:
            s += x
            t = t * 2 if t < 1e6 else 0.5
            s += 1
        except TypeError:
            show("at", k, s, t, x)
            t = -1.0
            s -= 1
    return s, t, k
show(handler_sees_locals([1] * 60 + ["a"] + [2.5] * 60 + [None] + [2**62] * 3))
def half_done(n):
    a = b = c = 0
    for i in range(n):
        try:
            a += 1
            b += 10 // (i % 50 - 25)
            c += 1
        except ZeroDivisionError: c += 1000
        finally: a += 1
    return a, b, c
show(half_done(150))
def overflow_then_error(n):
    x, out = 2**62 - 100, []
    for i in range(n):
        try:
            x += 1
            if i == 120: x + "a"
        except TypeError as e: out.append((i, x, str(e)))
    return x, out
show(overflow_then_error(150))
def index_error(xs, n):
    s = 0
    try:
        for i in range(n): s += xs[i] * i
    except IndexError as e: return s, i, str(e)
    finally: show("finally", s, i)
show(index_error([1] * 120, 150), index_error([0.5] * 120, 150), index_error((1,) * 101, 150), index_error("", 2))
def key_errors(n):
    d, missing = {i: i for i in range(0, n, 2)}, 0
    for i in range(n):
        try: missing += d[i] * 0
        except KeyError as e: missing += e.args[0]
    return missing
show(key_errors(150))
def finally_changes(n):
    s = 0
    for i in range(n):
        try:
            if i % 3 == 0: continue
            if i == 140: break
            s += i
        finally:
            s += 0.5 if i > 100 else 1
    else: s = -1
    return s, i
show(finally_changes(150), finally_changes(120))
def finally_returns(n):
    for i in range(n):
        try:
            if i == 120: raise ValueError(i)
        finally:
            if i == 120: return "swallowed", i
show(finally_returns(150))
def nested(n):
    log = []
    for i in range(n):
        try:
            try:
                if i % 40 == 7: raise KeyError(i)
                if i % 40 == 8: raise ValueError(i)
            except KeyError as e:
                log.append(("inner", e.args[0]))
                if i > 80: raise RuntimeError(i) from e
            finally:
                if i % 40 == 8: log.append(("finally", i))
        except (ValueError, RuntimeError) as e: log.append(("outer", e.args[0], type(e.__cause__).__name__, type(e.__context__).__name__))
    return log
for line in nested(150): show(*line)
def name_unbound_after(n):
    e = "before"
    for i in range(n):
        try:
            if i == 120: raise ValueError
            s = e
        except ValueError as e: pass
        except UnboundLocalError as u: return i, str(u)
show(name_unbound_after(150))
def else_clause(n):
    a = 0
    for i in range(n):
        try: 1 / (i % 30)
        except ZeroDivisionError: a += 1000
        else: a += 1
    return a
show(else_clause(150))
class Guard:
    def __init__(self, swallow): self.swallow, self.count = swallow, 0
    def __enter__(self): return self
    def __exit__(self, kind, value, tb):
        self.count += kind is not None
        return self.swallow
def managed(n, swallow):
    g, s = Guard(swallow), 0
    try:
        for i in range(n):
            with g as h:
                s += 100 // (i % 60 - 30)
                s += 1
    except ZeroDivisionError: s = -s
    return s, g.count, i
show(managed(150, True), managed(150, False))
def raised_by_callee(n):
    def f(x):
        if x == 120: raise LookupError(x)
        return x * 2
    s = 0
    try:
        for i in range(n): s += f(i)
    except LookupError as e:
        tb = e.__traceback__
        inner = tb.tb_next.tb_frame.f_locals
        return s, i, inner, tb.tb_frame.f_locals["s"], tb.tb_lineno - raised_by_callee.__code__.co_firstlineno
show(raised_by_callee(150))
def locals_of_frames(n):
    total, factor, text = 0, 1.5, "t"
    try:
        for i in range(n):
            total += i * factor
            if i == 110: factor = 2
            if i == 130: [][i]
    except IndexError:
        f = sys.exc_info()[2].tb_frame
        return {k: v for k, v in f.f_locals.items() if k != "f"}
show(locals_of_frames(150))
class V:
    def __init__(self, x): self.x = x
    def get(self, i):
        if i == 125: raise ArithmeticError(self.x)
        self.x += 1
        return self.x
def method_raises(n):
    v, s = V(0), 0
    for i in range(n):
        try: s += v.get(i)
        except ArithmeticError as e: s += e.args[0] * 1000
    return s, v.x
show(method_raises(150))
def in_condition(n):
    class B:
        def __bool__(self): raise RuntimeError("bool")
    values, c = [1, 0, B()], 0
    for i in range(n):
        try:
            if values[2 if i == 120 else i % 2]: c += 1
            else: c += 10
        except RuntimeError as e: c += 1000
    return c
show(in_condition(150))
def in_iteration(n):
    class It:
        def __init__(self): self.i = 0
        def __iter__(self): return self
        def __next__(self):
            self.i += 1
            if self.i == 120: raise ValueError("next")
            if self.i > 140: raise StopIteration
            return self.i
    s, it = 0, It()
    while True:
        try:
            for x in it: s += x
            return s
        except ValueError as e: s += 10000
show(in_iteration(1))
def in_unpacking(rows):
    s = errors = 0
    for row in rows:
        try:
            a, b = row
            s += a * b
        except (ValueError, TypeError): errors += 1
    return s, errors, a, b
show(in_unpacking([(1, 2)] * 100 + [(1,), 5, (1, 2, 3), [2.5, 2], "ab"] + [(3, 4)] * 20))
def assertion(n):
    c = 0
    for i in range(n):
        try:
            assert i % 50 != 49, i
            c += 1
        except AssertionError as e: c += e.args[0]
    return c
show(assertion(150))
def reraised(n):
    seen = []
    for i in range(n):
        try:
            try:
                if i % 60 == 59: raise OSError(i)
            except OSError as e:
                e.args += (i * 2,)
                raise
        except OSError as e: seen.append(e.args)
    return seen
show(reraised(150))
def group(n):
    out = []
    for i in range(n):
        try:
            if i % 70 == 69: raise ExceptionGroup("g", [ValueError(i), KeyError(i), TypeError(i)])
        except* ValueError as e: out.append(("v", e.exceptions[0].args))
        except* (KeyError, TypeError) as e: out.append(("k", len(e.exceptions)))
    return out
show(group(150))
def exception_in_handler(n):
    s = 0
    for i in range(n):
        try:
            try: s += 1 // (i % 50)
            except ZeroDivisionError: s += [0][i]
        except IndexError as e: s += 100 + (type(e.__context__) is ZeroDivisionError)
    return s
show(exception_in_handler(150))
def stop_iteration(n):
    it, s = iter(range(100)), 0
    for i in range(n):
        try: s += next(it)
        except StopIteration as e: s += 1000
    return s
show(stop_iteration(110))
def exc_info_restored(n):
    out = []
    for i in range(n):
        try:
            if i == 100: raise ValueError("a")
        except ValueError:
            for j in range(100):
                try:
                    if j == 50: raise KeyError("b")
                except KeyError: out.append(sys.exc_info()[0].__name__)
            out.append(sys.exc_info()[0].__name__)
        if i == 101: out.append(sys.exc_info()[0])
    return out
show(exc_info_restored(120))
def list_half_built(n):
    xs = []
    try:
        xs.extend(100 // (60 - i) for i in range(n))
    except ZeroDivisionError: pass
    try: ys = [100 // (60 - i) for i in range(n)]
    except ZeroDivisionError: ys = None
    try: d = {i: xs[i] for i in range(n)}
    except IndexError as e: d = str(e)
    return len(xs), sum(xs), ys, d
show(list_half_built(150))
def augmented_fails(n):
    class A:
        def __iadd__(self, o):
            if o == 120: raise ValueError
            self.n = getattr(self, "n", 0) + o
            return self
    a = A()
    xs = [a]
    for i in range(n):
        try: xs[0] += i
        except ValueError: xs[0].n += 0.5
    return a.n, xs[0] is a
show(augmented_fails(150))
def attribute_error(n):
    class O: pass
    o, c = O(), 0
    for i in range(n):
        if i == 75: o.v = 3
        if i == 100: del o.v
        try: c += o.v
        except AttributeError as e: c += (e.name == "v") * 1000
    return c
show(attribute_error(150))
def keyboard(n):
    s = 0
    try:
        for i in range(n):
            if i == 110: raise KeyboardInterrupt
            s += i
    except Exception: s = -1
    except BaseException as e: s += type(e) is KeyboardInterrupt
    return s
show(keyboard(150))
s = 0
for i in range(150):
    try:
        s += 10 / (i % 75 - 50)
        if i == 130: raise ValueError(s)
    except ZeroDivisionError: s += 100000
    except ValueError as e: s = int(s)
    finally: s += 1
show(s, i, "e" in globals())
