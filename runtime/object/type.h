// Type objects: name, bases, method resolution order, dict, and the slots
// through which the runtime reaches behaviour (as CPython's type slots).
//
// Builtin types are constant-initialised and immortal; nothing about them runs at
// start-up. Their `dict` is filled from `methods`, `getset` and slots when
// someone first looks (typeReady). Heap types are made by the class statement.
#pragma once
#include "runtime/abi/object.h"
#include "runtime/abi/entries.h"

namespace krait {

/// Arguments of a generic call: n positional values, then one value per name in
/// `names` (a tuple of str, or null). Borrowed.
struct Args {
  const Value* values = nullptr;
  size_t count = 0;
  Value names;
  Value operator[](size_t i) const { return values[i]; }
  /// The size word of the tuple (types/sequence.h).
  size_t nameCount() const { return names ? *reinterpret_cast<const size_t*>(names.object() + 1) : 0; }
  /// Without the keywords: for constructors that leave those to subclasses.
  Args positional() const { return {values, count, Value()}; }
  bool hasNames() const { return static_cast<bool>(names); }
};

using Visit = int (*)(Value v, void* context);  // v may be null or immediate
struct Buffer;                                  // object/buffer.h

using UnaryFn = Value (*)(Value);
using BinaryFn = Value (*)(Value, Value);
using TernaryFn = Value (*)(Value, Value, Value);

/// Results as everywhere: new reference or null with an error. NotImplemented is returned
/// (as a reference to the immortal) by binary and comparison slots.
struct NumberSlots {
  BinaryFn add, sub, mul, mod, divmod;
  TernaryFn pow;                       // third operand None when absent
  UnaryFn neg, pos, abs;
  int32_t (*truth)(Value);
  UnaryFn invert;
  BinaryFn lshift, rshift, and_, xor_, or_;
  UnaryFn toInt, toFloat, index;       // __int__, __float__, __index__
  BinaryFn iadd, isub, imul, imod;
  TernaryFn ipow;
  BinaryFn ilshift, irshift, iand, ixor, ior;
  BinaryFn floordiv, truediv, ifloordiv, itruediv, matmul, imatmul;
};
struct SequenceSlots {
  int64_t (*length)(Value);            // -1: error
  BinaryFn concat;
  Value (*repeat)(Value, int64_t);
  Value (*item)(Value, int64_t);       // index already adjusted by length when negative
  int32_t (*setItem)(Value, int64_t, Value v); // v null: delete
  int32_t (*contains)(Value, Value);
  BinaryFn inplaceConcat;
  Value (*inplaceRepeat)(Value, int64_t);
};
struct MappingSlots {
  int64_t (*length)(Value);
  BinaryFn subscript;
  int32_t (*setSubscript)(Value, Value key, Value v); // v null: delete
};
struct AsyncSlots {
  UnaryFn await, aiter, anext;
  int32_t (*send)(Value self, Value sent /*owned*/, Value* out); // ResumeResult
};
struct BufferSlots {
  int32_t (*get)(Value self, Buffer* out, uint32_t flags); // 0, or -1 with BufferError
  void (*release)(Value self, Buffer* b);
};

/// How a builtin method takes its arguments. `signature` is the text after the
/// name, as CPython's __text_signature__: "($self, sub, start=None, end=None, /)".
enum class CallKind : uint8_t {
  NoArgs,  // Value f(Value self)
  OneArg,  // Value f(Value self, Value a)
  Bound,   // Value f(Value self, const Value* argv): bound by signature; omitted optional ones null; *args a tuple, **kwargs a dict
  Generic, // Value f(Value self, const Args& args)
};
/// Unsigned: __text_signature__ is None, as CPython has it, although there is a signature to bind by.
/// Nameless: what is said of wrong arguments is said of "function".
/// Positional: of Generic ones, takes no keywords; whoever calls it says so, as of the others.
enum MethodFlags : uint8_t {
  kMethodStatic = 1, kMethodClass = 2, kMethodCoexist = 4, kMethodUnsigned = 8, kMethodNameless = 16, kMethodPositional = 32
};

struct Signature; // object/bind_builtin.cpp

/// One builtin method or function; the kind follows from the function's type. Tables end with a default MethodDef.
struct MethodDef {
  const char* name = nullptr;
  union {
    Value (*noArgs)(Value) = nullptr;
    Value (*oneArg)(Value, Value);
    Value (*bound)(Value, const Value*);
    Value (*generic)(Value, const Args&);
  };
  const char* signature = nullptr; // may be null for NoArgs, OneArg and Generic
  mutable const Signature* parsed = nullptr; // the same, entered by the first call that asks
  CallKind kind = CallKind::NoArgs;
  uint8_t flags = 0;               // MethodFlags
  /// What the signature says about calls by position, entered by the first call. Bound only; more than `max` never fit.
  struct Positional {
    uint8_t min = 1, max = 0, words = 0;
  };
  mutable Positional positional;
  /// What it computes from one float or two, with NaN for a domain error and an infinity for one of range; from one, but the answer is an int.
  enum class Real : uint8_t { No, OfOne, OfTwo, Whole } computes = Real::No;
  union {
    double (*real)(double) = nullptr; // OfOne, Whole
    double (*realOfTwo)(double, double);
  };

