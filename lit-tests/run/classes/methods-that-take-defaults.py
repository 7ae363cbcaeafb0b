# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Methods that are called with fewer arguments than they have parameters, while classes, instances and defaults change.
class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


class Account:
    def __init__(self):
        self.total = 0

    def add(self, amount=1, times=2, note="none"):
        for _ in range(times):
            self.total += amount
        return self.total, note

    def vanish(self, a=Loud("default"), b=5):
        print("called")
        if "vanish" in vars(Account):
            del Account.vanish
        print("still here", b, a.name)
        return b

    def all(self, a, b=2, *rest):
        return a, b, rest

    def named(self, a, b=2, *, c=3):
        return a, b, c


class Savings(Account):
    def add(self, amount=10):
        return "savings", amount


def run(accounts, calls):
    found = []
    for account in accounts:
        for call in calls:
            found.append(call(account))
    return found


calls = [lambda a: a.add(), lambda a: a.add(5), lambda a: a.all(1), lambda a: a.all(1, 3), lambda a: a.named(1)]
accounts = [Account(), Savings(), Account()]
for step in range(8):
    print(step, run(accounts, calls))
    if step == 0:
        Account.add.__defaults__ = (7, 1, "changed")
    elif step == 1:
        accounts[0].add = lambda amount=3: ("own", amount)
    elif step == 2:
        del accounts[0].add
        accounts[2].__dict__["extra"] = 1
    elif step == 3:
        Account.add.__defaults__ = None
        Account.add.__kwdefaults__ = None
        Account.add = lambda self, amount="new": amount
    elif step == 4:
        accounts[0].__class__ = Savings
    elif step == 5:
        Savings.add = Account.all
        calls[0] = lambda a: a.named(4)
    elif step == 6:
        Account.named.__kwdefaults__ = {"c": 33}
for one in Account(), Account():
    try:
        print(one.vanish())
    except AttributeError as e:
        print(e)
try:
    Account().all()
except TypeError as e:
    print(e)
