# RUN: krait-interp %s | diff %s.out -
# RUN: krait run %s | diff %s.out -
# The tokens of _tokenize, with the columns of tokens that have none.
from tokenize import _generate_tokens_from_c_tokenizer

SOURCE = """\
async def f(a, *, b=1):
    '''Two
    lines'''
    if a:
        return [x @ 1.5e3j for x in b"raw" \\
                if x != 0x_ff]
pass
"""
for token in _generate_tokens_from_c_tokenizer(SOURCE):
    print(token.type, repr(token.string), token.start, token.end)
try:
    list(_generate_tokens_from_c_tokenizer("x = (1"))
except SyntaxError as error:
    print(error.msg, error.lineno, error.offset)