  constexpr MethodDef() = default;
  constexpr MethodDef(const char* n, Value (*f)(Value), const char* s = nullptr, uint8_t fl = 0)
      : name(n), noArgs(f), signature(s), kind(CallKind::NoArgs), flags(fl) {}
  constexpr MethodDef(const char* n, Value (*f)(Value, Value), const char* s = nullptr, uint8_t fl = 0)
      : name(n), oneArg(f), signature(s), kind(CallKind::OneArg), flags(fl) {}
  constexpr MethodDef(const char* n, Value (*f)(Value, Value), const char* s, double (*r)(double), Real c = Real::OfOne)
      : name(n), oneArg(f), signature(s), kind(CallKind::OneArg), computes(c), real(r) {}
  constexpr MethodDef(const char* n, Value (*f)(Value, const Value*), const char* s, double (*r)(double, double))
      : name(n), bound(f), signature(s), kind(CallKind::Bound), computes(Real::OfTwo), realOfTwo(r) {}
  constexpr MethodDef(const char* n, Value (*f)(Value, const Value*), const char* s, uint8_t fl = 0)
      : name(n), bound(f), signature(s), kind(CallKind::Bound), flags(fl) {}
  constexpr MethodDef(const char* n, Value (*f)(Value, const Args&), const char* s = nullptr, uint8_t fl = 0)
      : name(n), generic(f), signature(s), kind(CallKind::Generic), flags(fl) {}
};

struct GetSetDef {
  const char* name = nullptr;
  Value (*get)(Value self, void* closure) = nullptr;
  int32_t (*set)(Value self, Value v, void* closure) = nullptr; // v null: delete; null function: read-only
  void* closure = nullptr;
};
enum class MemberKind : uint8_t {
  Object, ObjectNone /*null reads as None*/, ObjectRaw /*null is AttributeError*/, Int32, Int64, Bool, Double, CString,
  Computed /*CPython has a word there, we have functions*/
};
struct MemberDef {
  const char* name = nullptr;
  MemberKind kind = MemberKind::Object;
  bool readOnly = true;
  union {
    uint32_t offset = 0; // from the header
    void* closure;       // of a computed one
  };
  Value (*get)(Value self, void* closure) = nullptr;              // Computed
  int32_t (*set)(Value self, Value v, void* closure) = nullptr;   // Computed, unless readOnly; v null: delete

