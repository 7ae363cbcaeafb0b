# python3-bs4 python3-html5lib: parsing and searching damaged HTML with two parsers.
from bs4 import BeautifulSoup
d = '<html><head><title>T</title></head><body><p class="a b">x<b>y</b></p><p id=z>&eacute;<br>q<ul><li>1<li>2</ul><!-- c --></body>'
for p in ('html.parser', 'html5lib'):
    s = BeautifulSoup(d, p)
    print(s.prettify()); print(s.find_all('p')); print(s.select('p.a > b')); print(s.get_text('|')); print([t.name for t in s.descendants if t.name]); s.b.replace_with('new'); print(s.p)
