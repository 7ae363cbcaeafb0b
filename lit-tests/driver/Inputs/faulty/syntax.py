def f(a b):
    pass

x = = 3

class A
    y = 1

print "x"