  constexpr MemberDef() = default;
  constexpr MemberDef(const char* n, MemberKind k, size_t o, bool ro = true)
      : name(n), kind(k), readOnly(ro), offset(static_cast<uint32_t>(o)) {}
  constexpr MemberDef(const char* n, Value (*g)(Value, void*), int32_t (*s)(Value, Value, void*) = nullptr, void* c = nullptr)
      : name(n), kind(MemberKind::Computed), readOnly(!s), closure(c), get(g), set(s) {}
};

enum TypeFlags : uint64_t {
  kTypeHeap = 1u << 0, kTypeBaseType = 1u << 1 /*may be subclassed*/, kTypeReady = 1u << 2, kTypeReadying = 1u << 3,
  kTypeAbstract = 1u << 4, kTypeImmutable = 1u << 5, kTypeDisallowInstantiation = 1u << 6,
  kTypeMethodDescriptor = 1u << 7, kTypeSequence = 1u << 8, kTypeMapping = 1u << 9, kTypeMatchSelf = 1u << 10,
  kTypeInherited = 1u << 11 /*slots are complete, see readyTypeOf*/, kTypeUncached = 1u << 12 /*mro() of its own: no version*/,
  kTypeRebased = 1u << 13 /*it or a class above got other bases: the display tells of layouts alone; inherited*/,
  // Fast subclass tests, inherited:
  kTypeInt = 1u << 16, kTypeList = 1u << 17, kTypeTuple = 1u << 18, kTypeBytes = 1u << 19, kTypeStr = 1u << 20,
  kTypeDict = 1u << 21, kTypeException = 1u << 22, kTypeType = 1u << 23, kTypeFloat = 1u << 24, kTypeSet = 1u << 25,
  kTypeFrozenSet = 1u << 26, kTypeByteArray = 1u << 27, kTypeComplex = 1u << 28, kTypeNone = 1u << 29,
  // The dict of a builtin type has an entry of its own for what is its base's slot, as CPython's has where the type restates
  // it: a class that names the type before another base finds that entry first.
  kTypeOwnGetAttr = 1ull << 32, kTypeOwnSetAttr = 1ull << 33 /*__delattr__ too*/, kTypeOwnStr = 1ull << 34,
  kTypeOwnInit = 1ull << 35, kTypeOwnNew = 1ull << 36, kTypeOwnModule = 1ull << 37 /*CPython makes it at run time*/,
  kTypeFlatCall = 1ull << 38 /*calling an instance is no level of recursion of its own*/,
  kTypeMadeFlat = 1ull << 39 /*nor is calling the class itself, as CPython makes such objects*/,
  kTypeChangeable = 1ull << 40 /*attributes can be set, though it is builtin*/,
};

/// Type::allocate unless a type has its own. Instances of classes made in Python come tracked, zeroed parts and all.
Value allocateInstance(Type* t, int64_t items);

/// All members are constants for a builtin type: designated initialisers, unset ones inherit from base.
struct alignas(16) Type {
  Object header;
  const char* name;       // builtin types: "int", or "collections.deque"
  Type* base;
  uint64_t flags;
  uint64_t version;       // 0: no valid version; a fresh number after any change to it or a base. Before the layout: versionOf
  Layout instanceLayout;  // instances that this class makes

  void (*dealloc)(Object*);                     // count is 0: release the parts, then freeObject
  int (*traverse)(Object*, Visit, void*);       // visit every owned reference
  void (*clear)(Object*);                       // break cycles
  void (*finalize)(Object*);                    // PEP 442 __del__
  UnaryFn repr, str;
  int64_t (*hash)(Value);                       // -1: error
  Value (*call)(Value self, const Args&);
  BinaryFn getAttr;                             // name is str; null with AttributeError
  int32_t (*setAttr)(Value, Value name, Value v); // v null: delete
  Value (*compare)(Value a, Value b, int op);   // CompareOp; NotImplemented
  UnaryFn iter, next;                           // next: null without error = exhausted
  TernaryFn descrGet;                           // (descriptor, object or null, type or null)
  int32_t (*descrSet)(Value descr, Value o, Value v);
  int32_t (*init)(Value self, const Args&);
  Value (*construct)(Type*, const Args&);       // __new__
  Value (*allocate)(Type*, int64_t items) = allocateInstance; // zeroed instance
  Value (*make)(Value a); // what calling a builtin class with one argument by position, or none (null), comes to; not inherited
  const NumberSlots* number;
  const SequenceSlots* sequence;
  const MappingSlots* mapping;
  const AsyncSlots* async;
  const BufferSlots* buffer;

