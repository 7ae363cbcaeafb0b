// The object protocol: what Python's operators and builtins do to any value.
// Conventions of ref.h: parameters borrowed, Value results owned or null.
#pragma once
#include <initializer_list>
#include "runtime/abi/thread_state.h"
#include "runtime/object/errors.h"
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

// ---- attributes (attributes.cpp) ----
Value getAttr(Value o, Value name);
Value getAttr(Value o, const char* name);
/// The same for a name that many objects are asked for: what inline caches know of their class is used, and theirs.
Value getAttrOfMany(Value o, Value name);
/// The same for a call site of getattr() with a third argument: null without an error if there is none.
Value getAttrOptionalOfSite(Value o, Value name, AttrCache* cache);
/// 1, 0 or -1; makes no bound method.
int32_t hasAttrOfSite(Value o, Value name, AttrCache* cache);
/// Null without an error when the attribute is absent (AttributeError swallowed); null with errorSet() otherwise.
Value getAttrOptional(Value o, Value name);
int32_t setAttr(Value o, Value name, Value v);   // v null: delete
int32_t setAttr(Value o, const char* name, Value v);
int32_t hasAttr(Value o, Value name);
/// object.__getattribute__ / __setattr__.
Value genericGetAttr(Value o, Value name);
int32_t genericSetAttr(Value o, Value name, Value v);
/// A special method on the type of `o`, bound; null without error when absent.
Value lookupSpecial(Value o, Value name);
/// The instance dict, made (and split over the inline slots) on demand: borrowed; null without error if it can have none.
Value instanceDict(Object* o);
/// getset functions for `__dict__` of classes with an instance dict.
Value getInstanceDict(Value o, void*);
int32_t setInstanceDict(Value o, Value v, void*);
/// The same for builtin types whose dict cannot be deleted.
int32_t replaceInstanceDict(Value o, Value v, void*);

// ---- calls (call.cpp) ----
Value call(Value f, const Args& args);
Value call(Value f, std::initializer_list<Value> positional = {});
Value callTupleDict(Value f, Value tuple, Value dict); // dict may be null
Value callMethod(Value o, Value name, std::initializer_list<Value> positional = {});
Value callMethod(Value o, const char* name, std::initializer_list<Value> positional = {});
bool isCallable(Value v);
/// Binds `args` by a text signature into argv (borrowed words; *args/**kwargs collected into objects that
/// `holder` keeps). -1 with CPython's TypeError. `callee` names the function in messages; null where CPython does not.
int32_t bindArguments(const char* callee, const char* signature, const Args& args, Value* argv, size_t capacity, Ref holder[2]);
/// For __new__/__init__ that take nothing / n to m positional arguments.
int32_t refuseArguments(const char* callee, const Args& args, size_t min, size_t max); // -1, unless the names are none
inline int32_t checkPositional(const char* callee, const Args& args, size_t min, size_t max) {
  return args.hasNames() || args.count < min || args.count > max ? refuseArguments(callee, args, min, max) : 0;
}
int32_t refuseNames(const char* callee, const Args& args); // the same
inline int32_t checkNoKeywords(const char* callee, const Args& args) { return args.hasNames() ? refuseNames(callee, args) : 0; }

// ---- text, truth, comparison, hash (protocol.cpp) ----
Value repr(Value v);
Value str(Value v);
Value ascii(Value v);
Value format(Value v, Value spec);               // spec str or null
int64_t hash(Value v);                           // -1: error
int64_t hashNotImplemented(Value v);             // hash slot of unhashable types: TypeError "unhashable type: '…'"
int32_t isTrue(Value v);
Value compare(Value a, Value b, CompareOp op);
/// The same, of an instance whose class compares by a method that it has in Python.
Value compareByMethod(Value a, Value b, CompareOp op);
int32_t compareBool(Value a, Value b, CompareOp op); // identity implies equality for kEq/kNe
inline int32_t equal(Value a, Value b) { return compareBool(a, b, kEq); }
/// repr() recursion guard: >0 already being printed, 0 entered, -1 error.
int32_t reprEnter(Value o);
void reprLeave(Value o);
/// Depth count for recursing C++ (`repr`, compare, json): -1 with RecursionError.
int32_t recursionEnterSlow(const char* where); // counted, above the limit
inline int32_t recursionEnter(const char* where) {
  return ++krt_hot.depth > krt_hot.limit ? recursionEnterSlow(where) : 0;
}
inline void recursionLeave() { --krt_hot.depth; }
/// Levels that CPython counts where it runs frames or calls that are none here, so that recursion ends at the same depth.
/// False, with RecursionError, where they are too many.
class RecursionLevels {
public:
  explicit RecursionLevels(int32_t levels, const char* where = " while calling a Python object") {
    if (levels == 1) {
      failed_ = recursionEnter(where) < 0;
      levels_ = !failed_;
    } else if (levels) {
      enter(levels, where);
    }
  }
  ~RecursionLevels() { krt_hot.depth -= levels_; }
  RecursionLevels(const RecursionLevels&) = delete;
  RecursionLevels& operator=(const RecursionLevels&) = delete;
  explicit operator bool() const { return !failed_; }

private:
  void enter(int32_t levels, const char* where);
  uint32_t levels_ = 0;
  bool failed_ = false;
};

