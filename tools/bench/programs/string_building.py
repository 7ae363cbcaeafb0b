"""Text put together in every common way: +=, join, f-strings, replace, split."""
import sys


def build(n):
    text = ""
    for i in range(n):
        text += chr(97 + i % 26)
        if i % 10 == 9:
            text += " "
    words = text.split()
    lines = [f"{i:>6} {word.upper()} {len(word)}" for i, word in enumerate(words)]
    page = "\n".join(lines)
    return page.replace("ABC", "abc").count("abc"), len(page)


for _ in range(15):
    result = build(int(sys.argv[1]))
print(*result)
