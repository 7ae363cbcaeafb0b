// What krait's operations do with mirrors: the same operation in the guest. A class gets the slots that
// its guest has, so that what an object can't do is refused in the same place.
#include <cstring>

#include "runtime/guest/guest.h"
#include "runtime/object/attributes.h"
#include "runtime/object/errors.h"
#include "runtime/object/items.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::guest {

namespace {

// ---- operators ---------------------------------------------------------------------------------

template <auto Function> Value unary(Value self) {
  Entering guest;
  Held o(share(mirrored(self)));
  guest.go();
  return guest.finish((py.*Function)(o));
}

template <auto Function> Value binary(Value a, Value b) {
  Entering guest;
  Held left(toGuest(a)), right(left ? toGuest(b) : nullptr);
  if (!right) return raiseFromGuest();
  guest.go();
  return guest.finish((py.*Function)(left, right));
}

template <auto Function> Value power(Value a, Value b, Value modulus) {
  Entering guest;
  Held left(toGuest(a)), right(left ? toGuest(b) : nullptr), mod(right ? toGuest(modulus ? modulus : none()) : nullptr);
  if (!mod) return raiseFromGuest();
  guest.go();
  return guest.finish((py.*Function)(left, right, mod));
}

int32_t truth(Value self) {
  Entering guest;
  Held o(share(mirrored(self)));
  guest.go();
  return guest.finish(py.PyObject_IsTrue(o));
}

Value compareSlot(Value a, Value b, int op) {
  Entering guest;
  Held left(toGuest(a)), right(left ? toGuest(b) : nullptr);
  if (!right) return raiseFromGuest();
  guest.go();
  return guest.finish(py.PyObject_RichCompare(left, right, op));
}

int64_t hashSlot(Value self) {
  Entering guest;
  Held o(share(mirrored(self)));
  guest.go();
  const Py_hash_t h = py.PyObject_Hash(o);
  return guest.finish(h == -1 ? -1 : 0) < 0 ? -1 : h;
}

/// Of a subclass of a class like datetime, whose hash is a text's: what hashes as the base class there does so here.
int64_t librarySubclassHash(Value self) {
  const Type* builtin = asMirror(typeOf(self))->builtin;
  Entering guest;
  Held o(share(mirrored(self)));
  const PyTypeObject* base = libraryClassToGuest(const_cast<Type*>(builtin));
  guest.go();
  const Py_hash_t h = py.PyObject_Hash(o);
  const bool isAsBase = h != -1 && base && base->tp_hash && base->tp_hash(o) == h;
  if (guest.finish(py.PyErr_Occurred() ? -1 : 0) < 0) return -1;
  return isAsBase ? builtin->hash(self) : h;
}

// ---- items ----------------------------------------------------------------------------------------

int64_t lengthSlot(Value self) {
  Entering guest;
  Held o(share(mirrored(self)));
  guest.go();
  const Py_ssize_t n = py.PyObject_Size(o);
  return guest.finish(n < 0 ? -1 : 0) < 0 ? -1 : n;
}

int32_t setSubscript(Value self, Value key, Value v) {
  Entering guest;
  Held o(share(mirrored(self))), k(toGuest(key)), value(k && v ? toGuest(v) : nullptr);
  if (!k || (v && !value)) return raiseFromGuest(), -1;
  guest.go();
  return guest.finish(v ? py.PyObject_SetItem(o, k, value) : py.PyObject_DelItem(o, k));
}

int32_t containsSlot(Value self, Value item) {
  Entering guest;
  Held o(share(mirrored(self))), i(toGuest(item));
  if (!i) return raiseFromGuest(), -1;
  guest.go();
  return guest.finish(py.PySequence_Contains(o, i));
}

Value itemSlot(Value self, int64_t i) {
  Entering guest;
  Held o(share(mirrored(self)));
  guest.go();
  return guest.finish(py.PySequence_GetItem(o, i));
}

template <auto Function> Value repeatSlot(Value self, int64_t n) {
  Entering guest;
  Held o(share(mirrored(self)));
  guest.go();
  return guest.finish((py.*Function)(o, n));
}

Value nextSlot(Value self) {
  Entering guest;
  Held o(share(mirrored(self)));
  guest.go();
  PyObject* item = py.PyIter_Next(o);
  guest.back();
  return item || py.PyErr_Occurred() ? toKrait(item) : Value();
}

// ---- attributes -----------------------------------------------------------------------------------

/// Of an exception these are krait's: they are set where it is raised.
bool isOwnOfException(Value name) {
  for (const char* own : {"__traceback__", "__cause__", "__context__", "__suppress_context__", "with_traceback", "add_note", "__notes__"})
    if (strEqual(name, own)) return true;
  return false;
}

/// A method of a class statement here, bound without a detour.
Value ownMethod(Value self, Value name) {
  Value found = typeLookup(typeOf(self), name);
  return found && isFunction(found) ? newMethod(found, self) : Value();
}

Value getAttrSlot(Value self, Value name) {
  Type* t = typeOf(self);
  if (asMirror(t)->isExtended && !(t->flags & kTypeType)) {
    Value own = ownMethod(self, name);
    if (own || errorSet()) return own;
  }
  if (t->dealloc == mirrorClassDealloc && asMirror(self.as<Type>())->isExtended)
    if (Value found = typeLookup(self.as<Type>(), name); found && isFunction(found)) return newRef(found);
  if ((t->flags & kTypeException) && isOwnOfException(name)) return genericGetAttr(self, name);
  Entering guest;
  Held o(share(mirrored(self))), n(nameToGuest(name));
  if (!n) return raiseFromGuest();
  if (name == NAME(__class__)) {
    Type* kind = kindToKrait(Py_TYPE(o.get()));
    if (!kind) kind = lookalikeInKrait(Py_TYPE(o.get()));
    if (kind) return newRef(asValue(kind));
  }
  guest.go();
  if (Py_TYPE(o.get()) == py.PyFunction_Type)
    if (const char* attribute = py.PyUnicode_AsUTF8(n); attribute && isOfPickling(attribute)) return guest.finish(newReduction(o, attribute));
  return guest.finish(py.PyObject_GetAttr(o, n));
}

int32_t setAttrSlot(Value self, Value name, Value v) {
  if (hasTypeFlag(self, kTypeException) && isOwnOfException(name)) return genericSetAttr(self, name, v);
  Entering guest;
  Held o(share(mirrored(self))), n(nameToGuest(name)), value(n && v ? toGuest(v) : nullptr);
  if (!n || (v && !value)) return raiseFromGuest(), -1;
  guest.go();
  const int32_t status = guest.finish(py.PyObject_SetAttr(o, n, v ? value.get() : nullptr));
  if (status == 0 && hasTypeFlag(self, kTypeType)) noteClassAttribute(self.as<Type>(), name, value);
  return status;
}

Value descrGetSlot(Value self, Value o, Value type) {
  Entering guest;
  Held descriptor(share(mirrored(self)));
  const bool hasObject = o && !isNone(o);
  Held object(hasObject ? toGuest(o) : nullptr), cls(type && !isNone(type) ? toGuest(type) : nullptr);
  if (hasObject && !object) return raiseFromGuest();
  guest.go();
  return guest.finish(Py_TYPE(descriptor.get())->tp_descr_get(descriptor, object, cls ? cls.get() : object ? asGuest(Py_TYPE(object.get())) : nullptr));
}

int32_t descrSetSlot(Value self, Value o, Value v) {
  Entering guest;
  Held descriptor(share(mirrored(self))), object(toGuest(o)), value(v ? toGuest(v) : nullptr);
  if (!object || (v && !value)) return raiseFromGuest(), -1;
  guest.go();
  return guest.finish(Py_TYPE(descriptor.get())->tp_descr_set(descriptor, object, value));
}

// ---- calls ------------------------------------------------------------------------------------------

/// Functions written in Python may look at their caller's frame.
bool looksAtCaller(PyObject* callee) {
  PyTypeObject* t = Py_TYPE(callee);
  return t == py.PyFunction_Type || (t == py.PyMethod_Type && Py_TYPE(PyMethod_GET_FUNCTION(callee)) == py.PyFunction_Type);
}

Value callGuest(PyObject* callee, const Args& args) {
  Entering guest;
  const size_t names = args.nameCount(), total = args.count + names;
  constexpr size_t kFew = 12;
  PyObject* few[kFew + 1];
  PyObject** words = total <= kFew ? few : static_cast<PyObject**>(malloc((total + 1) * sizeof(PyObject*)));
  size_t made = 0;
  bool isFine = true;
  for (; isFine && made < total; ++made)
    if (!(words[made + 1] = toGuest(args[made]))) isFine = false, --made;
  Held keywords(isFine && names ? toGuest(args.names) : nullptr);
  for (size_t i = 0; keywords && i < names; ++i) {
    PyObject* name = PyTuple_GET_ITEM(keywords.get(), i);
    py.PyUnicode_InternInPlace(&name);
    PyTuple_SET_ITEM(keywords.get(), i, name);
  }
  PyObject* result = nullptr;
  Held held(share(callee));
  if (isFine && (!names || keywords)) {
    guest.go();
    if (Entering::isOutermost() && looksAtCaller(callee)) {
      words[0] = callee;
      result = py.PyObject_Vectorcall(callingFunction(), words, args.count + 1, keywords);
    } else {
      result = py.PyObject_Vectorcall(callee, words + 1, args.count | PY_VECTORCALL_ARGUMENTS_OFFSET, keywords);
    }
  }
  Value answer = guest.finish(result);
  for (size_t i = 0; i < made; ++i) release(words[i + 1]);
  if (words != few) free(words);
  return answer;
}

Value callSlot(Value self, const Args& args) {
  PyObject* callee = mirrored(self);
  // A class statement or three arguments of type() or a metaclass.
  if (hasTypeFlag(self, kTypeType) && self.as<Type>()->dealloc == mirrorClassDealloc && args.count == 3 && isStr(args[0]) && isTuple(args[1]))
    return makeClass(asGuestType(callee), args);
  return callGuest(callee, args);
}

Value constructSlot(Type* t, const Args& args) {
  if (t->dealloc == mirrorClassDealloc && args.count == 3) return makeClass(asMirror(t)->guest, args);
  return callGuest(asGuest(asMirror(t)->guest), args);
}

int32_t initSlot(Value, const Args&) { return 0; } // done by the guest

// ---- awaiting ------------------------------------------------------------------------------------------

template <unaryfunc PyAsyncMethods::*Method> Value asyncSlot(Value self) {
  Entering guest;
  Held o(share(mirrored(self)));
  guest.go();
  return guest.finish((Py_TYPE(o.get())->tp_as_async->*Method)(o));
}

/// A step of what a coroutine of krait's awaits.
int32_t sendSlot(Value self, Value sent, Value* out) {
  Ref given(sent);
  Entering guest;
  Held o(share(mirrored(self))), argument(given ? toGuest(given) : nullptr);
  if (!argument) return raiseFromGuest(), kResumeRaise;
  guest.go();
  PyObject* result = nullptr;
  const PySendResult status = py.PyIter_Send(o, argument, &result);
  *out = guest.finish(result);
  return !*out ? kResumeRaise : status == PYGEN_RETURN ? kResumeReturn : kResumeYield;
}

// ---- buffers ------------------------------------------------------------------------------------------

int32_t getBufferSlot(Value self, Buffer* out, uint32_t flags) {
  Entering guest;
  auto* view = static_cast<Py_buffer*>(calloc(1, sizeof(Py_buffer)));
  if (py.PyObject_GetBuffer(mirrored(self), view, static_cast<int>(flags)) < 0) {
    free(view);
    raiseFromGuest();
    return -1;
  }
  out->owner = newRef(self);
  out->data = view->buf;
  out->bytes = view->len;
  out->itemSize = view->itemsize;
  out->dimensions = view->ndim;
  out->readOnly = view->readonly;
  out->format = view->format;
  static_assert(sizeof(Py_ssize_t) == sizeof(int64_t));
  out->shape = reinterpret_cast<const int64_t*>(view->shape);
  out->strides = reinterpret_cast<const int64_t*>(view->strides);
  out->suboffsets = reinterpret_cast<const int64_t*>(view->suboffsets);
  out->internal = view;
  return 0;
}

void releaseBufferSlot(Value, Buffer* b) {
  if (isOver()) return;
  GuestLock lock;
  auto* view = static_cast<Py_buffer*>(b->internal);
  py.PyBuffer_Release(view);
  free(view);
}

} // namespace

