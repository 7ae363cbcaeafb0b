// Binding arguments to builtin functions, by their text signature. The wording
// of errors follows the three shapes that CPython's Argument Clinic makes:
// one object or none; positional only; keywords accepted.
#include "runtime/object/call.h"
#include <algorithm>
#include <cstring>
#include <vector>
#include "runtime/object/parsed_rows.h"
#include "runtime/threads/builtin_events.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

/// A parsed text signature. Parameters: positional-only, positional or keyword,
/// keyword-only; *args and **kwargs get the next words, in this order.
struct Signature {
  struct Parameter {
    std::string_view name;
    Value interned; // immortal: the table lives as long as the process
    bool required;
  };
  std::vector<Parameter> parameters;
  size_t positionalOnly = 0; // parameters before the '/'
  size_t positional = 0;     // that may be given by position
  size_t minPositional = 0;  // up to the last required of them
  size_t requiredKeywords = 0;
  bool varArgs = false, varKeywords = false;

  size_t words() const { return parameters.size() + varArgs + varKeywords; }
  bool takesKeywords() const { return parameters.size() > positionalOnly || varKeywords; }
  /// Arguments by position go to their words, and nothing else has to be made.
  bool isPlain() const { return !varArgs && !varKeywords && requiredKeywords == 0; }
  bool takesByPosition(const Args& args) const { // which has no names
    return isPlain() && args.count >= minPositional && args.count <= positional;
  }
};

