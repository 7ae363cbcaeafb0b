// NumPy's float64, int64 and arrays without entering the guest. A scalar made here has no object of the guest until
// somebody there sees it (bringOver): loops that read, calculate and store never make one. Elements of plain arrays are read and written in
// their memory. Wherever NumPy would do more than the machine's operation (warn of an overflow, raise IndexError, convert) its own is asked.
#include <cmath>
#include <cstddef>
#include <cstring>

#include "runtime/guest/guest.h"
#include "runtime/memory/alloc.h"
#include "runtime/object/errors.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::guest {

namespace {

MirrorType *float64Class, *int64Class;
Value trueMirror, falseMirror; // np.True_ and np.False_, once they are needed
/// What the classes do where there is no shorter way.
MirrorType generalFloat{}, generalInt{}, generalArray{}, generalBool{};

// ---- scalars --------------------------------------------------------------------------------------------

struct IntScalar {
  Object header;
  int64_t value;
};

Value newFloat64(double d) {
  Object* made = newObject(&float64Class->instanceLayout);
  if (!made) return Value();
  reinterpret_cast<FloatObject*>(made)->value = d;
  return made;
}
Value newInt64(int64_t i) {
  Object* made = newObject(&int64Class->instanceLayout);
  if (!made) return Value();
  reinterpret_cast<IntScalar*>(made)->value = i;
  return made;
}

bool integerOf(Value v, int64_t* i) {
  if (v.isSmallInt()) return *i = v.smallInt(), true;
  if (!v.isPointer() || typeOfObject(v.object()) != int64Class) return false;
  *i = v.as<IntScalar>()->value;
  return true;
}

/// Numbers that NumPy takes as a float64, exactly.
bool realOf(Value v, double* d) {
  if (v.isImmediateFloat()) return *d = v.immediateFloat(), true;
  constexpr int64_t kExact = int64_t{1} << 53;
  if (int64_t i; integerOf(v, &i)) return *d = static_cast<double>(i), i >= -kExact && i <= kExact;
  const Type* t = typeOfObject(v.object());
  if (t != float64Class && t != &floatType) return false;
  *d = v.as<FloatObject>()->value;
  return true;
}

/// Neither an overflow nor an underflow, of which NumPy may warn.
bool isQuiet(double result, bool mayBeZero) { return std::isnormal(result) || (result == 0 && mayBeZero); }

struct Add {
  static constexpr auto kSlot = &NumberSlots::add;
  static bool calculate(double x, double y, double* r) { return isQuiet(*r = x + y, true); }
  static bool calculate(int64_t x, int64_t y, int64_t* r) { return !__builtin_add_overflow(x, y, r); }
};
struct Sub {
  static constexpr auto kSlot = &NumberSlots::sub;
  static bool calculate(double x, double y, double* r) { return isQuiet(*r = x - y, true); }
  static bool calculate(int64_t x, int64_t y, int64_t* r) { return !__builtin_sub_overflow(x, y, r); }
};
struct Mul {
  static constexpr auto kSlot = &NumberSlots::mul;
  static bool calculate(double x, double y, double* r) { return isQuiet(*r = x * y, x == 0 || y == 0); }
  static bool calculate(int64_t x, int64_t y, int64_t* r) { return !__builtin_mul_overflow(x, y, r); }
};

template <class Operation> Value calculate(Value a, Value b) {
  double x, y, r;
  int64_t m, n, k;
  const bool isInt = integerOf(a, &m);
  if (isInt && integerOf(b, &n)) {
    if (Operation::calculate(m, n, &k)) return newInt64(k);
  } else if (float64Class && realOf(a, &x) && realOf(b, &y) && Operation::calculate(x, y, &r)) {
    return newFloat64(r);
  }
  return ((float64Class ? generalFloat : generalInt).numbers.*Operation::kSlot)(a, b);
}

Value divide(Value a, Value b) {
  double x, y, r;
  if (float64Class && realOf(a, &x) && realOf(b, &y) && y != 0 && isQuiet(r = x / y, x == 0)) return newFloat64(r);
  return (float64Class ? generalFloat : generalInt).numbers.truediv(a, b);
}

/// np.True_ or np.False_: owned.
Value newBool(bool b) {
  if (!trueMirror) {
    Entering guest;
    Held numpy(py.PyImport_ImportModule("numpy"));
    Ref yes(toKrait(numpy ? py.PyObject_GetAttrString(numpy, "True_") : nullptr)), no(toKrait(numpy ? py.PyObject_GetAttrString(numpy, "False_") : nullptr));
    if (!yes || !no) return Value();
    trueMirror = yes.release();
    falseMirror = no.release();
  }
  return newRef(b ? trueMirror : falseMirror);
}

template <class T> Value answer(T x, T y, int op) {
  switch (op) {
  case kLt: return newBool(x < y);
  case kLe: return newBool(x <= y);
  case kEq: return newBool(x == y);
  case kNe: return newBool(x != y);
  case kGt: return newBool(x > y);
  default: return newBool(x >= y);
  }
}
Value compareScalars(Value a, Value b, int op) {
  double x, y;
  int64_t m, n;
  if (integerOf(a, &m) && integerOf(b, &n)) return answer(m, n, op);
  if (realOf(a, &x) && realOf(b, &y)) return answer(x, y, op);
  return (float64Class ? generalFloat : generalInt).compare(a, b, op);
}

double valueOf(Value v) { return v.as<FloatObject>()->value; }
Value negate(Value v) { return newFloat64(-valueOf(v)); }
Value absoluteOf(Value v) { return newFloat64(std::fabs(valueOf(v))); }
Value asFloat(Value v) { return newFloat(valueOf(v)); }
Value asInt(Value v) { return newIntFromDouble(valueOf(v)); }
int32_t isNotZero(Value v) { return valueOf(v) != 0; }
int64_t hashFloat64(Value v) { return floatHash(valueOf(v), v); }

int64_t integerIn(Value v) { return v.as<IntScalar>()->value; }
Value intOf(Value v) { return newInt(integerIn(v)); }
Value floatOf(Value v) { return newFloat(static_cast<double>(integerIn(v))); }
int32_t intIsNotZero(Value v) { return integerIn(v) != 0; }
int64_t hashInt64(Value v) {
  Ref plain(newInt(integerIn(v)));
  return intHash(plain);
}

int32_t truthOfBool(Value v) {
  if (trueMirror && (v == trueMirror || v == falseMirror)) return v == trueMirror;
  return generalBool.numbers.truth(v);
}

// ---- arrays -----------------------------------------------------------------------------------------------

/// The beginning of NumPy's array and its type descriptor, which its interface for C has fixed.
struct Descriptor {
  PyObject_HEAD
  PyTypeObject* scalar;
  char kind, type, byteOrder, flags;
  int number;
};
struct Array {
  PyObject_HEAD
  char* data;
  int dimensions;
  Py_ssize_t *shape, *strides;
  PyObject* base;
  Descriptor* descriptor;
  int flags;
};
enum : int { kAligned = 0x100, kWriteable = 0x400, kInt64 = 7, kFloat64 = 12 };

Array* arrayOf(Value v) { return reinterpret_cast<Array*>(wordAt(v.object(), kPrefixDictOffset)->bits); }

/// Where the element is that one index, or a tuple of as many as there are dimensions, names; null: it is not that simple.
char* elementAt(const Array* a, Value key) {
  const Value* indices = &key;
  int count = 1;
  if (isExactTuple(key)) {
    indices = asTuple(key)->items;
    count = static_cast<int>(asTuple(key)->size);
  }
  if (count != a->dimensions || severalThreads || !(a->flags & kAligned) || a->descriptor->byteOrder != '=') return nullptr;
  char* at = a->data;
  for (int i = 0; i < count; ++i) {
    if (!indices[i].isSmallInt()) return nullptr;
    int64_t n = indices[i].smallInt();
    if (n < 0) n += a->shape[i];
    if (static_cast<uint64_t>(n) >= static_cast<uint64_t>(a->shape[i])) return nullptr;
    at += n * a->strides[i];
  }
  return at;
}

/// Elements of the array have a class that is made here.
bool isPlain(const Array* a) {
  return a->descriptor->number == kFloat64 ? float64Class != nullptr : a->descriptor->number == kInt64 && int64Class;
}

Value getElement(Value self, Value key) {
  const Array* a = arrayOf(self);
  if (const char* at = isPlain(a) ? elementAt(a, key) : nullptr)
    return a->descriptor->number == kFloat64 ? newFloat64(*reinterpret_cast<const double*>(at)) : newInt64(*reinterpret_cast<const int64_t*>(at));
  return generalArray.mappings.subscript(self, key);
}

int32_t setElement(Value self, Value key, Value v) {
  const Array* a = arrayOf(self);
  if (v && (a->flags & kWriteable)) {
    if (a->descriptor->number == kFloat64) {
      double d;
      if (char* at = realOf(v, &d) ? elementAt(a, key) : nullptr) return *reinterpret_cast<double*>(at) = d, 0;
    } else if (int64_t i; a->descriptor->number == kInt64 && integerOf(v, &i)) {
      if (char* at = elementAt(a, key)) return *reinterpret_cast<int64_t*>(at) = i, 0;
    }
  }
  return generalArray.mappings.setSubscript(self, key, v);
}

int64_t lengthOf(Value self) {
  const Array* a = arrayOf(self);
  return a->dimensions > 0 ? a->shape[0] : generalArray.mappings.length(self);
}

Value getArrayAttr(Value self, Value name) {
  static const Value shape = internStr("shape"), ndim = internStr("ndim");
  const Array* a = arrayOf(self);
  if (name == ndim) return newInt(a->dimensions);
  if (name != shape || a->dimensions == 0) return generalArray.getAttr(self, name);
  Value made = newTuple(static_cast<int64_t>(a->dimensions));
  for (int i = 0; made && i < a->dimensions; ++i) asTuple(made)->items[i] = newInt(a->shape[i]);
  return made;
}

// Iterators over arrays of one dimension with plain items; the others are the guest's.
struct ArrayIterator {
  Object header;
  Value array; // owned; null: exhausted
  int64_t at;
};
void iteratorDealloc(Object* o) {
  xdecref(reinterpret_cast<ArrayIterator*>(o)->array);
  freeObject(o);
}
Value iteratorNext(Value self) {
  auto* it = self.as<ArrayIterator>();
  if (!it->array) return Value();
  if (it->at < lengthOf(it->array)) return getElement(it->array, Value::ofSmallInt(it->at++));
  clear(it->array);
  return Value();
}
extern Type arrayIteratorType;
constinit Type arrayIteratorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "iterator",
    .base = &objectType,
    .instanceLayout = {.type = &arrayIteratorType, .size = sizeof(ArrayIterator)},
    .dealloc = iteratorDealloc,
    .iter = selfIterator,
    .next = iteratorNext,
};

