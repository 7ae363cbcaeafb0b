// The bridge between the runtime and a CPython in the same process: what its files share.
//
// A value of krait is a Value, an object of the guest a PyObject*. Each side's errors stay pending on
// that side until a boundary passes them on: toGuest reports to the guest, toKrait to krait.
#pragma once
#include <string_view>
#include "runtime/exceptions/frame_walk.h"
#include "runtime/guest/cpython.h"
#include "runtime/guest/locks.h"
#include "runtime/guest/pointer_table.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/ref.h"

namespace krait::guest {

struct MirrorType;

// ---- values (values.cpp) ----
/// The guest's object for a value: new reference; null with the guest's error.
PyObject* toGuest(Value v);
/// The value of a guest's object, whose reference is taken over; null with krait's error. `o` null: the guest's pending
/// error is passed on.
Value toKrait(PyObject* owned);
/// The same of a borrowed reference, of which a container holds one more that dies soon if `isParting`.
Value viewOf(PyObject* borrowed, bool isParting = false);
/// A str as the guest's attribute name, interned there: new reference, or null with the guest's error.
PyObject* nameToGuest(Value name);
PyObject* tupleToGuest(Value v);
Value strToKrait(PyObject* text);
/// The same as the name of an attribute.
Value internedName(PyObject* name);
/// Whether `a` is what crosses as `b`. Runs no code; false if in doubt.
bool isSame(Value a, PyObject* b);

// ---- values of the library's classes (library_values.cpp) ----
/// New reference of that side; null without an error: it crosses in another way.
PyObject* libraryValueToGuest(Value v);
Value libraryValueToKrait(PyObject* o);
/// The class of the same name on the other side (borrowed); null without an error if it is none of these, or not imported.
PyTypeObject* libraryClassToGuest(Type* t);
Type* libraryClassToKrait(PyTypeObject* t);
bool isLibraryClass(PyTypeObject* t);
/// Whether it is one that subclasses can contain, and an instance of such a subclass with the parts of `o`.
bool isLibraryClass(Type* t);
Value libraryInstance(Type* t, Type* builtin, PyObject* o);

// ---- named tuples (named_tuples.cpp) ----
bool isNamedTuple(Type* t);
/// By value, as an instance of a named tuple there: new reference, or null with the guest's error.
PyObject* namedTupleToGuest(Value v);
/// The class that stands for it, new reference or null with the guest's error; and the class for which one stands, or null.
PyTypeObject* newNamedTupleClass(Type* t);
Type* namedTupleClass(PyTypeObject* g);

// ---- exceptions of the library's modules (library_exceptions.cpp) ----
/// The class of the same name on the other side (borrowed); null without an error if it is none of these, or not imported.
PyTypeObject* libraryExceptionToGuest(Type* t);
Type* libraryExceptionToKrait(PyTypeObject* g);

// ---- abstract classes of the library (abstract_classes.cpp) ----
/// Whether the guest's class of which `cls` is the mirror is a subclass of the guest's own `abc`, a class of the library.
bool guestHasRegistered(Value abc, Value cls);
/// Of which the guest's own are told: the wrappers' class is a subclass of those that `t` is.
void tellAbstractClasses(Type* t, PyTypeObject* wrappers);

// ---- classes (classes.cpp) ----
/// The guest's class for a class (borrowed); null with the guest's error.
PyTypeObject* classToGuest(Type* t);
/// The same if it is known without looking for it, or null.
PyTypeObject* knownClassOf(const Type* t);
/// krait's class for a guest's class (borrowed, immortal or kept); null with krait's error.
Type* classToKrait(PyTypeObject* t);
/// They are each other's.
void pairClasses(Type* t, PyTypeObject* g);
/// The `__class__` of wrappers, and of mirrors, of functions, code and the like: the other side's own. Null: it is no such class.
PyTypeObject* kindToGuest(const Type* t);
Type* kindToKrait(PyTypeObject* t);
/// The same of instances of the library's other classes, which both sides have imported (lookalikes.cpp).
Type* lookalikeInKrait(PyTypeObject* g);
PyTypeObject* lookalikeInGuest(Type* t);
/// The class of the wrappers, or mirrors, of instances: also of classes that both have built in.
PyTypeObject* wrapperClassOf(Type* t);
Type* mirrorClassOf(PyTypeObject* t);
MirrorType* knownMirrorClass(PyTypeObject* t); // null: there is none yet
/// Pairs classes and functions that both sides have built in.
int32_t pairBuiltins();
/// They are each other's, for ever.
void pairFunctions(Value own, PyObject* other);
/// The guest's own function for one of ours (borrowed), or null.
PyObject* pairedFunction(Value function);
Value pairedFunction(PyObject* function);

// ---- mirrors (mirrors.cpp, mirror_slots.cpp) ----
struct MirrorType : Type {
  PyTypeObject* guest;   // owned
  Type* builtin;         // what instances contain of krait's own: object, float, ValueError, …
  NumberSlots numbers;
  SequenceSlots sequences;
  MappingSlots mappings;
  BufferSlots buffers;
  AsyncSlots asyncs;
  bool isDirect;         // instances are mirrored, whatever they are: nothing else has to be asked
  bool isExtended;       // made by a class statement of krait, or below such a class
};
void mirrorDealloc(Object* o);     // marks the types of mirrors of objects
void mirrorClassDealloc(Object* o); // and those of mirrors of classes
inline bool isMirrorClass(const Type* t) { return t->header.layout->type->dealloc == mirrorClassDealloc; }
inline MirrorType* asMirror(Type* t) { return static_cast<MirrorType*>(t); }
/// A mirror that was made here gets its object of the guest (borrowed); null with the guest's MemoryError. numpy_values.cpp.
PyObject* bringOver(Object* mirror);
/// From now on an object of krait stands for this one; both stay for ever.
void mirrorBy(PyObject* o, Value own);
/// The mirror becomes that of `o`, whose reference it takes over.
void adopt(Object* mirror, PyObject* o);
/// NumPy's classes get shorter ways.
void specialise(MirrorType* t);
void fillScalar(Object* mirror, PyObject* o);
/// A scalar of which nobody else has seen the guest's object: it can do without; null: it is another object.
Value parted(PyObject* o);
/// The guest's object behind a mirror (borrowed), or null if `v` is none.
inline PyObject* mirrored(Value v) {
  if (!v.isPointer()) return nullptr;
  Object* o = v.object();
  auto dealloc = typeOfObject(o)->dealloc;
  if (dealloc == mirrorDealloc) {
    auto* known = reinterpret_cast<PyObject*>(wordAt(o, kPrefixDictOffset)->bits);
    return known ? known : bringOver(o);
  }
  if (dealloc == mirrorClassDealloc) return asGuest(static_cast<MirrorType*>(v.as<Type>())->guest);
  return nullptr;
}
/// The mirror of an object (owned): the one there is, or a new one. Null with krait's error.
Value mirrorOf(PyObject* o);
/// The same of an object whose class has been mirrored and is direct; null without an error of others.
Value directMirrorOf(PyObject* o);
MirrorType* newMirrorClass(PyTypeObject* guest);
/// A value of a class body as the guest's class keeps it: what binds does so there, too.
PyObject* memberToGuest(Value v);
void fillSlots(MirrorType* t);

// ---- classes of the program that classes of the guest inherit from (mixins.cpp) ----
/// Whether nothing of instances is krait's alone, so that objects of the guest can be instances too.
bool isMixin(Type* t);
/// The class of the guest that stands for it (borrowed, kept for ever), or null with the guest's error; and back: null if it is none.
PyTypeObject* standInOf(Type* t);
Type* mixinOf(PyTypeObject* g);
/// The bases of a class statement: new reference, or null with the guest's error.
PyObject* basesToGuest(Value bases);
/// Whether the `__init_subclass__` that is told of a class with these bases is a mixin's. The guest does not know of it.
bool isToldByMixin(Value bases);

// ---- pickle and copy (pickling.cpp) ----
/// What the guest's packages have told its copyreg, krait's knows, too.
void shareReducers();
/// `maker.__new__(t, …)`; null without an error: `t` is not the mirror of a class.
Value makeBare(Type* maker, Type* t, const Args& args);

/// An instance of a new class by a metaclass of the guest, from a class statement.
Value makeClass(PyTypeObject* meta, const Args& args);
/// After an attribute of a guest's class was set from here.
void noteClassAttribute(Type* t, Value name, PyObject* value);
extern Type guestAttributeType;
size_t mirrorCount();
size_t wrapperCount();

// ---- wrappers (wrappers.cpp) ----
/// The guest's object that stands for one of krait's: new reference; null with the guest's error.
PyObject* wrap(Value v);
/// From now on this object (borrowed, for ever) is the wrapper of an immortal value.
void standFor(PyObject* theirs, Value v);
/// The wrapper that there is (borrowed), or null.
PyObject* knownWrapper(Value v);
/// Attributes that decide how the host pickles: its own, since what they answer names its functions.
bool isOfPickling(std::string_view attribute);
/// Such an attribute of a function, which pickle takes by its name (copyreg, which is asked for the others, refuses it): new reference.
PyObject* newReduction(PyObject* function, std::string_view attribute);
/// A class of krait's is that of wrappers of this class (borrowed), which the host's code made of one.
void becomesWrapperClass(PyTypeObject* g, Type* t);
/// The base of all wrapped objects.
PyTypeObject* plainWrapperType();
/// The value behind a wrapper (borrowed), or null if `o` is none.
Value wrapped(PyObject* o);
int32_t initialiseWrappers();
/// A class of the guest for a krait class whose instances are wrapped, or for its exceptions: new reference.
PyTypeObject* newWrapperClass(Type* t);
bool isWrapperClass(PyTypeObject* t);
Type* wrappedClass(PyTypeObject* t);

// ---- wrappers with content, in extensions (value_wrappers.cpp) ----
/// Whether instances cross as objects of the host's with the same content.
bool isValueClass(const Type* t);
bool isValueClass(PyTypeObject* t);
/// `isNew`: its attributes are asked of the value.
void becomesValueClass(PyTypeObject* t, bool isNew);
/// A new one, or null with the host's error; what it is made of, by value (values.cpp).
PyObject* containerToGuest(Value v);
PyObject* contentToGuest(Value v);
/// The value that it stands for (borrowed), or null; a value for one that the host made (owned), or null with krait's error.
Value contained(PyObject* o);
Value adoptContainer(PyObject* o);
/// The exact value of a builtin class that an instance of a subclass has (owned). mirrors.cpp.
Value plainValue(Type* builtin, PyObject* o);

// ---- classes of the host made from krait's, in extensions (host_classes.cpp) ----
/// The metaclass of wrapper classes: makes such a class, and sets attributes of any.
PyObject* makeHostClass(PyTypeObject* meta, PyObject* args, PyObject* keywords);
int setClassAttr(PyObject* cls, PyObject* name, PyObject* value);
/// An instance without its initialisation.
PyObject* newInstance(PyTypeObject* t, PyObject* args, PyObject* keywords);
/// Whether a class of wrappers was made by the host's code.
bool isHostClass(PyTypeObject* t);
/// While it lives, classes of the metaclass are made for krait's.
struct MakingWrapperClass {
  MakingWrapperClass() { ++depth; }
  ~MakingWrapperClass() { --depth; }
  static int depth;
};
/// The host's class that is being made, if `t` is what krait makes for it: borrowed, or null.
PyTypeObject* classInTheMaking(Type* t);
/// A mirrored class's attribute, as descriptors have it: owned. mirrors.cpp.
Value newGuestAttribute(PyObject* raw);

// ---- containers that exist on both sides (pairs.cpp) ----
/// The list, dict or set (exact) of the other side, made if need be: new reference; null with that side's error.
PyObject* pairToGuest(Value container);
Value pairToKrait(PyObject* container, bool isParting);
bool isPaired(Value container, PyObject* other);
/// An empty dict of the guest for the pair of one of krait's: new reference, or null with the guest's error; and whether its class is that
/// of those with a __missing__ (default_dicts.cpp).
PyObject* newDictFor(Value ours);
bool isDictOfPair(PyTypeObject* t);
/// From now on these are a pair, of which the other side's gets the content: 0, or -1 with that side's error.
int pairWith(Value ours, PyObject* theirs);
int pairFrom(PyObject* theirs, Value ours);
/// Bring what one side may have changed to the other. Run no code but what hashing and releasing items runs.
extern size_t pairCount;
void pushPairs(); // krait ran, the guest goes on
void pullPairs(); // the guest ran, krait goes on
/// The outermost call of the guest is over: pairs of which one side has lost sight end.
void dropPairs();

// ---- errors (errors.cpp) ----
/// The guest's pending error becomes krait's. Always null.
Value raiseFromGuest();
/// krait's pending error becomes the guest's. Always null.
PyObject* raiseInGuest();
/// A traceback of the guest that shows krait's (not null), whose entries for the guest's own frames included: new reference, or null
/// with the guest's error. tracebacks.cpp.
PyObject* tracebackToGuest(Value trace);
/// Whether a code object of the guest stands for a frame in such a traceback.
bool isStandIn(PyObject* code);
/// The guest's inspect.Signature of a function or method of the program: new reference; null, perhaps without an error, if it has none.
PyObject* signatureOf(Value callable);
/// A new reference to a fresh guest object that only keeps `v`, and lets `v` forget `of` when it dies; null with the guest's error.
PyObject* newHolder(Value v, PyObject* of = nullptr);
PyObject* exceptionToGuest(Value e);
/// The attributes of exceptions of krait's classes, in extensions.
PyObject* exceptionGetAttr(PyObject* self, PyObject* name);
int exceptionSetAttr(PyObject* self, PyObject* name, PyObject* value);
Value exceptionToKrait(PyObject* e);

// ---- standard streams (streams.cpp) ----
/// The guest's become the program's: 0, or -1 with the guest's error. Until they are taken back.
int32_t giveStreams();
void takeStreamsBack();
/// In an extension: sys here gets the host's. 0, or -1 with krait's error.
int32_t borrowStreams();

// ---- warnings (warnings.cpp) ----
/// krait's warnings module gives the guest's: 0, or -1 with the guest's error.
int32_t shareWarnings();

// ---- starting and ending (load.cpp) ----
bool isLoaded();
/// This is an extension module, and the guest the CPython that imported it: what it asks of us is inside what it does.
extern bool isExtension;
/// The module or package that it is.
extern std::string_view extensionName;
/// Connects with the CPython that runs in this process: 0, or -1 with its error.
int32_t joinHost(const char* name);
/// The module of krait's that an extension's module object shows (borrowed), or null. In extensions alone (extension.cpp).
extern Value (*shownModule)(PyObject* o);
/// The module object that shows a module of krait's: new reference, or null with the host's error.
extern PyObject* (*showModule)(Value module);
/// A function of the guest that calls its first argument with the others (borrowed): the frame that stands for the program's
/// where functions look at who called them. And its code.
PyObject* callingFunction();
PyObject* callingCode();
/// After the guest was shut down nothing of it may be touched.
bool isOver();

/// A call from krait into the guest: the lock, and the containers that both hold.
class Entering {
public:
  Entering() { ++depth_; }
  ~Entering() {
    if (isLinked_) unlink();
    if (--depth_) return;
    if (pairCount) dropPairs();
    if (mainState->prev && !severalThreads && !isExtension) [[unlikely]] guestThreadsBegin();
  }
  Entering(const Entering&) = delete;
  Entering& operator=(const Entering&) = delete;
  static bool isOutermost() { return depth_ == 1; }
  static bool isOutside() { return depth_ == 0; }
  /// After the arguments have crossed, before the guest's code runs. Who looks for frames of the program's passes over the guest's.
  [[gnu::always_inline]] void go() {
    anchor_ = {static_cast<Anchor*>(krt_hot.anchor), Anchor::marked(nullptr, Anchor::Foreign), __builtin_frame_address(0)};
    krt_hot.anchor = &anchor_;
    isLinked_ = true;
    if (pairCount) pushPairs();
    if (isExtension) leaveForHost();
    else if (severalThreads) runs_.begin();
  }
  /// The guest's code is done: once before what it returned is looked at. `finish` does it.
  void back() {
    if (isExtension) backFromHost();
    else runs_.end();
    if (isLinked_) unlink();
    if (pairCount) pullPairs();
  }
  /// Takes over what the guest's code returned.
  Value finish(PyObject* owned) {
    back();
    return toKrait(owned);
  }
  int32_t finish(int status) {
    back();
    if (status < 0) raiseFromGuest();
    return status;
  }

private:
  void unlink() {
    krt_hot.anchor = anchor_.previous;
    isLinked_ = false;
  }