namespace {

/// Reads the parameters between the outer parentheses one at a time.
class SignatureReader {
public:
  explicit SignatureReader(const char* text) : p_(text) {
    if (*p_ == '(') ++p_;
  }
  /// The next piece without blanks around it; empty at the end.
  std::string_view next() {
    while (*p_ == ' ' || *p_ == ',' || *p_ == '\n') ++p_;
    const char* start = p_;
    int nesting = 0;
    while (*p_) {
      char c = *p_;
      if (c == '\'' || c == '"') {
        for (++p_; *p_ && *p_ != c; ++p_)
          if (*p_ == '\\') ++p_;
      } else if (c == '(' || c == '[' || c == '{') {
        ++nesting;
      } else if ((c == ')' || c == ']' || c == '}') && nesting-- == 0) {
        break;
      } else if (c == ',' && nesting == 0) {
        break;
      }
      if (*p_) ++p_;
    }
    const char* end = p_;
    while (end > start && end[-1] == ' ') --end;
    return {start, static_cast<size_t>(end - start)};
  }

private:
  const char* p_;
};

Signature* parse(const char* text) {
  auto* s = new Signature;
  SignatureReader reader(text);
  bool keywordOnly = false;
  for (std::string_view piece = reader.next(); !piece.empty(); piece = reader.next()) {
    if (piece[0] == '$') continue;
    if (piece == "/") {
      s->positionalOnly = s->parameters.size();
    } else if (piece.starts_with("**")) {
      s->varKeywords = true;
    } else if (piece[0] == '*') {
      s->varArgs = piece.size() > 1;
      keywordOnly = true;
    } else {
      size_t equals = piece.find('=');
      std::string_view name = piece.substr(0, equals);
      while (name.ends_with(' ')) name.remove_suffix(1);
      bool required = equals == std::string_view::npos;
      s->parameters.push_back({name, internStr(name), required});
      size_t n = s->parameters.size();
      if (keywordOnly) {
        if (required) s->requiredKeywords = n - s->positional;
      } else {
        s->positional = n;
        if (required) s->minPositional = n;
      }
    }
  }
  return s;
}

/// Parsed signatures by the address of their text, for the whole process. Open addressing, at most half full.
class SignatureTable {
public:
  const Signature& of(const char* text) {
    if (slots_) [[likely]] {
      Slot& slot = find(text);
      if (slot.text) [[likely]] return *slot.parsed;
    }
    return add(text);
  }

private:
  struct Slot {
    const char* text;
    const Signature* parsed;
  };
  /// The text's slot, or the free one where it belongs.
  Slot& find(const char* text) const {
    size_t i = (reinterpret_cast<uintptr_t>(text) * 0x9E3779B97F4A7C15) >> (64 - bits_);
    while (slots_[i].text && slots_[i].text != text) i = (i + 1) & ((size_t{1} << bits_) - 1);
    return slots_[i];
  }
  [[gnu::cold, gnu::noinline]] const Signature& add(const char* text) {
    if (!slots_ || 2 * (count_ + 1) > size_t{1} << bits_) grow();
    ++count_;
    const Signature* parsed = parse(text);
    find(text) = {text, parsed};
    return *parsed;
  }
  void grow() {
    Slot* old = slots_;
    const size_t oldSize = old ? size_t{1} << bits_ : 0;
    bits_ = old ? bits_ + 1 : 6;
    slots_ = new Slot[size_t{1} << bits_]();
    for (size_t i = 0; i < oldSize; ++i)
      if (old[i].text) find(old[i].text) = old[i];
    delete[] old;
  }
  Slot* slots_ = nullptr;
  size_t count_ = 0;
  unsigned bits_ = 0;
};

const Signature& signatureOf(const char* text) {
  static constinit SignatureTable table;
  return table.of(text);
}

const Signature& signatureOf(const MethodDef* def) {
  if (!def->parsed) [[unlikely]] def->parsed = &signatureOf(def->signature);
  return *def->parsed;
}

const char* plural(size_t n) { return n == 1 ? "" : "s"; }

/// True if exactly one positional-only, required parameter: CPython's METH_O.
bool takesOneObject(const Signature& s) {
  return s.words() == 1 && s.positionalOnly == 1 && s.minPositional == 1;
}

/// As who parses a tuple says it. A null `callee` has no name.
int32_t checkParsed(const char* callee, size_t given, size_t min, size_t max) {
  if (given >= min && given <= max) return 0;
  const size_t bound = given < min ? min : max;
  return fail(TypeErrorType, "%.200s%s takes %s %zd argument%s (%zd given)", callee ? callee : "function", callee ? "()" : "",
              min == max ? "exactly" : given < min ? "at least" : "at most", bound, plural(bound), given);
}

int32_t checkRange(const char* callee, size_t given, size_t min, size_t max) {
  if (!callee) return checkParsed(callee, given, min, max);
  if (given < min)
    return fail(TypeErrorType, "%.200s expected %s%zd argument%s, got %zd", callee, min == max ? "" : "at least ", min,
                plural(min), given);
  if (given > max)
    return fail(TypeErrorType, "%.200s expected %s%zd argument%s, got %zd", callee, min == max ? "" : "at most ", max,
                plural(max), given);
  return 0;
}

struct BuiltinBinding {
  const char* callee;
  const Signature& s;
  const Args& args;
  Value* argv;
  Ref* holder;

