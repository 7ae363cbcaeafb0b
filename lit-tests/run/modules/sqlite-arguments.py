# RUN: krait run %s | diff %s.out -
# Names and flags of connections that are of the wrong type, or no text that SQLite can be given.
import sqlite3


def tell(what):
    try:
        print(ascii(what()))
    except Exception as error:
        print(type(error).__name__, ascii(str(error)))


c = sqlite3.connect(":memory:")
for name in (3, None, "\ud800", "a\0b", "nowhere"):
    tell(lambda: c.serialize(name=name))
for name in (3, b"main", "\ud800", "a\0b"):
    tell(lambda: c.deserialize(b"", name=name))
tell(lambda: c.deserialize(3, name=3))
tell(lambda: c.deserialize("\ud800"))
for name in (3, None, "\ud800", "a\0b"):
    tell(lambda: c.create_function(name, 1, len))
    tell(lambda: c.create_aggregate(name, 1, len))
    tell(lambda: c.create_window_function(name, 1, len))
    tell(lambda: c.create_collation(name, len))
    tell(lambda: c.blobopen(name, "b", 1))
    tell(lambda: c.blobopen("a", name, 1))
    tell(lambda: c.blobopen("a", "b", 1, name=name))
    tell(lambda: c.backup(sqlite3.connect(":memory:"), name=name))
    tell(lambda: c.executescript(name))
    tell(lambda: sqlite3.complete_statement(name))
tell(lambda: sqlite3.connect(":memory:", check_same_thread=[]))
tell(lambda: sqlite3.connect(":memory:", cached_statements="a"))
tell(lambda: c.setlimit(1, 2**40))
tell(lambda: c.getlimit("a"))

copy = sqlite3.connect(":memory:")
c.executescript("create table t(a); insert into t values (5)")
copy.deserialize(c.serialize(name="main"))
print(copy.execute("select a from t").fetchall())
