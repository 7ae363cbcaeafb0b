# python3-pygments: highlighting in several languages and formats.
import pygments, sys
from pygments import highlight
from pygments.lexers import get_lexer_by_name, guess_lexer, PythonLexer, JsonLexer, CLexer, HtmlLexer, BashLexer, SqlLexer
from pygments.formatters import HtmlFormatter, TerminalFormatter, NullFormatter, LatexFormatter, Terminal256Formatter, RawTokenFormatter
src = open('/usr/lib/python3.11/heapq.py').read()[:6000]
for F in (HtmlFormatter, TerminalFormatter, LatexFormatter, Terminal256Formatter):
    print(highlight(src, PythonLexer(), F()))
print(highlight('{"a": [1, 2.5, null, "x"]}', JsonLexer(), HtmlFormatter(linenos=True)))
print(highlight('int main(void) { return 0x10; /* c */ }\n#define X 1\n', CLexer(), HtmlFormatter(style='monokai', noclasses=True)))
print(highlight('<a href="x">&amp;<script>var x=1;</script></a>', HtmlLexer(), TerminalFormatter()))
print(highlight('for i in *; do echo "$i"; done', BashLexer(), TerminalFormatter()))
print(highlight("select * from t where a = 'b' -- c", SqlLexer(), RawTokenFormatter()))
for n in ['rust','go','java','ruby','perl','yaml','css','js','make','diff','xml','lua','haskell']:
    l = get_lexer_by_name(n); print(l, len(list(l.get_tokens(src))))
