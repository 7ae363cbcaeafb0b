# RUN: krait run -O0 %s 2>&1 | diff %s.out -
# RUN: krait run -O2 %s 2>&1 | diff %s.out -
# RUN: krait-interp %s 2>&1 | diff %s.out -
# Who stores into a cell is heard by the function around, too, which then keeps no local beside it.
def contents():
    n, text = 1, "a"
    def read():
        return [n + n for _ in range(2)], text, text
    print(read(), n, text)
    read.__closure__[0].cell_contents = 50
    setattr(read.__closure__[1], "cell_contents", "b")
    return read(), n, text


print(contents())
try:
    (lambda: contents).__closure__[0].cell_contents = 3
except TypeError as error:
    print(error)
