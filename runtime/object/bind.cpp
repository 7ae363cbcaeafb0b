// Binding arguments to the parameters of a compiled function. Steps: positional
// words go to their places, the surplus into *args; keywords find their
// parameter or go into **kwargs; defaults fill what is left. Every step that
// fails says so in CPython's words.
//
// All words are consumed, on success (into `argv`) and on error alike. Most calls
// fit: bindQuickly finds out without changing anything, and needs no second look
// at the words.
#include <algorithm>
#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/object/direct_calls.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

struct Binding {
  FunctionObject* f;
  const CodeInfo* code;
  Value* words;      // positional ones, then one per keyword: consumed
  size_t given;      // positional ones
  Value names;       // tuple or null
  Value* argv;       // code->paramCount words, zeroed

  size_t positional() const { return code->argCount; }
  size_t named() const { return code->argCount + code->kwOnlyCount; }
  bool hasVarArgs() const { return code->flags & kCodeVarArgs; }
  bool hasVarKeywords() const { return code->flags & kCodeVarKeywords; }
  size_t nameCount() const { return names ? static_cast<size_t>(asTuple(names)->size) : 0; }
};

Value quotedList(Value list) {
  Ref separator(newStr(", "));
  return strJoin(separator, list);
}

/// "'a'", "'a' and 'b'", "'a', 'b', and 'c'".
Value enumerateNames(Value list) {
  ListObject* l = asList(list);
  if (l->size == 1) return newRef(l->items[0]);
  if (l->size == 2) return formatText("%U and %U", l->items[0], l->items[1]);
  Ref head(listSlice(list, 0, l->size - 2));
  Ref text(head ? quotedList(head) : Value());
  if (!text) return Value();
  return formatText("%U, %U, and %U", text.get(), l->items[l->size - 2], l->items[l->size - 1]);
}

/// Names of the unfilled parameters in [from, to), quoted: a list.
Value missingNames(const Binding& b, size_t from, size_t to) {
  Ref list(newList(0));
  for (size_t i = from; i < to && list; ++i) {
    if (b.argv[i]) continue;
    Ref quoted(repr(b.code->varNames[i]));
    if (!quoted || listAppend(list, quoted) < 0) return Value();
  }
  return list.release();
}

void raiseMissing(const Binding& b, const char* kind, size_t from, size_t to) {
  Ref list(missingNames(b, from, to));
  Ref text(list ? enumerateNames(list) : Value());
  if (!text) return;
  int64_t n = asList(list)->size;
  raise(TypeErrorType, "%U() missing %zd required %s argument%s: %U", b.f->qualname, n, kind, n == 1 ? "" : "s",
        text.get());
}

void raiseTooMany(const Binding& b) {
  size_t keywordOnly = 0;
  for (size_t i = b.positional(); i < b.named(); ++i) keywordOnly += b.argv[i] ? 1 : 0;
  size_t limit = b.positional(), defaults = b.f->defaults ? asTuple(b.f->defaults)->size : 0;
  bool plural = defaults || limit != 1;
  Ref takes(defaults ? formatText("from %zd to %zd", limit - defaults, limit) : formatText("%zd", limit));
  Ref also(keywordOnly ? formatText(" positional argument%s (and %zd keyword-only argument%s)",
                                    b.given != 1 ? "s" : "", keywordOnly, keywordOnly != 1 ? "s" : "")
                       : emptyStr());
  if (!takes || !also) return;
  raise(TypeErrorType, "%U() takes %U positional argument%s but %zd%U %s given", b.f->qualname, takes.get(),
        plural ? "s" : "", b.given, also.get(), b.given == 1 && !keywordOnly ? "was" : "were");
}

/// True (with an error) if some keyword names a positional-only parameter.
bool raisedPositionalOnly(const Binding& b) {
  Ref list(newList(0));
  if (!list) return true;
  for (size_t i = 0; i < b.code->posOnlyCount; ++i)
    for (size_t k = 0; k < b.nameCount(); ++k)
      if (strEqual(b.code->varNames[i], asTuple(b.names)->items[k]))
        if (listAppend(list, b.code->varNames[i]) < 0) return true;
  if (asList(list)->size == 0) return false;
  Ref text(quotedList(list));
  if (text)
    raise(TypeErrorType, "%U() got some positional-only arguments passed as keyword arguments: '%U'", b.f->qualname,
          text.get());
  return true;
}

/// Index of the parameter that keyword `name` fills, named() if there is none, or SIZE_MAX with the error of comparing an instance of a
/// class below str.
size_t findParameter(const Binding& b, Value name) {
  size_t from = b.code->posOnlyCount, to = b.named();
  for (size_t i = from; i < to; ++i)
    if (b.code->varNames[i] == name) return i;
  const bool isPlain = isExactStr(name);
  for (size_t i = from; i < to; ++i) {
    const int32_t same = isPlain ? strEqual(b.code->varNames[i], name) : equal(name, b.code->varNames[i]);
    if (same) return same < 0 ? SIZE_MAX : i;
  }
  return to;
}