  size_t indexOf(Value name) const {
    for (size_t i = s.positionalOnly; i < s.parameters.size(); ++i)
      if (s.parameters[i].interned == name || strEqual(name, s.parameters[i].interned)) return i;
    return s.parameters.size();
  }
  Value keywordName(size_t k) const { return asTuple(args.names)->items[k]; }
  Value keywordValue(size_t k) const { return args.values[args.count + k]; }
};

/// The counts, before any keyword is looked at.
int32_t checkCounts(const BuiltinBinding& b) {
  size_t limit = b.s.parameters.size(), given = b.args.count, keywords = b.args.nameCount();
  if (b.s.varArgs || b.s.varKeywords) {
    if (!b.s.varArgs && given > b.s.positional) {
      return b.s.positional == 0 ? fail(TypeErrorType, "%.200s() takes no positional arguments", b.callee)
                                 : checkRange(b.callee, given, b.s.minPositional, b.s.positional);
    }
    return 0;
  }
  if (given + keywords > limit)
    return fail(TypeErrorType, "%.200s%s takes at most %zd %sargument%s (%zd given)", b.callee ? b.callee : "function",
                b.callee ? "()" : "", limit,
                given == 0 ? "keyword " : "", plural(limit), given + keywords);
  if (given > b.s.positional) {
    if (b.s.positional == 0) return fail(TypeErrorType, "%.200s() takes no positional arguments", b.callee);
    return fail(TypeErrorType, "%.200s%s takes %s %zd positional argument%s (%zd given)", b.callee ? b.callee : "function",
                b.callee ? "()" : "", b.s.minPositional < b.s.positional ? "at most" : "exactly", b.s.positional,
                plural(b.s.positional), given);
  }
  size_t minimum = b.s.positionalOnly < b.s.minPositional ? b.s.positionalOnly : b.s.minPositional;
  if (given < minimum)
    return fail(TypeErrorType, "%.200s() takes %s %zd positional argument%s (%zd given)", b.callee,
                minimum < b.s.positional ? "at least" : "exactly", minimum, plural(minimum), given);
  return 0;
}

int32_t collectVarArgs(const BuiltinBinding& b) {
  if (!b.s.varArgs) return 0;
  size_t direct = b.args.count < b.s.positional ? b.args.count : b.s.positional;
  b.holder[0].reset(newTupleFrom(b.args.values + direct, b.args.count - direct));
  b.argv[b.s.parameters.size()] = b.holder[0];
  return b.holder[0] ? 0 : -1;
}

int32_t bindNames(const BuiltinBinding& b) {
  Value* extra = nullptr;
  if (b.s.varKeywords) {
    b.holder[1].reset(newDict());
    if (!b.holder[1]) return -1;
    extra = b.holder[1].address();
    b.argv[b.s.parameters.size() + b.s.varArgs] = *extra;
  }
  for (size_t k = 0; k < b.args.nameCount(); ++k) {
    Value name = b.keywordName(k);
    if (!isStr(name)) return fail(TypeErrorType, "keywords must be strings");
    size_t i = b.indexOf(name);
    if (i < b.s.parameters.size()) {
      if (!b.argv[i]) b.argv[i] = b.keywordValue(k);
    } else if (extra && dictSet(*extra, name, b.keywordValue(k)) < 0) {
      return -1;
    }
  }
  return 0;
}

int32_t checkMissing(const BuiltinBinding& b) {
  size_t required = b.s.requiredKeywords ? b.s.positional + b.s.requiredKeywords : b.s.minPositional;
  for (size_t i = b.args.count < b.s.positionalOnly ? b.s.positionalOnly : 0; i < required; ++i)
    if (!b.argv[i] && b.s.parameters[i].required)
      return fail(TypeErrorType, "%.200s%s missing required argument '%U' (pos %zd)", b.callee ? b.callee : "function",
                  b.callee ? "()" : "", b.s.parameters[i].interned, i + 1);
  return 0;
}

/// Keywords that found no place: given by position too, or unknown.
int32_t checkSurplusNames(const BuiltinBinding& b) {
  for (size_t k = 0; k < b.args.nameCount(); ++k) {
    size_t i = b.indexOf(b.keywordName(k));
    if (i < b.args.count && i < b.s.positional)
      return fail(TypeErrorType, "argument for %.200s%s given by name ('%U') and position (%zd)", b.callee ? b.callee : "function",
                  b.callee ? "()" : "",
                  b.keywordName(k), i + 1);
  }
  for (size_t k = 0; k < b.args.nameCount() && !b.s.varKeywords; ++k)
    if (b.indexOf(b.keywordName(k)) == b.s.parameters.size())
      return fail(TypeErrorType, "'%S' is an invalid keyword argument for %.200s%s", b.keywordName(k),
                  b.callee ? b.callee : "this function", b.callee ? "()" : "");
  return 0;
}

/// The positional arguments, which fit, and nulls behind them: a few words, to which no call is made.
inline void spread(const Args& args, Value* argv, size_t words) {
  size_t i = 0;
  for (; i < args.count; ++i) {
    argv[i] = args.values[i];
    asm("" : "+r"(i));
  }
  for (; i < words; ++i) {
    argv[i] = Value();
    asm("" : "+r"(i));
  }
}

/// The call as it is meant: keywords by the very names of parameters that are not given by position, each once, and
/// nothing missing. False: it is another, or one that is wrong; `argv`, which has room for the parameters, is no worse for it.
inline bool bindNamesAsMeant(const Signature& s, const Args& args, Value* argv) {
  const size_t given = args.count, words = s.parameters.size();
  if (s.varArgs || s.varKeywords || given > s.positional || given < std::min(s.positionalOnly, s.minPositional)) return false;
  spread(args, argv, words);
  const Signature::Parameter* const parameters = s.parameters.data();
  const size_t first = std::max(given, s.positionalOnly), names = args.nameCount();
  for (size_t k = 0; k < names; ++k) {
    const Value name = asTuple(args.names)->items[k];
    size_t i = first;
    while (i < words && parameters[i].interned != name) ++i;
    if (i == words || argv[i]) return false;
    argv[i] = args.values[given + k];
  }
  const size_t end = s.requiredKeywords ? words : s.minPositional;
  for (size_t i = given; i < end; ++i)
    if (!argv[i] && parameters[i].required) return false;
  return true;
}

/// Most calls. False: nothing is bound.
[[gnu::always_inline]] inline bool bindAsMeant(const Signature& s, const Args& args, Value* argv) {
  if (args.names) return bindNamesAsMeant(s, args, argv);
  if (!s.takesByPosition(args)) return false;
  spread(args, argv, s.parameters.size());
  return true;
}

/// The others, and those that are wrong.
[[gnu::noinline]] int32_t bind(const BuiltinBinding& b) {
  size_t words = b.s.words();
  if (words > 0) memset(static_cast<void*>(b.argv), 0, words * sizeof(Value));
  if (!b.s.takesKeywords()) {
    if (b.args.nameCount()) return fail(TypeErrorType, "%.200s() takes no keyword arguments", b.callee);
    if (takesOneObject(b.s)) {
      if (b.args.count != 1)
        return fail(TypeErrorType, "%.200s() takes exactly one argument (%zd given)", b.callee, b.args.count);
    } else if (words == 0) {
      if (b.args.count) return fail(TypeErrorType, "%.200s() takes no arguments (%zd given)", b.callee, b.args.count);
    } else if (checkRange(b.callee, b.args.count, b.s.minPositional, b.s.varArgs ? SIZE_MAX : b.s.positional) < 0) {
      return -1;
    }
  } else if (checkCounts(b) < 0) {
    return -1;
  }
  size_t direct = b.args.count < b.s.positional ? b.args.count : b.s.positional;
  if (direct > 0) memcpy(static_cast<void*>(b.argv), b.args.values, direct * sizeof(Value));
  if (collectVarArgs(b) < 0) return -1;
  if (!b.s.takesKeywords()) return 0;
  if (bindNames(b) < 0 || checkMissing(b) < 0) return -1;
  return checkSurplusNames(b);
}

/// Text like "list.append" without the parentheses that calleeText adds.
Value fullName(Value callable) {
  Ref text(calleeText(callable));
  return text ? strSubstring(text, 0, asStr(text)->length - 2) : Value();
}

Value raiseNoKeywords(Value callable) {
  Ref name(fullName(callable));
  return name ? raise(TypeErrorType, "%U() takes no keyword arguments", name.get()) : Value();
}

} // namespace

