// Exceptions cross as objects: the guest's builtin ones become krait's of the same class, classes of its own have
// mirrors. A krait exception becomes one of the guest's that carries the original with it, so that what comes back is
// the very same. Causes and contexts cross with them, and the frames of the guest's traceback become entries of krait's.
#include <cstring>
#include <deque>
#include <map>
#include <vector>

#include "runtime/exceptions/base_exception.h"
#include "runtime/exceptions/exception.h"
#include "runtime/guest/guest.h"
#include "runtime/object/errors.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::guest {

namespace {

constexpr char kOrigin[] = "__krait_exception__", kTraceback[] = "__krait_traceback__";
constexpr int kMaxChain = 50;
int chainDepth = 0;

PyBaseExceptionObject* fields(PyObject* e) { return reinterpret_cast<PyBaseExceptionObject*>(e); }

/// Attributes that the arguments do not say.
void copyAttributes(PyObject* e, Value made, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    Held theirs(py.PyObject_GetAttrString(e, name));
    Ref ours(theirs ? viewOf(theirs) : Value());
    if (!ours || (!isNone(ours) && setAttr(made, name, ours) < 0)) py.PyErr_Clear(), errorClear();
  }
}

/// What is in its dict, without what the bridge keeps there.
int copyDict(PyObject* e, Value made) {
  Py_ssize_t position = 0;
  for (PyObject *key, *value, *names = fields(e)->dict; names && py.PyDict_Next(names, &position, &key, &value);) {
    const char* text = py.PyUnicode_AsUTF8(key);
    if (!text || !strcmp(text, kOrigin) || !strcmp(text, kTraceback)) continue;
    const Held heldKey(share(key)), heldValue(share(value));
    Ref name(internedName(key)), ours(name ? viewOf(value) : Value());
    if (!ours || setAttr(made, name, ours) < 0) return -1;
  }
  return 0;
}

Value newOurs(Type* t, PyObject* e) {
  if (isSubtype(t, &OSErrorType)) {
    Ref words[3];
    int at = 0;
    for (const char* name : {"errno", "strerror", "filename"}) {
      Held theirs(py.PyObject_GetAttrString(e, name));
      words[at].reset(theirs ? viewOf(theirs) : (py.PyErr_Clear(), newRef(none())));
      if (!words[at++]) return Value();
    }
    if (!isNone(words[0])) return call(asValue(t), {words[0].get(), words[1].get(), words[2].get()});
  }
  Ref args(fields(e)->args ? viewOf(fields(e)->args) : newRef(emptyTuple()));
  if (!args) return Value();
  if (isHeapType(t)) { // its module's class: what its __init__ does has been done
    Ref made(exceptions::allocateException(t, isTuple(args) ? args.get() : emptyTuple()));
    return made && copyDict(e, made) == 0 ? made.release() : Value();
  }
  Ref made(callTupleDict(asValue(t), args, Value()));
  if (!made) return Value();
  if (isSubtype(t, &ImportErrorType)) copyAttributes(e, made, {"name", "path"});
  else if (isSubtype(t, &AttributeErrorType) || isSubtype(t, &NameErrorType)) copyAttributes(e, made, {"name"});
  return made.release();
}

// ---- frames ----------------------------------------------------------------------------------------

/// A place in the guest's code as a description of code with one site.
struct Place {
  CodeInfo code{};
  SourceSpan span{};
};

ModuleInfo* guestModule() {
  static ModuleInfo module{};
  if (!module.name) {
    static const CodeInfo body{};
    module.name = "guest";
    module.filename = "";
    module.body = &body;
  }
  return &module;
}

const CodeInfo* placeOf(PyCodeObject* code, int lasti, int line) {
  static std::map<std::pair<PyCodeObject*, int>, Place*> places; // with the code they are kept: errors come from few of them
  Place*& place = places[{code, lasti}];
  if (place) return &place->code;
  Ref name(strToKrait(code->co_name)), qualname(strToKrait(code->co_qualname)), file(strToKrait(code->co_filename));
  if (!name || !qualname || !file) return nullptr;
  share(reinterpret_cast<PyObject*>(code));
  place = new Place;
  int first = line, last = line, begin = -1, end = -1;
  py.PyCode_Addr2Location(code, lasti, &first, &begin, &last, &end);
  place->span = {first, last, begin, end};
  place->code.name = name.release();
  place->code.qualname = qualname.release();
  place->code.filename = file.release();
  place->code.module = guestModule();
  place->code.firstLine = static_cast<uint32_t>(code->co_firstlineno);
  place->code.sites = &place->span;
  place->code.siteCount = 1;
  place->code.span = place->span;
  return &place->code;
}