  GuestLock lock_;
  GuestRuns runs_;
  Anchor anchor_;
  bool isLinked_ = false;
  static thread_local int depth_;
};

/// The guest calls back: what it changed is seen here, and what is changed here is seen there.
class Answering {
public:
  Answering() {
    if (lock_ && pairCount) pullPairs();
  }
  ~Answering() {
    if (isExtension && pairCount && Entering::isOutside()) dropPairs(); // nobody else's call is under way
  }
  Answering(const Answering&) = delete;
  Answering& operator=(const Answering&) = delete;
  explicit operator bool() const { return static_cast<bool>(lock_); }
  /// Runs krait's code, which may take its time.
  template <class F> auto run(F code) {
    KraitRuns runs;
    return code();
  }
  PyObject* finish(Value owned) {
    Ref v(owned);
    if (!v) {
      if (pairCount) pushPairs();
      return raiseInGuest();
    }
    PyObject* result = toGuest(v);
    if (pairCount) pushPairs();
    return result;
  }
  int finish(int32_t status) {
    if (pairCount) pushPairs();
    if (status < 0) raiseInGuest();
    return status;
  }

private:
  KraitLock lock_;
};

/// Null, with the guest's error.
PyObject* refuseThread();
/// A slot of the guest's that is about an attribute of krait's: new reference, or 0; null or -1 with the guest's error. `value` null: it is deleted.
PyObject* answerAttribute(Value v, PyObject* name);
int answerSetAttribute(Value v, PyObject* name, PyObject* value);

} // namespace krait::guest
