// Reading any int object (immediate, heap, bool, subclass) as sign and limbs.
#pragma once
#include <gmp.h>
#include "runtime/memory/alloc.h"
#include "runtime/object/protocol.h"
#include "runtime/types/int.h"

namespace krait {

/// A borrowed look at an int: `limbs[0 … count)`, no leading zero limb, count 0 for zero.
struct IntView {
  const mp_limb_t* limbs;
  mp_size_t count;
  bool negative;
  mp_limb_t own;

  explicit IntView(Value v) {
    if (v.isSmallInt()) {
      set(v.smallInt());
    } else if (typeOf(v) == &boolType) {
      set(v.object() == &trueObject);
    } else {
      auto* o = v.as<IntObject>();
      negative = o->size < 0;
      count = negative ? -o->size : o->size;
      limbs = reinterpret_cast<const mp_limb_t*>(o->limbs);
    }
  }
  IntView(const IntView&) = delete;
  IntView& operator=(const IntView&) = delete;
  bool isZero() const { return count == 0; }

private:
  void set(int64_t x) {
    negative = x < 0;
    own = negative ? ~static_cast<uint64_t>(x) + 1 : static_cast<uint64_t>(x);
    limbs = &own;
    count = x != 0;
  }
};

/// Scratch limbs for a result, on the stack when short.
class Limbs {
public:
  explicit Limbs(mp_size_t n)
      : data_(n <= kInline ? inline_ : static_cast<mp_limb_t*>(allocate(static_cast<size_t>(n) * sizeof(mp_limb_t)))) {}
  ~Limbs() { if (data_ != inline_) deallocate(data_); }
  Limbs(const Limbs&) = delete;
  Limbs& operator=(const Limbs&) = delete;
  /// Null when memory ran out (MemoryError is set).
  mp_limb_t* get() { return data_; }
  operator mp_limb_t*() { return data_; }

private:
  static constexpr mp_size_t kInline = 24;
  mp_limb_t inline_[kInline];
  mp_limb_t* data_;
};

/// GMP ends the process when it gets no memory for its temporaries: before operands of so many limbs in all go there, that
/// there is some. False with MemoryError.
bool temporariesFit(mp_size_t limbs);
inline bool roomForTemporaries(mp_size_t limbs) {
  constexpr mp_size_t kFew = 512; // GMP keeps the temporaries of shorter ones on the stack
  return limbs < kFew || temporariesFit(limbs);
}

/// The int with these limbs (leading zeros allowed): immediate when it fits.
Value intFromLimbs(const mp_limb_t* limbs, mp_size_t count, bool negative);

} // namespace krait
