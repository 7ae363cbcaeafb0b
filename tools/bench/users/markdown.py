"""Markdown to HTML: headings, paragraphs, lists within lists, quotes, code, tables, emphasis, links and footnotes."""
import html
import re
import sys

INLINE = re.compile(r"(?P<code>`+)(?P<code_text>.+?)(?P=code)|!\[(?P<alt>[^\]]*)\]\((?P<src>[^)\s]+)\)|\[\^(?P<note>\w+)\]|"
                    r"\[(?P<text>[^\]]+)\]\((?P<url>[^)\s]+)(?: \"(?P<title>[^\"]*)\")?\)|(?P<strong>\*\*|__)(?=\S)(?P<strong_text>.+?)(?<=\S)(?P=strong)|"
                    r"(?P<em>[*_])(?=\S)(?P<em_text>.+?)(?<=\S)(?P=em)|~~(?P<del>.+?)~~|<(?P<auto>https?://[^>]+)>|(?P<break>  \n)|\\(?P<escaped>[\\`*_{}\[\]()#+.!-])")
LIST_ITEM = re.compile(r"^(?P<indent> *)(?P<mark>[-*+]|\d+[.)]) (?P<text>.*)$")
HEADING = re.compile(r"^(#{1,6}) +(.*?)(?: +#+)?$")
FENCE = re.compile(r"^(```|~~~)(\w*)")


class Element:
    def __init__(self, tag, children=None, **attributes):
        self.tag = tag
        self.children = children if children is not None else []
        self.attributes = attributes

    def render(self, out):
        attributes = "".join(f' {name.rstrip("_")}="{html.escape(str(value))}"' for name, value in self.attributes.items() if value is not None)
        out.append(f"<{self.tag}{attributes}>")
        for child in self.children:
            if isinstance(child, Element):
                child.render(out)
            else:
                out.append(child)
        out.append(f"</{self.tag}>")
        if self.tag in ("p", "ul", "ol", "li", "table", "tr", "pre", "blockquote", "h1", "h2", "h3"):
            out.append("\n")


class Rule(Element):
    def render(self, out):
        out.append("<hr>\n")


