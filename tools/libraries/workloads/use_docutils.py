# python3-docutils: reStructuredText to HTML, LaTeX, XML.
from docutils.core import publish_string
t = '''
Title
=====
Sub
---
para *em* **st** ``lit`` `link <http://x>`_ [1]_

.. [1] foot

- a
- b

1. one
2. two

====  ====
a     b
====  ====
1     2
====  ====

.. note:: careful
.. code:: python

   def f(): pass

:field: value

term
  definition
'''
for w in ('html5', 'pseudoxml', 'latex', 'xml'):
    print(publish_string(t, writer_name=w, settings_overrides={'datestamp': None, 'generator': None}).decode()[:6000])
