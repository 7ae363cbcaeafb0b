# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# How deep a text may be nested: the parser gives up later than what walks its tree.
def outcome(text, mode='eval'):
    try: compile(text, 'f', mode)
    except BaseException as e: return repr(e)
    return 'compiled'
for n in (2000, 4000, 7000, 100000):
    for text in ('-' * n + '1', 'not ' * n + 'x', 'x if y else ' * n + 'x', '~' * n + 'x', 'x**' * n + 'x', 'lambda:' * n + 'x', 'x+' * n + 'x', 'x' + '.y' * n):
        print(n, text[:4], outcome(text) if n != 4000 or text[:3] not in ('lam', 'x**') else '')
    print(n, 'elif', outcome('if x: pass\n' + 'elif x: pass\n' * n, 'exec'))
import ast
for f in (eval, ast.literal_eval, ast.parse):
    try: f('-' * 100000 + '1')
    except MemoryError as e: print(repr(e))
print(outcome('[x ' + 'for x in y ' * 1000 + ']'))
