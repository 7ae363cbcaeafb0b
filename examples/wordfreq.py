"""Counts the words of a text: ./bootstrap run examples/wordfreq.py LICENSE"""
import sys


def words(lines):
    """Yields the words of some lines, lower case, without punctuation."""
    for line in lines:
        word = []
        for c in line.lower():
            if c.isalpha() or (c == "'" and word):
                word.append(c)
            elif word:
                yield "".join(word).rstrip("'")
                word.clear()
        if word:
            yield "".join(word).rstrip("'")


def bar(count, most, width=40):
    return "#" * max(1, round(count * width / most))


def main(argv):
    if len(argv) < 2:
        print(f"usage: {argv[0]} FILE [HOW-MANY]", file=sys.stderr)
        return 2
    how_many = int(argv[2]) if len(argv) > 2 else 15
    counts = {}
    total = 0
    with open(argv[1], encoding="utf-8") as file:
        for word in words(file):
            counts[word] = counts.get(word, 0) + 1
            total += 1
    print(f"{total} words, {len(counts)} different")
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:how_many]
    most = ranked[0][1] if ranked else 1
    for word, count in ranked:
        print(f"{word:>14} {count:5} {count / total:6.2%} {bar(count, most)}")
    longest = max(counts, key=lambda w: (len(w), w), default="")
    print(f"longest: {longest!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
