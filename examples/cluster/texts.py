"""What the workers do: functions of a module that they have, too, and that are sent by their names."""
SYLLABLES = ["ka", "ri", "to", "me", "lun", "so", "per", "na", "vi", "dor"]


def make_text(seed):
    state = seed * 2654435761 % 2**32 + 1
    words = []
    for _ in range(20_000):
        word = ""
        for _ in range(1 + state % 3):
            state = (state * 1103515245 + 12345) % 2**31
            word += SYLLABLES[state // 65536 % 10]
        words.append(word)
    return " ".join(words)


def count_words(text):
    counts = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    return counts


def merge(parts):
    total = {}
    for counts in parts:
        for word, count in counts.items():
            total[word] = total.get(word, 0) + count
    return total
