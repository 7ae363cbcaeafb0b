// Sorting by words. Small ints, floats, bools and the beginnings of texts map to unsigned
// words of the same order; those are distributed by their digits of eight bits, the
// lowest first (a radix sort, which is stable), without one comparison. Only digits
// in which words differ count, and of those only so many of the highest as make most
// words distinct: insertion settles the rest, unless that turns out to be a lot.
//
// Texts go by the seven bytes behind what all of them begin with, and their length as
// far as it is below eight. Those whose words are equal and which are longer are
// sorted among themselves likewise. Tuples and lists go by their first items, then, among those
// with equal ones, by the next. If those are of no such kind the keys are put back as
// they were: comparisons that may run code belong to the general sort, in its order.
//
// Of few keys, texts and numbers alone are put in order by comparing their words: short
// runs by insertion, then merges of these, in memory of the stack. Where the words are
// equal all goes on as above.
// Very few keys, and many that are nearly in order already, are left to timsort.
#include "runtime/types/word_sort.h"

#include <algorithm>
#include <bit>

namespace krait {

namespace {

constexpr int64_t kFewest = 3, kFew = 64, kMost = int64_t{1} << 24;
constexpr int kDigit = 8;
constexpr uint64_t kSignBit = uint64_t{1} << 63;

/// A key's word and where the key stood.
struct Entry {
  uint64_t word;
  int64_t index;
};
uint64_t wordOf(uint64_t word) { return word; }
uint64_t wordOf(const Entry& entry) { return entry.word; }

// ---- sorting words ----------------------------------------------------------

template <class E> uint64_t differingBits(const E* entries, int64_t n) {
  uint64_t bits = 0;
  for (int64_t i = 1; i < n; ++i) bits |= wordOf(entries[i]) ^ wordOf(entries[0]);
  return bits;
}
/// A few steps go down, or as few up, at most: timsort finds the runs. Merging more of them takes longer than distributing.
template <class E> bool isNearlyOrdered(const E* entries, int64_t n) {
  constexpr int64_t kFewSteps = 4;
  int64_t falls = 0, rises = 0;
  for (int64_t i = 1; i < n; ++i) {
    falls += wordOf(entries[i]) < wordOf(entries[i - 1]);
    rises += wordOf(entries[i]) > wordOf(entries[i - 1]);
  }
  return falls <= kFewSteps || rises <= kFewSteps;
}

template <class E> void distribute(const E* from, E* to, int64_t n, int shift) {
  uint32_t places[1 << kDigit] = {};
  auto digit = [shift](const E& e) { return wordOf(e) >> shift & ((1 << kDigit) - 1); };
  for (int64_t i = 0; i < n; ++i) ++places[digit(from[i])];
  uint32_t next = 0;
  for (uint32_t& place : places) next += std::exchange(place, next);
  for (int64_t i = 0; i < n; ++i) to[places[digit(from[i])]++] = from[i];
}

/// Insertion sort; false when that takes more than a few moves for each.
template <class E> bool settle(E* entries, int64_t n) {
  int64_t moves = 0;
  for (int64_t i = 1; i < n; ++i) {
    const E e = entries[i];
    int64_t k = i;
    for (; k && wordOf(entries[k - 1]) > wordOf(e); --k) entries[k] = entries[k - 1];
    entries[k] = e;
    moves += i - k;
    if (moves > 2 * n) return false;
  }
  return true;
}

/// Sorts entries whose words differ in these bits: the answer is where they are then, the array itself or `spare`.
template <class E> E* distributeAll(E* entries, E* spare, int64_t n, uint64_t bits) {
  int shifts[64 / kDigit], count = 0;
  for (uint64_t rest = bits; rest;) {
    const int shift = std::min(std::countr_zero(rest), 64 - kDigit);
    shifts[count++] = shift;
    rest &= ~(uint64_t{(1 << kDigit) - 1} << shift);
  }
  int from = count, known = 0;
  const int enough = std::bit_width(static_cast<uint64_t>(n)) + kDigit;
  while (from && known < enough) known += std::popcount(bits >> shifts[--from] & ((1 << kDigit) - 1));
  for (int pass = 0;; from = 0) {
    for (pass = from; pass < count; ++pass) {
      distribute(entries, spare, n, shifts[pass]);
      std::swap(entries, spare);
    }
    if (!from || settle(entries, n)) return entries;
  }
}

/// Merges two runs that stand one behind the other.
void mergeRuns(const uint64_t* a, const uint64_t* b, const uint64_t* end, uint64_t* to) {
  const uint64_t *left = a, *right = b;
  if (b[-1] > *b) {
    while (left != b && right != end) { // which one is less cannot be foretold: no branch
      const uint64_t x = *left, y = *right;
      const bool takesRight = y < x;
      *to++ = takesRight ? y : x;
      left += !takesRight;
      right += takesRight;
    }
  }
  to = std::copy(left, b, to);
  std::copy(right, end, to);
}

/// Sorts a few words: the answer is where they are then, the array itself or `spare`.
uint64_t* sortFewWords(uint64_t* words, uint64_t* spare, int64_t n) {
  constexpr int64_t kRun = 8;
  for (int64_t from = 0; from < n; from += kRun) {
    const int64_t end = std::min(from + kRun, n);
    for (int64_t i = from + 1; i < end; ++i) {
      const uint64_t word = words[i];
      int64_t k = i;
      for (; k > from && words[k - 1] > word; --k) words[k] = words[k - 1];
      words[k] = word;
    }
  }
  for (int64_t width = kRun; width < n; width *= 2) {
    for (int64_t from = 0; from < n; from += 2 * width) {
      const int64_t middle = std::min(from + width, n), end = std::min(middle + width, n);
      if (middle == end) std::copy(words + from, words + end, spare + from);
      else mergeRuns(words + from, words + middle, words + end, spare + from);
    }
    std::swap(words, spare);
  }
  return words;
}

// ---- words of keys ----------------------------------------------------------

/// Less the least of them: so few numbers below and above zero, or about a large one, have few digits.
uint64_t wordOfInt(Value v, Value least) { return v.bits - least.bits; }
Value intOfWord(uint64_t word, Value least) { return Value(word + least.bits); }
/// The least of `n` small ints.
template <class At> Value leastOf(int64_t n, At at) {
  auto least = INT64_MAX;
  for (int64_t i = 0; i < n; ++i) least = std::min(least, static_cast<int64_t>(at(i).bits));
  return Value(static_cast<uint64_t>(least));
}
/// A double's bits are in order as they are; below zero the other way round.
uint64_t wordOfFloat(Value v) {
  const auto bits = std::bit_cast<uint64_t>(v.immediateFloat());
  return bits & kSignBit ? ~bits : bits | kSignBit;
}
Value floatOfWord(uint64_t word) {
  return Value::immediateOf(std::bit_cast<double>(word & kSignBit ? word ^ kSignBit : ~word));
}

constexpr uint64_t kTextGoesOn = 8, kLengthMask = 15;
// Of a few keys' words: the lowest bits are a number.
constexpr int kTextShift = 8, kNumberBits = 6;
constexpr uint64_t kNumberMask = kFew - 1;
constexpr uint8_t kDifferentLengths = 0xff;
/// Seven bytes from `start`, zeros behind the end; then how many there are, up to 8.
uint64_t wordOfText(Value v, int64_t start) {
  const StrObject* s = asStr(v);
  const uint8_t* p = s->data() + start;
  const int64_t n = s->length - start;
  if (n >= 8) return (LatinOrder::word(p) & ~uint64_t{0xff}) | kTextGoesOn;
  uint64_t word = static_cast<uint64_t>(n);
  if (n >= 4) {
    const uint64_t behind = uint64_t{LatinOrder::half(p + n - 4)} << (8 - n) * 8 & UINT32_MAX;
    return word | uint64_t{LatinOrder::half(p)} << 32 | behind;
  }
  for (int64_t i = 0; i < n; ++i) word |= uint64_t{p[i]} << (56 - 8 * i);
  return word;
}

// ---- keys -------------------------------------------------------------------

class WordSort {
public:
  explicit WordSort(bool areRows) : areRows_(areRows) {}
  /// a and b hold n entries each, if that is kFew or more. False: keys of no kind that is known.
  bool sort(Span s, Entry* a, Entry* b, int64_t n, KeyKind kind, int64_t position, int depth) const;

private:
  static constexpr int kDeepest = 8;
  Value part(Value key, int64_t position) const { return areRows_ ? Row(key).items[position] : key; }
  bool pack(Span s, uint64_t* words, uint8_t* lengths, int64_t n, KeyKind kind, int64_t position, int64_t start) const;
  bool sortFewKeys(Span s, int64_t n, KeyKind kind, int64_t position, int depth) const;
  bool sortAlike(Span group, int64_t size, KeyKind kind, int64_t position, uint8_t length, int depth) const;
  KeyKind kindAt(Span s, int64_t n, int64_t position) const;
  int64_t commonStart(Span s, int64_t n, int64_t position) const;
  bool sortByLess(Span s, int64_t n) const { return TimSort<OrderWithoutCode>(OrderWithoutCode(), s, n).sort(s); }

