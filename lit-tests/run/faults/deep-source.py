# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Source text and patterns that are nested deeply, or long chains.
import ast, re, warnings
warnings.simplefilter('ignore')
for text in ('(' * 500 + ')' * 500, '[' * 500 + ']' * 500, '-' * 5000 + '1', 'not ' * 5000 + '1', '1' + '+1' * 20000, 'a' + '.b' * 20000, 'a' + '[0]' * 20000, 'a' + '()' * 20000, 'lambda: ' * 2000 + '1', '1 if 1 else ' * 2000 + '1', 'f(' * 150 + ')' * 150, '{1:' * 150 + '1' + '}' * 150, 'x = ' * 3000 + '1', '*' * 100 + 'a', '1 ' + 'and 1 ' * 20000, 'a<' * 5000 + 'a', '~' * 3000 + '1', 'await ' * 10 + 'a', '2**' * 2000 + '1', '(a for a in ' * 60 + '()' + ')' * 60):
    for f in (lambda t: compile(t, 'f', 'exec') and 'compiled', lambda t: ast.parse(t) and 'parsed', lambda t: type(ast.literal_eval(t)).__name__):
        try: print(text[:8], f(text))
        except (RecursionError, MemoryError, SyntaxError, ValueError, OverflowError) as e: print(text[:8], type(e).__name__, str(e)[:50])
for pattern in ('(' * 5000 + ')' * 5000, '(?:' * 1000 + 'a' + ')' * 1000, '(?:a|' * 500 + ')' * 500, 'a' * 10000, '(a*)*b', '((a+)+)+$', '(?=' * 200 + ')' * 200, '[' * 1000 + ']' * 1000):
    try: print(pattern[:8], bool(re.compile(pattern).match('a' * 20)))
    except (RecursionError, re.error, OverflowError) as e: print(pattern[:8], type(e).__name__, str(e)[:60])
