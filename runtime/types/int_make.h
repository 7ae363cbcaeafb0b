// Making heap ints whose limbs are computed where they will stand, and ints of up to 128 bits.
#pragma once
#include "runtime/memory/pools.h"
#include "runtime/types/int_view.h"

namespace krait {

/// A heap int of `count` limbs to be filled in; finishInt() gives it its sign and drops a leading zero limb.
inline IntObject* takeInt(bigint::Size count) {
  size_t bytes = sizeof(IntObject) + static_cast<size_t>(count) * sizeof(bigint::Limb);
  Object* o = takeObject(&intType.instanceLayout, bytes);
  return reinterpret_cast<IntObject*>(o ? o : newObject(&intType.instanceLayout, count));
}
inline Value finishInt(IntObject* r, bigint::Size count, bool negative) {
  count -= r->limbs[count - 1] == 0;
  r->size = negative ? -count : count;
  return Value(&r->header);
}
/// The same of any limbs: what is left may be a small int.
inline Value finishShorterInt(IntObject* r, bigint::Size count, bool negative) {
  count = bigint::significant(r->limbs, count);
  if (count > 1) [[likely]] {
    r->size = negative ? -count : count;
    return Value(&r->header);
  }
  const bigint::Limb low = r->limbs[0];
  freeObject(&r->header);
  return intFromLimbs(&low, count, negative);
}

/// An int of at most 128 bits, as hashes, checksums and generators of random numbers are made of: its operators need no loops.
struct Wide {
  typedef unsigned __int128 Bits;
  Bits magnitude;
  bool negative;

  /// False of a larger one.
  bool read(Value v) {
    if (bigint::Limb word; IntView::readWord(v, &word, &negative)) {
      magnitude = word;
      return true;
    }
    auto* o = v.as<IntObject>();
    negative = o->size < 0;
    switch (negative ? -o->size : o->size) {
    case 0: magnitude = 0; return true;
    case 1: magnitude = o->limbs[0]; return true;
    case 2: magnitude = Bits{o->limbs[1]} << 64 | o->limbs[0]; return true;
    default: return false;
    }
  }
  int width() const {
    const auto high = static_cast<uint64_t>(magnitude >> 64), low = static_cast<uint64_t>(magnitude);
    return high ? 128 - __builtin_clzll(high) : low ? 64 - __builtin_clzll(low) : 0;
  }
  /// In two's complement, if it has room.
  bool isSigned() const { return !(magnitude >> 127); }
  Bits complement() const { return negative ? -magnitude : magnitude; }
};

inline Value intOfWide(Wide::Bits magnitude, bool negative) {
  const auto high = static_cast<uint64_t>(magnitude >> 64), low = static_cast<uint64_t>(magnitude);
  if (!high && low <= static_cast<uint64_t>(Value::kSmallMax) + negative) return newInt(static_cast<int64_t>(negative ? ~low + 1 : low));
  const bigint::Limb limbs[] = {low, high};
  const bigint::Size count = high ? 2 : 1;
  Object* o = krt_numbers_are_objects ? nullptr : takeObjectOf<0>(intType, sizeof(IntObject) + (high ? sizeof limbs : sizeof low));
  if (!o) return intFromLimbs(limbs, count, negative);
  auto* r = reinterpret_cast<IntObject*>(o);
  r->size = negative ? -count : count;
  r->limbs[0] = low;
  if (high) r->limbs[1] = high;
  return Value(o);
}

} // namespace krait
