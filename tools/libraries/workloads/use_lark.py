# python3-lark: a calculator by three parsers, errors, positions, and JSON.
from lark import Lark, Transformer, v_args, Tree, Token, UnexpectedInput
g = r'''
?start: sum
?sum: product | sum "+" product -> add | sum "-" product -> sub
?product: atom | product "*" atom -> mul | product "/" atom -> div
?atom: NUMBER -> number | "-" atom -> neg | NAME -> var | "(" sum ")"
%import common.CNAME -> NAME
%import common.NUMBER
%import common.WS_INLINE
%ignore WS_INLINE
'''
@v_args(inline=True)
class Calc(Transformer):
    from operator import add, sub, mul, truediv as div, neg
    number = float
    def var(self, name): return {"x": 7}[name]
for parser in "lalr", "earley", "cyk":
    p = Lark(g, parser=parser)
    print(p.parse("1+2*-x"), Calc().transform(p.parse("(1+2)*x-4/8")))
    try: p.parse("1+*2")
    except UnexpectedInput as e: print(type(e).__name__, str(e).splitlines()[0])
    except Exception as e: print(type(e).__name__, str(e)[:80])
print(Lark(g, parser="lalr", propagate_positions=True).parse("a+1").pretty())
j = Lark(r'''start: value
?value: object | array | string | SIGNED_NUMBER -> number | "true" -> true
array: "[" [value ("," value)*] "]"
object: "{" [pair ("," pair)*] "}"
pair: string ":" value
string: ESCAPED_STRING
%import common (ESCAPED_STRING, SIGNED_NUMBER, WS)
%ignore WS''', parser="lalr")
t = j.parse('{"k": [1, -2.5e3, true, "s\\"q"], "e": {}}')
print(t.pretty(), list(t.find_data("pair"))[0].children[0], len(list(t.iter_subtrees())))
