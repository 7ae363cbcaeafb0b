# python3-construct python3-mistune: binary structures both ways; Markdown with plugins.
import construct as c, mistune
s = c.Struct("magic" / c.Const(b"AB"), "n" / c.Int8ub, "items" / c.Array(c.this.n, c.Struct("k" / c.Enum(c.Byte, one=1, two=2), "v" / c.PascalString(c.VarInt, "utf8"))), "flags" / c.BitStruct("a" / c.Flag, "b" / c.BitsInteger(7)), "rest" / c.GreedyBytes)
d = s.build(dict(n=2, items=[dict(k="one", v="x"), dict(k=5, v="yy")], flags=dict(a=True, b=9), rest=b"zz"))
print(d, s.parse(d), s.sizeof.__name__)
try: s.parse(b"AC")
except c.ConstructError as e: print(type(e).__name__, str(e).splitlines()[0])
try: s.parse(b"AB\x05\x01")
except c.ConstructError as e: print(type(e).__name__, str(e).splitlines()[0])
m = mistune.create_markdown(plugins=["table", "strikethrough", "footnotes", "task_lists"])
print(m("# T\n\n*a* **b** `c` ~~d~~ [l](http://x 'y') ![i](z)\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n- [x] done\n- 1\n  1. n\n\n> q\n\n```py\nx<1\n```\n<b>raw</b> foot[^1]\n\n[^1]: note\n"))
print(mistune.create_markdown(renderer="ast")("a\n\n* b\n"))
