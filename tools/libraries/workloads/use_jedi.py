# python3-parso python3-jedi: broken text parsed, completed and inferred.
import parso, jedi
m = parso.parse("def f(a, *, b: int = 3) -> str:\n    x = [i for i in range(3)]\n    return f'{x!r:>{a}}'\nclass A(B): pass\nif x:\n  y=(1,\n", version="3.11")
print(m.dump(indent=2)[:1500])
g = parso.load_grammar(version="3.11")
print([(e.start_pos, e.message) for e in g.iter_errors(m)])
s = jedi.Script("import json\ndef foo(a, bb):\n    '''doc'''\n    return {'k': a}\nclass C:\n    def meth(self): return ''\nC().meth().upp\njson.lo\nfoo(1, \n")
print([c.name for c in s.complete(7, 14)], [c.name for c in s.complete(8, 7)])
print([(d.full_name, d.type, d.line) for d in s.get_names(all_scopes=True)])
print([str(x) for x in s.get_signatures(9, 7)], s.infer(7, 4))
