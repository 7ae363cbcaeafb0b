# RUN: krait emit --llvm -O2 %s | FileCheck %s
# Where texts are expected, their items and comparisons are done in place: a character that all texts share by its address, an order by the first character.

# CHECK-LABEL: define internal i64 @__main__.scan(
# CHECK-DAG: @krt_latin1_chars
# CHECK-DAG: call i32 @krt_test_text_slow(
# CHECK-DAG: call i32 @krt_test_slow(
# CHECK-LABEL: define internal i64 @__main__.walk(
# CHECK: load ptr, ptr getelementptr inbounds (i8, ptr @_ZN5krait10objectTypeE,
# CHECK-LABEL: define available_externally
def scan(text, n):
    found = 0
    for i in range(n):
        c = text[i]
        if c == '+':
            found += 1
        elif '0' <= c <= '9':
            found += 2
    return found

class Node:
    def __init__(self, next):
        self.next = next

def walk(node, end):
    n = 0
    while node.next != end:
        node = node.next
        n += 1
    return n

scan('a+b', 3)
end = Node(None)
walk(Node(end), end)
