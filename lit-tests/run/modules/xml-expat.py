# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# pyexpat: handlers, settings, errors, entities; the packages that stand on it.
import io
import pyexpat
import xml.dom.minidom
import xml.etree.ElementTree as ET
import xml.sax

DOCUMENT = b"""<?xml version='1.0' encoding='iso-8859-2'?>
<!DOCTYPE r SYSTEM "r.dtd" [
<!ELEMENT r (a|b*|(c, d?)+)><!ATTLIST r x CDATA "dx" y (m|n) #REQUIRED>
<!NOTATION n PUBLIC "pub"><!ENTITY pic SYSTEM "p.gif" NDATA n><!ENTITY e "text"><!ENTITY ext SYSTEM "e.xml">
]>
<r xmlns:k="urn:k" y="m"><?go now?><!-- c --><k:a k:z='1'>\xb1&e;&amp;</k:a><![CDATA[<raw>]]>&ext;</r>
"""


def parse(separator=None, **settings):
    p = pyexpat.ParserCreate(namespace_separator=separator)
    for name, value in settings.items():
        setattr(p, name, value)

    def show(name):
        def handler(*args):
            print(" ", name, *map(ascii, args))
            return 1
        return handler
    for name in dir(p):
        if name.endswith("Handler") and name not in ("DefaultHandler", "ExternalEntityRefHandler"):
            setattr(p, name, show(name))

    def external(context, *rest):
        print("  external", *map(ascii, rest))
        child = p.ExternalEntityParserCreate(context)
        return child.Parse(b"<inner/>", True)
    p.ExternalEntityRefHandler = external
    print(p.Parse(DOCUMENT, True), p.CurrentLineNumber, p.buffer_used, sorted(map(str, p.intern))[:4])


parse()
parse("|", ordered_attributes=True, buffer_text=True, namespace_prefixes=True, specified_attributes=1)
for text in ("<a>", "<a></b>", "<a>&x;</a>", "<a b='1' b='2'/>", "\x00", ""):
    try:
        pyexpat.ParserCreate().Parse(text, True)
    except pyexpat.ExpatError as e:
        print(e, e.code, e.lineno, e.offset, pyexpat.errors.messages[e.code])
p = pyexpat.ParserCreate()


def fails(name, attributes):
    raise LookupError(name, p.GetInputContext())


p.StartElementHandler = fails
try:
    p.Parse("<a><b/></a>", True)
except LookupError as e:
    print(e, p.StartElementHandler)
for action in (lambda: pyexpat.ParserCreate(1), lambda: pyexpat.ParserCreate(namespace_separator="ab"),
               lambda: pyexpat.ParserCreate(intern=3), lambda: setattr(p, "buffer_size", 0), lambda: delattr(p, "StartElementHandler"),
               lambda: p.ParseFile(3), lambda: pyexpat.ParserCreate().ParseFile(io.StringIO("x")), lambda: p.Parse(3)):
    try:
        print(action())
    except Exception as e:
        print(type(e).__name__, e)

tree = ET.fromstring("<a x='1'><b>t\u20ac</b>tail<c/></a>")
print(ET.tostring(tree), [e.tag for e in tree.iter()], tree.find("b").text, tree.attrib)
print(xml.dom.minidom.parseString("<a><b c='d'>e</b></a>").toprettyxml(indent=" "))


class Content(xml.sax.ContentHandler):
    def startElement(self, name, attrs):
        print("start", name, dict(attrs))

    def characters(self, content):
        print("text", repr(content))


xml.sax.parseString(b"<a><b c='d'>e\nf</b></a>", Content())

# A handler that cannot be called ends the parsing.
from xml.parsers import expat
p = expat.ParserCreate()
p.StartElementHandler = 3
for text in "<a/>", "<b/>":
    try:
        p.Parse(text)
    except (TypeError, expat.ExpatError) as e:
        print(type(e).__name__, e)
    print(p.ErrorCode, p.CurrentLineNumber)