class Document:
    def __init__(self):
        self.headings = []
        self.notes = {}
        self.used_notes = []
        self.slugs = set()
        self.words = 0

    # ---- inline ----
    def inline(self, text):
        out = []
        position = 0
        for found in INLINE.finditer(text):
            out.append(self.plain(text[position:found.start()]))
            out.append(self.span(found))
            position = found.end()
        out.append(self.plain(text[position:]))
        return "".join(out)

    def plain(self, text):
        self.words += len(text.split())
        text = html.escape(text, quote=False)
        return text.replace("--", "–").replace("...", "…")

    def span(self, found):
        kind = found.lastgroup
        if found["code"]:
            return f"<code>{html.escape(found['code_text'].strip())}</code>"
        if found["src"]:
            return f'<img src="{html.escape(found["src"])}" alt="{html.escape(found["alt"])}">'
        if found["note"]:
            return self.note_link(found["note"])
        if found["url"]:
            title = f' title="{html.escape(found["title"])}"' if found["title"] else ""
            return f'<a href="{html.escape(found["url"])}"{title}>{self.inline(found["text"])}</a>'
        if found["strong"]:
            return f"<strong>{self.inline(found['strong_text'])}</strong>"
        if found["em"]:
            return f"<em>{self.inline(found['em_text'])}</em>"
        if found["del"]:
            return f"<del>{self.inline(found['del'])}</del>"
        if found["auto"]:
            return f'<a href="{found["auto"]}">{found["auto"]}</a>'
        if found["break"]:
            return "<br>\n"
        assert kind == "escaped"
        return html.escape(found["escaped"])

    def note_link(self, name):
        if name not in self.used_notes:
            self.used_notes.append(name)
        number = self.used_notes.index(name) + 1
        return f'<sup><a href="#note-{name}">{number}</a></sup>'

    def slug(self, text):
        slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "section"
        candidate = slug
        n = 1
        while candidate in self.slugs:
            n += 1
            candidate = f"{slug}-{n}"
        self.slugs.add(candidate)
        return candidate

    # ---- blocks ----
    def blocks(self, lines):
        elements = []
        i = 0
        while i < len(lines):
            line = lines[i]
            if not line.strip():
                i += 1
                continue
            heading = HEADING.match(line)
            fence = FENCE.match(line)
            if heading:
                level = len(heading[1])
                slug = self.slug(heading[2])
                self.headings.append((level, heading[2], slug))
                elements.append(Element(f"h{level}", [self.inline(heading[2])], id=slug))
                i += 1
            elif fence:
                i, element = self.code(lines, i, fence)
                elements.append(element)
            elif line.startswith("    "):
                body = []
                while i < len(lines) and (lines[i].startswith("    ") or not lines[i].strip()):
                    body.append(lines[i][4:])
                    i += 1
                elements.append(Element("pre", [html.escape("\n".join(body).rstrip())]))
            elif re.match(r"^ {0,3}([-*_])( *\1){2,} *$", line):
                elements.append(Rule("hr"))
                i += 1
            elif line.startswith(">"):
                body = []
                while i < len(lines) and lines[i].startswith(">"):
                    body.append(re.sub(r"^> ?", "", lines[i]))
                    i += 1
                elements.append(Element("blockquote", self.blocks(body)))
            elif LIST_ITEM.match(line):
                i, element = self.list(lines, i)
                elements.append(element)
            elif "|" in line and i + 1 < len(lines) and re.match(r"^\|?[ :|-]+\|[ :|-]*$", lines[i + 1]):
                i, element = self.table(lines, i)
                elements.append(element)
            else:
                body = []
                while i < len(lines) and lines[i].strip() and not lines[i].startswith(">") and not (
                        HEADING.match(lines[i]) or FENCE.match(lines[i]) or LIST_ITEM.match(lines[i])):
                    body.append(lines[i])
                    i += 1
                elements.append(Element("p", [self.inline("\n".join(body))]))
        return elements

    def code(self, lines, i, fence):
        body = []
        i += 1
        while i < len(lines) and not lines[i].startswith(fence[1]):
            body.append(lines[i])
            i += 1
        language = f"language-{fence[2]}" if fence[2] else None
        text = html.escape("\n".join(body))
        if fence[2] == "python":
            text = re.sub(r"\b(def|class|return|for|in|if|else|import)\b", r"<b>\1</b>", text)
        return i + 1, Element("pre", [Element("code", [text], class_=language)])

    def list(self, lines, i):
        first = LIST_ITEM.match(lines[i])
        indent = len(first["indent"])
        ordered = first["mark"][0].isdigit()
        items = []
        while i < len(lines):
            found = LIST_ITEM.match(lines[i])
            if not found or len(found["indent"]) != indent or found["mark"][0].isdigit() != ordered:
                break
            body = [found["text"]]
            width = indent + len(found["mark"]) + 1
            i += 1
            while i < len(lines) and (lines[i].startswith(" " * (indent + 2)) or (not lines[i].strip() and i + 1 < len(lines) and lines[i + 1].startswith(" " * width))):
                body.append(lines[i][min(width, len(lines[i]) - len(lines[i].lstrip())):])
                i += 1
            children = self.blocks(body)
            if children and children[0].tag == "p":
                children[0:1] = children[0].children
            items.append(Element("li", children))
        return i, Element("ol" if ordered else "ul", items)

    def table(self, lines, i):
        def cells(line):
            return [c.strip() for c in line.strip().strip("|").split("|")]
        header = cells(lines[i])
        aligns = [("center" if c.endswith(":") else "left") if c.startswith(":") else "right" if c.endswith(":") else None for c in cells(lines[i + 1])]
        rows = [Element("tr", [Element("th", [self.inline(c)], align=a) for c, a in zip(header, aligns)])]
        i += 2
        while i < len(lines) and "|" in lines[i]:
            rows.append(Element("tr", [Element("td", [self.inline(c)], align=a) for c, a in zip(cells(lines[i]), aligns)]))
            i += 1
        return i, Element("table", rows)

    def convert(self, text):
        lines = []
        for line in text.expandtabs(4).splitlines():
            note = re.match(r"^\[\^(\w+)\]: (.*)$", line)
            if note:
                self.notes[note[1]] = note[2]
            else:
                lines.append(line)
        out = []
        for element in self.blocks(lines):
            element.render(out)
        if self.used_notes:
            items = [Element("li", [self.inline(self.notes.get(n, "missing"))], id=f"note-{n}") for n in self.used_notes]
            Element("ol", items, class_="notes").render(out)
        return "".join(out)

    def contents(self):
        return "\n".join("  " * (level - 1) + f"- {text} (#{slug})" for level, text, slug in self.headings)


TEXT = '''# The *Great* Manual, part {n}

A paragraph with **bold**, *emphasis*, `code`, a [link](https://example.org/{n} "A title") and a note[^n{n}].
It goes on -- with a dash, 1 < 2 & 3 > 2, and an escaped \\*star\\*.  
After a break ... the end.

## Lists {n}

- one
- two with **strong text**
  1. first
  2. second, ~~wrong~~ right
     - deeper `x < y`
- three

    indented code {n}
    more <code>

> A quotation
> with *two* lines
>
> - and a list

```python
def f(x):
    return x if x else [y for y in range({n})]
```

| name | value | unit |
|:-----|------:|:----:|
| size | {n} | `kB` |
| time | 1.5 | **s** |
| both | _a_ | <https://example.com> |

![picture](images/{n}.png)

---

[^n{n}]: The note says *something* about {n}.
'''


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    text = "\n".join(TEXT.replace("{n}", str(i)) for i in range(size))
    document = Document()
    result = document.convert(text)
    print(result[:1800])
    print(len(result), document.words, len(document.headings), hash_of(result))
    print(document.contents()[:200])


def hash_of(text):
    value = 0
    for c in text:
        value = (value * 31 + ord(c)) % 1000003
    return value


if __name__ == "__main__":
    main()