bool bindKeywords(Binding& b, Value* extra) {
  for (size_t k = 0; k < b.nameCount(); ++k) {
    Value name = asTuple(b.names)->items[k];
    if (!isStr(name)) {
      raise(TypeErrorType, "%U() keywords must be strings", b.f->qualname);
      return false;
    }
    Value& word = b.words[b.given + k];
    size_t i = findParameter(b, name);
    if (i == SIZE_MAX) return false;
    if (i < b.named()) {
      if (b.argv[i]) {
        raise(TypeErrorType, "%U() got multiple values for argument '%S'", b.f->qualname, name);
        return false;
      }
      b.argv[i] = word;
      word = Value();
    } else if (extra) {
      if (dictSet(*extra, name, word) < 0) return false;
    } else {
      if (!raisedPositionalOnly(b))
        raise(TypeErrorType, "%U() got an unexpected keyword argument '%S'", b.f->qualname, name);
      return false;
    }
  }
  return true;
}

bool fillDefaults(Binding& b) {
  size_t limit = b.positional();
  if (b.given < limit) {
    size_t defaults = b.f->defaults ? asTuple(b.f->defaults)->size : 0;
    size_t required = limit > defaults ? limit - defaults : 0;
    // The body of exec'd text or of a class, called like a function: the names are the globals.
    if (!(b.code->flags & kCodeOptimized) && required == 1 && !b.argv[0]) b.argv[0] = newRef(b.f->globals);
    for (size_t i = b.given; i < required; ++i)
      if (!b.argv[i]) {
        raiseMissing(b, "positional", b.given, required);
        return false;
      }
    size_t skip = defaults > limit ? defaults - limit : 0; // more defaults than parameters: the last ones count
    for (size_t i = required; i < limit; ++i)
      if (!b.argv[i]) b.argv[i] = newRef(asTuple(b.f->defaults)->items[skip + i - required]);
  }
  bool missing = false;
  for (size_t i = limit; i < b.named(); ++i) {
    if (b.argv[i]) continue;
    Value found = b.f->kwdefaults ? dictGet(b.f->kwdefaults, b.code->varNames[i]) : Value();
    if (!found && errorSet()) return false;
    if (found) b.argv[i] = newRef(found);
    else missing = true;
  }
  if (missing) raiseMissing(b, "keyword-only", limit, b.named());
  return !missing;
}

bool bind(Binding& b) {
  size_t place = b.named();
  size_t direct = b.given < b.positional() ? b.given : b.positional();
  memcpy(static_cast<void*>(b.argv), b.words, direct * sizeof(Value));
  memset(static_cast<void*>(b.words), 0, direct * sizeof(Value));
  if (b.hasVarArgs()) {
    size_t surplus = b.given - direct;
    Value rest = surplus ? newTuple(static_cast<int64_t>(surplus)) : newRef(emptyTuple());
    if (!rest) return false;
    for (size_t i = 0; i < surplus; ++i) {
      asTuple(rest)->items[i] = b.words[direct + i];
      b.words[direct + i] = Value();
    }
    b.argv[place++] = rest;
  } else {
    for (size_t i = direct; i < b.given; ++i) clear(b.words[i]); // what is too much dies before anybody says so
  }
  Value* extra = nullptr;
  if (b.hasVarKeywords()) {
    extra = &b.argv[place];
    *extra = newDict();
    if (!*extra) return false;
  }
  if (!bindKeywords(b, extra)) return false;
  if (extra && asDict(*extra)->used == 0 && (b.code->flags & kCodeLazyKeywords)) clear(*extra);
  if (b.given > b.positional() && !b.hasVarArgs()) {
    raiseTooMany(b);
    return false;
  }
  return fillDefaults(b);
}

/// Most parameters of a function that is bound quickly.
constexpr size_t kQuickParameters = 12;

/// The dict of the keywords whose bits are set in `extra`; their values begin at `values`. Null with an error.
Value dictOfRest(Value names, const Value* values, uint32_t extra) {
  uint64_t space[2 * 32]; // not cleared
  auto* pairs = reinterpret_cast<Value*>(space);
  uint64_t count = 0;
  for (; extra; extra &= extra - 1) {
    const auto k = static_cast<uint32_t>(__builtin_ctz(extra));
    pairs[2 * count] = newRef(asTuple(names)->items[k]);
    pairs[2 * count++ + 1] = newRef(values[k]);
  }
  return krt_dict_new(pairs, count);
}