  bool areRows_;
};

/// The kind of these items of rows; General where one has none.
KeyKind WordSort::kindAt(Span s, int64_t n, int64_t position) const {
  KeyKind kind = KeyKind::General;
  for (int64_t i = 0; i < n; ++i) {
    if (Row(s.keys[i]).size <= position) return KeyKind::General;
    const KeyKind own = kindOfKey(part(s.keys[i], position));
    kind = i ? joinKinds(kind, own) : own;
    if (kind == KeyKind::General) break;
  }
  return kind;
}

/// How many bytes all texts begin with alike.
int64_t WordSort::commonStart(Span s, int64_t n, int64_t position) const {
  const StrObject* first = asStr(part(s.keys[0], position));
  int64_t length = first->length;
  for (int64_t i = 1; i < n && length; ++i) {
    const StrObject* other = asStr(part(s.keys[i], position));
    length = std::min(length, other->length);
    if (std::memcmp(first->data(), other->data(), static_cast<size_t>(length)) == 0) continue;
    length = std::mismatch(first->data(), first->data() + length, other->data()).first - first->data();
  }
  return length;
}

void arrange(Value* values, const Entry* sorted, Value* scratch, int64_t n) {
  std::memcpy(static_cast<void*>(scratch), values, static_cast<size_t>(n) * sizeof(Value));
  for (int64_t i = 0; i < n; ++i) values[i] = scratch[sorted[i].index];
}

/// Words of a few keys with their numbers in the lowest bits, so that no two are equal; of texts, too, how many bytes there are, up to 8.
/// False: there is no room for the numbers.
bool WordSort::pack(Span s, uint64_t* words, uint8_t* lengths, int64_t n, KeyKind kind, int64_t position, int64_t start) const {
  if (kind == KeyKind::Latin) {
    for (int64_t i = 0; i < n; ++i) {
      const uint64_t word = wordOfText(part(s.keys[i], position), start);
      words[i] = (word & ~uint64_t{0xff}) | static_cast<uint64_t>(i);
      lengths[i] = static_cast<uint8_t>(word);
    }
  } else if (kind == KeyKind::SmallInt) {
    const Value least = leastOf(n, [&](int64_t i) { return part(s.keys[i], position); });
    uint64_t all = 0;
    for (int64_t i = 0; i < n; ++i) {
      const uint64_t word = wordOfInt(part(s.keys[i], position), least) >> 1; // the lowest bit is that of a small int
      all |= word;
      words[i] = word << kNumberBits | static_cast<uint64_t>(i);
    }
    return all >> (64 - kNumberBits) == 0;
  } else if (kind == KeyKind::Truth) {
    for (int64_t i = 0; i < n; ++i) words[i] = static_cast<uint64_t>(TruthOrder::of(part(s.keys[i], position))) << kNumberBits | static_cast<uint64_t>(i);
  } else {
    return false;
  }
  return true;
}

/// sort() of fewer than kFew keys.
bool WordSort::sortFewKeys(Span s, int64_t n, KeyKind kind, int64_t position, int depth) const {
  uint64_t words[2 * kFew]; // none of these is cleared
  uint8_t lengths[kFew];
  union Scratch {
    Scratch() {}
    Value values[kFew];
  } scratch;
  const bool isText = kind == KeyKind::Latin;
  // The first seven bytes tell most texts apart.
  if (!pack(s, words, lengths, n, kind, position, isText && depth ? commonStart(s, n, position) : 0)) return sortByLess(s, n);
  const uint64_t* sorted = sortFewWords(words, words + n, n);
  for (Value* values : {s.keys, s.values}) {
    if (!values) continue;
    std::memcpy(static_cast<void*>(scratch.values), values, static_cast<size_t>(n) * sizeof(Value));
#pragma clang loop unroll(disable)
    for (int64_t i = 0; i < n; ++i) values[i] = scratch.values[sorted[i] & kNumberMask];
  }
  if (!isText && !areRows_) return true;
  const int shift = isText ? kTextShift : kNumberBits;
  for (int64_t from = 0, to; from < n; from = to) {
    to = from + 1;
    if (to == n || sorted[to] >> shift != sorted[from] >> shift) continue;
    const uint8_t length = isText ? lengths[sorted[from] & kNumberMask] : 0;
    bool isSame = true;
    for (; to < n && sorted[to] >> shift == sorted[from] >> shift; ++to) isSame &= !isText || lengths[sorted[to] & kNumberMask] == length;
    if (!sortAlike(s.at(from), to - from, kind, position, isSame ? length : kDifferentLengths, depth)) return false;
  }
  return true;
}
/// Of those, some with the same word. `length`: how many bytes each has, where they are texts and that is known.
bool WordSort::sortAlike(Span group, int64_t size, KeyKind kind, int64_t position, uint8_t length, int depth) const {
  if (length == kDifferentLengths) return sortByLess(group, size); // zeros at an end
  if (length == kTextGoesOn) return sort(group, nullptr, nullptr, size, kind, position, depth + 1);
  if (!areRows_) return true;
  const KeyKind next = size < kFewest ? kind : kindAt(group, size, position + 1);
  return sort(group, nullptr, nullptr, size, next, position + 1, depth + 1);
}

bool WordSort::sort(Span s, Entry* a, Entry* b, int64_t n, KeyKind kind, int64_t position, int depth) const {
  if (n < kFewest || depth > kDeepest) return sortByLess(s, n);
  if (n < kFew) return sortFewKeys(s, n, kind, position, depth);
  const bool isText = kind == KeyKind::Latin;
  if (isText) {
    const int64_t start = commonStart(s, n, position);
    for (int64_t i = 0; i < n; ++i) a[i] = {wordOfText(part(s.keys[i], position), start), i};
  } else if (kind == KeyKind::SmallInt) {
    const Value least = leastOf(n, [&](int64_t i) { return part(s.keys[i], position); });
    for (int64_t i = 0; i < n; ++i) a[i] = {wordOfInt(part(s.keys[i], position), least), i};
  } else if (kind == KeyKind::Float) {
    for (int64_t i = 0; i < n; ++i) a[i] = {wordOfFloat(part(s.keys[i], position)), i};
  } else if (kind == KeyKind::Truth) {
    for (int64_t i = 0; i < n; ++i) a[i] = {static_cast<uint64_t>(TruthOrder::of(part(s.keys[i], position))), i};
  } else {
    return sortByLess(s, n);
  }
  const Entry* sorted = a;
  if (const uint64_t bits = differingBits(a, n)) {
    if (isNearlyOrdered(a, n)) return depth && sortByLess(s, n);
    sorted = distributeAll(a, b, n, bits);
    auto* scratch = reinterpret_cast<Value*>(sorted == a ? b : a);
    arrange(s.keys, sorted, scratch, n);
    if (s.values) arrange(s.values, sorted, scratch, n);
  }
  // What is equal so far.
  for (int64_t from = 0, to; from < n; from = to) {
    const uint64_t word = sorted[from].word;
    for (to = from + 1; to < n && sorted[to].word == word;) ++to;
    if (to - from == 1) continue;
    const bool goesOn = isText && (word & kLengthMask) == kTextGoesOn;
    if (!goesOn && !areRows_) continue;
    const Span group = s.at(from);
    const int64_t size = to - from, next = goesOn ? position : position + 1;
    const KeyKind nextKind = goesOn || size < kFewest ? kind : kindAt(group, size, next);
    if (!sort(group, a + from, b + from, size, nextKind, next, depth + 1)) return false;
  }
  return true;
}

/// Numbers alone: equal ones are the same, and no one sees which is which. `words` has room for 2 * n.
template <class ToWord, class OfWord> bool sortNumbers(Value* keys, int64_t n, uint64_t* words, ToWord toWord, OfWord ofWord) {
  for (int64_t i = 0; i < n; ++i) words[i] = toWord(keys[i]);
  if (n < kFew) {
    words = sortFewWords(words, words + n, n);
  } else {
    const uint64_t bits = differingBits(words, n);
    if (!bits || isNearlyOrdered(words, n)) return false;
    words = distributeAll(words, words + n, n, bits);
  }
  for (int64_t i = 0; i < n; ++i) keys[i] = ofWord(words[i]);
  return true;
}
bool sortNumbers(Value* keys, int64_t n, KeyKind kind, uint64_t* words) {
  if (kind == KeyKind::Float) return sortNumbers(keys, n, words, wordOfFloat, floatOfWord);
  const Value least = leastOf(n, [keys](int64_t i) { return keys[i]; });
  return sortNumbers(
      keys, n, words, [least](Value v) { return wordOfInt(v, least); }, [least](uint64_t word) { return intOfWord(word, least); });
}

/// `entries`: room for 2 * n, if n is kFew or more; `kept`: of rows, room for the keys and the values.
bool sortEntries(Span all, int64_t n, KeyKind kind, bool areRows, Entry* entries, Value* kept) {
  const Span before{kept, kept && all.values ? kept + n : nullptr};
  if (areRows) copyMany(before, 0, all, 0, n);
  if (WordSort(areRows).sort(all, entries, entries ? entries + n : nullptr, n, kind, 0, 0)) return true;
  if (areRows) copyMany(all, 0, before, 0, n);
  return false;
}

[[gnu::noinline]] bool sortFewNumbers(Value* keys, int64_t n, KeyKind kind) {
  uint64_t words[2 * kFew]; // not cleared
  return sortNumbers(keys, n, kind, words);
}
[[gnu::noinline]] bool sortFewRows(Span all, int64_t n, KeyKind kind) {
  union Kept {
    Kept() {} // not cleared
    Value of[2 * kFew];
  } kept;
  return sortEntries(all, n, kind, true, nullptr, kept.of);
}

/// Memory that a sort can do without.
class Workspace {
public:
  explicit Workspace(size_t bytes) : block_(allocate(bytes)) {
    if (!block_) errorClear();
  }
  ~Workspace() {
    if (block_) deallocate(block_);
  }
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;
  template <class T> T* as() { return static_cast<T*>(block_); }

private:
  void* block_;
};

} // namespace

bool sortByWords(Span all, int64_t n, KeyKind kind, bool areRows) {
  if (n < kFewest || n > kMost || kind == KeyKind::AnyFloat || kind == KeyKind::Str || kind == KeyKind::General) return false;
  const auto size = static_cast<size_t>(n);
  if (!areRows && !all.values && kind != KeyKind::Latin && kind != KeyKind::Truth) {
    if (n < kFew) return sortFewNumbers(all.keys, n, kind);
    Workspace words(2 * size * sizeof(uint64_t));
    return words.as<uint64_t>() && sortNumbers(all.keys, n, kind, words.as<uint64_t>());
  }
  if (n < kFew) {
    if (kind != KeyKind::Latin) return false; // comparing numbers costs no more than moving their words about
    return areRows ? sortFewRows(all, n, kind) : sortEntries(all, n, kind, false, nullptr, nullptr);
  }
  const size_t kept = areRows ? size * (all.values ? 2 : 1) : 0;
  Workspace space(2 * size * sizeof(Entry) + kept * sizeof(Value));
  auto* entries = space.as<Entry>();
  return entries && sortEntries(all, n, kind, areRows, entries, reinterpret_cast<Value*>(entries + 2 * n));
}

} // namespace krait
