// The adaptive, stable merge sort known as timsort (described in CPython's
// listsort.txt): natural runs extended by binary insertion to minrun, merged in
// powersort order, with galloping when one side keeps winning. A template over the
// order: less(a, b) is 1, 0, or -1, which ends the sort; the keys are then some
// permutation of what they were.
#pragma once
#include <cstring>
#include <utility>
#include "runtime/memory/alloc.h"
#include "runtime/abi/value.h"

namespace krait {

/// Keys and, when a key function was given, the items that follow them.
struct Span {
  Value* keys = nullptr;
  Value* values = nullptr;
  Span at(int64_t n) const { return {keys + n, values ? values + n : nullptr}; }
};
inline void copyOne(Span to, int64_t i, Span from, int64_t k) {
  to.keys[i] = from.keys[k];
  if (to.values) to.values[i] = from.values[k];
}
inline void copyMany(Span to, int64_t i, Span from, int64_t k, int64_t n) {
  std::memmove(static_cast<void*>(to.keys + i), from.keys + k, static_cast<size_t>(n) * sizeof(Value));
  if (to.values)
    std::memmove(static_cast<void*>(to.values + i), from.values + k, static_cast<size_t>(n) * sizeof(Value));
}
inline void reverseRange(Value* from, Value* to) {
  while (from < --to) std::swap(*from++, *to);
}
inline void reverseSpan(Span s, int64_t n) {
  reverseRange(s.keys, s.keys + n);
  if (s.values) reverseRange(s.values, s.values + n);
}

template <class Order> class TimSort {
public:
  TimSort(Order order, Span all, int64_t size) : order_(order), base_(all.keys), size_(size), hasValues_(all.values) {}
  ~TimSort() {
    if (temp_.keys != local_) deallocate(temp_.keys);
  }
  bool sort(Span all);

private:
  static constexpr int kMinGallop = 7, kLocal = 256, kMaxPending = 85;
  struct Run { Span start; int64_t length; int power; };

  bool countRun(Span s, int64_t n, int64_t* length);
  bool binarySort(Span s, int64_t n, int64_t start);
  int64_t gallopLeft(Value key, Value* a, int64_t n, int64_t hint);
  int64_t gallopRight(Value key, Value* a, int64_t n, int64_t hint);
  bool mergeLow(Span a, int64_t na, Span b, int64_t nb);
  bool mergeHigh(Span a, int64_t na, Span b, int64_t nb);
  bool mergeAt(int i);
  bool foundNewRun(int64_t n);
  bool collapse();
  bool reserve(int64_t n);

  Order order_;
  Value* base_;
  int64_t size_;
  bool hasValues_;
  int64_t minGallop_ = kMinGallop;
  int pendingCount_ = 0;
  union { Run pending_[kMaxPending]; }; // not initialised, like local_: most lists are short
  Span temp_ = {local_, nullptr};
  int64_t tempCapacity_ = 0;
  union { Value local_[kLocal]; };
};

#define LESS(a, b)                                                                                            \
  ({                                                                                                          \
    int less_ = order_.less(a, b);                                                                            \
    if (less_ < 0) [[unlikely]] goto fail;                                                                    \
    less_;                                                                                                    \
  })

template <class Order> bool TimSort<Order>::reserve(int64_t n) {
  int64_t words = hasValues_ ? n * 2 : n;
  if (n <= tempCapacity_) return true;
  if (words <= kLocal && temp_.keys == local_) {
    tempCapacity_ = hasValues_ ? kLocal / 2 : kLocal;
  } else {
    if (temp_.keys != local_) deallocate(temp_.keys);
    temp_.keys = local_;
    auto* block = static_cast<Value*>(allocate(static_cast<size_t>(words) * sizeof(Value)));
    if (!block) {
      tempCapacity_ = 0;
      return false;
    }
    temp_.keys = block;
    tempCapacity_ = n;
  }
  temp_.values = hasValues_ ? temp_.keys + tempCapacity_ : nullptr;
  return true;
}

/// Length of the run at the start of s; a strictly descending one is reversed.
template <class Order> bool TimSort<Order>::countRun(Span s, int64_t n, int64_t* length) {
  if (n < 2) {
    *length = n;
    return true;
  }
  int64_t i = 2;
  if (LESS(s.keys[1], s.keys[0])) {
    while (i < n && LESS(s.keys[i], s.keys[i - 1])) ++i;
    reverseSpan(s, i);
  } else {
    while (i < n && !LESS(s.keys[i], s.keys[i - 1])) ++i;
  }
  *length = i;
  return true;
fail:
  return false;
}

/// Sorts n items of which the first `start` are in order.
template <class Order> bool TimSort<Order>::binarySort(Span s, int64_t n, int64_t start) {
  for (start += start == 0; start < n; ++start) {
    Value pivot = s.keys[start];
    int64_t left = 0, right = start;
    while (left < right) {
      int64_t middle = left + ((right - left) >> 1);
      if (LESS(pivot, s.keys[middle])) right = middle;
      else left = middle + 1;
    }
    for (int64_t p = start; p > left; --p) s.keys[p] = s.keys[p - 1];
    s.keys[left] = pivot;
    if (s.values) {
      Value moved = s.values[start];
      for (int64_t p = start; p > left; --p) s.values[p] = s.values[p - 1];
      s.values[left] = moved;
    }
  }
  return true;
fail:
  return false;
}

/// Where `key` goes in sorted a[0..n), left of equal ones; searched outwards from `hint`. -1: error.
template <class Order> int64_t TimSort<Order>::gallopLeft(Value key, Value* a, int64_t n, int64_t hint) {
  int64_t last = 0, offset = 1;
  Value* at = a + hint;
  if (LESS(*at, key)) {
    int64_t most = n - hint;
    while (offset < most && LESS(at[offset], key)) {
      last = offset;
      offset = (offset << 1) + 1;
    }
    if (offset > most) offset = most;
    last += hint;
    offset += hint;
  } else {
    int64_t most = hint + 1;
    while (offset < most && !LESS(at[-offset], key)) {
      last = offset;
      offset = (offset << 1) + 1;
    }
    if (offset > most) offset = most;
    int64_t k = last;
    last = hint - offset;
    offset = hint - k;
  }
  for (++last; last < offset;) {
    int64_t middle = last + ((offset - last) >> 1);
    if (LESS(a[middle], key)) last = middle + 1;
    else offset = middle;
  }
  return offset;
fail:
  return -1;
}

/// The same, right of equal ones.
template <class Order> int64_t TimSort<Order>::gallopRight(Value key, Value* a, int64_t n, int64_t hint) {
  int64_t last = 0, offset = 1;
  Value* at = a + hint;
  if (LESS(key, *at)) {
    int64_t most = hint + 1;
    while (offset < most && LESS(key, at[-offset])) {
      last = offset;
      offset = (offset << 1) + 1;
    }
    if (offset > most) offset = most;
    int64_t k = last;
    last = hint - offset;
    offset = hint - k;
  } else {
    int64_t most = n - hint;
    while (offset < most && !LESS(key, at[offset])) {
      last = offset;
      offset = (offset << 1) + 1;
    }
    if (offset > most) offset = most;
    last += hint;
    offset += hint;
  }
  for (++last; last < offset;) {
    int64_t middle = last + ((offset - last) >> 1);
    if (LESS(key, a[middle])) offset = middle;
    else last = middle + 1;
  }
  return offset;
fail:
  return -1;
}

/// Merges adjacent runs a (not longer) and b; a's items go through the temporary array.
template <class Order> bool TimSort<Order>::mergeLow(Span a, int64_t na, Span b, int64_t nb) {
  if (!reserve(na)) return false;
  Span to = a;
  copyMany(temp_, 0, a, 0, na);
  a = temp_;
  bool ok = true;
  int64_t k;
  copyOne(to, 0, b, 0);
  to = to.at(1);
  b = b.at(1);
  if (--nb == 0) goto done;
  if (na == 1) goto copyRest;
  for (;;) {
    int64_t winsA = 0, winsB = 0;
    for (;;) {
      if (LESS(b.keys[0], a.keys[0])) {
        copyOne(to, 0, b, 0);
        to = to.at(1);
        b = b.at(1);
        ++winsB;
        winsA = 0;
        if (--nb == 0) goto done;
        if (winsB >= minGallop_) break;
      } else {
        copyOne(to, 0, a, 0);
        to = to.at(1);
        a = a.at(1);
        ++winsA;
        winsB = 0;
        if (--na == 1) goto copyRest;
        if (winsA >= minGallop_) break;
      }
    }
    ++minGallop_;
    do {
      minGallop_ -= minGallop_ > 1;
      k = gallopRight(b.keys[0], a.keys, na, 0);
      winsA = k;
      if (k) {
        if (k < 0) goto fail;
        copyMany(to, 0, a, 0, k);
        to = to.at(k);
        a = a.at(k);
        na -= k;
        if (na == 1) goto copyRest;
        if (na == 0) goto done; // only with an inconsistent order
      }
      copyOne(to, 0, b, 0);
      to = to.at(1);
      b = b.at(1);
      if (--nb == 0) goto done;
      k = gallopLeft(a.keys[0], b.keys, nb, 0);
      winsB = k;
      if (k) {
        if (k < 0) goto fail;
        copyMany(to, 0, b, 0, k);
        to = to.at(k);
        b = b.at(k);
        nb -= k;
        if (nb == 0) goto done;
      }
      copyOne(to, 0, a, 0);
      to = to.at(1);
      a = a.at(1);
      if (--na == 1) goto copyRest;
    } while (winsA >= kMinGallop || winsB >= kMinGallop);
    ++minGallop_;
  }
fail:
  ok = false;
done:
  if (na) copyMany(to, 0, a, 0, na);
  return ok;
copyRest: // the last of a goes behind all of b
  copyMany(to, 0, b, 0, nb);
  copyOne(to, nb, a, 0);
  return true;
}

/// Merges adjacent runs a and b (not longer) from the right; b's items go through the temporary array.
template <class Order> bool TimSort<Order>::mergeHigh(Span a, int64_t na, Span b, int64_t nb) {
  if (!reserve(nb)) return false;
  Span to = b.at(nb - 1);
  copyMany(temp_, 0, b, 0, nb);
  Span baseA = a, baseB = temp_;
  b = temp_.at(nb - 1);
  a = a.at(na - 1);
  bool ok = true;
  int64_t k;
  copyOne(to, 0, a, 0);
  to = to.at(-1);
  a = a.at(-1);
  if (--na == 0) goto done;
  if (nb == 1) goto copyRest;
  for (;;) {
    int64_t winsA = 0, winsB = 0;
    for (;;) {
      if (LESS(b.keys[0], a.keys[0])) {
        copyOne(to, 0, a, 0);
        to = to.at(-1);
        a = a.at(-1);
        ++winsA;
        winsB = 0;
        if (--na == 0) goto done;
        if (winsA >= minGallop_) break;
      } else {
        copyOne(to, 0, b, 0);
        to = to.at(-1);
        b = b.at(-1);
        ++winsB;
        winsA = 0;
        if (--nb == 1) goto copyRest;
        if (winsB >= minGallop_) break;
      }
    }
    ++minGallop_;
    do {
      minGallop_ -= minGallop_ > 1;
      k = gallopRight(b.keys[0], baseA.keys, na, na - 1);
      if (k < 0) goto fail;
      k = na - k;
      winsA = k;
      if (k) {
        to = to.at(-k);
        a = a.at(-k);
        copyMany(to, 1, a, 1, k);
        na -= k;
        if (na == 0) goto done;
      }
      copyOne(to, 0, b, 0);
      to = to.at(-1);
      b = b.at(-1);
      if (--nb == 1) goto copyRest;
      k = gallopLeft(a.keys[0], baseB.keys, nb, nb - 1);
      if (k < 0) goto fail;
      k = nb - k;
      winsB = k;
      if (k) {
        to = to.at(-k);
        b = b.at(-k);
        copyMany(to, 1, b, 1, k);
        nb -= k;
        if (nb == 1) goto copyRest;
        if (nb == 0) goto done; // only with an inconsistent order
      }
      copyOne(to, 0, a, 0);
      to = to.at(-1);
      a = a.at(-1);
      if (--na == 0) goto done;
    } while (winsA >= kMinGallop || winsB >= kMinGallop);
    ++minGallop_;
  }
fail:
  ok = false;
done:
  if (nb) copyMany(to, 1 - nb, baseB, 0, nb);
  return ok;
copyRest: // the first of b goes before all of a
  copyMany(to, 1 - na, a, 1 - na, na);
  to = to.at(-na);
  copyOne(to, 0, b, 0);
  return true;
}

template <class Order> bool TimSort<Order>::mergeAt(int i) {
  Span a = pending_[i].start, b = pending_[i + 1].start;
  int64_t na = pending_[i].length, nb = pending_[i + 1].length;
  pending_[i].length = na + nb;
  if (i == pendingCount_ - 3) pending_[i + 1] = pending_[i + 2];
  --pendingCount_;
  int64_t k = gallopRight(b.keys[0], a.keys, na, 0);
  if (k < 0) return false;
  a = a.at(k);
  na -= k;
  if (na == 0) return true;
  nb = gallopLeft(a.keys[na - 1], b.keys, nb, nb - 1);
  if (nb <= 0) return nb == 0;
  return na <= nb ? mergeLow(a, na, b, nb) : mergeHigh(a, na, b, nb);
}

/// Powersort: the depth at which two adjacent runs' boundary sits in a nearly optimal merge tree.
inline int runPower(int64_t start, int64_t first, int64_t second, int64_t n) {
  int result = 0;
  int64_t a = 2 * start + first, b = a + first + second;
  for (;;) {
    ++result;
    if (a >= n) {
      a -= n;
      b -= n;
    } else if (b >= n) {
      return result;
    }
    a <<= 1;
    b <<= 1;
  }
}

template <class Order> bool TimSort<Order>::foundNewRun(int64_t n) {
  if (!pendingCount_) return true;
  Run& top = pending_[pendingCount_ - 1];
  int power = runPower(top.start.keys - base_, top.length, n, size_);
  while (pendingCount_ > 1 && pending_[pendingCount_ - 2].power > power)
    if (!mergeAt(pendingCount_ - 2)) return false;
  pending_[pendingCount_ - 1].power = power;
  return true;
}

template <class Order> bool TimSort<Order>::collapse() {
  while (pendingCount_ > 1) {
    int i = pendingCount_ - 2;
    if (i > 0 && pending_[i - 1].length < pending_[i + 1].length) --i;
    if (!mergeAt(i)) return false;
  }
  return true;
}

inline int64_t minRun(int64_t n) {
  int64_t odd = 0;
  while (n >= 64) {
    odd |= n & 1;
    n >>= 1;
  }
  return n + odd;
}

template <class Order> bool TimSort<Order>::sort(Span at) {
  int64_t left = size_, least = minRun(size_);
  while (left) {
    int64_t n;
    if (!countRun(at, left, &n)) return false;
    if (n < least) {
      int64_t forced = left <= least ? left : least;
      if (!binarySort(at, forced, n)) return false;
      n = forced;
    }
    if (!foundNewRun(n)) return false;
    pending_[pendingCount_++] = {at, n, 0};
    at = at.at(n);
    left -= n;
  }
  return collapse();
}

#undef LESS

template <class Order> bool sortBy(Order order, Span all, int64_t n) { return TimSort<Order>(order, all, n).sort(all); }

} // namespace krait
