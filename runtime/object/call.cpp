// Calling any object, and the array forms that compiled code uses for calls with keywords, * and **.
#include "runtime/object/call.h"
#include "runtime/exceptions/exception.h"
#include "runtime/memory/alloc.h"
#include "runtime/object/cache_fill.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/parsed_rows.h"
#include "runtime/object/slow_calls.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {
/// The type's call slot, or null.
Value (*callSlot(Value f))(Value, const Args&) {
  Type* type = typeOf(f);
  if (!type->call && !(type->flags & kTypeReady)) typeReady(type);
  return type->call;
}

constexpr size_t kFewWords = 12;

/// Words on the stack where few, else in a block. Whoever makes them fills them.
class Words {
public:
  explicit Words(size_t n) : count_(n) {
    words_ = n <= kFewWords ? reinterpret_cast<Value*>(inline_) : static_cast<Value*>(allocateZeroed(n * sizeof(Value)));
  }
  ~Words() {
    if (words_ && count_ > kFewWords) deallocate(words_);
  }
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;
  explicit operator bool() const { return words_; }
  Value& operator[](size_t i) { return words_[i]; }
  Value* data() { return words_; }
  void clearAll() {
    for (size_t i = 0; i < count_; ++i) clear(words_[i]);
  }

private:
  uint64_t inline_[kFewWords]; // not cleared
  Value* words_;
  size_t count_;
};

/// The names of a call's keywords: a tuple, of which a callee that does no more than read them gets no object.
class Names {
public:
  Names(size_t n, bool areOnlyRead) : isHere_(areOnlyRead && n <= kFewWords) {
    if (!isHere_) {
      made_.reset(newTuple(static_cast<int64_t>(n)));
      tuple_ = made_ ? asTuple(made_) : nullptr;
      return;
    }
    tuple_ = reinterpret_cast<TupleObject*>(inline_);
    tuple_->header = KRAIT_STATIC_HEADER(tupleType);
    tuple_->size = static_cast<int64_t>(n);
    tuple_->hash = 0;
  }
  ~Names() {
    if (isHere_) dropWords(tuple_->items, static_cast<size_t>(tuple_->size));
  }
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;
  explicit operator bool() const { return tuple_; }
  Value* items() { return tuple_->items; }
  Value tuple() { return Value(&tuple_->header); }

private:
  alignas(16) uint64_t inline_[sizeof(TupleObject) / sizeof(uint64_t) + kFewWords]; // not cleared
  TupleObject* tuple_;
  Ref made_;
  bool isHere_;
};

} // namespace

bool isCallable(Value v) { return callSlot(v); }

Value raiseNotCallable(Value f) { return raise(TypeErrorType, "'%.200T' object is not callable", f); }

Value calleeText(Value f) {
  // What a class statement's arguments are for: the body stands for it.
  if (isFunction(f) && !(f.as<FunctionObject>()->code->flags & kCodeOptimized)) return newStr("__build_class__()");
  Ref qualname(getAttrOptional(f, NAME(__qualname__)));
  if (!qualname) return errorSet() ? Value() : str(f);
  Ref module(getAttrOptional(f, NAME(__module__)));
  if (!module && errorSet()) return Value();
  if (module && !isNone(module) && !(isStr(module) && strEqual(module, "builtins")))
    return formatText("%S.%S()", module.get(), qualname.get());
  return formatText("%S()", qualname.get());
}

Value call(Value f, const Args& args) {
  if (isFunction(f)) return callFunction(f, args);
  auto slot = callSlot(f);
  if (!slot) return raiseNotCallable(f);
  // As in CPython only the function's own frame counts here.
  if (isExact(f, methodType) && isFunction(f.as<MethodObject>()->function)) return slot(f, args);
  if (typeOf(f)->flags & kTypeFlatCall || (typeOf(f) == &typeType && f.as<Type>()->flags & kTypeMadeFlat)) return slot(f, args);
  if (recursionEnter(" while calling a Python object") < 0) return Value();
  Value result = slot(f, args);
  recursionLeave();
  return result;
}

Value call(Value f, std::initializer_list<Value> positional) {
  return call(f, Args{positional.begin(), positional.size(), Value()});
}

