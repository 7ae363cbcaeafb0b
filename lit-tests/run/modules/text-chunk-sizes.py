# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 --verify-each %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# TextIOWrapper._CHUNK_SIZE of streams that are not made yet, or detached: refused before anything is asked of the value.
import io


class Size:
    def __index__(self):
        print("asked")
        return 16


def tried(f, *arguments):
    try:
        print(f(*arguments))
    except Exception as e:
        print(type(e).__name__, e)


unmade = io.TextIOWrapper.__new__(io.TextIOWrapper)
detached = io.TextIOWrapper(io.BytesIO())
detached.detach()
for stream in unmade, detached, io.TextIOWrapper(io.BytesIO()):
    for value in Size(), 0, "a":
        tried(setattr, stream, "_CHUNK_SIZE", value)
    tried(delattr, stream, "_CHUNK_SIZE")
    tried(getattr, stream, "_CHUNK_SIZE")
