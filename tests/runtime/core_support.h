// For tests of the object model: Python functions whose bodies are C++.
#pragma once
#include <deque>
#include <gtest/gtest.h>
#include <string>
#include <vector>
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::testing_support {

/// A function object of `count` positional parameters around a machine entry.
inline Value makeFunction(const char* name, void* entry, uint32_t count) {
  struct Description {
    CodeInfo code{};
    std::vector<Value> names;
  };
  static std::deque<Description> descriptions; // as those of compiled code they stay
  auto& [described, names] = descriptions.emplace_back();
  CodeInfo* code = &described;
  for (uint32_t i = 0; i < count; ++i) names.push_back(internStr(std::string(1, static_cast<char>('a' + i))));
  code->name = code->qualname = code->filename = internStr(std::string_view(name));
  for (int i = 0; i < 2; ++i) incref(code->name); // each of the three is owned
  code->argCount = code->paramCount = code->varCount = count;
  code->varNames = names.data();
  code->entry = entry;
  code->invoke = krt_invoke_spread;
  code->docstring = none();
  Ref globals(newDict());
  return krt_function_new(code, globals, {}, {}, {}, {});
}

inline std::string textOf(Value owned) {
  Ref v(owned);
  if (!v) return "<null>";
  Utf8 text(v);
  return std::string(text.view());
}
inline std::string shown(Value v) { return textOf(repr(v)); }
/// "Type: message" of the pending exception, which is cleared.
inline std::string takeError() {
  Ref e = errorTake();
  if (!e) return "<none>";
  return std::string(typeOf(e)->name) + ": " + textOf(str(e));
}

/// type(name, bases, ns), with the names for inline slots if given.
inline Value makeClass(const char* name, std::initializer_list<Value> bases, Value ns, std::initializer_list<const char*> slots = {}) {
  Ref n(newStr(name)), b(newTuple(bases));
  if (slots.size()) {
    Ref list(newList(0));
    for (const char* s : slots) {
      Ref item(internStr(std::string_view(s)));
      listAppend(list, item);
    }
    Ref hint(listToTuple(list));
    dictSet(ns, "__krait_slots__", hint);
  }
  return newType(asValue(&typeType), n, b, ns, Value());
}

} // namespace krait::testing_support