// ---- containers and iteration ----
int64_t length(Value o);                         // -1: error
int64_t lengthHint(Value o, int64_t fallback);
Value getItem(Value o, Value key);
int32_t setItem(Value o, Value key, Value v);
int32_t delItem(Value o, Value key);
Value sequenceItem(Value o, int64_t i);
int32_t contains(Value container, Value v);
Value iterate(Value o);                          // iter(o)
Value next(Value iterator);                      // null without error: exhausted
Value nextWithStop(Value iterator);              // the same, but what a class's own __next__ raised stays as it is
bool isIterator(Value v);
bool isSequence(Value v);                        // has __getitem__ and is no dict
bool isMapping(Value v);
/// list / tuple with the items of any iterable.
Value toList(Value iterable);
Value toTuple(Value iterable);
/// Exact list or tuple with the items (the object itself if it is one): for fast looping.
Value toFast(Value iterable, const char* notIterableMessage);

// ---- numbers ----
Value index(Value v);                            // operator.index: an int
/// As an index: -1 with errorSet(); `overflow` null: clip to int64, else raise that type.
int64_t toIndex(Value v, const Type* overflow);
/// Converts to int64 through __index__; OverflowError. Check errorSet() on -1.
int64_t toInt64(Value v);
double toDouble(Value v);                        // float(v) for numbers; -1.0 with errorSet()
double toDoubleBySlot(Value v, UnaryFn toFloat); // the same by this __float__, with its checks
Value binary(Value a, Value b, BinaryFn NumberSlots::* slot, const char* symbol);
Value binaryInplace(Value a, Value b, BinaryFn NumberSlots::* inplace, BinaryFn NumberSlots::* slot, const char* symbol);
Value add(Value a, Value b);
Value subtract(Value a, Value b);
Value multiply(Value a, Value b);
Value floorDivide(Value a, Value b);
Value trueDivide(Value a, Value b);
Value remainder(Value a, Value b);
Value divmod(Value a, Value b);
Value power(Value a, Value b, Value mod);        // mod None when absent
Value powerInplace(Value a, Value b);
Value negative(Value v);
Value positive(Value v);
Value invert(Value v);
Value absolute(Value v);

// ---- classes ----
int32_t isInstance(Value o, Value cls);          // with __instancecheck__, tuples, unions
int32_t isSubclass(Value a, Value cls);
/// A heap type, as type(name, bases, ns) makes one.
Value newType(Value metatype, Value name, Value bases, Value ns, Value keywords);
/// Announces a change of `t`'s dict or bases: versions of it and all subclasses are dropped.
void typeModified(Type* t);
/// tp_new of a type with no state of its own.
Value objectNew(Type* t, const Args& args);

/// list[int]: types.GenericAlias(origin, args); body of __class_getitem__ methods.
Value newGenericAlias(Value origin, Value args);

// ---- immortals ----
extern Object noneObject, trueObject, falseObject, ellipsisObject, notImplementedObject;
inline Value none() { return Value(&noneObject); }
inline Value boolean(bool b) { return Value(b ? &trueObject : &falseObject); }
inline Value notImplemented() { return Value(&notImplementedObject); }
inline Value ellipsis() { return Value(&ellipsisObject); }
inline bool isNone(Value v) { return v.object() == &noneObject; }

} // namespace krait
