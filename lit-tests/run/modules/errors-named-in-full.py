# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Exceptions that CPython makes from specifications are named with their module in messages, as others are not.
import binascii
import csv
import ssl
import traceback
import zlib

for cls in (csv.Error, ssl.SSLError, zlib.error, binascii.Error):
    for make in (lambda: cls().missing, lambda: cls.missing, lambda: cls() + 1, lambda: cls(x=1), lambda: repr(cls), lambda: cls.__name__,
                 lambda: cls.__qualname__, lambda: cls.__module__, lambda: repr(cls(1)), lambda: type("Derived", (cls,), {})().missing):
        try:
            print(make())
        except (AttributeError, TypeError) as e:
            print(type(e).__name__, e)
    print(traceback.format_exception_only(cls("text")))
