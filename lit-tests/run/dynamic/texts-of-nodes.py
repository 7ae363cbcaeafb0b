# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Fields of nodes that are texts: str, bytes or None, and no subclass of these.
import ast


class Text(str):
    pass


class Bytes(bytes):
    pass


SOURCES = {
    "kind": ["u'a'", "1"],
    "type_comment": ["a = 1", "def f(): pass", "async def f(): pass", "for a in b: pass", "with a: pass"],
}
for field, sources in SOURCES.items():
    for source in sources:
        for value in "u", b"u", None, Text("u"), Bytes(b"u"), 3:
            tree = ast.parse(source)
            node = tree.body[0].value if field == "kind" else tree.body[0]
            setattr(node, field, value)
            try:
                compile(tree, "tree", "exec")
                print(source, repr(value), "compiled")
            except TypeError as e:
                print(source, repr(value), e)
tree = ast.parse("lambda a: 0", mode="eval")
tree.body.args.args[0].type_comment = 1
try:
    compile(tree, "tree", "eval")
except TypeError as e:
    print(e)
for tag in "", b" here", None, Text("u"), Bytes(b"u"), 3:
    tree = ast.parse("a = 1  # type: ignore", type_comments=True)
    tree.type_ignores[0].tag = tag
    try:
        compile(tree, "tree", "exec")
        print("ignored", repr(tag), "compiled")
    except TypeError as e:
        print("ignored", repr(tag), e)
