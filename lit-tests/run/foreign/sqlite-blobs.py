# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# sqlite3: binary values read and written in place, window functions in Python.
import sqlite3
db=sqlite3.connect(':memory:')
db.execute('create table t(b blob)'); db.execute('insert into t values(zeroblob(10))')
with db.blobopen('t','b',1) as b:
    b.write(b'hello'); b[0]=72; b[6:8]=b'xy'; print(len(b), b.tell(), b[0], b[-1], b[:8], b[0:8:3]); b.seek(1); print(b.read(3), b.read())
    for bad in (lambda: b[99], lambda: b.seek(99), lambda: b.write(b'z'*20), lambda: b.__setitem__(0,300), lambda: b.__delitem__(0), lambda: b.__setitem__(slice(0,2),b'q'), lambda: b['a']):
        try: print(bad())
        except Exception as e: print(type(e).__name__, e)
try: b.read()
except sqlite3.ProgrammingError as e: print(e)
class W:
    def __init__(self): self.n=0
    def step(self,v): self.n+=v
    def inverse(self,v): self.n-=v
    def value(self): return self.n
    def finalize(self): return self.n
db.create_window_function('s',1,W)
db.execute('create table w(x,y)'); db.executemany('insert into w values(?,?)',[('a',4),('b',5),('c',3),('d',8),('e',1)])
print(db.execute('select x, s(y) over (order by x rows between 1 preceding and 1 following) from w order by x').fetchall())
