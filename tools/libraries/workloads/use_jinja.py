# python3-jinja2: templates with inheritance, macros, filters, the sandbox and errors.
import jinja2
env = jinja2.Environment(loader=jinja2.DictLoader({
 'base.html': '<html>{% block title %}x{% endblock %}<body>{% block body %}{% endblock %}</body></html>',
 'page.html': '''{% extends "base.html" %}{% from "macros.html" import field with context %}
{% block title %}{{ super() }} {{ title|upper }}{% endblock %}
{% block body %}{% for u in users if u.age > 3 recursive %}{{ loop.index }}/{{ loop.length }} {{ u.name|e }} {{ "%05.2f"|format(u.age) }}
{% else %}none{% endfor %}{% set ns = namespace(total=0) %}{% for i in range(10) %}{% set ns.total = ns.total + i %}{% endfor %}{{ ns.total }}
{{ field('a', value=3) }}{% filter indent(4) %}x
y{% endfilter %}{{ users|map(attribute='name')|join(', ') }} {{ [3,1,2]|sort|list }} {{ {'a':1}|tojson }} {% raw %}{{ }}{% endraw %}
{{ users|groupby('age')|list|length }} {{ 'abc' is string }} {{ missing is defined }} {{ "a b c"|wordcount }} {{ 3 ** 4 // 5 }}{% endblock %}''',
 'macros.html': '{% macro field(n, value="", type="text") -%}<input name="{{ n }}" value="{{ value }}" type={{ type }} {{ varargs }} {{ kwargs }}>{% endmacro %}',
}), autoescape=True)
class U:
    def __init__(s, n, a): s.name, s.age = n, a
print(env.get_template('page.html').render(title='Hello', users=[U('<a>', 4), U('bob', 5), U('c', 1)]))
try:
    env.from_string('{% for %}')
except jinja2.TemplateSyntaxError as e: print(type(e), e, e.lineno)
try:
    env.from_string('{{ a.b.c }}').render()
except jinja2.UndefinedError as e: print(e)
try:
    env.from_string('x\n{{ 1/0 }}').render()
except ZeroDivisionError as e:
    import traceback; traceback.print_exc(file=__import__('sys').stdout)
from jinja2.sandbox import SandboxedEnvironment
try: print(SandboxedEnvironment().from_string('{{ x.__class__.__mro__ }}').render(x=1))
except Exception as e: print(repr(e))
