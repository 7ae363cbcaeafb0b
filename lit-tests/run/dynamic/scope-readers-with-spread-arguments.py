# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# dir(), locals(), vars(), eval() and exec() called with arguments that are taken apart see the caller's variables, captured ones too.
def outer(captured):
    def starred():
        own = 10
        print(dir(*()), vars(*()), captured)

    def keywords():
        own = 11
        print(dir(**{}), locals(*(), **{}), captured)

    def evaluated(arguments):
        own = 12
        print(eval(*arguments), captured)

    starred()
    keywords()
    evaluated(("own + 1",))


outer(3)


def executed(*arguments):
    own = 13
    exec(*arguments)
    return own


executed("print(own, arguments)")


def closed_over():
    own = 14

    def inner():
        return own

    exec(inner.__code__, closure=inner.__closure__)
    exec(compile("print(sorted(locals()))", "", "exec"), closure=None)


closed_over()