/// The dict of ** where there are no keywords: null if it is not to be made, or not yet, and with an error.
Value noKeywords(const CodeInfo* code) { return needsKeywords(code) ? newDict() : Value(); }

/// What * and ** take, into `argv` behind the named parameters: positional words from `from` to `to`, and the keywords whose bits
/// are set in `extra`. False: nothing has happened.
[[gnu::always_inline]] inline bool takeRest(const CodeInfo* code, Value* words, size_t from, size_t to, Value names, uint32_t extra, Value* argv) {
  Ref keywords(extra ? dictOfRest(names, words + to, extra) : noKeywords(code));
  const bool hasRest = code->flags & kCodeVarArgs;
  Ref rest(!hasRest ? Value() : from < to ? newTuple(static_cast<int64_t>(to - from)) : newRef(emptyTuple()));
  if ((hasRest && !rest) || (!keywords && (extra || needsKeywords(code)))) {
    errorClear();
    return false;
  }
  for (size_t i = from; i < to; ++i) asTuple(rest)->items[i - from] = words[i];
  for (; extra; extra &= extra - 1) decref(words[to + static_cast<uint32_t>(__builtin_ctz(extra))]); // the dict has it
  if (hasRest) *argv++ = rest.release();
  if (code->flags & kCodeVarKeywords) *argv = keywords.release();
  return true;
}

/// The default of keyword-only parameter number `k` (borrowed), or null. Most dicts of them were written in the order of the parameters.
Value keywordDefault(FunctionObject* f, size_t k, Value name) {
  if (!f->kwdefaults) return {};
  const auto* d = asDict(f->kwdefaults);
  if (static_cast<int64_t>(k) < d->entryCount && d->entries[k].key == name && !d->split) return d->entries[k].value;
  Value v = dictGet(f->kwdefaults, name);
  if (!v && errorSet()) errorClear();
  return v;
}

bool isInternedStr(Value name) { return isExactStr(name) && asStr(name)->flags & kStrInterned; }

/// Binding when nothing is wrong with the call and its keywords are spelled by the very strings that name the parameters.
/// False: nothing has happened, the general way finds out what is wrong.
bool bindQuickly(FunctionObject* f, Value* words, size_t given, Value names, Value* argv) {
  const CodeInfo* code = f->code;
  const size_t positional = code->argCount, named = positional + code->kwOnlyCount;
  const size_t direct = given < positional ? given : positional;
  const uint32_t hasRest = code->flags & (kCodeVarArgs | kCodeVarKeywords);
  if (given > positional && !(hasRest & kCodeVarArgs)) return false;
  for (size_t i = 0; i < named; ++i) {
    argv[i] = i < direct ? words[i] : Value();
    asm("" : "+r"(i)); // a few words: else two calls of memcpy and memset
  }
  size_t open = named - direct;
  uint32_t extra = 0; // a bit for each keyword that goes to **
  if (names) {
    auto* tuple = asTuple(names);
    const size_t first = direct > code->posOnlyCount ? direct : code->posOnlyCount;
    for (int64_t k = 0; k < tuple->size; ++k) {
      Value name = tuple->items[k];
      size_t i = first;
      while (i < named && code->varNames[i] != name) ++i;
      if (i < named) {
        if (argv[i]) return false;
        argv[i] = words[given + static_cast<size_t>(k)];
        --open;
      } else {
        // Of two interned names each is the other only by its address.
        if (!(hasRest & kCodeVarKeywords) || k >= 32 || !isInternedStr(name)) return false;
        if (!extra && !std::all_of(code->varNames + code->posOnlyCount, code->varNames + named, isInternedStr)) return false;
        for (size_t p = code->posOnlyCount; p < first; ++p)
          if (code->varNames[p] == name) return false;
        extra |= 1u << k;
      }
    }
  }
  if (open == 0) return !hasRest || takeRest(code, words, direct, given, names, extra, argv + named);
  uint32_t filled = 0; // a bit for each parameter that takes its default
  const size_t defaults = f->defaults ? static_cast<size_t>(asTuple(f->defaults)->size) : 0;
  if (defaults > positional) return false;
  for (size_t i = direct; i < named; ++i) {
    if (argv[i]) continue;
    Value v;
    if (i >= positional) {
      v = keywordDefault(f, i - positional, code->varNames[i]);
    } else if (i >= positional - defaults) {
      v = asTuple(f->defaults)->items[i - (positional - defaults)];
    }
    if (!v) return false;
    argv[i] = v;
    filled |= 1u << i;
  }
  if (hasRest && !takeRest(code, words, direct, given, names, extra, argv + named)) return false;
  for (; filled; filled &= filled - 1) incref(argv[__builtin_ctz(filled)]);
  return true;
}