Value callOwned(Value f, Value* args, size_t count, Value names) {
  size_t keywords = names ? static_cast<size_t>(asTuple(names)->size) : 0;
  if (keywords == 0) names = Value();
  if (isFunction(f)) return callFunctionOwned(f.as<FunctionObject>(), args, count - keywords, names);
  Value result;
  MethodObject* method = isExact(f, methodType) ? f.as<MethodObject>() : nullptr;
  if (method && isFunction(method->function)) {
    Words words(count + 1);
    if (words) {
      Ref function = Ref::share(method->function);
      words[0] = newRef(method->self);
      for (size_t i = 0; i < count; ++i) {
        words[i + 1] = args[i];
        args[i] = Value();
      }
      return callFunctionOwned(function.as<FunctionObject>(), words.data(), count + 1 - keywords, names);
    }
  } else {
    result = call(f, Args{args, count - keywords, names});
  }
  for (size_t i = 0; i < count; ++i) decref(args[i]);
  return result;
}

/// Of the bound method alone: the descriptor binds what it gets, as in CPython.
static bool takesAnyKeys(Value f) {
  return isExact(f, builtinFunctionType) && f.as<BuiltinFunctionObject>()->def->flags & kMethodAnyKeys;
}

Value callTupleDict(Value f, Value tuple, Value dict) {
  const auto given = static_cast<size_t>(asTuple(tuple)->size);
  const size_t keywords = dict ? static_cast<size_t>(dictSize(dict)) : 0;
  Value self; // of a bound method, whose function it is then that is called
  if (isExact(f, methodType) && isFunction(f.as<MethodObject>()->function)) {
    self = f.as<MethodObject>()->self;
    f = f.as<MethodObject>()->function;
  }
  const size_t positional = given + (self ? 1 : 0);
  Words words(positional + keywords);
  if (!words) return Value();
  Value* to = words.data();
  if (self) *to++ = newRef(self);
  for (size_t i = 0; i < given; ++i) *to++ = newRef(asTuple(tuple)->items[i]);
  if (keywords == 0) return krt_call_n(f, words.data(), positional);
  Names names(keywords, readsNamesOnly(f));
  if (!names) {
    dropWords(words.data(), positional);
    return Value();
  }
  int64_t position = 0;
  bool strings = true;
  Value* named = names.items();
  while (const DictEntry* e = dict_table::nextLive(asDict(dict), &position)) {
    strings &= isStr(e->key);
    *named++ = newRef(e->key);
    *to++ = newRef(*dictValueSlot(const_cast<DictEntry&>(*e)));
  }
  if (strings || takesAnyKeys(f)) return krt_call_kw(f, words.data(), positional + keywords, names.tuple());
  words.clearAll();
  return raise(TypeErrorType, "keywords must be strings");
}

Value callMethod(Value o, Value name, std::initializer_list<Value> positional) {
  // A plain function on the type, not shadowed by the instance, is called without making a bound method.
  Type* type = typeOf(o);
  if (!(type->flags & kTypeReady)) typeReady(type);
  if (type->getAttr == genericGetAttr) {
    Value found = typeLookup(type, name);
    if (found && (typeOf(found)->flags & kTypeMethodDescriptor) && !mayHaveOwn(o, name)) {
      Ref method = Ref::share(found);
      Words words(positional.size() + 1);
      if (!words) return Value();
      words[0] = o;
      for (size_t i = 0; i < positional.size(); ++i) words[i + 1] = positional.begin()[i];
      return call(method, Args{words.data(), positional.size() + 1, Value()});
    }
  }
  Ref method(getAttr(o, name));
  return method ? call(method, positional) : Value();
}

Value callMethod(Value o, const char* name, std::initializer_list<Value> positional) {
  Ref text(internStr(name));
  return text ? callMethod(o, text, positional) : Value();
}