/// Adds the frames of the guest's traceback to the pending exception.
void addFrames(PyObject* trace) {
  std::vector<PyTracebackObject*> entries;
  for (auto* tb = reinterpret_cast<PyTracebackObject*>(trace); tb; tb = tb->tb_next) entries.push_back(tb);
  for (size_t i = entries.size(); i--;) {
    Held code(reinterpret_cast<PyObject*>(py.PyFrame_GetCode(entries[i]->tb_frame)));
    if (code.get() == callingCode() || isStandIn(code)) continue;
    const CodeInfo* place = placeOf(reinterpret_cast<PyCodeObject*>(code.get()), entries[i]->tb_lasti, entries[i]->tb_lineno);
    if (place) krt_traceback_add(place, nullptr, 0, nullptr, 0, 0);
  }
}

} // namespace

Value originOf(PyObject* e) {
  PyObject* names = fields(e)->dict;
  PyObject* origin = names ? py.PyDict_GetItemString(names, kOrigin) : nullptr;
  return origin ? wrapped(origin) : Value();
}

/// What an exception of the host's has for itself, also if it stands for one of krait's.
static bool isHostsOwn(std::string_view name) {
  for (std::string_view own : {"__traceback__", "__cause__", "__context__", "__suppress_context__", "with_traceback", "__class__", "__dict__", "args"})
    if (name == own) return true;
  return false;
}

PyObject* exceptionGetAttr(PyObject* self, PyObject* name) {
  const char* text = py.PyUnicode_AsUTF8(name);
  Value v = text && !isHostsOwn(text) ? originOf(self) : Value();
  if (!v) return py.PyObject_GenericGetAttr(self, name);
  return answerAttribute(v, name);
}

int exceptionSetAttr(PyObject* self, PyObject* name, PyObject* value) {
  const char* text = py.PyUnicode_AsUTF8(name);
  Value v = text && !isHostsOwn(text) ? originOf(self) : Value();
  if (!v) return py.PyObject_GenericSetAttr(self, name, value);
  return answerSetAttribute(v, name, value);
}

Value exceptionToKrait(PyObject* e) {
  PyObject* names = fields(e)->dict;
  if (Value v = originOf(e)) return newRef(v);
  Type* t = classToKrait(Py_TYPE(e));
  if (!t) return Value();
  const bool isMirror = t->dealloc == mirrorDealloc;
  const size_t before = mirrorCount();
  Ref made(isMirror ? mirrorOf(e) : newOurs(t, e));
  if (!made || !isException(made)) return made.release();
  if (isMirror && mirrorCount() == before) return made.release(); // known: its links are as they should be
  if (++chainDepth < kMaxChain) {
    ExceptionObject* ours = asException(made);
    if (PyObject* cause = fields(e)->cause; cause && cause != guestNone()) assign(ours->cause, exceptionToKrait(cause));
    if (PyObject* context = fields(e)->context; context && context != guestNone()) assign(ours->context, exceptionToKrait(context));
    ours->suppressContext = fields(e)->suppress_context;
    if (errorSet()) errorClear();
  }
  --chainDepth;
  if (PyObject* trace = isMirror && names ? py.PyDict_GetItemString(names, kTraceback) : nullptr)
    if (Value v = wrapped(trace)) setTraceback(made, v);
  if (!isMirror && names && PyDict_GET_SIZE(names)) {
    Held notes(py.PyObject_GetAttrString(e, "__notes__"));
    Ref list(notes ? viewOf(notes, true) : (py.PyErr_Clear(), Value()));
    if (list && setAttr(made, "__notes__", list) < 0) errorClear();
  }
  return made.release();
}

Value raiseFromGuest() {
  PyObject *type, *value, *trace;
  py.PyErr_Fetch(&type, &value, &trace);
  if (!type) return errorSet() ? Value() : raise(SystemErrorType, "error return without exception set");
  py.PyErr_NormalizeException(&type, &value, &trace);
  Held t(type), e(value), tb(trace);
  Ref made(exceptionToKrait(e));
  if (!made) return Value();
  // What krait was handling is its context, unless it has been through here before.
  if (asException(made)->traceback || asException(made)->context) errorRestore(made.release());
  else raiseInstance(made.release());
  if (tb) addFrames(tb);
  // What dies with the guest's frames may run code.
  Ref pending = errorTake();
  tb = Held();
  e = Held();
  t = Held();
  errorRestore(pending.release());
  return Value();
}

