# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Which classes __class__ may be assigned between: where a dict stands behind items, only a class and what inherits its dict.
class K(tuple): pass
class K2(tuple): pass
class Ks(K): pass
class Kt(K): pass
class Ku(K): __slots__ = ()
class B0(tuple): __slots__ = ()
class B1(B0): pass
class B2(B0): pass
class B3(B0): __slots__ = ()
class I(int): pass
class J(int): pass
class I0(int): __slots__ = ()
class J0(int): __slots__ = ()
class Is(I): pass
class Y(bytes): pass
class Z(bytes): pass
class S(str): pass
class T(str): pass
class L(list): pass
class M(list): pass
class T1(type): pass
class T2(type): pass


classes = K, K2, Ks, Kt, Ku, B0, B1, B2, B3, I, J, I0, J0, Is, Y, Z, S, T, L, M, tuple, int, T1, T2
for A in classes:
    for B in classes:
        a = A() if not issubclass(A, type) else A("q", (), {})
        try:
            a.__class__ = B
        except TypeError as e:
            print(A.__name__, B.__name__, e)
        else:
            print(A.__name__, B.__name__, type(a).__name__)
