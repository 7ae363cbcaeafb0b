# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# The length of a sequence is asked for once, and once more for each item behind a star without a name.
class L(list):
    asked=0
    def __len__(self):
        L.asked+=1
        return list.__len__(self)
def f(x):
    match x:
        case [a,*_,b]: return a,b
    return None
def g(x):
    match x:
        case [a,*_,b,7,c]: return a,b,c
    return None
for x in ([1,2,3],[1],(1,2),[1,2,3,7,9],L([1,2,3]),L([4,5,7,8]),L([1])):
    L.asked=0; print(f(x),L.asked,end=' '); L.asked=0; print(g(x),L.asked)
