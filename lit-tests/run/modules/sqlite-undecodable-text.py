# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Text that is no UTF-8: the error names the column, and the cursor stays at that row.
import sqlite3


def show(question):
    try:
        print(question())
    except (sqlite3.Error, UnicodeDecodeError, TypeError) as error:
        print(type(error).__name__, ascii(str(error)), error.__context__)


connection = sqlite3.connect(":memory:")
show(lambda: connection.execute("select cast(x'ff80' as text)").fetchall())
show(lambda: connection.execute("select 1, cast(x'61c3a9ff0080' as text) as 'né'").fetchone())
show(lambda: connection.execute("select cast(x'" + "61" * 300 + "ff' as text) as n").fetchall())
connection.execute("create table t(a text)")
connection.execute("insert into t values (cast(x'61ff80' as text)), ('b')")
cursor = connection.execute("select a from t")
for _ in range(3):
    show(cursor.fetchone)
for factory in (bytes, bytearray, lambda data: data.decode("latin1"), lambda data: data.decode(), str):
    connection.text_factory = factory
    show(lambda: connection.execute("select a from t").fetchall())
show(lambda: connection.backup(1))
