# python3-mako: templates compiled to Python modules.
from mako.template import Template
print(Template('''<%def name="f(x)">[${x|h}]</%def>
% for i in range(3):
${f('<%d>' % i)} ${loop.index}
% endfor
<%! import math %>${math.floor(2.5)} ${capture(f, 1)}
''').render())
