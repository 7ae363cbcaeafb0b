# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Formats of %s alone: of few and many texts, of ASCII and not, of subclasses; which results are objects that were there.


class Own(str):
    def __str__(self):
        return 'own ' + self.upper()


def text(s):
    return ''.join(list(s))  # no constant


def identities(a, b):
    return ['%s' % a is a, '%s' % (b,) is b, text('no conversion') % () == 'no conversion', a % () is a, '%s' % Own(a) is a]


print(identities(text('abc'), text('de')), identities(text('é'), text('日')))
for form in 'abc %s', '%s abc', '[%s]', '%s', '%%s', '%s%%', 'a%', '%', '%s %d', '%-5s|', '%(x)s', 'é %s', '日%s', '', 'x', '%s\0', '%\0':
    for args in 'q', '', 'text', 'é', '日', Own('sub'), 5, None, ('one',), ('', ), (), ('a', 'b'), {'x': 'y'}, ['l']:
        try:
            print(ascii(form), ascii(args), ascii(form % args), type(Own(form) % args).__name__)
        except (TypeError, ValueError, KeyError) as e:
            print(ascii(form), ascii(args), type(e).__name__, e)
for n in range(12):
    words = tuple(text('word%d' % i) for i in range(n))
    form = ', '.join(['%s'] * n)
    print(form % words, len(('<' + form + '>') % words), ('%s' * n) % words == ''.join(words))
    for wrong in words + ('more',), words[1:]:
        try:
            print(form % wrong)
        except TypeError as e:
            print(e)
print(hash('a%s' % 'b') == hash('ab'), {'a%s' % 'b': 1}['ab'], ('%s.%s' % ('a', 'b')).isascii())
