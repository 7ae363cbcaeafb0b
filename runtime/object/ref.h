// Counting references from C++. A function that returns Value gives a new
// reference (null: an error is set); Value parameters are borrowed. `Ref` owns
// one reference and gives it back at the end of its scope.
#pragma once
#include "runtime/abi/entries.h"

namespace krait {

/// Runs the destructor machinery of an object whose count reached zero. May run code.
void destroy(Object* o);

inline void incref(Object* o) {
  ++o->refs;
}
inline void decref(Object* o) {
  if (--o->refs == 0) [[unlikely]] destroy(o);
}
inline void incref(Value v) {
  if (v.isPointer()) incref(v.object());
}
inline void decref(Value v) {
  if (v.isPointer()) decref(v.object());
}
inline void xincref(Value v) { if (v) incref(v); }
inline void xdecref(Value v) { if (v) decref(v); }
inline Value newRef(Value v) { incref(v); return v; }
inline Value xnewRef(Value v) { if (v) incref(v); return v; }
/// Whether an object has this reference alone.
inline bool isLastReference(Value v) { return v.isPointer() && v.object()->refs == 1; }
/// Stores first, frees second: the variable is consistent when code runs.
inline void assign(Value& variable, Value owned) {
  Value old = variable;
  variable = owned;
  xdecref(old);
}
inline void clear(Value& variable) { assign(variable, Value()); }

class Ref {
public:
  Ref() = default;
  /// Takes over an owned reference (or null).
  explicit Ref(Value owned) : value_(owned) {}
  Ref(Ref&& other) noexcept : value_(other.release()) {}
  Ref& operator=(Ref&& other) noexcept { assign(value_, other.release()); return *this; }
  Ref(const Ref&) = delete;
  Ref& operator=(const Ref&) = delete;
  ~Ref() { xdecref(value_); }
  static Ref share(Value borrowed) { return Ref(xnewRef(borrowed)); }

  explicit operator bool() const { return static_cast<bool>(value_); }
  operator Value() const { return value_; }
  Value get() const { return value_; }
  template <class T> T* as() const { return value_.as<T>(); }
  [[nodiscard]] Value release() { Value v = value_; value_ = Value(); return v; }
  void reset(Value owned = Value()) { assign(value_, owned); }
  Value* address() { return &value_; }

private:
  Value value_;
};

} // namespace krait
