# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# A weak reference answers None while its target waits in the trash can with a count of 0.
import _weakref


class Node:
    def __init__(self, following):
        self.following = following


refs = []


def look(ref):
    # Runs in the middle of the chain's destruction.
    for other in refs:
        other()


head = None
for i in range(300):
    head = Node(head)
    refs.append(_weakref.ref(head, look))
del head
print(sum(ref() is None for ref in refs))