/// Whether its methods there read what those of krait's have set.
static bool isLibraryException(Type* t) {
  Ref order = Ref::share(t->mro);
  for (int64_t i = 0; i < asTuple(order)->size; ++i)
    if (libraryExceptionToGuest(asTuple(order)->items[i].as<Type>())) return true;
  return false;
}

/// What is in the dict of one of krait's.
static int giveAttributes(Value v, PyObject* made) {
  Value names = instanceDict(v.object());
  Ref items(names ? dictItemsList(names) : Value());
  for (int64_t i = 0; items && i < asList(items)->size; ++i) {
    const Value* item = asTuple(asList(items)->items[i])->items;
    Held key(nameToGuest(item[0])), value(key ? toGuest(item[1]) : nullptr);
    if (!value || py.PyObject_GenericSetAttr(made, key, value) < 0) return -1;
  }
  errorClear();
  return 0;
}

PyObject* exceptionToGuest(Value v) {
  if (PyObject* known = mirrored(v)) {
    if (Value trace = tracebackOf(v)) {
      // Its frames are in krait's already, which must outlive this mirror.
      Held holder(newHolder(trace));
      if (!holder || py.PyException_SetTraceback(known, guestNone()) < 0 || py.PyObject_SetAttrString(known, kTraceback, holder) < 0) return nullptr;
    }
    return share(known);
  }
  if (PyObject* known = isExtension ? knownWrapper(v) : nullptr) {
    // The host's code reads these itself, and they may have been set since.
    PyObject* args = toGuest(asException(v)->args ? asException(v)->args : emptyTuple());
    if (!args) return nullptr;
    xrelease(std::exchange(fields(known)->args, args));
    return share(known);
  }
  PyTypeObject* cls = classToGuest(typeOf(v));
  if (!cls) return nullptr;
  Held args(toGuest(asException(v)->args ? asException(v)->args : emptyTuple()));
  if (!args) return nullptr;
  PyTypeObject* builtin = cls;
  while (PyType_HasFeature(builtin, Py_TPFLAGS_HEAPTYPE)) builtin = builtin->tp_base;
  Held made(cls->tp_new(cls, args, nullptr));
  if (!made || builtin->tp_init(made, args, nullptr) < 0) return nullptr;
  Held origin(newHolder(v, isExtension ? made.get() : nullptr)), key(py.PyUnicode_FromString(kOrigin));
  if (!origin || !key || py.PyObject_GenericSetAttr(made, key, origin) < 0) return nullptr;
  if (isExtension) standFor(made, v);
  if (++chainDepth < kMaxChain) {
    if (isLibraryException(typeOf(v)) && giveAttributes(v, made) < 0) py.PyErr_Clear();
    const ExceptionObject* ours = asException(v);
    if (ours->cause && isException(ours->cause)) fields(made)->cause = exceptionToGuest(ours->cause);
    if (ours->context && isException(ours->context)) fields(made)->context = exceptionToGuest(ours->context);
    fields(made)->suppress_context = ours->suppressContext;
  }
  --chainDepth;
  return made.take();
}

/// The guest's pending error gets krait's frames.
static void showFrames(Value trace) {
  PyObject *type, *value, *old;
  py.PyErr_Fetch(&type, &value, &old);
  PyObject* made = tracebackToGuest(trace);
  if (made) xrelease(old);
  else py.PyErr_Clear();
  py.PyErr_Restore(type, value, made ? made : old);
}

PyObject* raiseInGuest() {
  Ref e = errorTake();
  if (!e) {
    if (!py.PyErr_Occurred()) py.PyErr_SetString(*py.PyExc_SystemError, "error return without exception set");
    return nullptr;
  }
  Held theirs(exceptionToGuest(e));
  if (!theirs) return nullptr;
  py.PyErr_SetObject(asGuest(Py_TYPE(theirs.get())), theirs);
  if (isExtension && tracebackOf(e)) showFrames(tracebackOf(e));
  return nullptr;
}

} // namespace krait::guest
