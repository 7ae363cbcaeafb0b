# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# Whether extensions of the database may be loaded, and what is said of one that is not there.
import sqlite3
import sys

connection = sqlite3.connect(":memory:")


def show(question):
    try:
        print(question())
    except (sqlite3.Error, TypeError, ValueError) as error:
        print(type(error).__name__, error)


sys.addaudithook(lambda event, args: event.startswith("sqlite3") and print(event, args[1:]))
show(lambda: connection.enable_load_extension(True))
show(lambda: connection.load_extension("/nonexistent"))
show(lambda: connection.load_extension(1))
show(lambda: connection.load_extension("a\0b"))
show(lambda: connection.load_extension())
show(lambda: connection.enable_load_extension(None))
show(lambda: connection.enable_load_extension(False))
show(lambda: connection.load_extension("/nonexistent"))
connection.close()
show(lambda: connection.enable_load_extension(1))
show(lambda: connection.load_extension("a"))
