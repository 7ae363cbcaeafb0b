# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Statements that are used again, by several cursors at once and behind closed connections; what subclasses add to execute().
import sqlite3, gc, weakref
con = sqlite3.connect(":memory:")
con.execute("create table t (a, b)")
sql = "insert into t values (?, ?)"
for i in range(5):
    con.execute(sql, (i, str(i)))
con.executemany(sql, ([x, None] for x in (1.5, "x", b"y")))
print(con.execute("select * from t").fetchall())
# Two cursors with one text, each at its own row.
a, b = con.execute("select a from t"), con.execute("select a from t")
print(next(a), next(a), next(b), next(a), next(b))
c = con.execute("select a from t")
print(next(c), a.fetchone(), b.fetchone(), len(c.fetchall()), len(a.fetchall()), len(b.fetchall()))
for i in range(300):
    assert con.execute(f"select {i}").fetchone() == (i,)
for i in range(300):
    assert con.execute(f"select {i}").fetchone() == (i,)
for text in ("", "-- nothing", "select 1; select 2", "select ?", "selec", 5, "insert into t values (1)"):
    try: print(con.execute(text).fetchall())
    except Exception as e: print(type(e).__name__, e)
for call in (lambda: con.execute(), lambda: con.execute("select 1", (), 3), lambda: con.executemany("select 1"), lambda: con.executemany("select 1", [()])):
    try: call()
    except Exception as e: print(type(e).__name__)
# Parameters: what they hold again, named ones, lists that change meanwhile.
print(con.execute("select :x, :y", {"x": 1, "y": "ä"}).fetchone(), con.execute("select ?, ?", ["é", bytearray(b"q")]).fetchone())
class Shrinks:
    def __conform__(self, protocol):
        given.clear()
        return "adapted"
given = [Shrinks(), 2]
try: print(con.execute("select ?, ?", given).fetchone())
except Exception as e: print(type(e).__name__)
print(con.execute("select ?, ?", (3, 4)).fetchone())
# Functions and aggregates, with many arguments and with errors.
con.create_function("join_all", -1, lambda *args: "|".join(map(repr, args)))
print(con.execute("select join_all(1, 2.5, 'x', x'00ff', null, 6, 7, 8, 9, 10), join_all()").fetchone())
class Sum:
    def __init__(self): self.all = []
    def step(self, *args): self.all.append(args)
    def finalize(self): return repr(self.all[:2]) + str(len(self.all))
con.create_aggregate("both", 2, Sum)
print(con.execute("select both(a, b) from t").fetchone())
class NoStep:
    def finalize(self): return 1
class Raises(Sum):
    def step(self, x): raise ValueError(x)
for name, cls in (("nostep", NoStep), ("raising", Raises)):
    con.create_aggregate(name, 1, cls)
    try: con.execute(f"select {name}(a) from t").fetchone()
    except sqlite3.OperationalError as e: print(e)
class Window(Sum):
    def inverse(self, *args): self.all.pop(0)
    def value(self): return len(self.all)
con.create_window_function("win", 1, Window)
print(con.execute("select win(a) over (order by a rows between 1 preceding and current row) from t").fetchall())
con.executescript("create table u (x); insert into u values (1)")
try: con.executescript("select 1", 2)
except TypeError: print("one argument")
# Subclasses.
class C(sqlite3.Cursor):
    def execute(self, sql, *args):
        print("execute", sql, args)
        return super().execute(sql, *args)
class K(sqlite3.Connection):
    def cursor(self, factory=C): return super().cursor(factory)
own = sqlite3.connect(":memory:", factory=K)
print(own.execute("select ?", (1,)).fetchall(), type(own.execute("select 2")).__name__)
own.row_factory = sqlite3.Row
print(own.execute("select 3 as x").fetchone()["x"], con.cursor(C).row_factory)
con.row_factory = lambda cursor, row: list(row)
print(con.execute("select 1, 2").fetchone(), con.cursor().row_factory is con.row_factory)
# Closed while a cursor stands at a row; opened again.
cur = con.execute("select a from t")
next(cur)
con.close()
for call in (cur.fetchone, lambda: con.execute("select 1"), con.cursor):
    try: call()
    except sqlite3.ProgrammingError as e: print(e)
con.__init__(":memory:")
print(con.execute("select 7").fetchone())
ref = weakref.ref(cur)
del cur
gc.collect()
print(ref() is None, con.execute("select 8").fetchone())
try: sqlite3.Connection.__new__(sqlite3.Connection).execute("select 1")
except Exception as e: print(type(e).__name__, e)
