# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A function that ends without `return` has ended where its last statement did: in the branch, clause or turn that ran last.
import sys


def show(f, *a):
    f(*a)
    print(f.__name__, a, frame.f_lineno - frame.f_code.co_firstlineno)


def if_else(n):
    global frame
    frame = sys._getframe(0)
    if n:
        x = 1
    else:
        x = 2


def elif_(n):
    global frame
    frame = sys._getframe(0)
    if n:
        x = 1
    elif n == 0:
        x = 2


def while_(n):
    global frame
    frame = sys._getframe(0)
    while n:
        n -= 1
        if n == 5: break


def for_(n):
    global frame
    frame = sys._getframe(0)
    for i in range(n):
        if i == 5:
            break
        x = i
    else:
        y = 1


def try_else(n):
    global frame
    frame = sys._getframe(0)
    try:
        1/n
    except ZeroDivisionError as e:
        x = 1
        y = 2
    else:
        z = 1


def try_finally(n):
    global frame
    frame = sys._getframe(0)
    try:
        1/n
    except ZeroDivisionError:
        if n:
            x = 1
        else:
            y = 1
    finally:
        z = 1


def match_(n):
    global frame
    frame = sys._getframe(0)
    match n:
        case 1:
            x = 1
        case 2:
            y = 1


def statement_behind(n):
    global frame
    frame = sys._getframe(0)
    if n:
        try:
            1/n
        except:
            pass
    n = 0


def nested_if(n):
    global frame
    frame = sys._getframe(0)
    if n:
        if n > 1:
            x = 2


def if_in_try(n):
    global frame
    frame = sys._getframe(0)
    try:
        if n:
            x = 1
        elif n:
            y = 2
        else:
            k = 2
            1/n
    except:
        pass


def if_in_with(n):
    global frame
    frame = sys._getframe(0)
    with open('/dev/null') as f:
        x = 1
        if n:
            y = 1


def nested_try(n):
    global frame
    frame = sys._getframe(0)
    try:
        try:
            1/n
        except TypeError:
            pass
    except ZeroDivisionError:
        pass


def empty_try(n):
    global frame
    frame = sys._getframe(0)
    try:
        pass
    except ZeroDivisionError:
        pass


def try_in_for(n):
    global frame
    frame = sys._getframe(0)
    for i in range(2):
        try:
            1/n
        except ZeroDivisionError:
            continue
        x = 1


def passes(n):
    global frame
    frame = sys._getframe(0)
    if n:
        pass
    else:
        pass


def assert_(n):
    global frame
    frame = sys._getframe(0)
    assert n < 3, "text"


def if_in_finally(n):
    global frame
    frame = sys._getframe(0)
    try:
        pass
    finally:
        if n:
            x = 1


def as_name(n):
    global frame
    frame = sys._getframe(0)
    try:
        1 / n
    except ZeroDivisionError as e:
        x = 1


def with_last(n):
    global frame
    frame = sys._getframe(0)
    if n:
        with open("/dev/null"):
            x = 1


def definitions(n):
    global frame
    frame = sys._getframe(0)
    if n:
        def inner():
            pass
    else:
        class Inner:
            pass


def loop_else(n):
    global frame
    frame = sys._getframe(0)
    for i in range(n):
        while i:
            i -= 1
        else:
            if n > 1:
                break
    else:
        x = 1


def guard(n):
    global frame
    frame = sys._getframe(0)
    match n:
        case int() if n > 1:
            x = 1


for f in (
    if_else,
    elif_,
    while_,
    for_,
    try_else,
    try_finally,
    match_,
    statement_behind,
    nested_if,
    if_in_try,
    if_in_with,
    nested_try,
    empty_try,
    try_in_for,
    passes,
    assert_,
    if_in_finally,
    as_name,
    with_last,
    definitions,
    loop_else,
    guard,
):
    for n in 0, 1, 2:
        show(f, n)
show(while_, 9)
show(for_, 9)
exec("""
frame = sys._getframe(0)
if frame:
    x = 1
else:
    x = 2
""")
print(frame.f_lineno)
