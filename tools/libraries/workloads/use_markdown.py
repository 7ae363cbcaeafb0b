# python3-markdown: Markdown with the extensions that ship with it.
import markdown
t = '''# Title {#id}

para *em* **strong** `code` [link](http://x "t") ![img](a.png)

* a
* b
    1. c
    2. d

> quote
> more

    code block <x>

| a | b |
|---|--:|
| 1 | 2 |

```python
def f(): pass
```

Term
:   Def[^1]

[^1]: foot

*[HTML]: Hyper
HTML is

[TOC]
'''
print(markdown.markdown(t, extensions=['extra', 'toc', 'codehilite', 'sane_lists', 'smarty', 'meta', 'admonition', 'nl2br', 'wikilinks']))
print(markdown.markdown(t))
