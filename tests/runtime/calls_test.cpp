// Binding and calling with hand-made code objects: entries written in C++ stand for compiled functions.
#include "runtime/object/call.h"
#include <deque>
#include <gtest/gtest.h>
#include <string>
#include <vector>
#include "runtime/types/dict.h"
#include "runtime/types/generator.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

std::string text(Value v) {
  Ref shown(repr(v));
  if (!shown) return "<error>";
  Utf8 bytes(shown);
  return std::string(bytes.view());
}
std::string pending() {
  Ref e = errorTake();
  if (!e) return "";
  Ref shown(str(e));
  Utf8 bytes(shown);
  return std::string(typeOf(e)->name) + ": " + std::string(bytes.view());
}

/// Returns its arguments as a tuple: owns them, as compiled code does.
Value packEight(FunctionObject* f, Value a, Value b, Value c, Value d, Value e, Value g, Value h, Value i) {
  Value all[] = {a, b, c, d, e, g, h, i};
  Value tuple = newTuple(f->code->paramCount);
  for (uint32_t k = 0; k < f->code->paramCount; ++k) asTuple(tuple)->items[k] = all[k];
  return tuple;
}

/// What describes compiled code stays for ever: the last function that died of it is kept for the next one.
struct Description {
  CodeInfo code{};
  std::vector<Value> names;
};
std::deque<Description> descriptions;

struct Made {
  CodeInfo& code;
  std::vector<Value>& names;
  Ref function;
  Made(const char* name, std::vector<const char*> parameters, uint32_t posOnly, uint32_t args, uint32_t kwOnly,
       uint32_t flags, Value defaults = Value())
      : Made(descriptions.emplace_back(), name, parameters, posOnly, args, kwOnly, flags, defaults) {}

private:
  Made(Description& description, const char* name, const std::vector<const char*>& parameters, uint32_t posOnly,
       uint32_t args, uint32_t kwOnly, uint32_t flags, Value defaults)
      : code(description.code), names(description.names) {
    for (const char* p : parameters) names.push_back(internStr(p));
    code.name = code.qualname = internStr(name);
    code.filename = internStr("test.py");
    code.flags = flags;
    code.posOnlyCount = posOnly;
    code.argCount = args;
    code.kwOnlyCount = kwOnly;
    code.paramCount = code.varCount = static_cast<uint32_t>(names.size());
    code.varNames = names.data();
    code.entry = reinterpret_cast<void*>(packEight);
    code.invoke = krt_invoke_spread;
    Ref globals(newDict());
    function.reset(krt_function_new(&code, globals, defaults, Value(), Value(), Value()));
  }
};

std::string callWith(Value f, std::vector<Value> positional, std::vector<std::pair<const char*, Value>> named = {}) {
  Ref names(named.empty() ? Value() : newTuple(static_cast<int64_t>(named.size())));
  for (size_t i = 0; i < named.size(); ++i) {
    asTuple(names)->items[i] = internStr(named[i].first);
    positional.push_back(named[i].second);
  }
  Ref result(call(f, Args{positional.data(), positional.size() - named.size(), names}));
  return result ? text(result) : pending();
}

Value num(int64_t n) { return Value::ofSmallInt(n); }

TEST(Calls, SpreadPassesRegistersAndStack) {
  Made f("f", {"a", "b", "c", "d", "e", "g", "h", "i"}, 0, 8, 0, 0);
  EXPECT_EQ(callWith(f.function, {num(1), num(2), num(3), num(4), num(5), num(6), num(7), num(8)}),
            "(1, 2, 3, 4, 5, 6, 7, 8)");
  EXPECT_EQ(krt_hot.anchor, nullptr);
}

TEST(Calls, BindsKeywordsDefaultsAndRest) {
  Ref defaults(newTuple({num(9)}));
  Made f("f", {"a", "b", "k", "args", "kw"}, 0, 2, 1, kCodeVarArgs | kCodeVarKeywords, defaults);
  EXPECT_EQ(callWith(f.function, {num(1)}, {{"k", num(3)}}), "(1, 9, 3, (), {})");
  EXPECT_EQ(callWith(f.function, {num(1), num(2), num(4)}, {{"z", num(5)}, {"k", num(3)}}), "(1, 2, 3, (4,), {'z': 5})");
}