Value iterateArray(Value self) {
  const Array* a = arrayOf(self);
  if (a->dimensions != 1 || !isPlain(a)) return generalArray.iter(self);
  Object* made = newObject(&arrayIteratorType.instanceLayout);
  if (made) reinterpret_cast<ArrayIterator*>(made)->array = newRef(self);
  return Value(made);
}

} // namespace

void specialise(MirrorType* t) {
  const PyTypeObject* g = t->guest;
  if (!strcmp(g->tp_name, "numpy.float64") && g->tp_basicsize == sizeof(PyFloatObject) && t->builtin == &floatType) {
    generalFloat = *t;
    float64Class = t;
    NumberSlots& n = t->numbers;
    n.add = calculate<Add>;
    n.sub = calculate<Sub>;
    n.mul = calculate<Mul>;
    n.truediv = divide;
    n.neg = negate;
    n.abs = absoluteOf;
    n.toFloat = asFloat;
    n.toInt = asInt;
    n.truth = isNotZero;
    t->compare = compareScalars;
    t->hash = hashFloat64;
  } else if (!strcmp(g->tp_name, "numpy.int64") && g->tp_basicsize == sizeof(PyObject) + sizeof(int64_t) && t->builtin == &objectType) {
    generalInt = *t;
    int64Class = t;
    t->instanceLayout.size = sizeof(IntScalar);
    NumberSlots& n = t->numbers;
    n.add = calculate<Add>;
    n.sub = calculate<Sub>;
    n.mul = calculate<Mul>;
    n.truediv = divide;
    n.index = n.toInt = intOf;
    n.toFloat = floatOf;
    n.truth = intIsNotZero;
    t->compare = compareScalars;
    t->hash = hashInt64;
  } else if (!strcmp(g->tp_name, "numpy.bool_") && t->numbers.truth) {
    generalBool = *t;
    t->numbers.truth = truthOfBool;
  } else if (!strcmp(g->tp_name, "numpy.ndarray") && g->tp_basicsize >= static_cast<Py_ssize_t>(sizeof(Array))) {
    generalArray = *t;
    t->mappings.subscript = getElement;
    t->mappings.setSubscript = setElement;
    t->mappings.length = t->sequences.length = lengthOf;
    t->iter = iterateArray;
    t->getAttr = getArrayAttr;
  }
}

void fillScalar(Object* mirror, PyObject* o) {
  if (typeOfObject(mirror) == int64Class) reinterpret_cast<IntScalar*>(mirror)->value = reinterpret_cast<int64_t*>(o)[2];
}

Value parted(PyObject* o) {
  if (o->ob_refcnt != 1) return Value();
  if (float64Class && Py_TYPE(o) == float64Class->guest) return newFloat64(PyFloat_AS_DOUBLE(o));
  if (int64Class && Py_TYPE(o) == int64Class->guest) return newInt64(reinterpret_cast<int64_t*>(o)[2]);
  return Value();
}

PyObject* bringOver(Object* o) {
  PyTypeObject* t = asMirror(typeOfObject(o))->guest;
  PyObject* made = t->tp_alloc(t, 0);
  if (!made) return nullptr;
  static_assert(sizeof(PyObject) == 16 && offsetof(PyFloatObject, ob_fval) == 16);
  memcpy(reinterpret_cast<char*>(made) + 16, reinterpret_cast<char*>(o) + sizeof(Object), 8); // the number, in both cases
  adopt(o, made);
  return made;
}

} // namespace krait::guest
