# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# datetime.strptime, each twice: what is read at once, what only the regular expression finds, and what is wrong.
import _strptime
from datetime import datetime


def read(text, form):
    for _ in range(2):
        try:
            print(datetime.strptime(text, form), end=" ")
        except Exception as e:
            print(type(e).__name__, e, end=" ")
    print()


for text, form in (
    ("2024-03-01 12:30", "%Y-%m-%d %H:%M"), ("2024-3-1 2:3:4", "%Y-%m-%d %H:%M:%S"), ("01/Mar/2024:10:11:12", "%d/%b/%Y:%H:%M:%S"),
    ("1 march 2024", "%d %B %Y"), ("May 5 99", "%b %d %y"), ("may 5 68", "%B %d %y"), ("Mon Feb 29 2016", "%a %b %d %Y"),
    ("monday, 01. january 2024", "%A, %d. %B %Y"), ("12:05 AM", "%I:%M %p"), ("12:05 pm", "%I:%M %p"), ("07:05 PM", "%I:%M %p"), ("7", "%I"), ("12", "%I"),
    ("20240301123059", "%Y%m%d%H%M%S"), ("2024315", "%Y%m%d"), ("111", "%d%m"), ("1112", "%d%m"), ("1:2:3.5", "%H:%M:%S.%f"), ("1:2:3.123456", "%H:%M:%S.%f"),
    ("1:2:3.1234567", "%H:%M:%S.%f"), ("2024-03-01T12:30:00", "%Y-%m-%dt%H:%M:%S"), ("a  b\t2024", "A B %Y"), ("ab2024", "a b%Y"),
    (" 5 2024", " %d %Y"), ("x 5", "x%d"), ("x 15", "x%d"), ("5 ", "%d"), ("5 ", "%d "), ("100% 7", "100%% %d"), ("0", "%d"), ("00", "%d"), ("32", "%d"), ("13", "%m"),
    ("24:00", "%H:%M"), ("23:60", "%H:%M"), ("59", "%S"), ("60", "%S"), ("61", "%S"), ("62", "%S"), ("2023-02-29", "%Y-%m-%d"), ("02-29", "%m-%d"), ("0000", "%Y"), ("0001", "%Y"),
    ("99", "%Y"), ("2024-060", "%Y-%j"), ("2024 10 1", "%Y %W %w"), ("2024-W10-1", "%G-W%V-%u"), ("2024-01-01 +0100", "%Y-%m-%d %z"), ("12:00 UTC", "%H:%M %Z"),
    ("Fri Mar  1 12:00:00 2024", "%c"), ("03/01/24", "%x"), ("12:00:01", "%X"), ("2024 2025", "%Y %Y"), ("24 2025", "%y %Y"), ("Mar March", "%b %B"),
    ("1 2", "%d %d"), ("5", "%"), ("5", "%Q"), ("5", "%-d"), ("", ""), ("", "%Y"), ("2024", ""), ("2024.", "%Y?"), ("(2024)", "(%Y)"), ("[x]*+", "[x]*+"),
    ("\u0662\u0660\u0662\u0664", "%Y"), ("\u212a 2024", "k %Y"), ("K 2024", "k %Y"), ("2024\x0003", "%Y\x00%m"), ("AM 3", "%p %H"), ("3 7 PM", "%H %I %p"),
):
    read(text, form)


class Moment(datetime):
    pass


print(repr(Moment.strptime("2024", "%Y")), type(datetime.strptime("2024", "%Y")) is datetime)
for wrong in (5, None, b"2024"):
    try:
        datetime.strptime(wrong, "%Y")
    except TypeError as e:
        print(e)

real = _strptime._strptime
_strptime._strptime = lambda text, form: ((1999, 1, 2, 3, 4, 5, 0, 0, -1, None, None), 6, 0)
print(datetime.strptime("2024", "%Y"))
_strptime._strptime = real
print(datetime.strptime("2024", "%Y"))
