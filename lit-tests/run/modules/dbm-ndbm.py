# RUN: krait run -O0 %s 2>/dev/null | diff %s.out -
# RUN: krait run -O2 %s 2>/dev/null | diff %s.out -
# RUN: krait-interp %s 2>/dev/null | diff %s.out -
# dbm.ndbm: keys and values, modes, errors, closed databases. (Berkeley DB itself writes to standard error.)
import _dbm
import dbm.ndbm
import os
import re
import shutil
import tempfile

d=tempfile.mkdtemp(); p=os.path.join(d,"x")
print(_dbm.library, _dbm.error, _dbm.error.__mro__[1], sorted(k for k in vars(_dbm) if k[0]!="_"), _dbm.open.__text_signature__)
def t(f):
    try:
        print(re.sub(" at 0x[0-9a-f]+", "", repr(f()).replace(d, "D")))
    except Exception as e:
        print(type(e), e.args if not isinstance(e, OSError) else str(e).replace(d, "D"))

t(lambda: _dbm.open(p))
t(lambda: _dbm.open(p,"q"))
t(lambda: _dbm.open(p,"rr"))
t(lambda: _dbm.open(3))
t(lambda: _dbm.open())
t(lambda: _dbm.open("a\0b"))
t(lambda: _dbm.open(p,"w"))
t(lambda: _dbm.open("/nope/x","c"))
db=_dbm.open(p,"c")
print([k for k in dir(db) if k[0] != "_"], type(db).__name__, os.listdir(d))
db["a"]="1"; db[b"b"]=b"2"; db["é"]="ü"
t(lambda: db["a"])
t(lambda: db["zz"])
t(lambda: db[1])
t(lambda: db.__setitem__(1,"x"))
t(lambda: db.__setitem__("x",1))
t(lambda: sorted(db.keys()))
t(lambda: len(db))
t(lambda: "a" in db)
t(lambda: b"q" in db)
t(lambda: 1 in db)
t(lambda: db.get("a"))
t(lambda: db.get("q"))
t(lambda: db.get("q",5))
t(lambda: db.get(1))
t(lambda: db.setdefault("n"))
t(lambda: db.setdefault("n2","v"))
t(lambda: db.setdefault("n2","w"))
t(lambda: db.setdefault("n3",4))
t(lambda: db.__delitem__("a"))
t(lambda: db.__delitem__("a"))
t(lambda: bool(db))
t(lambda: list(db))
t(lambda: db.pop("b"))
t(lambda: db.setdefault("\ud800"))
t(lambda: "\ud800" in db)
t(lambda: db["\ud800"])
with db as x: t(lambda: x is db)
for f in (lambda: db["a"], lambda: db.keys(), lambda: len(db), lambda: "a" in db, lambda: db.close(), lambda: db.__enter__(), lambda: db.get("a"), lambda: db.setdefault("a"), lambda: db.__setitem__("a","b"), lambda: db.__delitem__("a")): t(f)
ro=_dbm.open(p,"r")
t(lambda: ro.__setitem__("a","b"))
t(lambda: ro.__delitem__("b"))
t(lambda: ro.__delitem__("never there"))
t(lambda: _dbm.open(p, "rw"))
t(lambda: ro.setdefault("q"))
t(lambda: ro["b"]); ro.close()
n=_dbm.open(p,"n")
t(lambda: len(n)); n.close()
print(dbm.whichdb(p));
with dbm.open(p) as q: print(type(q), dict(zip(q.keys(),[q[k] for k in q.keys()])))
print(oct(os.stat(p+".db").st_mode))
t(lambda: _dbm.open(p+"2","c",0o600) and oct(os.stat(p+"2.db").st_mode))
t(lambda: type(db)())
shutil.rmtree(d)
