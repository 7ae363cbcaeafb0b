"""Words and pairs of words counted in dicts: hashing, get, setdefault, tuples as keys, sorting."""
import sys


def text(n):
    state = 12345
    for _ in range(n):
        state = (state * 1103515245 + 12345) % 2147483648
        yield "w" + str((state >> 8) % 2000)


def count(n):
    words, pairs, places = {}, {}, {}
    last = None
    for i, word in enumerate(text(n)):
        words[word] = words.get(word, 0) + 1
        places.setdefault(word, []).append(i)
        if last is not None:
            key = last[:2], word
            pairs[key] = pairs.get(key, 0) + 1
        last = word
    return words, pairs, places


words, pairs, places = count(int(sys.argv[1]))
print(sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))[:3])
print(len(words), len(pairs), max(len(p) for p in places.values()))