extern "C" {

static bool isIterable(Value v) {
  Type* type = typeOf(v);
  typeReady(type);
  return type->iter || isSequence(v);
}
static int32_t failNotIterable(Value f, Value v) {
  Ref text(calleeText(f));
  return text ? fail(TypeErrorType, "%U argument after * must be an iterable, not %.200T", text.get(), v) : -1;
}
Value krt_call_spread(Owned given, Value f, int32_t keywords) {
  Ref v(given);
  if (keywords ? isExactDict(v) : isExactTuple(v) || isExactList(v)) return v.release();
  if (!keywords) return isIterable(v) ? toTuple(v) : (failNotIterable(f, v), Value());
  Ref dict(newDict());
  return dict && krt_call_dict_merge(dict, v, f) == 0 ? dict.release() : Value();
}
/// `positional` and `keywords` become a tuple and a dict, held by `held` where they were not.
static int32_t gatherSpread(Value f, Value& positional, Value& keywords, Ref held[2]) {
  if (keywords && !isExactDict(keywords)) {
    held[0].reset(newDict());
    if (!held[0] || krt_call_dict_merge(held[0], keywords, f) < 0) return -1;
    keywords = held[0];
  }
  if (isTuple(positional)) return 0;
  if (!isIterable(positional)) return failNotIterable(f, positional);
  held[1].reset(toTuple(positional));
  positional = held[1];
  return positional ? 0 : -1;
}
Value krt_call_ex(Value f, Value positional, Value keywords) {
  Ref held[2];
  return gatherSpread(f, positional, keywords, held) < 0 ? Value() : callTupleDict(f, positional, keywords);
}
Value krt_super_ex(Value callee, Value type, Value self, Value positional, Value keywords) {
  Ref held[2];
  if (gatherSpread(callee, positional, keywords, held) < 0) return Value();
  const bool isEmpty = asTuple(positional)->size == 0 && (!keywords || dictSize(keywords) == 0);
  return isEmpty ? krt_super_new_guarded(callee, type, self) : callTupleDict(callee, positional, keywords);
}

Value krt_call_star(Value f, Owned self, Owned iterable, Slot args, uint64_t count) {
  Value result;
  const size_t own = self ? 1 : 0;
  Ref more(iterable);
  if (isExactTuple(more) || isExactList(more)) { // mostly
  } else if (!isIterable(more)) {
    if (count == 0) failNotIterable(f, more);
    else fail(TypeErrorType, "Value after * must be an iterable, not %.200T", more.get());
    more.reset(Value());
  } else {
    more.reset(toTuple(more));
  }
  if (more) {
    const bool isListed = isExactList(more); // nothing runs before its items are taken
    const Value* items = isListed ? asList(more)->items : asTuple(more)->items;
    const auto moreCount = static_cast<size_t>(isListed ? asList(more)->size : asTuple(more)->size);
    if (Words words(own + count + moreCount); words) {
      if (self) words[0] = newRef(self);
      for (size_t i = 0; i < count; ++i) words[own + i] = newRef(args[i]);
      for (size_t i = 0; i < moreCount; ++i) words[own + count + i] = newRef(items[i]);
      result = krt_call_n(f, words.data(), own + count + moreCount);
    }
  }
  // As they would with a bound method and the one tuple of all arguments.
  xdecref(self);
  more.reset(Value());
  for (size_t i = count; i-- > 0;) decref(args[i]);
  return result;
}

/// A KeyError is pending: says that the keyword was repeated in a call of `f`. CPython takes every such error for that whose instance is not
/// yet made, whoever raised it; one that Python code raised, and any while another exception is being handled, stays what it is.
static int32_t repeatedOrElse(Value f) {
  Ref error = errorTake();
  Value arguments = asException(error)->args;
  if (!asException(error)->isUnmade || asTuple(arguments)->size != 1) {
    errorRestore(error.release());
    return -1;
  }
  Ref text(calleeText(f));
  if (!text) return -1;
  return fail(TypeErrorType, "%U got multiple values for keyword argument '%S'", text.get(), asTuple(arguments)->items[0]);
}

int32_t krt_call_dict_merge(Value dict, Value mapping, Value f) {
  if (dictMerge(dict, mapping, 2) >= 0) return 0;
  if (errorMatches(AttributeErrorType)) {
    errorClear();
    Ref text(calleeText(f));
    if (!text) return -1;
    return fail(TypeErrorType, "%U argument after ** must be a mapping, not %.200T", text.get(), mapping);
  }
  if (!errorMatches(KeyErrorType)) return -1;
  return repeatedOrElse(f);
}

int32_t krt_call_dict_add(Value dict, Value name, Value v, Value f) {
  int32_t present = dictContains(dict, name);
  if (present < 0) return -1;
  if (!present) return dictSet(dict, name, v);
  raiseKeyError(name);
  return repeatedOrElse(f);
}

} // extern "C"
} // namespace krait
