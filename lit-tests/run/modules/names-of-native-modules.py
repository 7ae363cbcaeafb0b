# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# More names that native modules have, or have not.
import _bisect
import _blake2
import _locale
import _sha512
import _socket
import ast
import bisect
import fcntl
import signal
import sys

print(signal.ItimerError, hasattr(signal, "itimer_error"))
print({name: getattr(_blake2, name) for name in dir(_blake2) if name.isupper()}, _blake2.blake2s.MAX_KEY_SIZE)
print(fcntl.F_GETLK64 == fcntl.F_GETLK, fcntl.F_SETLK64 == fcntl.F_SETLK, fcntl.F_SETLKW64 == fcntl.F_SETLKW)
print(_locale._DATE_FMT, sys._home, _socket.BDADDR_ANY, _socket.BDADDR_LOCAL)
print([name for name in dir(_bisect) if name[0] != "_"], bisect.bisect is bisect.bisect_right, bisect.insort is bisect.insort_right)
print(_sha512.SHA384Type, hasattr(_sha512, "SHA512Type"))

# Of the nodes of a syntax tree, a pattern's end may not be left out.
for cls in (ast.mod, ast.expr, ast.stmt, ast.pattern, ast.alias, ast.arguments, ast.operator, ast.withitem):
    print(cls.__name__, vars(cls).get("_attributes"), hasattr(cls, "end_lineno"), hasattr(cls, "end_col_offset"))
for make in (lambda: ast.MatchAs().end_lineno, lambda: ast.Name().end_lineno):
    try:
        print(make())
    except AttributeError as e:
        print(e)


def compiled(fix, **end):
    pattern = ast.MatchValue(ast.Constant(1, lineno=1, col_offset=0), lineno=1, col_offset=0, **end)
    match = ast.Match(ast.Name("x", ast.Load(), lineno=1, col_offset=0), [ast.match_case(pattern, None, [ast.Pass(lineno=1, col_offset=0)])],
                      lineno=1, col_offset=0)
    module = ast.Module([match], [])
    try:
        return compile(ast.fix_missing_locations(module) if fix else module, "file", "exec")
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print(compiled(True).co_name, compiled(False), compiled(False, end_lineno=1), compiled(False, end_lineno=1, end_col_offset=3).co_name, sep="\n")
