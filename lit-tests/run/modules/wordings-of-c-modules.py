# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp -O2 %s | diff %s.out -
# Small wordings of library modules in C.
import csv, datetime, decimal, io, queue
for f in (lambda: csv.reader([], foo=1), lambda: csv.writer(io.StringIO(), 'excel', bar=2), lambda: decimal.Decimal(1, 2, 3), lambda: decimal.Decimal(foo=1),
          lambda: queue.SimpleQueue().get(timeout=0.001), lambda: queue.SimpleQueue().get_nowait(), lambda: open('/dev/null', newline='x'),
          lambda: io.StringIO('', newline='x'), lambda: io.TextIOWrapper(io.BytesIO()).reconfigure(newline='\n\n')):
    try: print(f())
    except Exception as e: print(repr(e), e.args)
utc = datetime.timezone.utc
print(repr(datetime.datetime(1, 1, 1, fold=1, tzinfo=utc)), repr(datetime.datetime(1, 1, 1, fold=1)), repr(datetime.time(1, fold=1, tzinfo=utc)), repr(datetime.time(1, 2, 3, fold=1)))
t = io.TextIOWrapper(io.BytesIO(b'a\r\nb\n'))
print(t.read(), t.newlines, t.seek(0), t.newlines, t.readline(), t.newlines)
