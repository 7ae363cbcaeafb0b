# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Views whose items do not stand side by side, where bytes are wanted; and what is looked at first where several arguments are wrong.
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


apart = memoryview(b'1a2b3c')[::2]
data = bytearray(b'abc')


def add():
    global data
    data += apart


attempt(lambda: int(apart))
attempt(lambda: int(memoryview(b'12')))
attempt(lambda: float(apart))
attempt(lambda: str(apart, 'utf-8'))
attempt(lambda: str(apart, 'nope'))
attempt(lambda: b'' + apart)
attempt(add)
attempt(lambda: data.extend(apart))
attempt(lambda: bytes(apart))
attempt(lambda: bytearray(apart))
attempt(lambda: data.extend(data))
print(data)

attempt(lambda: data.__setitem__(slice(None, None, 0), 'x'))
attempt(lambda: data.__setitem__(slice(None, None, 0), b'x'))
attempt(lambda: data.__setitem__(slice(None, None, 2), 'x'))


class Loud:
    def __index__(self):
        print('index')
        return 3


attempt(lambda: complex(Loud(), []))
attempt(lambda: complex(Loud(), 'x'))
attempt(lambda: complex([], []))
attempt(lambda: complex(Loud(), Loud()))
attempt(lambda: [2, 1].sort(reverse=1 << 40))
attempt(lambda: [2, 1].sort(reverse=1 << 80))
attempt(lambda: [2, 1].sort(reverse='x'))
attempt(lambda: apart.tobytes('a\0b'))
attempt(lambda: apart.tobytes('\ud800'))
attempt(lambda: apart.tobytes('X'))
attempt(lambda: type(...)(1))
attempt(lambda: type(None)(1))
attempt(lambda: type(NotImplemented)(1))

steps = iter(apart)
print(type(steps).__name__, list(steps), [name for name in vars(type(steps)) if not name.startswith('__')])
attempt(lambda: iter(memoryview(bytes(4)).cast('B', [2, 2])))
attempt(lambda: iter(memoryview(bytes(1)).cast('B', [])))
view = memoryview(b'abc')
steps = iter(view)
print(next(steps))
view.release()
attempt(lambda: next(steps))