int32_t bindArguments(const char* callee, const char* signature, const Args& args, Value* argv, size_t capacity,
                      Ref holder[2]) {
  const Signature& s = signatureOf(signature);
  if (s.words() > capacity) __builtin_trap(); // the caller's array does not fit its own signature
  return bindAsMeant(s, args, argv) ? 0 : bind({callee, s, args, argv, holder});
}

int32_t refuseArguments(const char* callee, const Args& args, size_t min, size_t max) {
  if (checkNoKeywords(callee, args) < 0) return -1;
  return checkRange(callee, args.count, min, max);
}

int32_t refuseNames(const char* callee, const Args& args) {
  if (args.nameCount() == 0) return 0;
  return fail(TypeErrorType, "%.200s() takes no keyword arguments", callee);
}

namespace {
/// A bound method that takes a tuple in CPython says its bare name, as all do that parse one.
Value raiseNamed(const MethodDef* def, Value callable, Value self, bool takesTuple) {
  const bool isBound = isParsed(def) || (isExact(callable, builtinFunctionType) && !isInstanceOf(self, moduleType));
  return takesTuple && isBound ? raise(TypeErrorType, "%s() takes no keyword arguments", def->name) : raiseNoKeywords(callable);
}

[[gnu::noinline]] Value dispatch(const MethodDef* def, Value callable, Value self, const Args& args) {
  switch (def->kind) {
  case CallKind::Generic:
    if (def->flags & kMethodPositional && args.nameCount()) return raiseNamed(def, callable, self, true);
    return def->generic(self, args);
  case CallKind::NoArgs:
    if (args.nameCount()) return raiseNoKeywords(callable);
    if (args.count == 0) return def->noArgs(self);
    if (Ref name(fullName(callable)); name)
      raise(TypeErrorType, "%U() takes no arguments (%zd given)", name.get(), args.count);
    return Value();
  case CallKind::OneArg: {
    bool named = def->signature && signatureOf(def).takesKeywords();
    if (named || isParsed(def)) break;
    if (args.nameCount()) return raiseNoKeywords(callable);
    if (args.count == 1) return def->oneArg(self, args[0]);
    if (Ref name(fullName(callable)); name)
      raise(TypeErrorType, "%U() takes exactly one argument (%zd given)", name.get(), args.count);
    return Value();
  }
  case CallKind::Bound: break;
  }
  const Signature& s = signatureOf(def);
  if (def->kind == CallKind::Bound && s.isPlain())
    def->positional = {static_cast<uint8_t>(s.minPositional), static_cast<uint8_t>(s.positional), static_cast<uint8_t>(s.words())};
  if (args.nameCount() && !s.takesKeywords()) {
    return raiseNamed(def, callable, self, s.varArgs || def->flags & kMethodNameless);
  }
  if (s.varArgs && s.words() == 1 && !args.nameCount() && def->kind == CallKind::Bound) { // nothing but *args
    const Ref rest(newTupleFrom(args.values, args.count));
    const Value word = rest;
    return word ? def->bound(self, &word) : Value();
  }
  constexpr size_t kMaxWords = 32;
  uint64_t space[kMaxWords]; // not cleared
  auto* argv = reinterpret_cast<Value*>(space);
  Ref holder[2];
  if (isParsed(def) && checkParsed(def->name, args.count, s.minPositional, s.positional) < 0) return Value();
  if (takesOneObject(s) && args.count != 1) {
    if (Ref name(fullName(callable)); name)
      raise(TypeErrorType, "%U() takes exactly one argument (%zd given)", name.get(), args.count);
    return Value();
  }
  if (s.words() > kMaxWords) __builtin_trap();
  if (!bindAsMeant(s, args, argv) && bind({def->flags & kMethodNameless && !isParsed(def) ? nullptr : def->name, s, args, argv, holder}) < 0) return Value();
  return def->kind == CallKind::OneArg ? def->oneArg(self, argv[0]) : def->bound(self, argv);
}

} // namespace

Value callMethodDef(const MethodDef* def, Value callable, Value self, const Args& args) {
  if (!eventsActive) [[likely]] {
    if (args.names && def->kind == CallKind::Bound) {
      constexpr size_t kMaxWords = 12;
      uint64_t space[kMaxWords]; // not cleared
      auto* argv = reinterpret_cast<Value*>(space);
      const Signature& s = signatureOf(def);
      if (s.parameters.size() <= kMaxWords && bindNamesAsMeant(s, args, argv)) return def->bound(self, argv);
    }
    return dispatch(def, callable, self, args);
  }
  const bool isEvent = isCalledByPython(callable);
  const Ref shown(isEvent ? profiledBuiltin(callable, self) : newRef(callable));
  if (!shown || (isEvent && traceBuiltinCall(shown) < 0)) return Value();
  Value result;
  {
    const BuiltinRuns running;
    result = dispatch(def, callable, self, args);
  }
  return isEvent ? traceBuiltinReturn(shown, result) : result;
}

} // namespace krait