TEST(Calls, ErrorsInCPythonsWords) {
  Made two("f", {"a", "b"}, 0, 2, 0, 0);
  EXPECT_EQ(callWith(two.function, {}), "TypeError: f() missing 2 required positional arguments: 'a' and 'b'");
  EXPECT_EQ(callWith(two.function, {num(1), num(2), num(3)}), "TypeError: f() takes 2 positional arguments but 3 were given");
  EXPECT_EQ(callWith(two.function, {num(1)}, {{"a", num(2)}}), "TypeError: f() got multiple values for argument 'a'");
  EXPECT_EQ(callWith(two.function, {num(1)}, {{"x", num(2)}}), "TypeError: f() got an unexpected keyword argument 'x'");
  Made only("g", {"a", "k"}, 1, 1, 1, 0);
  EXPECT_EQ(callWith(only.function, {}, {{"a", num(1)}}),
            "TypeError: g() got some positional-only arguments passed as keyword arguments: 'a'");
  EXPECT_EQ(callWith(only.function, {num(1)}), "TypeError: g() missing 1 required keyword-only argument: 'k'");
  EXPECT_EQ(callWith(only.function, {num(1), num(2)}, {{"k", num(3)}}),
            "TypeError: g() takes 1 positional argument but 2 positional arguments (and 1 keyword-only argument) were given");
}

TEST(Calls, BuiltinSignatures) {
  Value argv[4];
  Ref holder[2];
  auto bind = [&](const char* signature, std::vector<Value> values, Value names = Value()) {
    size_t n = values.size() - (names ? asTuple(names)->size : 0);
    return bindArguments("f", signature, Args{values.data(), n, names}, argv, 4, holder) < 0 ? pending() : "";
  };
  Ref x(newTuple({internStr("x")})), sep(newTuple({internStr("sep")}));
  EXPECT_EQ(bind("($self, a, b=None, /)", {}), "TypeError: f expected at least 1 argument, got 0");
  EXPECT_EQ(bind("($self, a, b, /)", {num(1)}), "TypeError: f expected 2 arguments, got 1");
  EXPECT_EQ(bind("($self, a, /)", {}), "TypeError: f() takes exactly one argument (0 given)");
  EXPECT_EQ(bind("($self, sep=None, maxsplit=-1)", {num(1), num(2), num(3)}), "TypeError: f() takes at most 2 arguments (3 given)");
  EXPECT_EQ(bind("($self, sep=None, maxsplit=-1)", {num(1)}, x), "TypeError: 'x' is an invalid keyword argument for f()");
  EXPECT_EQ(bind("($self, sep=None, maxsplit=-1)", {num(1), num(2)}, sep),
            "TypeError: argument for f() given by name ('sep') and position (1)");
  EXPECT_EQ(bind("(number, ndigits=None)", {}), "TypeError: f() missing required argument 'number' (pos 1)");
  EXPECT_EQ(bind("(*args, sep=' ')", {num(1), num(2), num(3)}, sep), "");
  EXPECT_EQ(text(argv[1]), "(1, 2)");
  EXPECT_EQ(argv[0], num(3));
}

// A generator: yields 1, then what was sent; returns 7.
int32_t resumeCounter(GeneratorObject* g, Value sent, Value* out) {
  if (!sent) return kResumeRaise;
  switch (krt_generator_state(g)) {
  case 0:
    krt_generator_set_state(g, 1);
    *out = num(1);
    decref(sent);
    return kResumeYield;
  case 1:
    krt_generator_set_state(g, 2);
    *out = sent;
    return kResumeYield;
  default:
    decref(sent);
    *out = num(7);
    return kResumeReturn;
  }
}

TEST(Generators, SendThrowClose) {
  Made made("gen", {}, 0, 0, 0, kCodeGenerator);
  made.code.resume = resumeCounter;
  auto fresh = [&] { return Ref(krt_generator_new(made.function.as<FunctionObject>(), &made.code, nullptr)); };
  Ref g = fresh();
  EXPECT_FALSE(Ref(callMethod(g, "send", {num(5)})));
  EXPECT_EQ(pending(), "TypeError: can't send non-None value to a just-started generator");
  EXPECT_EQ(next(g), num(1));
  EXPECT_EQ(Ref(callMethod(g, "send", {num(5)})).get(), num(5));
  EXPECT_FALSE(Ref(callMethod(g, "send", {none()})));
  EXPECT_EQ(pending(), "StopIteration: 7");
  EXPECT_TRUE(next(g).isNull());
  EXPECT_FALSE(errorSet());
  Ref thrown = fresh();
  EXPECT_EQ(next(thrown), num(1));
  EXPECT_FALSE(Ref(callMethod(thrown, "throw", {asValue(&StopIterationType)})));
  EXPECT_EQ(pending(), "RuntimeError: generator raised StopIteration");
  Ref closed = fresh();
  EXPECT_EQ(next(closed), num(1));
  EXPECT_TRUE(Ref(callMethod(closed, "close")));
  EXPECT_FALSE(errorSet());
}

} // namespace
} // namespace krait
