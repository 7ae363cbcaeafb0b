# python3-pycparser: C parsed, shown and written again.
from pycparser import c_parser, c_generator, c_ast
src = '''typedef struct node { int v; struct node *next; } node_t;
static const unsigned long a[3] = {1, 2u, 0x3UL};
int f(int x, char *s, ...) { for (int i = 0; i < x; ++i) { if (s[i] == 'c') continue; else s[i] += (char)sizeof(node_t); } 
  switch (x) { case 1: return 2; default: break; } do { x--; } while (x > 0); goto end; end: return x ? x << 2 : ~x; }
enum E { A = 1, B }; int (*fp)(int, void (*)(void)); union { float f; int i; } u = {.i = 3};'''
ast = c_parser.CParser().parse(src, "x.c")
print(c_generator.CGenerator().visit(ast))
import io
b = io.StringIO(); ast.show(buf=b, attrnames=True, nodenames=True, showcoord=True); print(b.getvalue())
class V(c_ast.NodeVisitor):
    def visit_FuncDef(self, n): print(n.decl.name, n.decl.coord)
V().visit(ast)
try: c_parser.CParser().parse("int x = ;", "bad.c")
except Exception as e: print(type(e).__name__, e)
