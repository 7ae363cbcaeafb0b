// Arrays of words between registers and runtime entries.
#pragma once

#include "runtime/abi/entries.h"

namespace krait::ir::interp {

// Words handed to an entry that takes an array; owned ones are moved by the caller. Few of them have room at `place`.
struct Words {
  static constexpr uint32_t kInline = 8;
  union Place {
    Place() {} // as it happens to be: all words are written before they are read
    Value words[kInline];
  };
  Words(uint32_t n, Place& place) : data(n <= kInline ? place.words : new Value[n]), count(n) {}
  ~Words() {
    if (count > kInline) delete[] data;
  }
  Words(const Words&) = delete;
  Value* data;
  uint32_t count;
};

// These are short: no calls of memcpy and memset.
inline void copyWords(Value* to, const Value* from, uint32_t n) {
  for (const Value* end = from + n; from != end; ++from, ++to) {
    *to = *from;
    asm("" : "+r"(to));
  }
}
inline void clearWords(Value* words, uint32_t n) {
  for (Value* end = words + n; words != end; ++words) {
    *words = Value();
    asm("" : "+r"(words));
  }
}

inline void takeWords(Value* to, Value* from, uint32_t n) {
  for (Value* end = from + n; from != end; ++from, ++to) {
    *to = *from;
    *from = Value();
    asm("" : "+r"(to));
  }
}

inline Value callWords(Value callee, Value* args, uint32_t n) {
  switch (n) {
  case 0: return krt_call0(callee);
  case 1: return krt_call1(callee, args[0]);
  case 2: return krt_call2(callee, args[0], args[1]);
  case 3: return krt_call3(callee, args[0], args[1], args[2]);
  case 4: return krt_call4(callee, args[0], args[1], args[2], args[3]);
  default: return krt_call_n(callee, args, n);
  }
}

inline Value methodWords(Value object, Value name, MethodCache* cache, Value* args, uint32_t n) {
  switch (n) {
  case 0: return krt_method0(object, name, cache);
  case 1: return krt_method1(object, name, cache, args[0]);
  case 2: return krt_method2(object, name, cache, args[0], args[1]);
  case 3: return krt_method3(object, name, cache, args[0], args[1], args[2]);
  default: return krt_method_n(object, name, cache, args, n);
  }
}

} // namespace krait::ir::interp
