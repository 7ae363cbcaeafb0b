# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A value that cannot be bound, on its own and behind a statement that failed: then CPython tells that failure once more.
import sqlite3

db = sqlite3.connect(":memory:")
db.execute("create table t(x not null)")


def attempt(*statement):
    try:
        print(db.execute(*statement).fetchall())
    except Exception as e:
        print(type(e).__name__, e, getattr(e, "sqlite_errorname", None), repr(e.__context__))


for before in ("select 1", "insert into t values (null)", "selec"):
    for refused in (object(), 2**70, "\ud800", 1j):
        attempt(before)
        attempt("select ?", (refused,))
        attempt("select :a", {"a": refused})
        attempt("select ?", (1,))
