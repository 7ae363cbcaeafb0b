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
// Few keys, and those that are nearly in order already, are left to timsort.
#include "runtime/types/word_sort.h"

#include <algorithm>
#include <bit>

namespace krait {

namespace {

constexpr int64_t kFew = 64, kMost = int64_t{1} << 24;
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
  /// a and b hold n entries each. False: keys of no kind that is known.
  bool sort(Span s, Entry* a, Entry* b, int64_t n, KeyKind kind, int64_t position, int depth) const;

private:
  static constexpr int kDeepest = 8;
  Value part(Value key, int64_t position) const { return areRows_ ? Row(key).items[position] : key; }
  KeyKind kindAt(Span s, int64_t n, int64_t position) const;
  int64_t commonStart(Span s, int64_t n, int64_t position) const;
  bool sortByLess(Span s, int64_t n) const { return TimSort<PlainOrder>(PlainOrder(), s, n).sort(s); }

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

bool WordSort::sort(Span s, Entry* a, Entry* b, int64_t n, KeyKind kind, int64_t position, int depth) const {
  if (n < kFew || depth > kDeepest) return sortByLess(s, n);
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
    const KeyKind nextKind = goesOn || size < kFew ? kind : kindAt(group, size, next);
    if (!sort(group, a + from, b + from, size, nextKind, next, depth + 1)) return false;
  }
  return true;
}

/// Numbers alone: equal ones are the same, and no one sees which is which.
template <class ToWord, class OfWord> bool sortNumbers(Value* keys, int64_t n, uint64_t* words, ToWord toWord, OfWord ofWord) {
  for (int64_t i = 0; i < n; ++i) words[i] = toWord(keys[i]);
  const uint64_t bits = differingBits(words, n);
  if (!bits || isNearlyOrdered(words, n)) return false;
  words = distributeAll(words, words + n, n, bits);
  for (int64_t i = 0; i < n; ++i) keys[i] = ofWord(words[i]);
  return true;
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
  if (n < kFew || n > kMost || kind == KeyKind::AnyFloat || kind == KeyKind::Str || kind == KeyKind::General) return false;
  const auto size = static_cast<size_t>(n);
  if (!areRows && !all.values && kind != KeyKind::Latin && kind != KeyKind::Truth) {
    Workspace words(2 * size * sizeof(uint64_t));
    if (!words.as<uint64_t>()) return false;
    if (kind == KeyKind::Float) return sortNumbers(all.keys, n, words.as<uint64_t>(), wordOfFloat, floatOfWord);
    const Value least = leastOf(n, [&](int64_t i) { return all.keys[i]; });
    return sortNumbers(
        all.keys, n, words.as<uint64_t>(), [least](Value v) { return wordOfInt(v, least); }, [least](uint64_t word) { return intOfWord(word, least); });
  }
  const size_t kept = areRows ? size * (all.values ? 2 : 1) : 0;
  Workspace space(2 * size * sizeof(Entry) + kept * sizeof(Value));
  auto* entries = space.as<Entry>();
  if (!entries) return false;
  Span before{reinterpret_cast<Value*>(entries + 2 * n), all.values ? reinterpret_cast<Value*>(entries + 2 * n) + n : nullptr};
  if (areRows) copyMany(before, 0, all, 0, n);
  if (WordSort(areRows).sort(all, entries, entries + n, n, kind, 0, 0)) return true;
  if (areRows) copyMany(all, 0, before, 0, n);
  return false;
}

} // namespace krait