  const MethodDef* methods;
  const GetSetDef* getset;
  const MemberDef* members;
  const char* doc;
  const char* constructorSignature;             // text signature of calling it, or null
  Type* secondBase;                             // builtin types with two bases (ExceptionGroup), else null

  // ---- filled when ready -------------------------------------------------------
  Value dict;             // a dict
  Value bases, mro;       // tuples
  Value subclasses;       // dict id -> weakref, or null
  Value weakrefs;
  Value moduleName, qualname, heapName; // str; null for builtin types
  uint32_t depth;         // length of the first-base chain above it
  const Type* const* display; // depth+1 ancestors along the first-base chain, itself last
  uint8_t intact;         // no name that compiled code relied on was changed
  uint8_t unshadowed;     // no instance attribute was stored under a name the MRO defines
  const Layout* foreignLayout;
  void* heapSlots;        // heap types: storage behind number … buffer
};

/// The version of a class, found by one of its layouts: that of its own one, and 0 by a foreign one.
constexpr size_t kVersionBelowLayout = 8;
static_assert(offsetof(Type, instanceLayout) - offsetof(Type, version) == kVersionBelowLayout);
inline uint64_t versionOf(const Layout* l) { return *reinterpret_cast<const uint64_t*>(reinterpret_cast<const char*>(l) - kVersionBelowLayout); }

enum CompareOp : int { kLt = 0, kLe, kEq, kNe, kGt, kGe };

inline Type* typeOf(Value v);       // of any non-null word
bool isSubtype(const Type* a, const Type* b);
/// Completes a builtin type (dict, MRO, inherited slots). Idempotent; never raises.
void typeReady(Type* t);
/// The cheap half of it: copies the slots that `t` inherits. Idempotent; allocates at most a few words, never runs code.
[[gnu::cold]] void typeInherit(Type* t);
/// A zeroed instance through the type's `allocate`, which may still have to be inherited.
inline Value allocateOf(Type* t, int64_t items) {
  if (!(t->flags & kTypeInherited)) [[unlikely]] typeInherit(t);
  return t->allocate(t, items);
}
/// Looks `name` (interned str) up along the MRO: borrowed, null without error if absent.
Value typeLookup(Type* t, Value name);
inline Value asValue(const Type* t) { return Value(reinterpret_cast<const Object*>(t)); }

extern Type typeType, objectType, intType, boolType, floatType, complexType, strType, bytesType, bytearrayType,
    memoryviewType, listType, tupleType, dictType, setType, frozensetType, rangeType, sliceType, noneType,
    ellipsisType, notImplementedType, functionType, builtinFunctionType, methodType, methodDescriptorType,
    classMethodDescriptorType, wrapperDescriptorType, methodWrapperType, getsetDescriptorType,
    memberDescriptorType, classmethodType, staticmethodType, propertyType, superType, cellType, codeType,
    frameType, tracebackType, moduleType, generatorType, coroutineType, asyncGeneratorType, weakrefType,
    proxyType, callableProxyType, mappingproxyType, simpleNamespaceType, genericAliasType, unionType;

inline Type* typeOf(Value v) {
  if (v.isPointer()) return v.object()->layout->type;
  return v.isSmallInt() ? &intType : &floatType;
}
/// CPython's rule for constructors without keywords: a subclass may take some if its __init__ is its own.
inline bool rejectsKeywords(const Type* t, const Type& builtin) { return t == &builtin || t->init == builtin.init; }
/// For reading slots: of builtin types, those that are inherited appear with typeInherit.
inline Type* readyTypeOf(Value v) {
  Type* t = typeOf(v);
  if (!(t->flags & kTypeInherited)) [[unlikely]] typeInherit(t);
  return t;
}
inline bool hasTypeFlag(Value v, uint64_t flag) { return typeOf(v)->flags & flag; }
inline bool isInstanceOf(Value v, const Type& t) { return typeOf(v) == &t || isSubtype(typeOf(v), &t); }
inline bool isExact(Value v, const Type& t) { return typeOf(v) == &t; }

/// Header of a constant-initialised, immortal object of type T.
#define KRAIT_STATIC_HEADER(type) {::krait::kImmortal, &(type).instanceLayout}

} // namespace krait
