class A:
    def one(self):
        if x
            y = 1
        else:
            y = 2
            z = = 3
        return y

    def two(self a):
        return 1

    def three(self):
        match self:
            case 1:
                print "x"
            case 2:
                pass
            case _: w = 1 +
        try:
            a b
        except ValueError:
            c d
        finally:
            pass
        return 1

    async = 3

case = 5
case: int = 7
def f():
    for i in range(3)
        print(i)
    case: int
    e f
