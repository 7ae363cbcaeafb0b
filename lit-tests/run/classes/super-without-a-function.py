# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# super() in a class body or in what exec and eval run: their namespace is no argument.
def show(work, *args):
    try:
        work(*args)
    except RuntimeError as e:
        print(e)


class C:
    try:
        super()
    except RuntimeError as e:
        print(e)
    show(exec, "super()")

    def method(self):
        show(exec, "super()")
        show(eval, "super()")
        exec("def of_text(x): return super()\nshow(of_text, 1)")
        exec("def of_nothing(): return super()\nshow(of_nothing)")
        exec("class D:\n    show(super)\n    def m(self): return super().__repr__()[:10]\nprint(D().m())")


C().method()
show(super)
show(exec, "super()")
show(eval, "super()")
show(eval, "[super() for _ in 'a']")
