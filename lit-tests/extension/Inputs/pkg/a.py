one = 1
class E1(Exception):
    pass
def boom(): raise E1("x", 2)