/// The same where all arguments are given by position and nothing is gathered, but for a ** that stays null: defaults fill what they leave.
[[gnu::noinline]] bool fillQuickly(FunctionObject* f, Value* words, size_t given, Value* argv) {
  const CodeInfo* code = f->code;
  const size_t positional = code->argCount, named = positional + code->kwOnlyCount;
  const size_t defaults = f->defaults ? static_cast<size_t>(asTuple(f->defaults)->size) : 0;
  if (given > positional || defaults > positional || given + defaults < positional) return false;
  const DictEntry* keyword = nullptr; // of the first that is keyword-only: mostly they were written in the order of the parameters
  if (positional < named) {
    const DictObject* d = f->kwdefaults ? asDict(f->kwdefaults) : nullptr;
    if (!d || d->split || d->entryCount < static_cast<int64_t>(named - positional)) return false;
    keyword = d->entries;
    for (size_t i = positional; i < named; ++i)
      if (keyword[i - positional].key != code->varNames[i]) return false;
  }
  size_t i = 0;
  for (; i < given; ++i) {
    argv[i] = words[i];
    asm("" : "+r"(i)); // as above
  }
  if (i < positional)
    for (const Value* from = asTuple(f->defaults)->items + (defaults - (positional - i)); i < positional; ++i) argv[i] = newRef(*from++);
  for (; i < named; ++i) argv[i] = newRef((keyword++)->value);
  if (code->flags & kCodeVarKeywords) argv[i] = Value();
  return true;
}

[[gnu::noinline]] Value bindAndInvoke(FunctionObject* f, Value* words, size_t count, Value names);
} // namespace

Value enterGathering(FunctionObject* f, Value* words, size_t count) {
  const CodeInfo* code = f->code;
  Value argv[kMaxEnter];
  const size_t direct = code->argCount;
  for (size_t i = 0; i < direct; ++i) argv[i] = words[i];
  Ref keywords(noKeywords(code));
  Value rest = krt_tuple_new(words + direct, count - direct);
  if (!rest || (!keywords && needsKeywords(code))) [[unlikely]] {
    xdecref(rest);
    for (size_t i = 0; i < direct; ++i) decref(argv[i]);
    return {};
  }
  argv[direct] = rest;
  if (code->flags & kCodeVarKeywords) argv[direct + 1] = keywords.release();
  return enterWords(f, argv, code->paramCount, code->entry);
}

Value callFunctionOwned(FunctionObject* f, Value* words, size_t count, Value names) {
  const CodeInfo* code = f->code;
  if (!names && f->arity == static_cast<int64_t>(count)) return code->invoke(f, words);
  if (code->paramCount <= kQuickParameters) [[likely]] {
    uint64_t space[kQuickParameters]; // bindQuickly writes what there is of them
    auto* argv = reinterpret_cast<Value*>(space);
    const bool isPlain = !names && !(code->flags & kCodeVarArgs) && !needsKeywords(code);
    if ((isPlain && fillQuickly(f, words, count, argv)) || bindQuickly(f, words, count, names, argv)) [[likely]] return code->invoke(f, argv);
  }
  return bindAndInvoke(f, words, count, names);
}

namespace {
[[gnu::noinline]] Value bindAndInvoke(FunctionObject* f, Value* words, size_t count, Value names) {
  const CodeInfo* code = f->code;
  constexpr size_t kInline = 16;
  Value inlineSpace[kInline];
  Value* argv = inlineSpace;
  if (code->paramCount > kInline) argv = static_cast<Value*>(allocateZeroed(code->paramCount * sizeof(Value)));
  Value result;
  if (argv) {
    Binding b{f, code, words, count, names, argv};
    if (bind(b)) {
      size_t total = count + b.nameCount();
      for (size_t i = 0; i < total; ++i) clear(words[i]); // keywords that went into **kwargs
      result = code->invoke(f, argv);
    } else {
      for (size_t i = 0; i < count + b.nameCount(); ++i) clear(words[i]); // keywords that found no parameter
      for (size_t i = 0; i < code->paramCount; ++i) clear(argv[i]);
    }
  }
  if (argv && argv != inlineSpace) deallocate(argv);
  return result;
}
} // namespace

Value callFunction(Value f, const Args& args) {
  constexpr size_t kInline = 16;
  uint64_t inlineSpace[kInline]; // not cleared
  size_t total = args.count + args.nameCount();
  auto* words = reinterpret_cast<Value*>(inlineSpace);
  if (total > kInline) words = static_cast<Value*>(allocateZeroed(total * sizeof(Value)));
  if (!words) return Value();
  for (size_t i = 0; i < total; ++i) words[i] = newRef(args.values[i]);
  Value result = callFunctionOwned(f.as<FunctionObject>(), words, args.count, args.names);
  if (total > kInline) deallocate(words);
  return result;
}

} // namespace krait