void fillSlots(MirrorType* t) {
  const PyTypeObject* g = t->guest;
  const bool isPlainMeta = g == py.PyType_Type;
  t->repr = unary<&Library::PyObject_Repr>;
  t->str = unary<&Library::PyObject_Str>;
  t->getAttr = getAttrSlot;
  t->setAttr = setAttrSlot;
  t->compare = compareSlot;
  // Text hashes by a key of its own on each side.
  const bool isText = t->builtin->flags & (kTypeStr | kTypeBytes);
  t->hash = isText ? t->builtin->hash : isLibraryClass(t->builtin) ? librarySubclassHash : hashSlot;
  if (t->builtin->flags & kTypeType) t->hash = t->builtin->hash, t->compare = t->builtin->compare;
  t->construct = constructSlot;
  t->init = initSlot;
  if (isPlainMeta || g->tp_call) t->call = callSlot;
  if (g->tp_iter || (g->tp_as_sequence && g->tp_as_sequence->sq_item)) t->iter = unary<&Library::PyObject_GetIter>;
  if (g->tp_iternext) t->next = nextSlot;
  if (g->tp_descr_get) t->descrGet = descrGetSlot;
  if (g->tp_descr_set) t->descrSet = descrSetSlot;
  if (const PyNumberMethods* n = g->tp_as_number) {
    NumberSlots& s = t->numbers;
#define BINARY(slot, theirs, function) if (n->nb_##theirs) s.slot = binary<&Library::PyNumber_##function>;
#define UNARY(slot, theirs, function) if (n->nb_##theirs) s.slot = unary<&Library::PyNumber_##function>;
    BINARY(add, add, Add)
    BINARY(sub, subtract, Subtract)
    BINARY(mul, multiply, Multiply)
    BINARY(mod, remainder, Remainder)
    BINARY(divmod, divmod, Divmod)
    BINARY(lshift, lshift, Lshift)
    BINARY(rshift, rshift, Rshift)
    BINARY(and_, and, And)
    BINARY(xor_, xor, Xor)
    BINARY(or_, or, Or)
    BINARY(iadd, inplace_add, InPlaceAdd)
    BINARY(isub, inplace_subtract, InPlaceSubtract)
    BINARY(imul, inplace_multiply, InPlaceMultiply)
    BINARY(imod, inplace_remainder, InPlaceRemainder)
    BINARY(ilshift, inplace_lshift, InPlaceLshift)
    BINARY(irshift, inplace_rshift, InPlaceRshift)
    BINARY(iand, inplace_and, InPlaceAnd)
    BINARY(ixor, inplace_xor, InPlaceXor)
    BINARY(ior, inplace_or, InPlaceOr)
    BINARY(floordiv, floor_divide, FloorDivide)
    BINARY(truediv, true_divide, TrueDivide)
    BINARY(ifloordiv, inplace_floor_divide, InPlaceFloorDivide)
    BINARY(itruediv, inplace_true_divide, InPlaceTrueDivide)
    BINARY(matmul, matrix_multiply, MatrixMultiply)
    BINARY(imatmul, inplace_matrix_multiply, InPlaceMatrixMultiply)
    UNARY(neg, negative, Negative)
    UNARY(pos, positive, Positive)
    UNARY(abs, absolute, Absolute)
    UNARY(invert, invert, Invert)
    UNARY(toInt, int, Long)
    UNARY(toFloat, float, Float)
    UNARY(index, index, Index)
#undef BINARY
#undef UNARY
    if (n->nb_power) s.pow = power<&Library::PyNumber_Power>;
    if (n->nb_inplace_power) s.ipow = power<&Library::PyNumber_InPlacePower>;
    if (n->nb_bool) s.truth = truth;
    t->number = &s;
  }
  if (const PySequenceMethods* q = g->tp_as_sequence) {
    SequenceSlots& s = t->sequences;
    if (q->sq_length) s.length = lengthSlot;
    if (q->sq_item) s.item = itemSlot;
    if (q->sq_contains) s.contains = containsSlot;
    // Where there are numbers as well, + and * are theirs.
    if (q->sq_concat) s.concat = binary<&Library::PySequence_Concat>;
    if (q->sq_repeat) s.repeat = repeatSlot<&Library::PySequence_Repeat>;
    if (q->sq_inplace_concat) s.inplaceConcat = binary<&Library::PySequence_InPlaceConcat>;
    if (q->sq_inplace_repeat) s.inplaceRepeat = repeatSlot<&Library::PySequence_InPlaceRepeat>;
    t->sequence = &s;
  }
  const PyMappingMethods* m = g->tp_as_mapping;
  const PySequenceMethods* q = g->tp_as_sequence;
  if (m || (q && (q->sq_item || q->sq_length))) {
    MappingSlots& s = t->mappings;
    if ((m && m->mp_length) || (q && q->sq_length)) s.length = lengthSlot;
    if ((m && m->mp_subscript) || (q && q->sq_item)) s.subscript = binary<&Library::PyObject_GetItem>;
    if ((m && m->mp_ass_subscript) || (q && q->sq_ass_item)) s.setSubscript = setSubscript;
    t->mapping = &s;
  }
  AsyncSlots& s = t->asyncs;
  if (g->tp_iternext || (g->tp_as_async && g->tp_as_async->am_send)) s.send = sendSlot, t->async = &s;
  if (const PyAsyncMethods* a = g->tp_as_async) {
    if (a->am_await) s.await = asyncSlot<&PyAsyncMethods::am_await>;
    if (a->am_aiter) s.aiter = asyncSlot<&PyAsyncMethods::am_aiter>;
    if (a->am_anext) s.anext = asyncSlot<&PyAsyncMethods::am_anext>;
    t->async = &s;
  }
  if (g->tp_as_buffer && g->tp_as_buffer->bf_getbuffer) {
    t->buffers = {getBufferSlot, releaseBufferSlot};
    t->buffer = &t->buffers;
  }
}

} // namespace krait::guest
