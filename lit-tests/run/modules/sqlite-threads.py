# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Other threads run while SQLite works: they interrupt it, end the transaction that it waits for, and drop cursors of a connection
# that only its own thread may use.
import gc
import os
import sqlite3
import tempfile
import threading
import time

ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"

print("-- a query that never ends is interrupted")
con = sqlite3.connect(":memory:", check_same_thread=False)
timer = threading.Timer(0.05, con.interrupt)
timer.start()
try:
    con.execute(ENDLESS)
except sqlite3.OperationalError as e:
    print(e, e.sqlite_errorname)
timer.join()

print("-- it calls a function that another thread has to answer")
asked, answered = threading.Event(), threading.Event()


def ask(n):
    if n == 3:
        asked.set()
        answered.wait()
    return n * n


def answer():
    asked.wait()
    answered.set()


helper = threading.Thread(target=answer)
helper.start()
con.create_function("ask", 1, ask)
print(con.execute("select sum(ask(value)) from (select 1 as value union select 2 union select 3)").fetchone())
helper.join()
con.close()

print("-- a lock is waited for as long as another thread holds it")
folder = tempfile.mkdtemp()
path = os.path.join(folder, "data")
ready = threading.Event()


def hold():
    mine = sqlite3.connect(path)
    mine.execute("create table t(x)")
    mine.execute("insert into t values (1)")
    ready.set()
    time.sleep(0.05)
    mine.commit()
    mine.close()


holder = threading.Thread(target=hold)
holder.start()
ready.wait()
con = sqlite3.connect(path)
con.execute("insert into t values (2)")
con.commit()
holder.join()
print(con.execute("select * from t").fetchall())
con.close()
os.remove(path)
os.rmdir(folder)

print("-- the timeout is SQLite's own")
for timeout in 5.0, 0.25, 0, -1, 1e300:
    con = sqlite3.connect(":memory:", timeout=timeout)
    print(timeout, con.execute("pragma busy_timeout").fetchone())
con.execute("pragma busy_timeout = 17")
print(con.execute("pragma busy_timeout").fetchone())

print("-- cursors and blobs die in another thread meanwhile")
con = sqlite3.connect(":memory:")
con.execute("create table b(x)")
con.execute("insert into b values (zeroblob(10))")
con.commit()
cursors = [con.execute("select 1 union select 2") for _ in range(20)]
cursors += [con.blobopen("b", "x", 1) for _ in range(3)]
started = threading.Event()


def drop():
    started.wait()
    while cursors:
        cursors.pop()
    gc.collect()


def start():
    started.set()
    time.sleep(0.05)
    return 1


con.create_function("start", 0, start)
dropper = threading.Thread(target=drop)
dropper.start()
print(con.execute("select start() + 1").fetchone())
dropper.join()
print(len(cursors))
con.execute("drop table b")
print(con.execute("select count(*) from sqlite_master").fetchone())
con.close()

print("-- a cursor that runs is not made anew")
con = sqlite3.connect(":memory:")
cursor = con.cursor()
con.create_function("again", 0, lambda: cursor.__init__(con))
sqlite3.enable_callback_tracebacks(False)
try:
    cursor.execute("select again()")
except sqlite3.Error as e:
    print(type(e).__name__, e)
