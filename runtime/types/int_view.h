// Reading any int object (immediate, heap, bool, subclass) as sign and limbs.
#pragma once
#include "runtime/bigint/basic.h"
#include "runtime/memory/alloc.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"

namespace krait {

/// A borrowed look at an int: `limbs[0 … count)`, no leading zero limb, count 0 for zero.
struct IntView {
  const bigint::Limb* limbs;
  bigint::Size count;
  bool negative;
  bigint::Limb own;

  explicit IntView(Value v) {
    if (readWord(v, &own, &negative)) {
      limbs = &own;
      count = own != 0;
    } else {
      auto* o = v.as<IntObject>();
      negative = o->size < 0;
      count = negative ? -o->size : o->size;
      limbs = o->limbs;
    }
  }
  IntView(const IntView&) = delete;
  IntView& operator=(const IntView&) = delete;
  bool isZero() const { return count == 0; }

  /// Of an int without limbs: immediate, or a bool. False of an IntObject.
  static bool readWord(Value v, bigint::Limb* magnitude, bool* isNegative) {
    int64_t x;
    if (v.isSmallInt()) x = v.smallInt();
    else if (v.object()->layout == &boolType.instanceLayout) x = v.object() == &trueObject;
    else return false;
    *isNegative = x < 0;
    *magnitude = x < 0 ? ~static_cast<uint64_t>(x) + 1 : static_cast<uint64_t>(x);
    return true;
  }
};

/// Scratch limbs for a result, on the stack when short.
class Limbs {
public:
  explicit Limbs(bigint::Size n)
      : data_(n <= kInline ? inline_ : static_cast<bigint::Limb*>(allocate(static_cast<size_t>(n) * sizeof(bigint::Limb)))) {}
  ~Limbs() { if (data_ != inline_) deallocate(data_); }
  Limbs(const Limbs&) = delete;
  Limbs& operator=(const Limbs&) = delete;
  /// Null when memory ran out (MemoryError is set).
  bigint::Limb* get() { return data_; }
  operator bigint::Limb*() { return data_; }

private:
  static constexpr bigint::Size kInline = 24;
  bigint::Limb inline_[kInline];
  bigint::Limb* data_;
};

/// The int with these limbs (leading zeros allowed): immediate when it fits.
Value intFromLimbs(const bigint::Limb* limbs, bigint::Size count, bool negative);

} // namespace krait
